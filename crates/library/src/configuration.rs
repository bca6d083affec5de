//! Settings of the library. Defaults serve one machine with nothing else installed.

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use crate::plans::PlansConfig;

/// A text that is never printed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("[secret]")
    }
}

/// Everything that [`crate::Library::open`] needs to know.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LibraryConfig {
    /// Folder of the embedded database, the local blobs and unfinished uploads.
    pub data_dir: PathBuf,
    /// Where rows live.
    pub database: DatabaseConfig,
    /// Where book files and pictures live.
    pub blobs: BlobConfig,
    /// `redis://` address shared by all processes: rate limits, cache and wake-ups. Without it each process has its own.
    pub redis_url: Option<Secret>,
    /// Memory for chapters that are read often, in bytes.
    pub cache_bytes: u64,
    /// Folder of the language models; the per-user folder when absent.
    pub models_dir: Option<PathBuf>,
    /// The address that browsers use, for the links in letters: `https://books.example`.
    pub public_url: String,
    /// Letters to readers.
    pub mail: MailConfig,
    /// Who may have an account.
    pub accounts: AccountsConfig,
    /// What readers may have.
    pub plans: PlansConfig,
    /// What may be uploaded.
    pub uploads: UploadsConfig,
    /// How many pictures are made.
    pub illustrations: IllustrationsConfig,
    /// How durable work is leased and retried.
    pub jobs: JobsConfig,
}

impl Default for LibraryConfig {
    fn default() -> Self {
        Self {
            data_dir: PathBuf::from("data"),
            database: DatabaseConfig::default(),
            blobs: BlobConfig::default(),
            redis_url: None,
            cache_bytes: 64 * 1024 * 1024,
            models_dir: None,
            public_url: "http://localhost:8000".into(),
            mail: MailConfig::default(),
            accounts: AccountsConfig::default(),
            plans: PlansConfig::default(),
            uploads: UploadsConfig::default(),
            illustrations: IllustrationsConfig::default(),
            jobs: JobsConfig::default(),
        }
    }
}

/// The database and how many connections each side of the program may hold.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DatabaseConfig {
    /// `postgres://..` or `sqlite://PATH`; `library.sqlite` in the data folder when absent.
    pub url: Option<Secret>,
    /// Connections for requests (read-only ones on SQLite, beside its one writer).
    pub request_connections: u32,
    /// Connections for workers, apart from those of requests.
    pub worker_connections: u32,
}

impl Default for DatabaseConfig {
    fn default() -> Self {
        Self {
            url: None,
            request_connections: 12,
            worker_connections: 4,
        }
    }
}

/// Where blobs live.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum BlobConfig {
    /// A local folder; `blobs` in the data folder when no path is given.
    Directory {
        /// The folder.
        #[serde(default)]
        path: Option<PathBuf>,
    },
    /// An S3 bucket or anything that speaks its protocol.
    S3 {
        /// Name of the bucket.
        bucket: String,
        /// Region; `us-east-1` serves most compatible stores.
        region: String,
        /// Address of a compatible store; Amazon's own when absent.
        #[serde(default)]
        endpoint: Option<String>,
        /// Access key.
        access_key_id: String,
        /// Secret key.
        secret_access_key: Secret,
        /// Folder inside the bucket.
        #[serde(default)]
        prefix: String,
    },
}

impl Default for BlobConfig {
    fn default() -> Self {
        Self::Directory { path: None }
    }
}

/// Letters to readers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MailConfig {
    /// Who writes, as `BookReader AI <noreply@books.example>`.
    pub from: String,
    /// How letters leave.
    pub transport: MailTransport,
}

impl Default for MailConfig {
    fn default() -> Self {
        Self {
            from: "BookReader AI <noreply@localhost.localdomain>".into(),
            transport: MailTransport::default(),
        }
    }
}

/// How letters leave.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum MailTransport {
    /// They do not: each is a file of RFC 5322 in a folder.
    Files {
        /// The folder; `mail` in the data folder when absent.
        #[serde(default)]
        path: Option<PathBuf>,
    },
    /// Through a mail server.
    Smtp {
        /// Its name.
        host: String,
        /// Its port: 587 as a rule, 465 for `tls`.
        #[serde(default = "submission_port")]
        port: u16,
        /// How the connection is kept private.
        #[serde(default)]
        security: SmtpSecurity,
        /// Name to sign in with; none for a server that asks for none.
        #[serde(default)]
        username: Option<String>,
        /// Password of that name.
        #[serde(default)]
        password: Option<Secret>,
    },
}

impl Default for MailTransport {
    fn default() -> Self {
        Self::Files { path: None }
    }
}

/// RFC 6409.
fn submission_port() -> u16 {
    587
}

/// How the connection to a mail server is kept private.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SmtpSecurity {
    /// In the clear at first, then TLS or nothing (RFC 3207).
    #[default]
    Starttls,
    /// TLS from the first byte (RFC 8314).
    Tls,
    /// In the clear: for a server on this machine.
    None,
}

/// Who may have an account.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AccountsConfig {
    /// May strangers register? An administrator always may create accounts.
    pub sign_up_open: bool,
    /// Are the reserved addresses below usable by smoke tests? Off in production.
    pub synthetic: bool,
    /// Reserved addresses: re-registrable, weak passwords allowed, one book, purged.
    pub synthetic_addresses: Vec<String>,
    /// A synthetic account is removed this long after its last registration.
    pub synthetic_lifetime_seconds: u64,
    /// Passwords hashed at once: each takes 19 MiB and some 30 ms of a core.
    pub password_hashers: usize,
    /// A sign-in ends after this long without being used.
    pub session_lifetime_seconds: u64,
}

impl Default for AccountsConfig {
    fn default() -> Self {
        Self {
            sign_up_open: true,
            synthetic: true,
            synthetic_addresses: vec!["test@example.com".into(), "smoke-test@example.com".into()],
            synthetic_lifetime_seconds: 24 * 60 * 60,
            password_hashers: 2,
            session_lifetime_seconds: 30 * 24 * 60 * 60,
        }
    }
}

/// What may be uploaded.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct UploadsConfig {
    /// Largest file, in bytes.
    pub max_bytes: u64,
    /// Files examined at once: each is held in memory while it is read.
    pub importers: usize,
}

impl Default for UploadsConfig {
    fn default() -> Self {
        Self {
            max_bytes: 100 * 1024 * 1024,
            importers: 2,
        }
    }
}

/// How many pictures are made, and how.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct IllustrationsConfig {
    /// Pictures made of a new book without being asked for.
    pub pictures_per_book: usize,
    /// Style when none is asked for: `ink`, `watercolour` or `woodcut`.
    pub style: String,
    /// Width of the original, in pixels.
    pub width: u32,
    /// Height of the original, in pixels.
    pub height: u32,
    /// What the services may cost in a calendar month, by UTC, in millionths of the currency unit that their
    /// `cost_micros` are told in; without limit when absent.
    pub budget_micros_per_month: Option<u64>,
}

impl Default for IllustrationsConfig {
    fn default() -> Self {
        Self {
            pictures_per_book: 12,
            style: "ink".into(),
            width: 1024,
            height: 768,
            budget_micros_per_month: None,
        }
    }
}

/// How durable work is leased and retried.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct JobsConfig {
    /// A worker that is silent for this long has lost its job.
    pub lease_seconds: u64,
    /// A job that failed this often is a dead letter.
    pub max_failures: u32,
    /// A job that took this many workers down with it is a dead letter.
    pub max_abandonments: u32,
    /// First back-off after a failure; it doubles each time, with jitter.
    pub first_backoff_seconds: u64,
    /// Longest back-off.
    pub longest_backoff_seconds: u64,
    /// How often an idle worker looks for work that nobody announced.
    pub poll_seconds: u64,
    /// Finished jobs are forgotten after this long.
    pub keep_finished_seconds: u64,
    /// Unreferenced blobs and publications are removed after this long.
    pub orphan_grace_seconds: u64,
}

impl Default for JobsConfig {
    fn default() -> Self {
        Self {
            lease_seconds: 30,
            max_failures: 5,
            max_abandonments: 25,
            first_backoff_seconds: 15,
            longest_backoff_seconds: 60 * 60,
            poll_seconds: 1,
            keep_finished_seconds: 7 * 24 * 60 * 60,
            orphan_grace_seconds: 24 * 60 * 60,
        }
    }
}

impl JobsConfig {
    /// How long a claim holds without being renewed.
    pub(crate) fn lease(&self) -> Duration {
        Duration::from_secs(self.lease_seconds.max(3))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_not_printed() {
        let config = LibraryConfig {
            redis_url: Some(Secret("redis://:open-sesame@host".into())),
            ..Default::default()
        };
        assert!(!format!("{config:?}").contains("open-sesame"));
    }

    #[test]
    fn an_unknown_setting_is_an_error() {
        assert!(serde_json::from_str::<LibraryConfig>(r#"{"data_dri": "x"}"#).is_err());
        assert!(
            serde_json::from_str::<LibraryConfig>(r#"{"blobs": {"kind": "directory", "pth": "x"}}"#).is_err()
        );
    }
}
