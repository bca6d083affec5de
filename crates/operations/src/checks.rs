//! The executable checks, one file each, by what they look at.

mod backup;
mod configuration;
mod database;
mod deployment;
mod finding;
mod machine;
mod monitoring;
mod service;
mod source;
mod subject;

pub use finding::Finding;
pub use subject::{Settings, Subject};

/// A check that this release can run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Check {
    /// The newest backup is young and can be restored.
    NewestBackup,
    /// Settings are right for production and hold no sample values.
    ConfigurationValues,
    /// Log levels are INFO or WARNING.
    LogLevel,
    /// Every version of the schema is applied.
    MigrationsComplete,
    /// The store of books and pictures takes, gives back and removes an object.
    StorageRoundTrip,
    /// Disk, memory and file descriptors suffice.
    MachineResources,
    /// No alert fires, and the one that must always fire does.
    Alerts,
    /// Server errors are below 0.1 % of requests.
    ErrorRate,
    /// 95 % of requests take less than 0.5 s.
    Latency,
    /// Server errors are below the line at which a release is taken back.
    RollbackRate,
    /// Every scraped target is up.
    Targets,
    /// Anybody may list the public catalogue.
    Catalogue,
    /// No foreign origin is let in.
    Cors,
    /// The process is alive and ready.
    Health,
    /// The critical journeys can be walked.
    Journeys,
    /// The described interface is the one that is served.
    OpenApi,
    /// Every Rust dependency is pinned by a checksum.
    CargoLock,
    /// The changelog tells of this release.
    Changelog,
    /// Every npm dependency is pinned by a hash.
    NpmLock,
    /// The newest backup of the database is at most 24 hours old.
    DatabaseBackup,
    /// The newest backup of books and pictures is.
    StorageBackup,
    /// The newest backup of settings and secrets is.
    ConfigurationBackup,
    /// The table of books is there.
    Books,
    /// The table of users is there.
    Users,
    /// The database is sound.
    Integrity,
    /// The release before works on the schema of this one.
    MigrationsLint,
    /// The schema comes about on a copy of the real rows.
    MigrationsRehearsal,
    /// One version runs, ready and open.
    Roles,
    /// The version before is at hand within milliseconds.
    WarmPrevious,
    /// The version before is still on disk.
    PreviousRelease,
    /// The version that serves logged no error.
    ErrorsLogged,
    /// The same for the line on the back end.
    BackendErrorsLogged,
}

impl Check {
    /// All of them.
    pub const ALL: [Self; 32] = [
        Self::NewestBackup,
        Self::ConfigurationValues,
        Self::LogLevel,
        Self::MigrationsComplete,
        Self::StorageRoundTrip,
        Self::MachineResources,
        Self::Alerts,
        Self::ErrorRate,
        Self::Latency,
        Self::RollbackRate,
        Self::Targets,
        Self::Catalogue,
        Self::Cors,
        Self::Health,
        Self::Journeys,
        Self::OpenApi,
        Self::CargoLock,
        Self::Changelog,
        Self::NpmLock,
        Self::DatabaseBackup,
        Self::StorageBackup,
        Self::ConfigurationBackup,
        Self::Books,
        Self::Users,
        Self::Integrity,
        Self::MigrationsLint,
        Self::MigrationsRehearsal,
        Self::Roles,
        Self::WarmPrevious,
        Self::PreviousRelease,
        Self::ErrorsLogged,
        Self::BackendErrorsLogged,
    ];

    /// The name that the checklist knows it by.
    pub fn name(self) -> &'static str {
        match self {
            Self::NewestBackup => "backup.newest",
            Self::ConfigurationValues => "configuration.values",
            Self::LogLevel => "configuration.log-level",
            Self::MigrationsComplete => "database.migrations-complete",
            Self::StorageRoundTrip => "storage.round-trip",
            Self::MachineResources => "machine.resources",
            Self::Alerts => "monitoring.alerts",
            Self::ErrorRate => "monitoring.error-rate",
            Self::Latency => "monitoring.latency",
            Self::RollbackRate => "monitoring.rollback-rate",
            Self::Targets => "monitoring.targets",
            Self::Catalogue => "service.catalogue",
            Self::Cors => "service.cors",
            Self::Health => "service.health",
            Self::Journeys => "service.journeys",
            Self::OpenApi => "documents.openapi",
            Self::CargoLock => "source.cargo-lock",
            Self::Changelog => "source.changelog",
            Self::NpmLock => "source.npm-lock",
            Self::DatabaseBackup => "backup.database",
            Self::StorageBackup => "backup.storage",
            Self::ConfigurationBackup => "backup.configuration",
            Self::Books => "database.books",
            Self::Users => "database.users",
            Self::Integrity => "database.integrity",
            Self::MigrationsLint => "migrate.lint",
            Self::MigrationsRehearsal => "migrate.rehearsal",
            Self::Roles => "deploy.roles",
            Self::WarmPrevious => "deploy.warm-previous",
            Self::PreviousRelease => "release.previous",
            Self::ErrorsLogged => "logs.errors",
            Self::BackendErrorsLogged => "logs.backend-errors",
        }
    }

    /// The check of this name, where this release has it.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|check| check.name() == name)
    }

    /// What it looks at, in a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::NewestBackup => {
                "The newest backup of database and files is at most 24 hours old; it is opened, restored to a scratch folder and queried now."
            }
            Self::ConfigurationValues => {
                "The production profile is chosen, its settings are complete, the file is for its owner alone and holds no sample value."
            }
            Self::LogLevel => "Every directive of log.level is INFO or WARN.",
            Self::MigrationsComplete => "Every version of the schema that this release knows is applied.",
            Self::StorageRoundTrip => {
                "An object is put into the store of books and pictures, read back and removed."
            }
            Self::MachineResources => {
                "Free disk is at least 1 GiB and twice the data folder, free memory at least 256 MiB, and 1,024 files may be open."
            }
            Self::Alerts => "Alertmanager shows no active alert but Watchdog, which must fire.",
            Self::ErrorRate => "Answers of 5xx are below 0.1 % of at least 1,000 requests in 5 minutes.",
            Self::Latency => "The 95th percentile of request durations over 5 minutes is below 0.5 s.",
            Self::RollbackRate => "Answers of 5xx are at most 5 % of at least 100 requests in 1 minute.",
            Self::Targets => "Prometheus has targets, and `up` is 1 for each.",
            Self::Catalogue => "GET /api/v1/books answers 200 without a token, with a page that adds up.",
            Self::Cors => "Foreign, `null` and look-alike origins get no Access-Control-Allow-Origin.",
            Self::Health => "GET /health answers that it is well, GET /ready that every part is.",
            Self::Journeys => {
                "A throw-away account registers, signs in, sees its profile and the books, and is removed."
            }
            Self::OpenApi => "The description that the service gives equals web/openapi.json of the source.",
            Self::CargoLock => "Every package of Cargo.lock comes from a registry and has its checksum.",
            Self::Changelog => "CHANGELOG.md has a dated section of this release with an entry in it.",
            Self::NpmLock => "web/package-lock.json is of version 3 and has an integrity for every package.",
            Self::DatabaseBackup => "A backup with the database in it is at most 24 hours old.",
            Self::StorageBackup => "A backup with books and pictures in it is at most 24 hours old.",
            Self::ConfigurationBackup => "A backup with settings and secrets in it is at most 24 hours old.",
            Self::Books => "The table `books` is there; its rows are counted.",
            Self::Users => "The table `users` is there; its rows are counted.",
            Self::Integrity => "Every page, index and foreign key of the database is sound.",
            Self::MigrationsLint => {
                "No step of the schema after the first release takes away what the release before uses."
            }
            Self::MigrationsRehearsal => {
                "Pending steps are applied to a copy of the database, which is sound and whole afterwards."
            }
            Self::Roles => {
                "The supervisor's serving version is ready and the only one that takes connections."
            }
            Self::WarmPrevious => "The version before has a process that is ready.",
            Self::PreviousRelease => {
                "The program of the version before is on disk and has the hash that it was stored under."
            }
            Self::ErrorsLogged | Self::BackendErrorsLogged => {
                "No line of the serving version's log has the level ERROR."
            }
        }
    }

    /// Looks.
    pub async fn look(self, subject: &Subject<'_>) -> Finding {
        match self {
            Self::NewestBackup => backup::newest::look(subject).await,
            Self::ConfigurationValues => configuration::values::look(subject),
            Self::LogLevel => configuration::log_level::look(&subject.settings.log_level),
            Self::MigrationsComplete => database::migrations_complete::look(subject).await,
            Self::StorageRoundTrip => database::storage_round_trip::look(subject).await,
            Self::MachineResources => machine::resources::look(&subject.data_dir),
            Self::Alerts => monitoring::alerts::look(subject).await,
            Self::ErrorRate => monitoring::error_rate::look(subject, monitoring::error_rate::GOAL).await,
            Self::Latency => monitoring::latency::look(subject).await,
            Self::RollbackRate => {
                monitoring::error_rate::look(subject, monitoring::error_rate::ROLLBACK).await
            }
            Self::Targets => monitoring::targets::look(subject).await,
            Self::Catalogue => service::catalogue::look(subject).await,
            Self::Cors => service::cors::look(subject).await,
            Self::Health => service::health::look(subject).await,
            Self::Journeys => service::journeys::look(subject).await,
            Self::OpenApi => service::openapi::look(subject).await,
            Self::CargoLock => source::cargo_lock::look(&subject.source),
            Self::Changelog => source::changelog::look(&subject.source, subject.version),
            Self::NpmLock => source::npm_lock::look(&subject.source),
            Self::DatabaseBackup => backup::part::look(subject, backup::part::Part::Database),
            Self::StorageBackup => backup::part::look(subject, backup::part::Part::Files),
            Self::ConfigurationBackup => backup::part::look(subject, backup::part::Part::Configuration),
            Self::Books => database::rows::look(subject, "books").await,
            Self::Users => database::rows::look(subject, "users").await,
            Self::Integrity => database::integrity::look(subject).await,
            Self::MigrationsLint => database::migrations_lint::look(),
            Self::MigrationsRehearsal => database::migrations_rehearsal::look(subject).await,
            Self::Roles => deployment::roles::look(subject).await,
            Self::WarmPrevious => deployment::warm_previous::look(subject).await,
            Self::PreviousRelease => deployment::previous_release::look(subject).await,
            Self::ErrorsLogged | Self::BackendErrorsLogged => deployment::errors_logged::look(subject),
        }
    }
}
