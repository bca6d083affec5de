//! The numbers behind `/metrics`.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use ::metrics::{Gauge, Key, KeyName, Label, Level, Metadata, Recorder, Unit};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle, PrometheusRecorder};

const REQUESTS: &str = "http_requests_total";
const DURATION: &str = "http_request_duration_seconds";
const IN_FLIGHT: &str = "http_requests_in_flight";
const STREAMS: &str = "http_event_streams";

/// Edges in seconds. The alert on slow requests reads the one at 0.5.
const DURATION_EDGES: &[f64] = &[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// Requests between two foldings of the histograms.
const FOLD_EVERY: u64 = 4096;

const METADATA: Metadata<'static> = Metadata::new("server", Level::INFO, Some("server"));

/// Where the server counts, and what `/metrics` shows.
///
/// The binary makes the one that the whole process counts in with [`Metrics::install`]; a test makes its own.
#[derive(Clone)]
pub struct Metrics {
    recorder: Arc<PrometheusRecorder>,
    handle: PrometheusHandle,
    counted: Arc<AtomicU64>,
}

impl Metrics {
    /// Numbers of this value alone.
    pub fn private() -> Self {
        let recorder = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".into()), DURATION_EDGES)
            .expect("there are edges")
            .build_recorder();
        let handle = recorder.handle();
        let metrics = Self {
            recorder: Arc::new(recorder),
            handle,
            counted: Arc::default(),
        };
        metrics.describe();
        metrics
    }

    /// Numbers of the process: what any crate counts with the `metrics` macros shows up too.
    ///
    /// # Errors
    /// When the process has a recorder already.
    pub fn install() -> anyhow::Result<Self> {
        let metrics = Self::private();
        ::metrics::set_global_recorder(metrics.recorder.clone())
            .map_err(|_| anyhow::anyhow!("a metrics recorder is installed already"))?;
        Ok(metrics)
    }

    /// The exposition text.
    pub fn render(&self) -> String {
        self.handle.run_upkeep();
        self.handle.render()
    }

    /// Sets a gauge.
    pub(crate) fn set(&self, name: &'static str, labels: &[(&'static str, &str)], value: f64) {
        self.gauge(name, labels).set(value);
    }

    /// Counts one answered request.
    pub(crate) fn count(&self, method: &str, route: &str, status: u16, took: Duration) {
        let labels = [
            ("method", method),
            ("route", route),
            ("status", &status.to_string()),
        ];
        self.recorder
            .register_counter(&key(REQUESTS, &labels), &METADATA)
            .increment(1);
        self.recorder
            .register_histogram(&key(DURATION, &labels[..2]), &METADATA)
            .record(took.as_secs_f64());
        self.fold_now_and_then();
    }

    /// A histogram keeps each duration until it is folded, which otherwise happens only when somebody reads.
    fn fold_now_and_then(&self) {
        if self.counted.fetch_add(1, Ordering::Relaxed) % FOLD_EVERY == FOLD_EVERY - 1 {
            self.handle.run_upkeep();
        }
    }

    /// Counts a request as being worked on until the guard is dropped.
    pub(crate) fn in_flight(&self) -> Raised {
        Raised::new(self.gauge(IN_FLIGHT, &[]))
    }

    /// Counts an event stream as open until the guard is dropped.
    pub(crate) fn event_stream(&self) -> Raised {
        Raised::new(self.gauge(STREAMS, &[]))
    }

    fn gauge(&self, name: &'static str, labels: &[(&'static str, &str)]) -> Gauge {
        self.recorder.register_gauge(&key(name, labels), &METADATA)
    }

    fn describe(&self) {
        let recorder = &self.recorder;
        recorder.describe_counter(KeyName::from(REQUESTS), None, "Answered requests.".into());
        recorder.describe_histogram(
            KeyName::from(DURATION),
            Some(Unit::Seconds),
            "Time from the request's head to the answer's head.".into(),
        );
        recorder.describe_gauge(KeyName::from(IN_FLIGHT), None, "Requests being worked on.".into());
        recorder.describe_gauge(KeyName::from(STREAMS), None, "Open event streams.".into());
    }
}

/// A gauge that is one higher while this lives.
pub(crate) struct Raised(Gauge);

impl Raised {
    fn new(gauge: Gauge) -> Self {
        gauge.increment(1.0);
        Self(gauge)
    }
}

impl Drop for Raised {
    fn drop(&mut self) {
        self.0.decrement(1.0);
    }
}

fn key(name: &'static str, labels: &[(&'static str, &str)]) -> Key {
    let labels = labels
        .iter()
        .map(|(name, value)| Label::new(*name, (*value).to_owned()))
        .collect::<Vec<_>>();
    Key::from_parts(name, labels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_labels_and_the_half_second_edge_are_what_the_alerts_read() {
        let metrics = Metrics::private();
        metrics.count("GET", "/api/v1/books", 200, Duration::from_millis(400));
        metrics.count("GET", "/api/v1/books", 503, Duration::from_millis(600));
        let text = metrics.render();
        for line in [
            r#"http_requests_total{method="GET",route="/api/v1/books",status="200"} 1"#,
            r#"http_requests_total{method="GET",route="/api/v1/books",status="503"} 1"#,
            r#"http_request_duration_seconds_bucket{method="GET",route="/api/v1/books",le="0.5"} 1"#,
            r#"http_request_duration_seconds_count{method="GET",route="/api/v1/books"} 2"#,
        ] {
            assert!(text.contains(line), "{line} is missing from\n{text}");
        }
    }

    #[test]
    fn a_guard_counts_only_while_it_lives() {
        let metrics = Metrics::private();
        let guard = metrics.event_stream();
        assert!(metrics.render().contains("http_event_streams 1"));
        drop(guard);
        assert!(metrics.render().contains("http_event_streams 0"));
    }
}
