//! Versions of the schema: up, down and status, the same on both engines.

use std::fs::File;
use std::path::Path;

use chrono::{DateTime, Utc};
use sqlx::migrate::{MigrateError, Migrator};

use crate::storage::database::{Database, Engine};

static SQLITE: Migrator = sqlx::migrate!("./migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("./migrations/postgres");

/// One version of the schema and when it was applied here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MigrationStatus {
    /// Number of the version, from 1.
    pub version: i64,
    /// What it brings.
    pub description: String,
    /// When it was applied; `None` when it is pending.
    pub applied_at: Option<DateTime<Utc>>,
}

/// One version's text, as it is embedded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MigrationScript {
    /// Number of the version, from 1.
    pub version: i64,
    /// What it brings.
    pub description: String,
    /// What is executed.
    pub sql: String,
}

/// The versions that this release was built with, oldest first: for SQLite, then for PostgreSQL.
pub fn embedded_scripts() -> [Vec<MigrationScript>; 2] {
    [&SQLITE, &POSTGRES].map(|migrator| {
        migrator
            .iter()
            .filter(|one| one.migration_type.is_up_migration())
            .map(|one| MigrationScript {
                version: one.version,
                description: one.description.to_string(),
                sql: one.sql.as_str().to_owned(),
            })
            .collect()
    })
}

/// The same versions for a database that a newer release has migrated already: what is newer than anything known here was
/// made so that this release can work with it. A gap among the known ones is still an error.
fn beneath_newer(migrator: &'static Migrator, applied: &[i64]) -> Migrator {
    let newest = migrator.iter().map(|one| one.version).max().unwrap_or(0);
    let is_known = |version: &i64| migrator.version_exists(*version);
    let only_newer = applied
        .iter()
        .all(|version| is_known(version) || *version > newest);
    let mut migrator = Migrator {
        migrations: migrator.migrations.clone(),
        ..Migrator::DEFAULT
    };
    migrator.set_ignore_missing(only_newer);
    migrator
}

/// Applies and removes versions of the schema.
///
/// Any number of processes may do this at once: one works and the others wait. PostgreSQL has a lock for that; on SQLite,
/// where sqlx has none, it is the lock of a file beside the database.
pub struct Migrations<'a> {
    database: &'a Database,
    data_dir: &'a Path,
}

impl<'a> Migrations<'a> {
    pub(crate) fn new(database: &'a Database, data_dir: &'a Path) -> Self {
        Self { database, data_dir }
    }

    /// Applies everything that is pending. Versions of a newer release may be there already.
    ///
    /// # Errors
    /// When an applied version was changed since, is unknown here and not newer than all that is known, or the database fails.
    pub async fn up(&self) -> Result<(), MigrateError> {
        match self.database.engine() {
            Engine::Sqlite(pool) => {
                let _turn = self.wait_for_turn().await?;
                let applied = self.applied_versions().await?;
                beneath_newer(&SQLITE, &applied).run(pool).await
            }
            Engine::Postgres(pool) => {
                let applied = self.applied_versions().await?;
                beneath_newer(&POSTGRES, &applied).run(pool).await
            }
        }
    }

    /// Removes the last `steps` versions, with the data that only they hold. Returns the version that remains (0: none).
    ///
    /// # Errors
    /// As for [`Self::up`].
    pub async fn down(&self, steps: usize) -> Result<i64, MigrateError> {
        let status = self.status().await?;
        let applied: Vec<i64> = status
            .iter()
            .filter(|one| one.applied_at.is_some())
            .map(|one| one.version)
            .collect();
        let target = applied
            .len()
            .checked_sub(steps + 1)
            .map_or(0, |last| applied[last]);
        match self.database.engine() {
            Engine::Sqlite(pool) => {
                let _turn = self.wait_for_turn().await?;
                SQLITE.undo(pool, target).await?
            }
            Engine::Postgres(pool) => POSTGRES.undo(pool, target).await?,
        }
        Ok(target)
    }

    /// Every version known here, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn status(&self) -> Result<Vec<MigrationStatus>, MigrateError> {
        let applied = self.applied().await?;
        let migrator = match self.database.engine() {
            Engine::Sqlite(_) => &SQLITE,
            Engine::Postgres(_) => &POSTGRES,
        };
        Ok(migrator
            .iter()
            .filter(|one| one.migration_type.is_up_migration())
            .map(|one| MigrationStatus {
                version: one.version,
                description: one.description.to_string(),
                applied_at: applied
                    .iter()
                    .find(|(version, _)| *version == one.version)
                    .map(|(_, at)| *at),
            })
            .collect())
    }

    /// Is anything pending?
    ///
    /// # Errors
    /// When the database fails.
    pub async fn are_pending(&self) -> Result<bool, MigrateError> {
        Ok(self.status().await?.iter().any(|one| one.applied_at.is_none()))
    }

    /// Waits until no other process migrates this SQLite file; it is this one's turn until the file is closed.
    async fn wait_for_turn(&self) -> Result<File, sqlx::Error> {
        let path = self.data_dir.join("migrations.lock");
        let locked = tokio::task::spawn_blocking(move || {
            let file = File::create(path)?;
            file.lock()?;
            Ok::<_, std::io::Error>(file)
        });
        Ok(locked.await.map_err(std::io::Error::other)??)
    }

    async fn applied_versions(&self) -> Result<Vec<i64>, sqlx::Error> {
        let applied = self.applied().await?;
        Ok(applied.into_iter().map(|(version, _)| version).collect())
    }

    /// sqlx has no call for this: its book-keeping table is read directly, where it exists.
    async fn applied(&self) -> Result<Vec<(i64, DateTime<Utc>)>, sqlx::Error> {
        const APPLIED: &str =
            "SELECT version, installed_on FROM _sqlx_migrations WHERE success ORDER BY version";
        match self.database.engine() {
            Engine::Sqlite(pool) => {
                let table = "SELECT name FROM sqlite_master WHERE name = '_sqlx_migrations'";
                if sqlx::query(table).fetch_optional(pool).await?.is_none() {
                    return Ok(Vec::new());
                }
                sqlx::query_as(APPLIED).fetch_all(pool).await
            }
            Engine::Postgres(pool) => {
                let table: Option<String> =
                    sqlx::query_scalar("SELECT to_regclass('_sqlx_migrations')::text")
                        .fetch_one(pool)
                        .await?;
                if table.is_none() {
                    return Ok(Vec::new());
                }
                sqlx::query_as(APPLIED).fetch_all(pool).await
            }
        }
    }
}
