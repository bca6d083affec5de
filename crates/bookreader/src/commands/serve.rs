//! `bookreader serve`: the web app and the API, with workers inside unless configured otherwise.

use std::net::SocketAddr;

use anyhow::Context;
use library::Library;
use library::clock::Clock;
use library::jobs::worker;
use library::randomness::Randomness;
use server::{Metrics, ServeOptions, ServerState};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::{open_library, signals};
use crate::configuration::{self, Configuration, Profile};
use crate::exit::Exit;
use crate::{demo_library, logging};

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
}

pub(crate) async fn run(arguments: Arguments, mut configuration: Configuration) -> anyhow::Result<Exit> {
    if let Some(listen) = arguments.listen {
        configuration.server.listen = listen;
    }
    logging::start(&configuration.log)?;
    configuration::check(&configuration)?;
    let listener = bind(configuration.server.listen).await?;
    let library = open_library(&configuration).await?;
    prepare_schema(&library, configuration.profile).await?;
    if arguments.demo {
        demo_library::put_into_catalogue(&library).await?;
    }
    let with_workers = configuration.workers.embedded && !arguments.no_workers;
    serve(library, configuration, listener, with_workers).await?;
    Ok(Exit::Done)
}

/// Serves and works until the process is told to stop.
async fn serve(
    library: Library,
    configuration: Configuration,
    listener: TcpListener,
    with_workers: bool,
) -> anyhow::Result<()> {
    let shutdown = CancellationToken::new();
    let randomness = Randomness::system();
    let state = ServerState::new(
        library.clone(),
        configuration.server.clone(),
        configuration::signing_keys(&configuration, &randomness)?,
        Metrics::install()?,
        Clock::system(),
        randomness,
        shutdown.clone(),
    );
    signals::stop_on_signal(shutdown.clone())?;
    tracing::info!(address = %listener.local_addr()?, workers = with_workers, "serving");
    let working = async {
        if with_workers {
            worker::run(library.clone(), configuration.workers.options(), shutdown.clone()).await;
        }
    };
    let options = ServeOptions::from(&configuration.server);
    let serving = server::serve(vec![listener], server::router(state), options, shutdown.clone());
    // When the listener fails, the workers must not keep the process alive.
    let serving = async { serving.await.inspect_err(|_| shutdown.cancel()) };
    let (served, ()) = tokio::join!(serving, working);
    library.close().await;
    tracing::info!("stopped");
    served
}

async fn bind(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}: choose another address with --listen"))
}

/// The embedded profile migrates by itself; in production that is a step of the deployment.
async fn prepare_schema(library: &Library, profile: Profile) -> anyhow::Result<()> {
    let migrations = library.migrations();
    match profile {
        Profile::Embedded => migrations.up().await.context("the database cannot be migrated"),
        Profile::Production if migrations.are_pending().await? => {
            anyhow::bail!("the database schema is behind this release: run `bookreader migrate up`")
        }
        Profile::Production => Ok(()),
    }
}
