//! The supervisor's life.

use std::collections::HashMap;
use std::ffi::OsString;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Context as _;
use library::clock::Clock;
use tokio_util::sync::CancellationToken;

use super::process::Running;
use super::release::Releases;
use super::{Generation, LockError, State, Step, Store, control, recover};
use crate::durable;
use crate::generation::Place;
use crate::maintenance::Flag;

/// Where everything lies that the supervisor keeps.
#[derive(Debug, Clone)]
pub struct Folders {
    data_dir: PathBuf,
}

impl Folders {
    /// In this data folder.
    pub fn of(data_dir: &Path) -> Self {
        Self {
            data_dir: data_dir.to_owned(),
        }
    }

    /// Sockets, state, lock.
    pub fn run(&self) -> PathBuf {
        self.data_dir.join("run")
    }

    /// Programs.
    pub fn releases(&self) -> PathBuf {
        self.data_dir.join("releases")
    }

    /// A file a generation.
    pub fn logs(&self) -> PathBuf {
        self.data_dir.join("logs")
    }

    /// Where orders are taken.
    pub fn control(&self) -> PathBuf {
        self.run().join("control")
    }

    /// What was decided.
    pub fn state(&self) -> PathBuf {
        self.run().join("state.json")
    }
}

/// How to supervise.
pub struct Options {
    /// Where to keep things.
    pub folders: Folders,
    /// The address that is opened, unless a generation holds it already.
    pub listen: SocketAddr,
    /// The first release, when there is none yet.
    pub program: PathBuf,
    /// What a generation gets after `serve --generation N`.
    pub arguments: Vec<OsString>,
    /// How long a closed generation may finish what it has.
    pub patience: Duration,
    /// The time.
    pub clock: Clock,
    /// Taken down when its time is over.
    pub maintenance: Flag,
    /// Dies here, for drills.
    pub die_at: Option<Step>,
}

/// What its parts share.
#[derive(Clone)]
pub(super) struct Supervisor(pub(super) Arc<Parts>);

pub(super) struct Parts {
    pub(super) options: Options,
    pub(super) listener: TcpListener,
    pub(super) releases: Releases,
    store: Mutex<Store>,
    running: Mutex<HashMap<u64, Running>>,
    /// Held while generations change places.
    pub(super) changing: tokio::sync::Mutex<()>,
    pub(super) shutdown: CancellationToken,
}

/// Why nothing was decided.
#[derive(Debug, thiserror::Error)]
pub(super) enum DecisionError {
    #[error(transparent)]
    Lock(#[from] LockError),
    #[error("the state cannot be written")]
    File(#[from] io::Error),
}

impl Supervisor {
    /// A look at what was decided.
    pub(super) fn state(&self) -> State {
        self.store().state().clone()
    }

    fn store(&self) -> std::sync::MutexGuard<'_, Store> {
        // The store holds whole states only, whoever panicked.
        self.0.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Decides something that needs no lock.
    pub(super) fn change<Value>(&self, change: impl FnOnce(&mut State) -> Value) -> io::Result<Value> {
        self.store().change(change)
    }

    /// Decides something as the holder of the lock, and renews the lease.
    pub(super) fn decide(&self, token: u64, decision: impl FnOnce(&mut State)) -> Result<(), DecisionError> {
        let now = self.0.options.clock.now();
        self.store().change(|state| {
            state.renew(token, now)?;
            decision(state);
            Ok::<_, LockError>(())
        })??;
        Ok(())
    }

    pub(super) fn place(&self, number: u64) -> Place {
        Place::new(&self.0.options.folders.run(), number)
    }

    pub(super) fn running(&self, generation: &Generation) -> Option<Running> {
        let running = self.0.running.lock().unwrap_or_else(PoisonError::into_inner);
        running
            .get(&generation.number)
            .filter(|running| !running.has_ended())
            .cloned()
    }

    pub(super) fn remember(&self, number: u64, process: Running) {
        let mut running = self.0.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.retain(|_, one| !one.has_ended());
        running.insert(number, process);
    }

    pub(super) fn all_running(&self) -> Vec<Running> {
        let running = self.0.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.values().filter(|one| !one.has_ended()).cloned().collect()
    }
}

impl Supervisor {
    /// Takes the maintenance page down when its time is over, however whoever raised it ended.
    async fn end_maintenance(&self) {
        loop {
            let over = self
                .0
                .options
                .maintenance
                .lower_when_over(self.0.options.clock.now());
            match over {
                Ok(true) => tracing::warn!("the time for maintenance is over: readers are let in"),
                Ok(false) => {}
                Err(error) => tracing::debug!(%error, "the maintenance flag cannot be looked at"),
            }
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
    }
}

/// Supervises until `shutdown`, then stops every generation.
///
/// # Errors
/// When another supervisor is at work on this folder, the address cannot be opened, or no first version comes up.
pub async fn run(options: Options, shutdown: CancellationToken) -> anyhow::Result<()> {
    for folder in [
        options.folders.run(),
        options.folders.releases(),
        options.folders.logs(),
    ] {
        durable::private_folder(&folder).with_context(|| folder.display().to_string())?;
    }
    let _alone = alone(&options.folders.run())?;
    let store = Store::open(&options.folders.state())
        .with_context(|| format!("the state {}", options.folders.state().display()))?;
    let listener = recover::listening_socket(&options, store.state()).await?;
    let supervisor = Supervisor(Arc::new(Parts {
        releases: Releases::new(&options.folders.releases()),
        listener,
        store: Mutex::new(store),
        running: Mutex::default(),
        changing: tokio::sync::Mutex::default(),
        shutdown: shutdown.clone(),
        options,
    }));
    recover::recover(&supervisor).await?;
    tracing::info!(address = %supervisor.0.listener.local_addr()?, "supervising");
    let control = control::listen(&supervisor)?;
    tokio::select! {
        ended = control => ended.context("orders cannot be taken any more")?,
        () = supervisor.keep_serving() => {}
        () = supervisor.end_maintenance() => {}
        () = shutdown.cancelled() => {}
    }
    supervisor.stop_all().await;
    Ok(())
}

/// Only one supervisor works on a folder; the system gives the lock back however this process ends.
fn alone(folder: &Path) -> anyhow::Result<std::fs::File> {
    let path = folder.join("lock");
    let file = std::fs::File::create(&path).with_context(|| path.display().to_string())?;
    file.try_lock()
        .context("another `bookreader up` is at work on this data folder")?;
    Ok(file)
}
