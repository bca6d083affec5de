//! Does no alert fire, but the one that shows that alerts arrive?

use std::collections::BTreeMap;

use serde::Deserialize;

use super::prometheus;
use crate::checks::{Finding, Subject};

/// Fires always: when it is missing, alerts do not get through.
const WATCHDOG: &str = "Watchdog";

#[derive(Deserialize)]
struct Alert {
    labels: BTreeMap<String, String>,
}

impl Alert {
    fn name(&self) -> &str {
        self.labels.get("alertname").map_or("?", String::as_str)
    }
}

pub(crate) async fn look(subject: &Subject<'_>) -> Finding {
    let mut address = prometheus::below(&subject.alertmanager, "api/v2/alerts");
    address
        .query_pairs_mut()
        .append_pair("active", "true")
        .append_pair("silenced", "false")
        .append_pair("inhibited", "false");
    match prometheus::get::<Vec<Alert>>(subject, address).await {
        Ok(alerts) => judge(&alerts),
        Err(doubt) => doubt,
    }
}

fn judge(alerts: &[Alert]) -> Finding {
    let firing: Vec<&str> = alerts
        .iter()
        .map(Alert::name)
        .filter(|name| *name != WATCHDOG)
        .collect();
    if !firing.is_empty() {
        return Finding::fail(
            format!("firing: {}", firing.join(", ")),
            "follow the runbook that the alert links to",
        );
    }
    if alerts.is_empty() {
        return Finding::fail(
            format!("{WATCHDOG} does not fire: alerts do not arrive"),
            "check the `alerting` section of Prometheus and that its rules are loaded",
        );
    }
    Finding::pass(format!("only {WATCHDOG} fires"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Outcome::{Fail, Pass};

    fn outcome(names: &[&str]) -> crate::Outcome {
        let alert = |name: &&str| Alert {
            labels: BTreeMap::from([("alertname".to_owned(), (*name).to_owned())]),
        };
        judge(&names.iter().map(alert).collect::<Vec<_>>()).outcome
    }

    #[test]
    fn silence_is_no_good_sign() {
        assert_eq!(outcome(&[WATCHDOG]), Pass);
        assert_eq!(outcome(&[]), Fail);
        assert_eq!(outcome(&[WATCHDOG, "HighErrorRate"]), Fail);
    }
}
