//! The pools: SQLite with one writer and several read-only connections, or PostgreSQL, behind the same two doors.

use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use sea_orm::{
    DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode, SqlxPostgresConnector,
    SqlxSqliteConnector, TransactionOptions, TransactionTrait,
};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use crate::configuration::DatabaseConfig;

/// How long a writer waits for another process to finish its transaction.
const BUSY_TIMEOUT: Duration = Duration::from_secs(20);
/// How long a caller waits for a connection before it gives up.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(20);

/// The raw pool that migrations run on.
#[derive(Clone)]
pub(crate) enum Engine {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// The two doors to the database; cheap to clone.
#[derive(Clone)]
pub(crate) struct Database {
    writer: DatabaseConnection,
    reader: DatabaseConnection,
    engine: Engine,
}

impl Database {
    /// Opens pools for requests and for workers; on SQLite both share the one writer, which serves in order of arrival.
    pub(crate) async fn open(
        config: &DatabaseConfig,
        default_file: &Path,
    ) -> Result<(Self, Self), sqlx::Error> {
        match &config.url {
            Some(url) if url.0.starts_with("postgres://") || url.0.starts_with("postgresql://") => {
                let options = PgConnectOptions::from_str(&url.0)?.application_name("bookreader");
                let requests = Self::postgres(options.clone(), config.request_connections).await?;
                let workers = Self::postgres(options, config.worker_connections).await?;
                Ok((requests, workers))
            }
            Some(url) => Self::sqlite(SqliteConnectOptions::from_str(&url.0)?, config).await,
            None => Self::sqlite(SqliteConnectOptions::new().filename(default_file), config).await,
        }
    }

    async fn postgres(options: PgConnectOptions, connections: u32) -> Result<Self, sqlx::Error> {
        let pool = PgPoolOptions::new()
            .max_connections(connections.max(1))
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .connect_with(options)
            .await?;
        let connection = SqlxPostgresConnector::from_sqlx_postgres_pool(pool.clone());
        Ok(Self {
            writer: connection.clone(),
            reader: connection,
            engine: Engine::Postgres(pool),
        })
    }

    async fn sqlite(
        options: SqliteConnectOptions,
        config: &DatabaseConfig,
    ) -> Result<(Self, Self), sqlx::Error> {
        let options = options
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT);
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .connect_with(options.clone())
            .await?;
        // A connection that is read-only cannot set the journal mode, and need not: the file remembers it.
        let readers = |connections: u32| {
            SqlitePoolOptions::new()
                .max_connections(connections.max(1))
                .acquire_timeout(ACQUIRE_TIMEOUT)
                .connect_lazy_with(options.clone().create_if_missing(false).read_only(true))
        };
        let side = |connections| Self {
            writer: SqlxSqliteConnector::from_sqlx_sqlite_pool(writer.clone()),
            reader: SqlxSqliteConnector::from_sqlx_sqlite_pool(readers(connections)),
            engine: Engine::Sqlite(writer.clone()),
        };
        Ok((side(config.request_connections), side(config.worker_connections)))
    }

    /// Connections that only read.
    pub(crate) fn read(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// Begins a writing transaction; dropping it rolls back. It must not wait for HTTP or files while it is open.
    ///
    /// On SQLite it takes the write lock at once (`BEGIN IMMEDIATE`): a transaction that reads first and asks for the
    /// lock later fails as soon as somebody else has written in between.
    pub(crate) async fn write(&self) -> Result<DatabaseTransaction, DbErr> {
        self.writer
            .begin_with_options(TransactionOptions {
                isolation_level: None,
                access_mode: None,
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            })
            .await
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Closes the pools; on SQLite this folds the write-ahead log into the file.
    pub(crate) async fn close(self) {
        let _ = self.reader.close().await;
        let _ = self.writer.close().await;
    }
}
