//! Can the critical journeys be walked?

use std::time::Duration;

use crate::Outcome;
use crate::checks::{Finding, Subject};
use crate::smoke::{self, Plan};

const STEP_LIMIT: Duration = Duration::from_secs(10);

pub(crate) async fn look(subject: &Subject<'_>) -> Finding {
    let plan = Plan {
        target: subject.service.clone(),
        account: subject.account.clone(),
        step_limit: STEP_LIMIT,
    };
    let report = smoke::run(subject.client, &plan, &mut |_| {}).await;
    match report.steps.iter().find(|step| step.outcome != Outcome::Pass) {
        None => Finding::pass(format!("{} journeys walked", report.steps.len())),
        Some(step) => Finding {
            outcome: step.outcome,
            evidence: format!("{}: {}", step.title, step.evidence),
            fix: step.fix.map(str::to_owned),
        },
    }
}
