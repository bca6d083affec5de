//! `bookreader serve`: the web app and the API, with workers inside unless configured otherwise.

use std::net::SocketAddr;

use anyhow::Context;
use library::Library;
use library::clock::Clock;
use library::jobs::worker::{self, WorkerOptions};
use library::randomness::Randomness;
use operations::generation::{self, Place, Serving};
use operations::supervisor::Folders;
use server::{Intake, Metrics, ServeOptions, ServerState};
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
    /// Which generation this is of those that a supervisor runs; standard input is then the listening socket.
    #[arg(long, hide = true, conflicts_with = "listen")]
    generation: Option<u64>,
}

pub(crate) async fn run(arguments: Arguments, mut configuration: Configuration) -> anyhow::Result<Exit> {
    if let Some(listen) = arguments.listen {
        configuration.server.listen = listen;
    }
    logging::start(&configuration.log)?;
    configuration::check(&configuration)?;
    let listener = match arguments.generation {
        Some(_) => generation::inherited().context("standard input is no listening socket")?,
        None => bind(configuration.server.listen).await?.into_std()?,
    };
    let library = open_library(&configuration).await?;
    prepare_schema(&library, configuration.profile).await?;
    if arguments.demo {
        demo_library::put_into_catalogue(&library).await?;
    }
    let with_workers = configuration.workers.embedded && !arguments.no_workers;
    serve(
        library,
        configuration,
        listener,
        with_workers,
        arguments.generation,
    )
    .await?;
    Ok(Exit::Done)
}

/// Serves and works until the process is told to stop.
async fn serve(
    library: Library,
    configuration: Configuration,
    listener: std::net::TcpListener,
    with_workers: bool,
    generation: Option<u64>,
) -> anyhow::Result<()> {
    let shutdown = CancellationToken::new();
    // A generation waits until its supervisor lets it take connections.
    let intake = match generation {
        Some(_) => Intake::closed(shutdown.clone()),
        None => Intake::open(shutdown.clone()),
    };
    let randomness = Randomness::system();
    let state = ServerState::new(
        library.clone(),
        configuration.server.clone(),
        configuration::signing_keys(&configuration, &randomness)?,
        Metrics::install()?,
        Clock::system(),
        randomness,
        intake.clone(),
    );
    let router = server::router(state);
    signals::stop_on_signal(shutdown.clone())?;
    tracing::info!(address = %listener.local_addr()?, workers = with_workers, "serving");
    if let Some(number) = generation {
        let place = Place::new(&Folders::of(&configuration.data_dir()).run(), number);
        let serving = Serving {
            version: env!("CARGO_PKG_VERSION"),
            switch: intake.switch().clone(),
            connections: intake.connections().clone(),
            shutdown: shutdown.clone(),
        };
        generation::answer_supervisor(&place, serving, router.clone(), &listener)
            .context("the supervisor cannot be answered")?;
    }
    let working = async {
        if with_workers {
            work_while_open(&library, configuration.workers.options(), &intake).await;
        }
    };
    let options = ServeOptions::from(&configuration.server);
    let listener = TcpListener::from_std(listener)?;
    let serving = server::serve(vec![listener], router, options, intake.clone());
    // When the listener fails, the workers must not keep the process alive.
    let serving = async { serving.await.inspect_err(|_| shutdown.cancel()) };
    let (served, ()) = tokio::join!(serving, working);
    library.close().await;
    tracing::info!("stopped");
    served
}

/// Works as long as connections are taken: the version that serves is the one that works.
async fn work_while_open(library: &Library, options: WorkerOptions, intake: &Intake) {
    let shutdown = intake.shutdown();
    while shutdown.run_until_cancelled(intake.opened()).await.is_some() {
        let pause = shutdown.child_token();
        tokio::join!(worker::run(library.clone(), options, pause.clone()), async {
            pause.run_until_cancelled(intake.closes()).await;
            pause.cancel();
        });
    }
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
