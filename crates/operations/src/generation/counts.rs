//! How many requests a generation answered, and how many of them with an error of its own.

/// Requests since the process began.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// All answers.
    pub requests: u64,
    /// Answers of 5xx.
    pub server_errors: u64,
}

/// What the supervisor itself asks for.
const OF_OPERATORS: [&str; 3] = ["/health", "/ready", "/metrics"];

impl Counts {
    /// Reads `http_requests_total` from Prometheus's text, without the routes that only operators ask for.
    pub fn from_exposition(text: &str) -> Self {
        let mut counts = Self::default();
        for line in text.lines() {
            let Some((labels, value)) = line
                .strip_prefix("http_requests_total{")
                .and_then(|rest| rest.rsplit_once("} "))
            else {
                continue;
            };
            let label = |name: &str| {
                let (_, rest) = labels.split_once(&format!("{name}=\""))?;
                rest.split('"').next()
            };
            if label("route").is_some_and(|route| OF_OPERATORS.contains(&route)) {
                continue;
            }
            let value = value.trim().parse().unwrap_or(0);
            counts.requests += value;
            if label("status").is_some_and(|status| status.starts_with('5')) {
                counts.server_errors += value;
            }
        }
        counts
    }

    /// What was added since `earlier`.
    #[must_use]
    pub fn since(self, earlier: Self) -> Self {
        Self {
            requests: self.requests.saturating_sub(earlier.requests),
            server_errors: self.server_errors.saturating_sub(earlier.server_errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Counts;

    #[test]
    fn answers_are_added_up_and_those_for_operators_left_out() {
        let text = r#"# TYPE http_requests_total counter
http_requests_total{method="GET",route="/api/v1/books",status="200"} 90
http_requests_total{method="POST",route="/api/v1/books",status="503"} 10
http_requests_total{method="GET",route="/metrics",status="200"} 1000
http_requests_total{method="GET",route="/ready",status="503"} 7
http_requests_in_flight 3
"#;
        assert_eq!(
            Counts::from_exposition(text),
            Counts {
                requests: 100,
                server_errors: 10
            }
        );
    }
}
