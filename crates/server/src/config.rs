//! Settings of the HTTP side.

use std::net::SocketAddr;
use std::time::Duration;

use ipnet::IpNet;
use library::configuration::Secret;
use serde::{Deserialize, Serialize};

/// Everything that [`crate::router()`] and [`crate::serve()`] need to know.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ServerConfig {
    /// The address to listen on when no socket was inherited.
    pub listen: SocketAddr,
    /// The address that browsers use, like `https://bookreader.example`. With `https` cookies are `Secure` and HSTS is
    /// sent.
    pub public_url: Option<url::Url>,
    /// Proxies whose `X-Forwarded-For` is believed, as networks like `10.0.0.0/8`.
    pub trusted_proxies: Vec<IpNet>,
    /// Connections served at once; more wait in the kernel's queue.
    pub max_connections: usize,
    /// How long open requests may go on after the order to stop.
    pub drain_seconds: u64,
    /// How long an ordinary request may take.
    pub request_seconds: u64,
    /// How long an upload may take.
    pub upload_seconds: u64,
    /// Largest JSON body, in bytes.
    pub json_bytes: usize,
    /// An access token is good for this long.
    pub access_token_seconds: u64,
    /// A silent event stream sends a comment this often.
    pub heartbeat_seconds: u64,
    /// An event stream ends after this long; browsers come back by themselves.
    pub event_stream_seconds: u64,
    /// Who may read `/metrics`.
    pub metrics: MetricsConfig,
    /// How often each kind of request may come.
    pub limits: LimitsConfig,
}

impl Default for ServerConfig {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8000)),
            public_url: None,
            trusted_proxies: Vec::new(),
            max_connections: 4096,
            drain_seconds: 7,
            request_seconds: 30,
            upload_seconds: 600,
            json_bytes: 64 * 1024,
            access_token_seconds: 15 * 60,
            heartbeat_seconds: 15,
            event_stream_seconds: 60,
            metrics: MetricsConfig::default(),
            limits: LimitsConfig::default(),
        }
    }
}

impl ServerConfig {
    /// Do browsers reach us over TLS?
    pub(crate) fn is_https(&self) -> bool {
        self.public_url
            .as_ref()
            .is_some_and(|url| url.scheme() == "https")
    }

    /// How long open requests may go on after the order to stop.
    pub fn drain(&self) -> Duration {
        Duration::from_secs(self.drain_seconds)
    }
}

/// Who may read `/metrics`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MetricsConfig {
    /// Bearer token for readers that are not on this machine; without it only loopback peers may read.
    pub token: Option<Secret>,
}

/// How often each kind of request may come, per account or, without one, per client address.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LimitsConfig {
    /// Are there limits at all?
    pub enabled: bool,
    /// Attempts to sign in, per address and per e-mail address.
    pub sign_in: RateConfig,
    /// New accounts, per address.
    pub register: RateConfig,
    /// Uploaded files.
    pub upload: RateConfig,
    /// Requests that start long work: pictures, exports.
    pub work: RateConfig,
    /// Other changes.
    pub write: RateConfig,
    /// Reading the API.
    pub read: RateConfig,
    /// Chapters and pictures.
    pub content: RateConfig,
}

impl Default for LimitsConfig {
    fn default() -> Self {
        Self {
            enabled: true,
            sign_in: RateConfig {
                burst: 20,
                per_minute: 20,
            },
            register: RateConfig {
                burst: 20,
                per_minute: 10,
            },
            upload: RateConfig {
                burst: 60,
                per_minute: 30,
            },
            work: RateConfig {
                burst: 120,
                per_minute: 60,
            },
            write: RateConfig {
                burst: 240,
                per_minute: 240,
            },
            read: RateConfig {
                burst: 600,
                per_minute: 1200,
            },
            content: RateConfig {
                burst: 1200,
                per_minute: 3000,
            },
        }
    }
}

/// A bucket that holds `burst` requests and is refilled evenly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateConfig {
    /// Requests that may come at once.
    pub burst: u32,
    /// Requests that are granted each minute.
    pub per_minute: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_setting_is_an_error() {
        assert!(serde_json::from_str::<ServerConfig>(r#"{"lisen": "127.0.0.1:1"}"#).is_err());
        assert!(
            serde_json::from_str::<ServerConfig>(r#"{"limits": {"red": {"burst": 1, "per_minute": 1}}}"#)
                .is_err()
        );
    }

    #[test]
    fn the_defaults_survive_a_round_trip() {
        let text = serde_json::to_string(&ServerConfig::default()).unwrap();
        let back: ServerConfig = serde_json::from_str(&text).unwrap();
        assert_eq!(back.listen.port(), 8000);
        assert_eq!(back.limits.read, LimitsConfig::default().read);
    }

    #[test]
    fn the_metrics_token_is_not_printed() {
        let config = MetricsConfig {
            token: Some(Secret("open-sesame".into())),
        };
        assert!(!format!("{config:?}").contains("open-sesame"));
    }
}
