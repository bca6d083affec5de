//! Did the version that serves log an error?

use serde_json::Value;

use crate::checks::{Finding, Subject};
use crate::supervisor::{Folders, Store, log_file};

pub(crate) fn look(subject: &Subject<'_>) -> Finding {
    let folders = Folders::of(&subject.data_dir);
    let serving = Store::open(&folders.state())
        .ok()
        .and_then(|store| store.state().serving.clone());
    let Some(serving) = serving else {
        return Finding::cannot_tell("no supervisor has a version that serves here", super::FIX);
    };
    match std::fs::read_to_string(log_file(&folders.logs(), serving.number)) {
        Ok(text) => judge(&text),
        Err(error) => Finding::cannot_tell(
            format!("the log of generation {}: {error}", serving.number),
            "run this as the service's user",
        ),
    }
}

fn judge(log: &str) -> Finding {
    let (mut lines, mut last, mut errors) = (0, None, 0);
    for line in log.lines() {
        let Ok(event) = serde_json::from_str::<Value>(line) else {
            continue;
        };
        lines += 1;
        // The field, not the word: a message may speak of errors.
        if event["level"] == "ERROR" {
            errors += 1;
            last = event["message"].as_str().map(str::to_owned);
        }
    }
    if lines == 0 {
        return Finding::cannot_tell("the log has no line of JSON", "set log.format to \"json\"");
    }
    if errors == 0 {
        return Finding::pass(format!("no error in {lines} lines since this version began"));
    }
    Finding::fail(
        format!(
            "{errors} errors in {lines} lines, the last: {}",
            last.unwrap_or_default()
        ),
        "bookreader logs --level error",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Outcome;

    #[test]
    fn the_level_counts_and_not_the_word() {
        let harmless = "{\"level\":\"INFO\",\"message\":\"ERROR is a word\",\"error_count\":0}\n";
        let grave = "{\"level\":\"ERROR\",\"message\":\"the disk is full\"}\n";
        assert_eq!(judge(harmless).outcome, Outcome::Pass);
        let finding = judge(&format!("{harmless}{grave}"));
        assert_eq!(finding.outcome, Outcome::Fail);
        assert!(finding.evidence.contains("the disk is full"));
        assert_eq!(judge("not a log\n").outcome, Outcome::CannotTell);
    }
}
