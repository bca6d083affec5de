//! Many pictures ordered at once from an illustrator that often fails, drawn by workers that are killed with no warning.
//!
//! Each is drawn exactly once or failed with its reason, nothing is counted twice, and no file is left without its row.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use ::pictures::{Brief, Picture, Provider, ProviderError};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use tokio_util::sync::CancellationToken;

use crate::accounts::{Language, NewUser, User, register};
use crate::books::{Upload, add, get};
use crate::clock::Clock;
use crate::configuration::{IllustrationsConfig, JobsConfig, LibraryConfig};
use crate::ids::{BookId, PictureId, PublicationId};
use crate::jobs::{JobKind, JobState, worker};
use crate::pictures::best::{BestWish, request_best};
use crate::pictures::{PictureSize, RequestError, image};
use crate::plans::standing;
use crate::randomness::Randomness;
use crate::storage::entity::{job, picture, picture_file};
use crate::test_world::{Painter, fb2, passages};
use crate::{Environment, Library, Viewer};

const FOLDER: &str = "LIBRARY_PICTURE_STORM_FOLDER";
/// As many as a reader may ask for in a day.
const A_DAY: usize = 200;

/// Paints, but three times in ten has no time.
struct Moody(Randomness);

#[async_trait::async_trait]
impl Provider for Moody {
    fn name(&self) -> &str {
        "moody"
    }

    async fn probe(&self) -> Result<(), ProviderError> {
        Ok(())
    }

    async fn illustrate(&self, brief: &Brief) -> Result<Picture, ProviderError> {
        if self.0.fraction() < 0.3 {
            return Err(ProviderError::Unavailable {
                provider: "moody".into(),
                status: 503,
                retry_after: None,
            });
        }
        Painter.illustrate(brief).await
    }
}

async fn open(folder: &Path) -> Library {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let config = LibraryConfig {
        data_dir: folder.to_owned(),
        models_dir: Some(folder.join("no-models")),
        illustrations: IllustrationsConfig {
            width: 64,
            height: 48,
            ..Default::default()
        },
        jobs: JobsConfig {
            lease_seconds: 3,
            max_failures: 3,
            first_backoff_seconds: 1,
            longest_backoff_seconds: 1,
            ..Default::default()
        },
        ..Default::default()
    };
    let environment = Environment {
        clock: Clock::system(),
        randomness: Randomness::system(),
        illustrators: vec![Arc::new(Moody(Randomness::system()))],
        online: None,
    };
    Library::open(config, environment).await.unwrap()
}

/// Not a test of its own: what the storms start.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "started by the storms"]
async fn a_worker_process() {
    let folder = PathBuf::from(std::env::var(FOLDER).unwrap());
    let library = open(&folder).await;
    worker::run(
        library,
        worker::WorkerOptions::default(),
        CancellationToken::new(),
    )
    .await;
}

fn start_worker(folder: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "jobs::picture_storm_tests::a_worker_process",
            "--ignored",
        ])
        .env(FOLDER, folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_come_through_a_storm() {
    storm(1, 30, Duration::from_millis(400)).await;
}

/// The long form: `cargo xtask drill pictures`.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes"]
async fn a_thousand_pictures_come_through_a_storm() {
    storm(5, A_DAY, Duration::from_secs(3)).await;
}

async fn storm(readers: usize, each: usize, life: Duration) {
    let folder = tempfile::tempdir().unwrap();
    let library = open(folder.path()).await;
    library.migrations().up().await.unwrap();
    let mut publications = Vec::new();
    for number in 0..readers {
        let (reader, book, publication) = described(&library, number, each).await;
        order(&library, &reader, book, each).await;
        publications.push((reader, book, publication));
    }
    let mut kills = 0;
    while unfinished(&library).await > 0 {
        assert!(
            kills < 300,
            "{} pictures are still undone",
            unfinished(&library).await
        );
        let mut worker = start_worker(folder.path());
        // Longer and longer, so that a busy machine gets there too.
        let life =
            life + Duration::from_millis(kills * 60 + (library.randomness().fraction() * 900.0) as u64);
        tokio::time::sleep(life).await;
        worker.kill().unwrap();
        worker.wait().unwrap();
        kills += 1;
    }
    let mut drawn = 0;
    for (reader, book, publication) in &publications {
        drawn += check(&library, reader, *book, *publication, each).await;
    }
    eprintln!(
        "{kills} kills, {} pictures ordered, {drawn} drawn",
        readers * each
    );
    let tomorrow = library.now() + chrono::TimeDelta::days(1);
    let sweep = async || {
        library
            .blobs()
            .sweep(library.db().read(), tomorrow)
            .await
            .unwrap()
    };
    sweep().await;
    assert_eq!(sweep().await, 0, "what the dead left behind is gone");
    load_all(&library, &publications).await;
}

/// A reader with a book of so many descriptions.
async fn described(library: &Library, number: usize, count: usize) -> (User, BookId, PublicationId) {
    let new = NewUser {
        email: format!("reader{number}@example.org"),
        password: "мороз и солнце".into(),
        full_name: "А".into(),
        language: Language::default(),
    };
    let reader = register(library, new).await.unwrap();
    let file = fb2(&format!("Книга {number}"), &[&["Мороз и солнце; день чудесный."]]);
    let upload = Upload::from_bytes(library, Some("book.fb2"), &file)
        .await
        .unwrap();
    let book = add(library, reader.id, upload).await.unwrap().book;
    passages(library, book.publication, count).await;
    (reader, book.id, book.publication)
}

async fn order(library: &Library, reader: &User, book: BookId, count: usize) {
    let wish = BestWish {
        chapter: None,
        count,
        style: None,
    };
    let ordered = request_best(library, reader.id, book, wish).await.unwrap();
    assert_eq!(ordered.jobs.len(), count);
    let again = request_best(library, reader.id, book, wish).await.unwrap();
    assert_eq!(again.jobs, ordered.jobs, "the same order again is no new order");
}

async fn unfinished(library: &Library) -> u64 {
    job::Entity::find()
        .filter(job::Column::Kind.eq(JobKind::Illustrate.name()))
        .filter(job::Column::State.is_in([JobState::Queued.name(), JobState::Running.name()]))
        .count(library.db().read())
        .await
        .unwrap()
}

/// Returns how many pictures the book has.
async fn check(
    library: &Library,
    reader: &User,
    book: BookId,
    publication: PublicationId,
    count: usize,
) -> usize {
    let connection = library.db().read();
    let jobs = job::Entity::find()
        .filter(job::Column::Kind.eq(JobKind::Illustrate.name()))
        .filter(job::Column::PublicationId.eq(publication.0))
        .all(connection)
        .await
        .unwrap();
    assert_eq!(jobs.len(), count, "one job a picture");
    let done = jobs
        .iter()
        .filter(|job| job.state == JobState::Done.name())
        .count();
    let failed = jobs.iter().filter(|job| job.state == JobState::Failed.name());
    let reasons: Vec<_> = failed.filter_map(|job| job.error_code.clone()).collect();
    assert_eq!(done + reasons.len(), count, "done, or failed with a reason");
    let pictures = picture::Entity::find()
        .filter(picture::Column::PublicationId.eq(publication.0))
        .count(connection)
        .await
        .unwrap();
    let seen = get(library, Viewer::User(reader.id), book).await.unwrap();
    assert_eq!((pictures as usize, seen.picture_count), (done, done));
    let counted = standing(library, reader.id)
        .await
        .unwrap()
        .used
        .pictures_this_month;
    assert_eq!(counted, done as u64, "a picture that failed is not counted");
    done
}

/// Every row has its file.
async fn load_all(library: &Library, books: &[(User, BookId, PublicationId)]) {
    let rows = picture::Entity::find().all(library.db().read()).await.unwrap();
    for row in rows {
        let (reader, ..) = books.iter().find(|(.., id)| id.0 == row.publication_id).unwrap();
        let files = picture_file::Entity::find()
            .filter(picture_file::Column::PictureId.eq(row.id))
            .all(library.db().read())
            .await
            .unwrap();
        assert!(!files.is_empty());
        for file in files {
            let size = u32::try_from(file.width).map_or(PictureSize::Original, PictureSize::Width);
            let viewer = Viewer::User(reader.id);
            image(library, viewer, PictureId(row.id), size).await.unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_beyond_the_quota_orders_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(folder.path()).await;
    library.migrations().up().await.unwrap();
    let (reader, book, _) = described(&library, 0, A_DAY + 1).await;
    let wish = |count| BestWish {
        chapter: None,
        count,
        style: None,
    };
    let refused = request_best(&library, reader.id, book, wish(A_DAY + 1)).await;
    assert!(
        matches!(refused, Err(RequestError::QuotaSpent { .. })),
        "{refused:?}"
    );
    assert_eq!(unfinished(&library).await, 0);
    let ordered = request_best(&library, reader.id, book, wish(A_DAY))
        .await
        .unwrap();
    assert_eq!(ordered.jobs.len(), A_DAY);
}
