//! Is every scraped target up?

use super::prometheus;
use crate::checks::{Finding, Subject};

pub(crate) async fn look(subject: &Subject<'_>) -> Finding {
    let targets = match prometheus::query(subject, "up").await {
        Ok(targets) => targets,
        Err(doubt) => return doubt,
    };
    if targets.is_empty() {
        return Finding::fail("Prometheus scrapes nothing", "give it the shipped configuration");
    }
    let down: Vec<String> = targets
        .iter()
        .filter(|target| target.number() != 1.0)
        .map(|target| {
            let label = |name: &str| target.metric.get(name).map_or("?", String::as_str);
            format!("{} {}", label("job"), label("instance"))
        })
        .collect();
    if !down.is_empty() {
        return Finding::fail(
            format!("down: {}", down.join(", ")),
            "start what is named, or take it out of the configuration of Prometheus",
        );
    }
    Finding::pass(format!("{} targets are up", targets.len()))
}
