//! Running the checks behind some lines: each check once, however many lines it answers.

use std::collections::HashMap;
use std::time::Duration;

use futures::future::join_all;

use super::{Checklist, Item, ItemReport, RunReport};
use crate::checks::{Check, Finding, Subject};

/// A check that takes longer has found nothing out.
const LIMIT: Duration = Duration::from_secs(15);

/// Answers `items` of `checklist` about `subject`.
pub async fn run(checklist: &Checklist, items: &[&Item], subject: &Subject<'_>) -> RunReport {
    let mut checks: Vec<Check> = Vec::new();
    for check in items
        .iter()
        .filter_map(|item| Check::named(item.check.as_deref()?))
    {
        if !checks.contains(&check) {
            checks.push(check);
        }
    }
    let findings: HashMap<Check, Finding> = join_all(
        checks
            .into_iter()
            .map(|check| async move { (check, look(check, subject).await) }),
    )
    .await
    .into_iter()
    .collect();
    let lines = items.iter().map(|item| ItemReport {
        item: (*item).clone(),
        finding: answer(item, &findings),
    });
    RunReport::new(checklist.version.clone(), subject.version, lines.collect())
}

async fn look(check: Check, subject: &Subject<'_>) -> Finding {
    match tokio::time::timeout(LIMIT, check.look(subject)).await {
        Ok(finding) => finding,
        Err(_) => Finding::cannot_tell(
            format!("no result within {} s", LIMIT.as_secs()),
            "look at the load of what was asked, then run this line again",
        ),
    }
}

fn answer(item: &Item, findings: &HashMap<Check, Finding>) -> Finding {
    let Some(name) = &item.check else {
        return Finding::cannot_tell(
            "no person has attested this line",
            "ask whoever can say; the deployment is not verified before they have",
        );
    };
    match Check::named(name).and_then(|check| findings.get(&check)) {
        Some(finding) => finding.clone(),
        None => Finding::cannot_tell(
            format!("this release cannot run the check `{name}`"),
            "confirm this line by hand and keep the evidence with the deployment",
        ),
    }
}
