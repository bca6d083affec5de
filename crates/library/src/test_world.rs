//! A library for a test: fresh, empty, on a clock and randomness of its own.
//!
//! [`on_each_engine`] runs a test on SQLite and on a fresh database of the PostgreSQL that `BOOKREADER_TEST_POSTGRES`
//! names; [`redis_url`] gives the Redis of `BOOKREADER_TEST_REDIS`. Without them those runs are skipped loudly, which is a
//! failure where `CI` is `true`.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set};
use sqlx::{Connection, Executor, PgConnection};

use crate::accounts::{self, NewUser, User};
use crate::books::{self, Added, Upload};
use crate::clock::FakeClock;
use crate::configuration::{BlobConfig, LibraryConfig, Secret};
use crate::ids::{DescriptionId, PublicationId};
use crate::jobs::worker;
use crate::randomness::Randomness;
use crate::storage::entity::description;
use crate::{Environment, Library};

/// A library, its clock, and the folder that goes when the test ends.
pub(crate) struct World {
    pub(crate) library: Library,
    pub(crate) time: FakeClock,
    pub(crate) config: LibraryConfig,
    _folder: tempfile::TempDir,
}

/// The time at which every test begins.
pub(crate) fn dawn() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
}

/// Runs a test once per engine, each time in a new world.
pub(crate) async fn on_each_engine(test: impl AsyncFn(World)) {
    with_settings(LibraryConfig::default(), test).await;
}

/// The same with settings that differ from the default; folder and database are the test's own in any case.
pub(crate) async fn with_settings(settings: LibraryConfig, test: impl AsyncFn(World)) {
    test(World::new(settings.clone(), None).await).await;
    let Some(server) = from_environment("BOOKREADER_TEST_POSTGRES") else {
        return;
    };
    let (name, url) = create_database(&server).await;
    let world = World::new(settings, Some(url)).await;
    let library = world.library.clone();
    test(world).await;
    library.close().await;
    let mut connection = PgConnection::connect(&server).await.unwrap();
    let drop = sqlx::AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"));
    connection.execute(sqlx::raw_sql(drop)).await.unwrap();
}

/// The Redis for tests, if there is one.
pub(crate) fn redis_url() -> Option<String> {
    from_environment("BOOKREADER_TEST_REDIS")
}

fn from_environment(name: &str) -> Option<String> {
    let value = std::env::var(name).ok().filter(|value| !value.is_empty());
    if value.is_none() {
        assert!(
            std::env::var("CI").as_deref() != Ok("true"),
            "{name} must name a server where CI=true"
        );
        eprintln!("SKIPPED: {name} is not set, so this test did not run on that server");
    }
    value
}

async fn create_database(server: &str) -> (String, String) {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let name = format!(
        "library_test_{}_{}",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    );
    let mut connection = PgConnection::connect(server).await.unwrap();
    let create = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
    connection.execute(sqlx::raw_sql(create)).await.unwrap();
    let (base, query) = server.split_once('?').unwrap_or((server, ""));
    let (address, _) = base.rsplit_once('/').unwrap();
    (name.clone(), format!("{address}/{name}?{query}"))
}

impl World {
    async fn new(settings: LibraryConfig, postgres: Option<String>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = LibraryConfig {
            data_dir: folder.path().to_owned(),
            ..settings
        };
        config.database.url = postgres.map(Secret);
        if let BlobConfig::S3 { prefix, .. } = &mut config.blobs {
            *prefix = folder.path().file_name().unwrap().to_string_lossy().into_owned();
        }
        config
            .models_dir
            .get_or_insert_with(|| folder.path().join("no-models"));
        let time = FakeClock::at(dawn());
        let library = open(&config, &time, vec![Arc::new(Painter)]).await;
        library.migrations().up().await.unwrap();
        Self {
            library,
            time,
            config,
            _folder: folder,
        }
    }

    /// The same stores as another process would open them.
    pub(crate) async fn another_process(&self) -> Library {
        open(&self.config, &self.time, vec![Arc::new(Painter)]).await
    }

    /// The same, with other illustrators.
    pub(crate) async fn with_illustrators(&self, illustrators: Vec<Arc<dyn pictures::Provider>>) -> Library {
        open(&self.config, &self.time, illustrators).await
    }

    /// The same, with services beyond the machine.
    pub(crate) async fn with_services(&self, services: pictures::provider::Illustrators) -> Library {
        let mut environment = environment(&self.time, vec![Arc::new(Painter)]);
        environment.online = Some(services);
        Library::open(self.config.clone(), environment).await.unwrap()
    }

    pub(crate) fn advance(&self, by: TimeDelta) {
        self.time.advance(by);
    }

    /// A registered reader.
    pub(crate) async fn reader(&self, name: &str) -> User {
        let new = NewUser {
            email: format!("{name}@example.org"),
            password: "мороз и солнце".to_owned(),
            full_name: name.to_owned(),
            language: accounts::Language::Russian,
        };
        accounts::create(&self.library, new, accounts::Role::Reader)
            .await
            .unwrap()
    }

    /// Puts a file on a reader's shelf.
    pub(crate) async fn add(&self, reader: &User, name: &str, bytes: &[u8]) -> Added {
        let upload = Upload::from_bytes(&self.library, Some(name), bytes)
            .await
            .unwrap();
        books::add(&self.library, reader.id, upload).await.unwrap()
    }
}

async fn open(
    config: &LibraryConfig,
    time: &FakeClock,
    illustrators: Vec<Arc<dyn pictures::Provider>>,
) -> Library {
    let environment = environment(time, illustrators);
    Library::open(config.clone(), environment).await.unwrap()
}

fn environment(time: &FakeClock, illustrators: Vec<Arc<dyn pictures::Provider>>) -> Environment {
    static SEED: AtomicU64 = AtomicU64::new(1);
    // The crypto provider is chosen once per process; a second choice of the same is no matter.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Environment {
        clock: time.clock(),
        randomness: Randomness::seeded(SEED.fetch_add(1, Ordering::Relaxed)),
        illustrators,
        online: None,
    }
}

/// An illustrator that paints one plain colour, chosen by the seed and the passage.
pub(crate) struct Painter;

#[async_trait::async_trait]
impl pictures::Provider for Painter {
    fn name(&self) -> &str {
        "painter"
    }

    async fn probe(&self) -> Result<(), pictures::ProviderError> {
        Ok(())
    }

    async fn illustrate(
        &self,
        brief: &pictures::Brief,
    ) -> Result<pictures::Picture, pictures::ProviderError> {
        let [red, green, ..] = brief.seed.to_le_bytes();
        let blue = brief
            .original
            .bytes()
            .fold(0_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte));
        let plain = image::RgbImage::from_pixel(brief.width, brief.height, image::Rgb([red, green, blue]));
        let mut bytes = std::io::Cursor::new(Vec::new());
        plain.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        Ok(pictures::Picture {
            bytes: bytes.into_inner(),
            media_type: "image/png",
            width: brief.width,
            height: brief.height,
            provider: self.name().to_owned(),
            cost_micros: 0,
        })
    }
}

/// Gives a publication so many passages worth a picture, with no language models at hand: first it is read, which would
/// forget them.
pub(crate) async fn passages(
    library: &Library,
    publication: PublicationId,
    count: usize,
) -> Vec<DescriptionId> {
    worker::drain(library).await.unwrap();
    let transaction = library.db().write().await.unwrap();
    let mut ids = Vec::with_capacity(count);
    for place in 0..count {
        let id = library.fresh_id();
        let row = description::ActiveModel {
            id: Set(id),
            publication_id: Set(publication.0),
            chapter: Set(0),
            start_offset: Set(place as i64),
            end_offset: Set(place as i64 + 1),
            kind: Set("location".into()),
            score: Set(0.9),
            passage: Set(format!("Мороз и солнце, {publication}, {place}.")),
            prompt: Set("frost and sun".into()),
            negative: Set(String::new()),
            seed: Set(place as i64),
            concepts: Set(serde_json::json!([])),
            characters: Set(serde_json::json!([])),
            places: Set(serde_json::json!([])),
        };
        row.insert(&transaction).await.unwrap();
        ids.push(DescriptionId(id));
    }
    transaction.commit().await.unwrap();
    ids
}

/// A service on this machine that speaks as AUTOMATIC1111 does and paints a different picture each time; it stops when
/// dropped.
pub(crate) struct PaintingService {
    pub(crate) address: String,
    drawn: Arc<AtomicU64>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for PaintingService {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl PaintingService {
    pub(crate) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let drawn = Arc::new(AtomicU64::new(0));
        let counter = drawn.clone();
        let task = tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                paint(socket, &counter).await;
            }
        });
        Self { address, drawn, task }
    }

    /// How many pictures it gave.
    pub(crate) fn drawn(&self) -> u64 {
        self.drawn.load(Ordering::SeqCst)
    }
}

/// Answers one request, whatever it asks.
async fn paint(mut socket: tokio::net::TcpStream, counter: &AtomicU64) {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let (mut asked, mut some) = (Vec::new(), [0; 4096]);
    let body_begins = loop {
        let read = socket.read(&mut some).await.unwrap();
        asked.extend_from_slice(&some[..read]);
        if let Some(end) = asked.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
    };
    let head = String::from_utf8_lossy(&asked[..body_begins]).to_lowercase();
    let length = head
        .split("content-length: ")
        .nth(1)
        .and_then(|rest| rest.lines().next());
    let whole = body_begins + length.map_or(0, |length| length.trim().parse::<usize>().unwrap());
    while asked.len() < whole {
        let read = socket.read(&mut some).await.unwrap();
        asked.extend_from_slice(&some[..read]);
    }
    let number = counter.fetch_add(1, Ordering::SeqCst) as u8;
    let picture =
        image::RgbImage::from_fn(128, 96, |x, y| image::Rgb([(x * 2) as u8, (y * 2) as u8, number]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    let body = serde_json::json!({ "images": [STANDARD.encode(bytes.into_inner())] }).to_string();
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    socket.write_all(answer.as_bytes()).await.unwrap();
}

/// A small FB2 with the given title and chapters of paragraphs.
pub(crate) fn fb2(title: &str, chapters: &[&[&str]]) -> Vec<u8> {
    let mut sections = String::new();
    for (number, paragraphs) in chapters.iter().enumerate() {
        sections.push_str(&format!("<section><title><p>Глава {}</p></title>", number + 1));
        for paragraph in *paragraphs {
            sections.push_str(&format!("<p>{paragraph}</p>"));
        }
        sections.push_str("</section>");
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         <FictionBook xmlns=\"http://www.gribuser.ru/xml/fictionbook/2.0\" xmlns:l=\"http://www.w3.org/1999/xlink\">\
         <description><title-info><genre>prose</genre><author><first-name>Анна</first-name><last-name>Тестова</last-name>\
         </author><book-title>{title}</book-title><lang>ru</lang></title-info></description>\
         <body>{sections}</body></FictionBook>"
    )
    .into_bytes()
}
