//! The configuration of a process: `bookreader.toml`, then the environment, then flags. A key that nothing
//! reads is an error, so a misspelt setting cannot be silently ignored.

mod check;
mod example;
mod secrets;
mod sources;
mod workers;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use library::configuration::{
    AccountsConfig, BlobConfig, DatabaseConfig, IllustrationsConfig, JobsConfig, LibraryConfig, MailConfig,
    PlansConfig, Secret, UploadsConfig,
};
use library::randomness::Randomness;
use pictures::provider::{Egress, IllustratorSettings, Illustrators, MonotonicClock, OfflineProvider};
use serde::{Deserialize, Serialize};
use server::ServerConfig;

pub(crate) use check::check;
pub(crate) use example::EXAMPLE;
pub(crate) use secrets::signing_keys;
pub(crate) use sources::{file, load};
pub(crate) use workers::WorkersConfig;

use crate::engines::LanguageEngines;
use crate::logging::LogConfig;

/// Everything that can be set.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Configuration {
    /// Which defaults apply.
    pub(crate) profile: Profile,
    /// Folder of the embedded database, local blobs and generated secrets; per-user when absent.
    pub(crate) data_dir: Option<PathBuf>,
    /// Folder of the language models; per-user when absent.
    pub(crate) models_dir: Option<PathBuf>,
    /// Analysers of language beside the built-in one.
    pub(crate) language_engines: LanguageEngines,
    /// A Redis that all processes share.
    pub(crate) redis_url: Option<Secret>,
    /// Memory for chapters that are read often, in bytes.
    pub(crate) cache_bytes: u64,
    /// File with the keys that sign access tokens; made in the data folder by the embedded profile.
    pub(crate) signing_keys_file: Option<PathBuf>,
    /// Log lines.
    pub(crate) log: LogConfig,
    /// HTTP.
    pub(crate) server: ServerConfig,
    /// Rows.
    pub(crate) database: DatabaseConfig,
    /// Files.
    pub(crate) blobs: BlobConfig,
    /// Letters.
    pub(crate) mail: MailConfig,
    /// Accounts.
    pub(crate) accounts: AccountsConfig,
    /// What readers may have.
    pub(crate) plans: PlansConfig,
    /// Uploads.
    pub(crate) uploads: UploadsConfig,
    /// Pictures.
    pub(crate) illustrations: IllustrationsConfig,
    /// Services beyond this program that draw pictures.
    pub(crate) picture_services: IllustratorSettings,
    /// How durable work is leased and retried.
    pub(crate) jobs: JobsConfig,
    /// How much is worked on at once.
    pub(crate) workers: WorkersConfig,
}

impl Default for Configuration {
    fn default() -> Self {
        let library = LibraryConfig::default();
        Configuration {
            profile: Profile::default(),
            data_dir: None,
            models_dir: None,
            language_engines: LanguageEngines::new(),
            redis_url: library.redis_url,
            cache_bytes: library.cache_bytes,
            signing_keys_file: None,
            log: LogConfig::default(),
            server: ServerConfig::default(),
            database: library.database,
            blobs: library.blobs,
            mail: library.mail,
            accounts: library.accounts,
            plans: library.plans,
            uploads: library.uploads,
            illustrations: library.illustrations,
            picture_services: IllustratorSettings::default(),
            jobs: library.jobs,
            workers: WorkersConfig::default(),
        }
    }
}

/// Which defaults apply where the configuration is silent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Profile {
    /// One process, nothing else installed.
    #[default]
    Embedded,
    /// A public service: no synthetic accounts, secrets are given and never generated.
    Production,
}

impl Configuration {
    /// The data folder: as set, or `$XDG_DATA_HOME/bookreader`, or `~/.local/share/bookreader`.
    pub(crate) fn data_dir(&self) -> PathBuf {
        self.data_dir
            .clone()
            .unwrap_or_else(|| user_data_home().join("bookreader"))
    }

    /// The address that browsers use: as set, or this machine's own.
    fn public_url(&self) -> String {
        self.server.public_url.as_ref().map_or_else(
            || format!("http://localhost:{}", self.server.listen.port()),
            ToString::to_string,
        )
    }

    /// The folder of the language models.
    pub(crate) fn models_dir(&self) -> PathBuf {
        self.models_dir
            .clone()
            .unwrap_or_else(linguistics::Models::default_dir)
    }

    /// Who draws where no service may be asked.
    pub(crate) fn illustrators(&self) -> Vec<Arc<dyn pictures::Provider>> {
        vec![Arc::new(OfflineProvider)]
    }

    /// Who draws for books whose readers allow services; `None` when none is configured.
    pub(crate) fn online_illustrators(&self) -> anyhow::Result<Option<Illustrators>> {
        if self.picture_services.order.is_empty() {
            return Ok(None);
        }
        let egress = Egress::new(pictures::provider::system_look_up())?;
        let clock = Arc::new(MonotonicClock::default());
        let randomness = Randomness::system();
        let jitter = Arc::new(move || randomness.fraction());
        Illustrators::new(&self.picture_services, &egress, clock, jitter)
            .context("picture_services")
            .map(Some)
    }

    /// What the library needs of all this.
    pub(crate) fn library(&self) -> LibraryConfig {
        let mut accounts = self.accounts.clone();
        accounts.synthetic &= self.profile == Profile::Embedded;
        LibraryConfig {
            data_dir: self.data_dir(),
            models_dir: Some(self.models_dir()),
            redis_url: self.redis_url.clone(),
            cache_bytes: self.cache_bytes,
            database: self.database.clone(),
            blobs: self.blobs.clone(),
            public_url: self.public_url(),
            mail: self.mail.clone(),
            accounts,
            plans: self.plans.clone(),
            uploads: self.uploads.clone(),
            illustrations: self.illustrations.clone(),
            jobs: self.jobs.clone(),
        }
    }
}

fn user_data_home() -> PathBuf {
    let absolute = |name| {
        std::env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    absolute("XDG_DATA_HOME")
        .or_else(|| absolute("HOME").map(|home| home.join(".local/share")))
        .unwrap_or_else(|| Path::new("data").to_owned())
}
