//! Where the deployment that is checked lies, from the command line and the configuration.

use std::path::PathBuf;

use library::Library;
use library::clock::Clock;
use library::randomness::Randomness;
use operations::checks::{Settings, Subject};
use operations::smoke::Account;
use url::Url;

use crate::command_line::GlobalOptions;
use crate::commands::backup::Place;
use crate::commands::open_library;
use crate::configuration::{self, Configuration, Profile};

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The service's address.
    #[arg(long, value_name = "URL", default_value = "http://localhost:8000")]
    service: Url,
    /// The address of Prometheus.
    #[arg(long, value_name = "URL", default_value = "http://localhost:9090")]
    prometheus: Url,
    /// The address of Alertmanager.
    #[arg(long, value_name = "URL", default_value = "http://localhost:9093")]
    alertmanager: Url,
    /// The source tree of the release.
    #[arg(long, value_name = "DIR", default_value = ".")]
    source: PathBuf,
    #[command(flatten)]
    backups: Place,
}

impl Options {
    /// Where backups are.
    pub(crate) fn backups(&self) -> &Place {
        &self.backups
    }
}

/// What the checks look at. Settings that cannot be used are a finding, not an error.
pub(crate) async fn subject<'a>(
    options: &Options,
    global: &GlobalOptions,
    client: &'a reqwest::Client,
) -> anyhow::Result<Subject<'a>> {
    let (configuration, problem) = match configuration::load(global) {
        Ok(configuration) => {
            let problem = configuration::check(&configuration).err();
            (Some(configuration), problem)
        }
        Err(error) => (None, Some(error)),
    };
    let problem = problem.map(|error| format!("{error:#}"));
    let library = match &configuration {
        Some(configuration) => existing_library(configuration).await,
        None => Err("the configuration cannot be read".to_owned()),
    };
    let configuration = configuration.unwrap_or_default();
    let backups = options.backups.existing(&configuration);
    Ok(Subject {
        client,
        service: options.service.clone(),
        prometheus: options.prometheus.clone(),
        alertmanager: options.alertmanager.clone(),
        account: Account::throw_away(Randomness::system().bytes()),
        source: options.source.clone(),
        data_dir: configuration.data_dir(),
        library,
        backups,
        now: Clock::system().now(),
        settings: Settings {
            production: configuration.profile == Profile::Production,
            problem,
            file: configuration::file(global).ok().flatten(),
            log_level: configuration.log.level.clone(),
        },
        version: env!("CARGO_PKG_VERSION"),
    })
}

/// A check must not make the library that it looks for.
async fn existing_library(configuration: &Configuration) -> Result<Library, String> {
    let file = configuration.data_dir().join("library.sqlite");
    if configuration.database.url.is_none() && !file.is_file() {
        return Err(format!("there is no database at {}", file.display()));
    }
    open_library(configuration)
        .await
        .map_err(|error| format!("{error:#}"))
}
