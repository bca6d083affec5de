//! An empty store for a test: SQLite in a folder of its own, and a fresh database of the PostgreSQL that
//! `BOOKREADER_TEST_POSTGRES` names. Without that name the second run is skipped loudly, which is a failure where `CI` is
//! `true`.

use std::sync::atomic::{AtomicU64, Ordering};

use library::configuration::{LibraryConfig, Secret};
use sqlx::{Connection as _, Executor as _, PgConnection};
use tempfile::TempDir;

const VARIABLE: &str = "BOOKREADER_TEST_POSTGRES";

/// Where one server under test keeps everything; gone afterwards.
pub(super) struct Storage {
    folder: TempDir,
    database: Option<Database>,
}

struct Database {
    server: String,
    name: String,
}

impl Storage {
    pub(super) fn sqlite() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            database: None,
        }
    }

    /// None when no server is named.
    pub(super) async fn postgres() -> Option<Self> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let Some(server) = std::env::var(VARIABLE).ok().filter(|value| !value.is_empty()) else {
            assert_ne!(
                std::env::var("CI").as_deref(),
                Ok("true"),
                "{VARIABLE} must name a server where CI=true"
            );
            eprintln!("SKIPPED on PostgreSQL: {VARIABLE} is not set");
            return None;
        };
        let name = format!(
            "server_test_{}_{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        let database = Database { server, name };
        database.run("CREATE DATABASE").await;
        Some(Self {
            folder: tempfile::tempdir().unwrap(),
            database: Some(database),
        })
    }

    /// The settings, pointed here.
    pub(super) fn place(&self, settings: LibraryConfig) -> LibraryConfig {
        let mut config = LibraryConfig {
            data_dir: self.folder.path().to_owned(),
            ..settings
        };
        config.database.url = self.database.as_ref().map(|database| Secret(database.url()));
        config
            .models_dir
            .get_or_insert_with(|| self.folder.path().join("no-models"));
        config
    }

    pub(super) async fn remove(self) {
        if let Some(database) = self.database {
            database.run("DROP DATABASE").await;
        }
    }
}

impl Database {
    fn url(&self) -> String {
        let (base, query) = self.server.split_once('?').unwrap_or((&self.server, ""));
        let (address, _) = base.rsplit_once('/').unwrap();
        format!("{address}/{}?{query}", self.name)
    }

    async fn run(&self, command: &str) {
        let mut connection = PgConnection::connect(&self.server).await.unwrap();
        let statement = sqlx::AssertSqlSafe(format!("{command} {}", self.name));
        connection.execute(sqlx::raw_sql(statement)).await.unwrap();
    }
}
