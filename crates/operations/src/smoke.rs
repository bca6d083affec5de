//! The critical journeys of a running service: is it healthy, can somebody register, sign in, see
//! their profile and the books?
//!
//! The journeys go in the order of the deployment checklist's own smoke script and carry its
//! titles, but they look at the status **and** the body of each answer, and none of them can hang.

mod account;
mod journey;
mod report;
mod text;

use std::time::{Duration, Instant};

pub use account::Account;
pub use report::{Report, StepReport};
pub use text::Printer;
use url::Url;

use crate::Outcome;
use crate::exchange::Exchange;
use journey::{Journey, Visit};

/// What to walk, as whom, and for how long at most.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The service's address; paths are put below it.
    pub target: Url,
    /// Who registers and signs in.
    pub account: Account,
    /// How long one journey may take.
    pub step_limit: Duration,
}

/// Something a person who watches wants to see at once.
#[derive(Debug)]
pub enum Event<'a> {
    /// A journey begins; numbers count from 1.
    Started {
        /// Its place in the order.
        number: usize,
        /// Its title, as in the checklist.
        title: &'a str,
    },
    /// It has ended.
    Finished(&'a StepReport),
}

/// Walks the journeys until the first that does not pass, and tells `watch` as it goes.
///
/// `client` must not follow redirects: an API answer that redirects is a failure. A throw-away
/// account is removed at the end, as one more journey.
pub async fn run(client: &reqwest::Client, plan: &Plan, watch: &mut dyn FnMut(Event<'_>)) -> Report {
    let mut visit = Visit::new(Exchange::new(client, &plan.target), plan.account.clone());
    let mut steps = Vec::new();
    for (index, journey) in Journey::of(&plan.account).enumerate() {
        watch(Event::Started {
            number: index + 1,
            title: journey.title(),
        });
        let step = walk(journey, &mut visit, plan.step_limit).await;
        watch(Event::Finished(&step));
        let passed = step.outcome == Outcome::Pass;
        steps.push(step);
        if !passed {
            break;
        }
    }
    Report::new(&plan.target, steps)
}

async fn walk(journey: Journey, visit: &mut Visit<'_>, limit: Duration) -> StepReport {
    let start = Instant::now();
    let finding = match tokio::time::timeout(limit, journey.walk(visit)).await {
        Ok(finding) => finding,
        Err(_) => Err(journey::Trouble::fail(
            format!("no answer within {} s", limit.as_secs_f32()),
            "look at the service's load and its log; raise the limit only if the answer may be this slow",
        )),
    };
    StepReport::new(journey, finding, start.elapsed())
}
