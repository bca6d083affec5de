//! Questions to Prometheus.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use url::Url;

use crate::checks::{Finding, Subject};

#[derive(Deserialize)]
struct Answer {
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    result: Vec<Sample>,
}

/// One value of an instant vector.
#[derive(Deserialize)]
pub(super) struct Sample {
    pub(super) metric: BTreeMap<String, String>,
    value: (f64, String),
}

impl Sample {
    /// The number; NaN when there is none.
    pub(super) fn number(&self) -> f64 {
        self.value.1.parse().unwrap_or(f64::NAN)
    }
}

/// The instant vector that a query gives.
pub(super) async fn query(subject: &Subject<'_>, expression: &str) -> Result<Vec<Sample>, Finding> {
    let mut address = below(&subject.prometheus, "api/v1/query");
    address.query_pairs_mut().append_pair("query", expression);
    let answer: Answer = get(subject, address).await?;
    Ok(answer.data.result)
}

/// The one number that a query gives; `None` when it gives none.
pub(super) async fn number(subject: &Subject<'_>, expression: &str) -> Result<Option<f64>, Finding> {
    let samples = query(subject, expression).await?;
    Ok(samples
        .first()
        .map(Sample::number)
        .filter(|number| number.is_finite()))
}

/// JSON from one of the monitoring services; anything else is a doubt.
pub(super) async fn get<T: DeserializeOwned>(subject: &Subject<'_>, address: Url) -> Result<T, Finding> {
    let where_it_is = address.origin().ascii_serialization();
    let doubt = |what: String| {
        Finding::cannot_tell(
            format!("{where_it_is}: {what}"),
            "start the monitoring, or name its address with --prometheus and --alertmanager",
        )
    };
    let response = subject
        .client
        .get(address)
        .send()
        .await
        .map_err(|error| doubt(error.without_url().to_string()))?;
    if !response.status().is_success() {
        return Err(doubt(format!("answers {}", response.status().as_u16())));
    }
    response
        .json()
        .await
        .map_err(|error| doubt(error.without_url().to_string()))
}

/// An address beneath the service's own.
pub(super) fn below(service: &Url, path: &str) -> Url {
    let mut address = service.clone();
    address.set_path(&format!("{}/{path}", service.path().trim_end_matches('/')));
    address
}
