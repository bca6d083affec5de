//! Does the service describe the interface that the source tree does?

use reqwest::{Method, StatusCode};
use serde_json::Value;

use crate::checks::{Finding, Subject};

const FILE: &str = "web/openapi.json";

pub(crate) async fn look(subject: &Subject<'_>) -> Finding {
    let path = subject.source.join(FILE);
    let committed = std::fs::read(&path)
        .map_err(|error| error.to_string())
        .and_then(|bytes| serde_json::from_slice::<Value>(&bytes).map_err(|error| error.to_string()));
    let committed = match committed {
        Ok(committed) => committed,
        Err(error) => {
            return Finding::cannot_tell(
                format!("{}: {error}", path.display()),
                "name the source tree of the release with --source",
            );
        }
    };
    let answer = subject
        .exchange()
        .send(Method::GET, "/api/v1/openapi.json", None, None)
        .await;
    match answer.and_then(|answer| answer.json::<Value>(StatusCode::OK)) {
        Ok(served) => compare(&committed, &served),
        Err(trouble) => trouble.into(),
    }
}

fn compare(committed: &Value, served: &Value) -> Finding {
    if committed == served {
        let routes = served["paths"].as_object().map_or(0, serde_json::Map::len);
        return Finding::pass(format!("{routes} paths, as in {FILE}"));
    }
    let differs = |part: &str| (committed[part] != served[part]).then(|| part.to_owned());
    let parts: Vec<String> = ["info", "paths", "components"]
        .into_iter()
        .filter_map(differs)
        .collect();
    Finding::fail(
        format!("{FILE} and the service differ in: {}", parts.join(", ")),
        "deploy the release that this source tree is of, or run `bookreader openapi > web/openapi.json`",
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Outcome;

    #[test]
    fn any_difference_fails_and_is_named() {
        let one = json!({"info": {"version": "1"}, "paths": {"/a": {}}});
        let two = json!({"info": {"version": "1"}, "paths": {"/b": {}}});
        assert_eq!(compare(&one, &one).outcome, Outcome::Pass);
        let finding = compare(&one, &two);
        assert_eq!(finding.outcome, Outcome::Fail);
        assert!(finding.evidence.ends_with("paths"));
    }
}
