//! `bookreader worker`: background jobs only, beside one or more `serve` processes.

use library::jobs::worker;
use tokio_util::sync::CancellationToken;

use super::{open_library, signals};
use crate::configuration::{self, Configuration};
use crate::exit::Exit;
use crate::logging;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {}

pub(crate) async fn run(_arguments: Arguments, configuration: Configuration) -> anyhow::Result<Exit> {
    logging::start(&configuration.log)?;
    configuration::check(&configuration)?;
    let library = open_library(&configuration).await?;
    if library.migrations().are_pending().await? {
        anyhow::bail!("the database schema is behind this release: run `bookreader migrate up`");
    }
    let shutdown = CancellationToken::new();
    signals::stop_on_signal(shutdown.clone())?;
    tracing::info!("working");
    worker::run(library.clone(), configuration.workers.options(), shutdown).await;
    library.close().await;
    tracing::info!("stopped");
    Ok(Exit::Done)
}
