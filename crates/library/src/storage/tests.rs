//! What the stores promise: the schema's versions on both engines, blobs in a folder and in S3.

use bytes::Bytes;
use chrono::TimeDelta;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder as ConnectionBuilder;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use sea_orm::EntityTrait;
use uuid::Uuid;

use crate::Library;
use crate::configuration::{BlobConfig, LibraryConfig, Secret};
use crate::storage::blobs::{self, Blobs};
use crate::storage::database::Engine;
use crate::storage::entity::blob;
use crate::test_world::{World, on_each_engine, with_settings};

#[tokio::test]
async fn the_schema_goes_up_down_and_up_again() {
    on_each_engine(async |world| {
        let migrations = world.library.migrations();
        let status = migrations.status().await.unwrap();
        let described: Vec<_> = status.iter().map(|one| (one.version, one.description.as_str())).collect();
        insta::allow_duplicates! {
            insta::assert_compact_debug_snapshot!(
                described,
                @r#"[(1, "accounts"), (2, "publications"), (3, "shelves"), (4, "jobs"), (5, "descriptions"), (6, "pictures"), (7, "annotations"), (8, "mail"), (9, "plans"), (10, "oversight"), (11, "picture wishes"), (12, "picture charges")]"#
            );
        }
        assert!(status.iter().all(|one| one.applied_at.is_some()) && !migrations.are_pending().await.unwrap());
        assert_eq!(migrations.down(2).await.unwrap(), 10);
        let pending: Vec<i64> = migrations.status().await.unwrap().iter().filter(|one| one.applied_at.is_none()).map(|one| one.version).collect();
        assert_eq!(pending, [11, 12]);
        assert_eq!(migrations.down(100).await.unwrap(), 0);
        migrations.up().await.unwrap();
        assert!(!migrations.are_pending().await.unwrap());
        world.reader("anna").await;
    })
    .await;
}

#[tokio::test]
async fn a_release_works_on_the_schema_of_the_next_one_and_refuses_a_gap() {
    on_each_engine(async |world| {
        let migrations = world.library.migrations();
        pretend_applied(&world.library, 9999).await;
        migrations.up().await.unwrap();
        assert!(!migrations.are_pending().await.unwrap());
        world.reader("anna").await;
        pretend_applied(&world.library, 0).await;
        assert!(migrations.up().await.is_err());
    })
    .await;
}

/// As if a release that knows this version had been here.
async fn pretend_applied(library: &Library, version: i64) {
    let row = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
               VALUES ($1, 'from elsewhere', true, $2, 0)";
    match library.db().engine() {
        Engine::Sqlite(pool) => drop(
            sqlx::query(row)
                .bind(version)
                .bind(vec![0_u8])
                .execute(pool)
                .await
                .unwrap(),
        ),
        Engine::Postgres(pool) => drop(
            sqlx::query(row)
                .bind(version)
                .bind(vec![0_u8])
                .execute(pool)
                .await
                .unwrap(),
        ),
    }
}

#[tokio::test]
async fn several_processes_migrate_at_once() {
    on_each_engine(async |world| {
        world.library.migrations().down(100).await.unwrap();
        let processes = futures::future::join_all((0..4).map(|_| world.another_process())).await;
        let outcomes =
            futures::future::join_all(processes.iter().map(async |one| one.migrations().up().await)).await;
        assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
        assert!(!world.library.migrations().are_pending().await.unwrap());
    })
    .await;
}

/// An S3 server in this process over a temporary folder, with one bucket.
async fn s3() -> (BlobConfig, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("books")).unwrap();
    let mut service = S3ServiceBuilder::new(s3s_fs::FileSystem::new(folder.path()).unwrap());
    service.set_auth(SimpleAuth::from_single("key", "secret"));
    let service = service.build();
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let service = service.clone();
            tokio::spawn(async move {
                let server = ConnectionBuilder::new(TokioExecutor::new());
                let _ = server.serve_connection(TokioIo::new(socket), service).await;
            });
        }
    });
    let config = BlobConfig::S3 {
        bucket: "books".into(),
        region: "us-east-1".into(),
        endpoint: Some(endpoint),
        access_key_id: "key".into(),
        secret_access_key: Secret("secret".into()),
        prefix: "library".into(),
    };
    (config, folder)
}

/// Runs a test of blobs over a folder and over S3, on each engine.
async fn on_each_store(test: impl AsyncFn(World)) {
    on_each_engine(&test).await;
    let (config, _folder) = s3().await;
    with_settings(
        LibraryConfig {
            blobs: config,
            ..Default::default()
        },
        &test,
    )
    .await;
}

async fn put(library: &Library, text: &'static str) -> Uuid {
    let bytes = Bytes::from_static(text.as_bytes());
    let stored = library
        .blobs()
        .store(library.db().read(), bytes, library.fresh_id())
        .await
        .unwrap();
    let transaction = library.db().write().await.unwrap();
    let id = blobs::record(&transaction, &stored, library.now()).await.unwrap();
    transaction.commit().await.unwrap();
    id
}

#[tokio::test]
async fn the_same_bytes_are_kept_once() {
    on_each_store(async |world| {
        let library = &world.library;
        library.probe_blobs().await.unwrap();
        let first = put(library, "мороз").await;
        assert_eq!(put(library, "мороз").await, first);
        assert_ne!(put(library, "солнце").await, first);
        let (bytes, sha256) = library.blobs().load(library.db().read(), first).await.unwrap();
        assert_eq!(bytes, "мороз".as_bytes());
        assert_eq!(
            sha256,
            "80d0be27a956c32820c7d3ad24a74974b5e16b40a6f5aed6ece42952931491f0"
        );
    })
    .await;
}

#[tokio::test]
async fn of_two_writers_of_the_same_bytes_one_wins_and_both_can_read() {
    on_each_store(async |world| {
        let library = &world.library;
        let store = async || {
            library
                .blobs()
                .store(
                    library.db().read(),
                    Bytes::from_static(b"both"),
                    library.fresh_id(),
                )
                .await
                .unwrap()
        };
        let (one, other) = (store().await, store().await);
        let transaction = library.db().write().await.unwrap();
        let winner = blobs::record(&transaction, &one, library.now()).await.unwrap();
        assert_eq!(
            blobs::record(&transaction, &other, library.now()).await.unwrap(),
            winner
        );
        transaction.commit().await.unwrap();
        assert_eq!(
            library.blobs().load(library.db().read(), winner).await.unwrap().0,
            "both"
        );
    })
    .await;
}

#[tokio::test]
async fn what_a_dead_writer_left_is_swept_and_nothing_else() {
    on_each_store(async |world| {
        let library = &world.library;
        let kept = put(library, "kept").await;
        // The writer died between the object and its row.
        library
            .blobs()
            .store(
                library.db().read(),
                Bytes::from_static(b"left"),
                library.fresh_id(),
            )
            .await
            .unwrap();
        let sweep = async |before| library.blobs().sweep(library.db().read(), before).await.unwrap();
        assert_eq!(
            sweep(library.now() - TimeDelta::days(10_000)).await,
            0,
            "it is too young"
        );
        assert_eq!(sweep(library.now() + TimeDelta::days(10_000)).await, 1);
        assert_eq!(
            library.blobs().load(library.db().read(), kept).await.unwrap().0,
            "kept"
        );
    })
    .await;
}

#[tokio::test]
async fn bytes_purged_while_they_are_stored_again_are_not_lost_silently() {
    on_each_engine(async |world| {
        let library = &world.library;
        let id = put(library, "twice").await;
        let bytes = Bytes::from_static(b"twice");
        let again = library
            .blobs()
            .store(library.db().read(), bytes, library.fresh_id())
            .await
            .unwrap();
        let transaction = library.db().write().await.unwrap();
        blob::Entity::delete_by_id(id).exec(&transaction).await.unwrap();
        transaction.commit().await.unwrap();
        let transaction = library.db().write().await.unwrap();
        assert!(blobs::record(&transaction, &again, library.now()).await.is_err());
    })
    .await;
}

#[test]
fn a_folder_that_cannot_be_made_is_an_error() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let config = BlobConfig::Directory {
        path: Some(file.path().join("below-a-file")),
    };
    assert!(Blobs::open(&config, file.path()).is_err());
}
