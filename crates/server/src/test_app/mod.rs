//! The real server on a real library, for tests: no socket, a clock that stands still, jobs done by hand.

mod answer;
mod book;
mod client;
mod models;
mod storage;

pub(crate) use answer::Answer;
pub(crate) use book::{TestBook, readable};
pub(crate) use client::Client;
pub(crate) use models::with_described_book;

use std::sync::Arc;

use axum::Router;
use chrono::{DateTime, TimeDelta};
use library::accounts::{self, NewUser, Role};
use library::clock::FakeClock;
use library::configuration::LibraryConfig;
use library::randomness::Randomness;
use library::{Environment, Library, jobs};
use pictures::provider::OfflineProvider;
use tokio_util::sync::CancellationToken;

use crate::{Intake, Metrics, ServerConfig, ServerState, TokenKey, TokenKeys, router};
use storage::Storage;

/// Good enough for a real account.
pub(crate) const PASSWORD: &str = "журавли над рекой";

/// One server on one empty library.
pub(crate) struct TestApp {
    pub(crate) library: Library,
    pub(crate) time: FakeClock,
    pub(crate) shutdown: CancellationToken,
    router: Router,
}

/// How a server under test differs from the default.
#[derive(Clone, Default)]
pub(crate) struct Settings {
    pub(crate) server: ServerConfig,
    pub(crate) library: LibraryConfig,
}

/// Runs a test on SQLite and on PostgreSQL, each time on a new server.
pub(crate) async fn on_each_engine(test: impl AsyncFn(TestApp)) {
    with_settings(Settings::default(), test).await;
}

/// The same with settings of the test's own.
pub(crate) async fn with_settings(settings: Settings, test: impl AsyncFn(TestApp)) {
    run(Storage::sqlite(), settings.clone(), &test).await;
    if let Some(postgres) = Storage::postgres().await {
        run(postgres, settings, &test).await;
    }
}

async fn run(storage: Storage, settings: Settings, test: &impl AsyncFn(TestApp)) {
    let app = TestApp::start(&storage, settings).await;
    let library = app.library.clone();
    test(app).await;
    library.close().await;
    storage.remove().await;
}

impl TestApp {
    async fn start(storage: &Storage, settings: Settings) -> Self {
        // Chosen once per process; a second choice of the same is no matter.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let time = FakeClock::at(DateTime::UNIX_EPOCH + TimeDelta::days(20_000));
        let randomness = Randomness::seeded(7);
        let illustrators: Vec<Arc<dyn pictures::Provider>> = vec![Arc::new(OfflineProvider)];
        let environment = Environment {
            clock: time.clock(),
            randomness: randomness.clone(),
            illustrators,
            online: None,
        };
        let library = Library::open(storage.place(settings.library), environment)
            .await
            .unwrap();
        library.migrations().up().await.unwrap();
        let keys = TokenKeys::new(TokenKey::hs256("test", &[7; 32]).unwrap(), Vec::new());
        let shutdown = CancellationToken::new();
        let state = ServerState::new(
            library.clone(),
            settings.server,
            keys,
            Metrics::private(),
            time.clock(),
            randomness,
            Intake::open(shutdown.clone()),
        );
        Self {
            router: router(state),
            library,
            time,
            shutdown,
        }
    }

    /// A client that is nobody.
    pub(crate) fn anonymous(&self) -> Client {
        Client::new(self.router.clone())
    }

    /// A new reader, signed in.
    pub(crate) async fn reader(&self, name: &str) -> Client {
        self.account(name, Role::Reader).await
    }

    /// A new administrator, signed in.
    pub(crate) async fn administrator(&self) -> Client {
        self.account("administrator", Role::Administrator).await
    }

    /// A new moderator, signed in.
    pub(crate) async fn moderator(&self) -> Client {
        self.account("moderator", Role::Moderator).await
    }

    async fn account(&self, name: &str, role: Role) -> Client {
        let email = format!("{name}@example.org");
        let new = NewUser {
            email: email.clone(),
            password: PASSWORD.into(),
            full_name: name.into(),
            language: library::accounts::Language::default(),
        };
        accounts::create(&self.library, new, role).await.unwrap();
        self.anonymous().login(&email, PASSWORD).await
    }

    /// Does all work that is due.
    pub(crate) async fn work(&self) {
        jobs::worker::drain(&self.library).await.unwrap();
    }

    /// The letters that have left, oldest first, as they lie in the folder.
    pub(crate) fn mails(&self) -> Vec<String> {
        let folder = self.library.config().data_dir.join("mail");
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .into_iter()
            .flatten()
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        files
            .iter()
            .map(|file| plain_part(&std::fs::read_to_string(file).unwrap()))
            .collect()
    }

    /// Those to one address: the header lines and the plain text.
    pub(crate) fn mails_to(&self, address: &str) -> Vec<String> {
        let mut mails = self.mails();
        mails.retain(|mail| mail.contains(&format!("To: {address}\r\n")));
        mails
    }

    /// The proof in the latest letter to an address.
    pub(crate) fn mailed_token(&self, address: &str) -> String {
        let mails = self.mails_to(address);
        let (_, token) = mails.last().unwrap().split_once('#').unwrap();
        token.split_whitespace().next().unwrap().to_owned()
    }
}

/// The header and the decoded plain part of a letter.
fn plain_part(mail: &str) -> String {
    use base64::Engine as _;
    let (header, rest) = mail.split_once("\r\n\r\n").unwrap();
    let (_, rest) = rest.split_once("Content-Transfer-Encoding: ").unwrap();
    let (encoding, rest) = rest.split_once("\r\n\r\n").unwrap();
    let (body, _) = rest.split_once("\r\n--").unwrap();
    let text = match encoding {
        "base64" => {
            let packed: String = body.split_whitespace().collect();
            String::from_utf8(base64::engine::general_purpose::STANDARD.decode(packed).unwrap()).unwrap()
        }
        "quoted-printable" => body.replace("=\r\n", "").replace("=3D", "="),
        _ => body.to_owned(),
    };
    format!("{header}\r\n\r\n{text}")
}
