//! Is the version before at hand within milliseconds?

use crate::checks::{Finding, Subject};
use crate::supervisor::Role;

pub(crate) async fn look(subject: &Subject<'_>) -> Finding {
    let overview = match super::overview(subject).await {
        Ok(overview) => overview,
        Err(finding) => return finding,
    };
    let mut processes = overview.processes.iter();
    let Some(previous) = processes.find(|process| process.role == Role::Previous) else {
        return Finding::cannot_tell(
            "no version came before the one that serves",
            "run this again after the first deployment",
        );
    };
    match &previous.live {
        Some(live) if live.ready => Finding::pass(format!(
            "release {} is warm as process {}",
            previous.release, live.pid
        )),
        _ => Finding::fail(
            format!(
                "release {} has no process that is ready: going back takes a start",
                previous.release
            ),
            "look at `bookreader logs --generation N` of that version",
        ),
    }
}
