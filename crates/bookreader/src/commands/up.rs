//! `bookreader up`: the service under a supervisor that changes versions without losing a request.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::{PathBuf, absolute};
use std::time::Duration;

use anyhow::Context as _;
use library::clock::Clock;
use operations::maintenance::{Flag, USUAL_FLAG};
use operations::supervisor::{self, Folders, Options, Step};
use tokio_util::sync::CancellationToken;

use super::signals;
use crate::command_line::GlobalOptions;
use crate::configuration::{self, Configuration};
use crate::exit::Exit;
use crate::logging;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The only address that is opened.
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// Leave the jobs to `bookreader worker` processes.
    #[arg(long)]
    no_workers: bool,
    /// Put the demo library into the public catalogue.
    #[arg(long)]
    demo: bool,
    /// How long an old version may finish what it has before it is stopped.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    patience: u64,
    /// The flag of `bookreader maintenance`, taken down here when its time is over.
    #[arg(long, value_name = "FILE", default_value = USUAL_FLAG)]
    maintenance_flag: PathBuf,
    /// Die like `kill -9` at this step of a change of versions.
    #[arg(long, hide = true, value_parser = step)]
    die_at: Option<Step>,
}

fn step(name: &str) -> Result<Step, String> {
    Step::named(name).ok_or_else(|| format!("there is no step `{name}`"))
}

pub(crate) async fn run(
    arguments: Arguments,
    global: GlobalOptions,
    configuration: Configuration,
) -> anyhow::Result<Exit> {
    logging::start(&configuration.log)?;
    configuration::check(&configuration)?;
    let shutdown = CancellationToken::new();
    signals::stop_on_signal(shutdown.clone())?;
    let options = Options {
        folders: Folders::of(&absolute(configuration.data_dir())?),
        listen: arguments.listen.unwrap_or(configuration.server.listen),
        program: std::env::current_exe().context("this program does not know where it lies")?,
        arguments: for_generations(&arguments, &global, &configuration)?,
        patience: Duration::from_secs(arguments.patience),
        clock: Clock::system(),
        maintenance: Flag::at(&arguments.maintenance_flag),
        die_at: arguments.die_at,
    };
    supervisor::run(options, shutdown).await?;
    Ok(Exit::Done)
}

/// What each generation is told beside its number: paths that mean the same wherever it starts.
fn for_generations(
    arguments: &Arguments,
    global: &GlobalOptions,
    configuration: &Configuration,
) -> anyhow::Result<Vec<OsString>> {
    let mut told = vec!["--data-dir".into(), absolute(configuration.data_dir())?.into()];
    if let Some(file) = configuration::file(global)? {
        told.extend(["--config".into(), absolute(file)?.into()]);
    }
    if let Some(folder) = &global.models_dir {
        told.extend(["--models-dir".into(), absolute(folder)?.into()]);
    }
    if arguments.no_workers {
        told.push("--no-workers".into());
    }
    if arguments.demo {
        told.push("--demo".into());
    }
    Ok(told)
}
