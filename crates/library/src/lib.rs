//! The domain and its storage: users, books, descriptions, pictures, positions and durable work.
//!
//! The same code runs on SQLite and PostgreSQL, with blobs in a folder or in S3, alone or with a Redis beside it.
//! Content is shared by the SHA-256 of its file, shelves are private: every question is asked by a [`Viewer`], and what
//! the viewer may not see does not exist ([`LookupError::NotFound`]).
//!
//! Functions take the [`Library`] first: `accounts::register(&library, ..)`, `books::add(&library, ..)`.

mod access;
pub mod accounts;
pub mod annotations;
pub mod audit;
pub mod books;
mod cache;
pub mod chapters;
pub mod characters;
pub mod clock;
pub mod configuration;
pub mod content;
pub mod descriptions;
pub mod events;
pub mod exports;
pub mod ids;
pub mod illustration;
pub mod jobs;
mod language_models;
pub mod limits;
pub mod mail;
pub mod maintenance;
pub mod pictures;
pub mod plans;
pub mod positions;
pub mod randomness;
pub mod sessions;
#[cfg(test)]
mod shared_tests;
mod storage;
#[cfg(test)]
mod test_world;
mod viewer;

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use lettre::message::Mailbox;
use tokio::sync::futures::OwnedNotified;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use uuid::Uuid;

use crate::accounts::Hashers;
use crate::cache::LocalCache;
use crate::clock::Clock;
use crate::configuration::LibraryConfig;
use crate::events::{Bus, Change};
use crate::ids::JobId;
use crate::language_models::LanguageModels;
use crate::limits::LocalLimits;
use crate::mail::Post;
use crate::randomness::Randomness;
use crate::storage::blobs::Blobs;
use crate::storage::database::Database;
use crate::storage::redis::Redis;

pub use storage::StorageError;
pub use storage::migrations::{MigrationScript, MigrationStatus, Migrations, embedded_scripts};
pub use viewer::Viewer;

/// What the library takes from the world around it.
pub struct Environment {
    /// The time.
    pub clock: Clock,
    /// Tokens, salts and ids.
    pub randomness: Randomness,
    /// Who draws pictures, in the order of preference; the last should be one that always answers.
    pub illustrators: Vec<Arc<dyn ::pictures::Provider>>,
    /// Services beyond this machine, for the books whose readers allow it.
    pub online: Option<::pictures::provider::Illustrators>,
}

impl Environment {
    /// The machine's clock and randomness.
    pub fn system(illustrators: Vec<Arc<dyn ::pictures::Provider>>) -> Self {
        Self {
            clock: Clock::system(),
            randomness: Randomness::system(),
            illustrators,
            online: None,
        }
    }
}

/// Why the library did not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The data folder cannot be made.
    #[error("cannot make the folder {path}")]
    DataDir {
        /// The folder.
        path: std::path::PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A setting makes no sense.
    #[error("{0}")]
    Setting(String),
    /// The mail server cannot be used as configured.
    #[error("mail.transport cannot be used")]
    Mail(#[source] lettre::transport::smtp::Error),
    /// The address of Redis cannot be read.
    #[error("cannot use the Redis address")]
    Redis(#[source] ::redis::RedisError),
    /// The database is out of reach.
    #[error("cannot open the database")]
    Database(#[source] sqlx::Error),
    /// Anything beneath failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Why something was not found.
#[derive(Debug, thiserror::Error)]
pub enum LookupError {
    /// There is no such thing, or the viewer may not know of it.
    #[error("there is no such thing here")]
    NotFound,
    /// Storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<sea_orm::DbErr> for LookupError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Storage(error.into())
    }
}

/// The library: cheap to clone, safe to share.
#[derive(Clone)]
pub struct Library {
    shared: Arc<Shared>,
    db: Database,
}

/// What all clones have in common.
struct Shared {
    config: LibraryConfig,
    clock: Clock,
    randomness: Randomness,
    hashers: Hashers,
    worker_db: Database,
    blobs: Blobs,
    redis: Option<Redis>,
    limits: LocalLimits,
    cache: LocalCache,
    bus: Bus,
    work: Arc<Notify>,
    importers: Arc<Semaphore>,
    computers: Arc<Semaphore>,
    models: LanguageModels,
    illustrators: Vec<Arc<dyn ::pictures::Provider>>,
    online: Option<::pictures::provider::Illustrators>,
    style: ::pictures::Style,
    post: Post,
    sender: Mailbox,
}

impl Library {
    /// Opens the stores. It does not touch the schema: see [`Self::migrations`].
    ///
    /// # Errors
    /// See [`OpenError`].
    pub async fn open(config: LibraryConfig, environment: Environment) -> Result<Self, OpenError> {
        make_folder(&config.data_dir)?;
        make_folder(&config.data_dir.join(UNFINISHED))?;
        let (db, worker_db) = Database::open(&config.database, &config.data_dir.join("library.sqlite"))
            .await
            .map_err(OpenError::Database)?;
        let redis = match &config.redis_url {
            Some(url) => Some(Redis::open(&url.0, environment.clock.clone()).map_err(OpenError::Redis)?),
            None => None,
        };
        let style = config
            .illustrations
            .style
            .parse()
            .map_err(|error: ::pictures::UnknownStyle| {
                OpenError::Setting(format!("illustrations.style: {error}"))
            })?;
        let sender = config
            .mail
            .from
            .parse()
            .map_err(|error| OpenError::Setting(format!("mail.from: {error}")))?;
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        let shared = Shared {
            hashers: Hashers::new(config.accounts.password_hashers, environment.randomness.clone())?,
            post: Post::open(&config.mail.transport, &config.data_dir).map_err(OpenError::Mail)?,
            sender,
            blobs: Blobs::open(&config.blobs, &config.data_dir.join("blobs"))?,
            clock: environment.clock,
            randomness: environment.randomness,
            worker_db,
            redis,
            limits: LocalLimits::default(),
            cache: LocalCache::new(config.cache_bytes),
            bus: Bus::default(),
            work: Arc::new(Notify::new()),
            importers: Arc::new(Semaphore::new(config.uploads.importers.max(1))),
            computers: Arc::new(Semaphore::new(cores)),
            models: LanguageModels::new(config.models_dir.clone()),
            illustrators: environment.illustrators,
            online: environment.online,
            style,
            config,
        };
        Ok(Self {
            shared: Arc::new(shared),
            db,
        })
    }

    /// Versions of the schema: up, down, status.
    pub fn migrations(&self) -> Migrations<'_> {
        Migrations::new(&self.db, &self.shared.config.data_dir)
    }

    /// The same library on the connections set apart for workers, so that they cannot starve requests.
    pub fn for_workers(&self) -> Self {
        Self {
            shared: self.shared.clone(),
            db: self.shared.worker_db.clone(),
        }
    }

    /// The settings it was opened with.
    pub fn config(&self) -> &LibraryConfig {
        &self.shared.config
    }

    /// Are the rows in a file of this machine's own, and not on a server?
    pub fn is_embedded(&self) -> bool {
        matches!(self.db.engine(), storage::database::Engine::Sqlite(_))
    }

    /// Does the database answer?
    ///
    /// # Errors
    /// When it does not.
    pub async fn probe_database(&self) -> Result<(), StorageError> {
        Ok(self.db.read().ping().await?)
    }

    /// Does the blob store take, give back and remove an object?
    ///
    /// # Errors
    /// When it does not.
    pub async fn probe_blobs(&self) -> Result<(), StorageError> {
        self.shared.blobs.probe(self.fresh_id()).await
    }

    /// Does Redis answer? `None` when none is configured. The library works without it.
    ///
    /// # Errors
    /// When it does not.
    pub async fn probe_redis(&self) -> Result<Option<()>, ::redis::RedisError> {
        match &self.shared.redis {
            Some(redis) => redis.probe().await.map(Some),
            None => Ok(None),
        }
    }

    /// Closes the connections; on SQLite this folds the write-ahead log into the file.
    pub async fn close(&self) {
        self.shared.worker_db.clone().close().await;
        self.db.clone().close().await;
    }

    pub(crate) fn db(&self) -> &Database {
        &self.db
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.shared.clock.now()
    }

    pub(crate) fn randomness(&self) -> &Randomness {
        &self.shared.randomness
    }

    pub(crate) fn fresh_id(&self) -> Uuid {
        ids::fresh(&self.shared.clock, &self.shared.randomness)
    }

    pub(crate) fn hashers(&self) -> &Hashers {
        &self.shared.hashers
    }

    pub(crate) fn blobs(&self) -> &Blobs {
        &self.shared.blobs
    }

    pub(crate) fn redis(&self) -> Option<&Redis> {
        self.shared.redis.as_ref()
    }

    pub(crate) fn limits(&self) -> &LocalLimits {
        &self.shared.limits
    }

    pub(crate) fn cache(&self) -> &LocalCache {
        &self.shared.cache
    }

    pub(crate) fn bus(&self) -> &Bus {
        &self.shared.bus
    }

    pub(crate) fn models(&self) -> &LanguageModels {
        &self.shared.models
    }

    /// Who draws, in the order of preference.
    pub(crate) fn illustrators(&self) -> &[Arc<dyn ::pictures::Provider>] {
        &self.shared.illustrators
    }

    /// Services beyond this machine, when there are any.
    pub(crate) fn online_illustrators(&self) -> Option<&::pictures::provider::Illustrators> {
        self.shared.online.as_ref()
    }

    /// The manner of drawing when none is asked for.
    pub(crate) fn style(&self) -> ::pictures::Style {
        self.shared.style
    }

    /// Where letters are handed over.
    pub(crate) fn post(&self) -> &Post {
        &self.shared.post
    }

    /// Who writes letters.
    pub(crate) fn sender(&self) -> &Mailbox {
        &self.shared.sender
    }

    pub(crate) fn unfinished_dir(&self) -> PathBuf {
        self.shared.config.data_dir.join(UNFINISHED)
    }

    /// A place to examine an uploaded file at; it is given back when dropped.
    pub(crate) async fn place_to_import(&self) -> OwnedSemaphorePermit {
        self.shared
            .importers
            .clone()
            .acquire_owned()
            .await
            .expect("the semaphore is never closed")
    }

    /// Runs a computation on a blocking thread, at most one per core at a time.
    pub(crate) async fn compute<T: Send + 'static>(
        &self,
        computation: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, StorageError> {
        let place = self
            .shared
            .computers
            .clone()
            .acquire_owned()
            .await
            .expect("the semaphore is never closed");
        let outcome = tokio::task::spawn_blocking(move || {
            // The place is taken until the thread is done, even when nobody waits for it any more.
            let _place = place;
            computation()
        });
        Ok(outcome.await?)
    }

    /// Wakes the idle workers, of other processes too when there is a Redis; without one those look by themselves.
    pub(crate) fn announce_work(&self) {
        self.wake_workers();
        events::announce_work(self);
    }

    /// Wakes the idle workers of this process.
    pub(crate) fn wake_workers(&self) {
        self.shared.work.notify_waiters();
    }

    /// Ends when work is announced after this call.
    pub(crate) fn work_announced(&self) -> OwnedNotified {
        self.shared.work.clone().notified_owned()
    }

    /// Tells the listeners of this process that a job changed.
    pub(crate) fn publish_change(&self, job: &storage::entity::job::Model) {
        self.shared.bus.publish(Change::from(job));
    }

    /// Tells all listeners, of other processes too, that a job changed.
    pub(crate) async fn announce_change(&self, id: Uuid) {
        if let Ok(Some(job)) = jobs::load(self, JobId(id)).await {
            events::announce(self, Change::from(&job)).await;
        }
    }
}

/// Folder of uploads that are still coming in, beneath the data folder.
const UNFINISHED: &str = "unfinished";

/// A folder that is made here is for this user only: people's books and password hashes lie beneath it.
fn make_folder(path: &std::path::Path) -> Result<(), OpenError> {
    use std::os::unix::fs::DirBuilderExt as _;
    let mut private = std::fs::DirBuilder::new();
    private.recursive(true).mode(0o700);
    private.create(path).map_err(|source| OpenError::DataDir {
        path: path.to_owned(),
        source,
    })
}
