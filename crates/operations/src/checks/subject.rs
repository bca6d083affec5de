//! What the checks look at.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use library::Library;
use url::Url;

use crate::backup::{Key, Repository};
use crate::exchange::Exchange;
use crate::smoke::Account;

/// The deployment under examination, and how to reach its parts.
pub struct Subject<'a> {
    /// A client that follows no redirect.
    pub client: &'a reqwest::Client,
    /// The service, on this machine or behind its proxy.
    pub service: Url,
    /// Prometheus.
    pub prometheus: Url,
    /// Alertmanager.
    pub alertmanager: Url,
    /// Who walks the critical journeys.
    pub account: Account,
    /// The source tree of the release.
    pub source: PathBuf,
    /// Where the service keeps its data.
    pub data_dir: PathBuf,
    /// The library as configured, or why it is not there.
    pub library: Result<Library, String>,
    /// The backups and their key, or why they cannot be opened.
    pub backups: Result<(Repository, Key), String>,
    /// The time.
    pub now: DateTime<Utc>,
    /// What is configured.
    pub settings: Settings,
    /// The release of this program.
    pub version: &'static str,
}

/// The settings that checks judge.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Is this the profile of a public service?
    pub production: bool,
    /// Why the settings cannot be used, if they cannot.
    pub problem: Option<String>,
    /// The file they come from, if there is one.
    pub file: Option<PathBuf>,
    /// The log filter.
    pub log_level: String,
}

impl Subject<'_> {
    pub(super) fn exchange(&self) -> Exchange<'_> {
        Exchange::new(self.client, &self.service)
    }
}
