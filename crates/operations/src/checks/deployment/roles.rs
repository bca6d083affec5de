//! Does the version that serves run, ready and open, and no other beside it?

use crate::checks::{Finding, Subject};
use crate::supervisor::{Overview, Role};

pub(crate) async fn look(subject: &Subject<'_>) -> Finding {
    match super::overview(subject).await {
        Ok(overview) => judge(&overview),
        Err(finding) => finding,
    }
}

fn judge(overview: &Overview) -> Finding {
    let fix = "`bookreader ps` shows what runs, `bookreader logs --level error` why";
    let serving = overview
        .processes
        .iter()
        .find(|process| process.role == Role::Serving);
    let Some(live) = serving.and_then(|process| process.live.as_ref()) else {
        return Finding::fail("Exit: the version that serves has no process", fix);
    };
    if !live.ready {
        return Finding::fail("the version that serves is not ready", fix);
    }
    let open = overview
        .processes
        .iter()
        .filter(|process| process.live.as_ref().is_some_and(|live| live.open))
        .count();
    if open != 1 || !live.open {
        return Finding::fail(format!("{open} versions take connections"), fix);
    }
    Finding::pass(format!(
        "Up: version {} as process {}, ready and open",
        live.version, live.pid
    ))
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::Outcome;
    use crate::supervisor::{Live, Process};

    fn overview(living: &[(Role, bool, bool)]) -> Overview {
        let process = |(role, ready, open): &(Role, bool, bool)| Process {
            role: *role,
            generation: 1,
            release: "0123".to_owned(),
            since: DateTime::UNIX_EPOCH,
            live: Some(Live {
                pid: 7,
                version: "1.0.0".to_owned(),
                ready: *ready,
                open: *open,
                connections: 0,
                requests: 0,
                server_errors: 0,
            }),
        };
        Overview {
            address: "127.0.0.1:8000".to_owned(),
            lock: None,
            bake_until: None,
            processes: living.iter().map(process).collect(),
        }
    }

    #[test]
    fn one_open_version_that_is_ready_passes_and_nothing_else_does() {
        use Role::{Previous, Serving};
        let outcome = |living: &[_]| judge(&overview(living)).outcome;
        assert_eq!(
            outcome(&[(Serving, true, true), (Previous, true, false)]),
            Outcome::Pass
        );
        assert_eq!(outcome(&[]), Outcome::Fail);
        assert_eq!(outcome(&[(Serving, false, true)]), Outcome::Fail);
        assert_eq!(outcome(&[(Serving, true, false)]), Outcome::Fail);
        assert_eq!(
            outcome(&[(Serving, true, true), (Previous, true, true)]),
            Outcome::Fail
        );
    }
}
