//! Is a foreign origin kept out?

use reqwest::Method;
use reqwest::header::{ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN};

use crate::checks::{Finding, Subject};

const FIX: &str = "list in the settings exactly the origins that browsers come from";

pub(crate) async fn look(subject: &Subject<'_>) -> Finding {
    let origins = foreign_origins(subject.service.host_str().unwrap_or("localhost"));
    for origin in &origins {
        for method in [Method::GET, Method::OPTIONS] {
            let let_in = match answer(subject, method.clone(), origin).await {
                Ok(let_in) => let_in,
                Err(error) => {
                    return Finding::cannot_tell(
                        format!("{method} /api/v1/books: {error}"),
                        "check that the service runs and listens on this address",
                    );
                }
            };
            if let Some(allowed) = let_in {
                return Finding::fail(
                    format!("{method} from {origin} is answered with Access-Control-Allow-Origin: {allowed}"),
                    FIX,
                );
            }
        }
    }
    Finding::pass(format!("not let in: {}", origins.join(", ")))
}

/// Strangers, a page without an origin, and names that only look like the service's own.
fn foreign_origins(host: &str) -> Vec<String> {
    vec![
        "https://stranger.example".to_owned(),
        "null".to_owned(),
        format!("https://{host}.stranger.example"),
        format!("https://stranger-{host}"),
    ]
}

async fn answer(
    subject: &Subject<'_>,
    method: Method,
    origin: &str,
) -> Result<Option<String>, reqwest::Error> {
    let address = format!("{}/api/v1/books", subject.service.as_str().trim_end_matches('/'));
    let mut request = subject
        .client
        .request(method.clone(), address)
        .header(ORIGIN, origin);
    if method == Method::OPTIONS {
        request = request.header(ACCESS_CONTROL_REQUEST_METHOD, "GET");
    }
    let response = request.send().await?;
    let allowed = response.headers().get(ACCESS_CONTROL_ALLOW_ORIGIN);
    Ok(allowed.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()))
}
