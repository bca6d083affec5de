//! Workers that are killed with no warning, as separate processes over one SQLite file.
//!
//! The test starts this test binary again as a worker ([`a_worker_process`]) and kills it at random moments until all
//! work is done.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use tokio_util::sync::CancellationToken;

use crate::accounts::{NewUser, register};
use crate::books::{BookQuery, Scope, Upload, add, list};
use crate::clock::Clock;
use crate::configuration::{JobsConfig, LibraryConfig};
use crate::jobs::{JobKind, JobState, worker};
use crate::randomness::Randomness;
use crate::storage::entity::{chapter, job, publication};
use crate::test_world::{Painter, fb2};
use crate::{Environment, Library, Viewer, chapters};

const FOLDER: &str = "LIBRARY_CRASH_TEST_FOLDER";
const BOOKS: usize = 40;

/// Short leases, so that the heirs of the dead need not wait for long.
async fn open(folder: &Path) -> Library {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let config = LibraryConfig {
        data_dir: folder.to_owned(),
        models_dir: Some(folder.join("no-models")),
        jobs: JobsConfig {
            lease_seconds: 3,
            first_backoff_seconds: 1,
            ..Default::default()
        },
        ..Default::default()
    };
    let illustrators: Vec<std::sync::Arc<dyn ::pictures::Provider>> = vec![std::sync::Arc::new(Painter)];
    let environment = Environment {
        clock: Clock::system(),
        randomness: Randomness::system(),
        illustrators,
        online: None,
    };
    Library::open(config, environment).await.unwrap()
}

/// Not a test of its own: what [`killed_workers_lose_nothing_and_repeat_nothing`] starts.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "started by killed_workers_lose_nothing_and_repeat_nothing"]
async fn a_worker_process() {
    let folder = PathBuf::from(std::env::var(FOLDER).unwrap());
    worker::run(
        open(&folder).await,
        worker::WorkerOptions::default(),
        CancellationToken::new(),
    )
    .await;
}

fn start_worker(folder: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "jobs::crash_tests::a_worker_process", "--ignored"])
        .env(FOLDER, folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Jobs whose result is not stored yet. Describing waits for models, which this test leaves out.
async fn unfinished(library: &Library) -> u64 {
    job::Entity::find()
        .filter(job::Column::Kind.eq(JobKind::Ingest.name()))
        .filter(job::Column::State.ne(JobState::Done.name()))
        .count(library.db().read())
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_workers_lose_nothing_and_repeat_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(folder.path()).await;
    library.migrations().up().await.unwrap();
    let new = NewUser {
        email: "a@example.org".into(),
        password: "мороз и солнце".into(),
        full_name: "А".into(),
        language: crate::accounts::Language::default(),
    };
    let anna = register(&library, new).await.unwrap();
    let paragraph = "Мороз и солнце; день чудесный. ".repeat(300);
    for number in 0..BOOKS {
        let file = fb2(
            &format!("Книга {number}"),
            &[&[&paragraph], &[&paragraph], &[&paragraph]],
        );
        let upload = Upload::from_bytes(&library, Some("book.fb2"), &file)
            .await
            .unwrap();
        add(&library, anna.id, upload).await.unwrap();
    }

    let mut kills = 0;
    while unfinished(&library).await > 0 {
        assert!(
            kills < 60,
            "{} books are still unread",
            unfinished(&library).await
        );
        let mut worker = start_worker(folder.path());
        // Longer and longer, so that a busy machine gets there too.
        let life = 150 + kills * 100 + (library.randomness().fraction() * 900.0) as u64;
        tokio::time::sleep(Duration::from_millis(life)).await;
        worker.kill().unwrap();
        worker.wait().unwrap();
        kills += 1;
    }

    let read = publication::Entity::find()
        .filter(publication::Column::Status.eq("describing"))
        .count(library.db().read())
        .await
        .unwrap();
    assert_eq!(read as usize, BOOKS);
    let shelf = BookQuery {
        scope: Scope::Own,
        per_page: 100,
        ..Default::default()
    };
    let shelf = list(&library, Viewer::User(anna.id), &shelf).await.unwrap();
    assert_eq!(shelf.total as usize, BOOKS);
    let mut expected = 0;
    for book in &shelf.items {
        let chapters = chapters::list(&library, Viewer::User(anna.id), book.id)
            .await
            .unwrap();
        assert_eq!(chapters.chapters.len(), book.chapter_count);
        assert_eq!(
            chapters.chapters.iter().map(|one| one.length).sum::<usize>(),
            book.length
        );
        expected += book.chapter_count as u64;
    }
    let stored = chapter::Entity::find().count(library.db().read()).await.unwrap();
    assert_eq!(stored, expected, "no chapter twice, none without its book");
    for kind in [JobKind::Ingest, JobKind::Describe] {
        let jobs = job::Entity::find().filter(job::Column::Kind.eq(kind.name()));
        assert_eq!(
            jobs.count(library.db().read()).await.unwrap() as usize,
            BOOKS,
            "one {} a book",
            kind.name()
        );
    }
    let ghost = library
        .blobs()
        .sweep(library.db().read(), library.now() + chrono::TimeDelta::days(1))
        .await
        .unwrap();
    assert_eq!(ghost, 0, "every object has its row");
}
