//! A deployment in which all is well before anything is broken: library, backups, source tree, settings, and a service that
//! answers as told.

use std::net::Ipv4Addr;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use chrono::{DateTime, TimeDelta, Utc};
use library::accounts::{self, NewUser};
use library::books::{self, Upload};
use library::configuration::LibraryConfig;
use library::{Environment, Library};
use operations::backup::{self, Key, Parts, Repository};
use operations::checklist::{self, Checklist, RunReport};
use operations::checks::{Settings, Subject};
use operations::smoke::Account;

const SETTINGS: &str = "profile = \"production\"\n";
const OPENAPI: &str = r#"{"info": {"version": "1"}, "paths": {"/a": {}}, "components": {}}"#;

/// An answer of the stand-in.
#[derive(Clone)]
pub(crate) struct Answer {
    status: u16,
    body: String,
}

impl Answer {
    pub(crate) fn new(status: u16, body: &str) -> Self {
        Self {
            status,
            body: body.to_owned(),
        }
    }
}

/// Which foreign origins the stand-in lets in.
#[derive(Clone, Copy)]
pub(crate) enum Cors {
    Nobody,
    Everybody,
    WhoeverAsks,
    Containing(&'static str),
}

/// What the stand-in answers.
#[derive(Clone)]
pub(crate) struct Service {
    pub(crate) health: Answer,
    pub(crate) ready: Answer,
    pub(crate) openapi: Answer,
    pub(crate) cors: Cors,
}

impl Service {
    fn well() -> Self {
        Self {
            health: Answer::new(200, r#"{"status": "ok", "version": "1.2.3"}"#),
            ready: Answer::new(200, r#"{"checks": {"database": "ok", "blobs": "ok"}}"#),
            openapi: Answer::new(200, OPENAPI),
            cors: Cors::Nobody,
        }
    }
}

pub(crate) struct Lab {
    folder: tempfile::TempDir,
    healthy_backups: tempfile::TempDir,
    pub(crate) library: Library,
    service: Arc<Mutex<Service>>,
    address: url::Url,
    client: reqwest::Client,
    pub(crate) log_level: String,
    pub(crate) problem: Option<String>,
    pub(crate) age: TimeDelta,
    pub(crate) backups_missing: bool,
}

fn now() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
}

impl Lab {
    pub(crate) async fn new() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir().unwrap();
        let library = library(&folder.path().join("data")).await;
        let repository = Repository::open(&folder.path().join("backups")).unwrap();
        let key = Key::read_or_make(&folder.path().join("key")).unwrap();
        let parts = Parts {
            database: true,
            files: true,
            configuration: None,
        };
        backup::create(&library, &repository, &key, &parts, now())
            .await
            .unwrap();
        let healthy_backups = tempfile::tempdir().unwrap();
        copy(&folder.path().join("backups"), healthy_backups.path());
        let service = Arc::new(Mutex::new(Service::well()));
        let lab = Self {
            address: serve(service.clone()).await,
            client: reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .build()
                .unwrap(),
            folder,
            healthy_backups,
            library,
            service,
            log_level: String::new(),
            problem: None,
            age: TimeDelta::zero(),
            backups_missing: false,
        };
        std::fs::create_dir_all(lab.path("source/web")).unwrap();
        let mut lab = lab;
        lab.mend();
        lab
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Everything as it was.
    pub(crate) fn mend(&mut self) {
        *self.service() = Service::well();
        self.log_level = "info".to_owned();
        self.problem = None;
        self.age = TimeDelta::zero();
        self.backups_missing = false;
        let checksum = "0123456789abcdef".repeat(4);
        let cargo = format!(
            "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nsource = \"registry+https://example.org\"\nchecksum = \"{checksum}\"\n"
        );
        let npm = format!(
            r#"{{"lockfileVersion": 3, "packages": {{"": {{}}, "node_modules/a": {{"integrity": "sha512-{}"}}}}}}"#,
            "A".repeat(88)
        );
        self.write_source("Cargo.lock", &cargo);
        self.write_source("web/package-lock.json", &npm);
        self.write_source(
            "CHANGELOG.md",
            "## [1.2.3] - 2026-02-03\n\n### Fixed\n\n- A fault.\n",
        );
        self.write_source("web/openapi.json", OPENAPI);
        std::fs::write(self.path("bookreader.toml"), SETTINGS).unwrap();
        self.set_mode(0o600);
        let _ = std::fs::remove_dir_all(self.path("backups"));
        copy(self.healthy_backups.path(), &self.path("backups"));
        if self.path("blobs-aside").is_dir() {
            std::fs::remove_file(self.path("data/blobs")).unwrap();
            std::fs::rename(self.path("blobs-aside"), self.path("data/blobs")).unwrap();
        }
    }

    pub(crate) fn service(&self) -> MutexGuard<'_, Service> {
        self.service.lock().unwrap()
    }

    pub(crate) fn write_source(&self, name: &str, text: &str) {
        std::fs::write(self.path("source").join(name), text).unwrap();
    }

    pub(crate) fn set_mode(&self, mode: u32) {
        let file = self.path("bookreader.toml");
        std::fs::set_permissions(file, std::fs::Permissions::from_mode(mode)).unwrap();
    }

    pub(crate) fn add_setting(&self, line: &str) {
        std::fs::write(self.path("bookreader.toml"), format!("{SETTINGS}{line}\n")).unwrap();
    }

    /// Every file that the backup consists of.
    pub(crate) fn stored_files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        for part in ["objects", "manifests"] {
            files_beneath(&self.path("backups").join(part), &mut files);
        }
        files.sort();
        files
    }

    pub(crate) fn break_storage(&self) {
        std::fs::rename(self.path("data/blobs"), self.path("blobs-aside")).unwrap();
        std::fs::write(self.path("data/blobs"), "").unwrap();
    }

    pub(crate) async fn preflight(&self) -> RunReport {
        let backups = if self.backups_missing {
            Err("there are no backups".to_owned())
        } else {
            let repository = Repository::open(&self.path("backups")).unwrap();
            Ok((repository, Key::read(&self.path("key")).unwrap()))
        };
        let subject = Subject {
            client: &self.client,
            service: self.address.clone(),
            prometheus: self.address.clone(),
            alertmanager: self.address.clone(),
            account: Account::synthetic(),
            source: self.path("source"),
            data_dir: self.path("data"),
            library: Ok(self.library.clone()),
            backups,
            now: now() + self.age,
            settings: Settings {
                production: true,
                problem: self.problem.clone(),
                file: Some(self.path("bookreader.toml")),
                log_level: self.log_level.clone(),
            },
            version: "1.2.3",
        };
        let checklist = Checklist::embedded();
        let items = checklist.part("pre-deployment").unwrap();
        checklist::run(&checklist, &items, &subject).await
    }
}

async fn library(data: &Path) -> Library {
    let config = LibraryConfig {
        data_dir: data.to_owned(),
        ..LibraryConfig::default()
    };
    let library = Library::open(config, Environment::system(Vec::new()))
        .await
        .unwrap();
    library.migrations().up().await.unwrap();
    let new = NewUser {
        email: "reader@example.org".to_owned(),
        password: "мороз и солнце".to_owned(),
        full_name: "Анна".to_owned(),
        language: accounts::Language::default(),
    };
    let reader = accounts::register(&library, new).await.unwrap();
    let text = "# Глава\n\nБыл тёмный лес.\n";
    let upload = Upload::from_bytes(&library, Some("лес.md"), text.as_bytes())
        .await
        .unwrap();
    books::add(&library, reader.id, upload).await.unwrap();
    library
}

async fn serve(service: Arc<Mutex<Service>>) -> url::Url {
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().fallback(answer).with_state(service);
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    address.parse().unwrap()
}

async fn answer(State(service): State<Arc<Mutex<Service>>>, request: Request) -> Response {
    let service = service.lock().unwrap().clone();
    let answer = match request.uri().path() {
        "/health" => service.health,
        "/ready" => service.ready,
        "/api/v1/openapi.json" => service.openapi,
        _ => Answer::new(200, r#"{"items": [], "total": 0}"#),
    };
    let status = axum::http::StatusCode::from_u16(answer.status).unwrap();
    let mut response = (status, answer.body).into_response();
    if let Some(origin) = request.headers().get("origin") {
        let allowed = match service.cors {
            Cors::Nobody => None,
            Cors::Everybody => Some(axum::http::HeaderValue::from_static("*")),
            Cors::WhoeverAsks => Some(origin.clone()),
            Cors::Containing(part) => origin.to_str().unwrap().contains(part).then(|| origin.clone()),
        };
        if let Some(allowed) = allowed {
            response
                .headers_mut()
                .insert("access-control-allow-origin", allowed);
        }
    }
    response
}

fn files_beneath(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_beneath(&path, files);
        } else {
            files.push(path);
        }
    }
}

fn copy(from: &Path, to: &Path) {
    let mut files = Vec::new();
    files_beneath(from, &mut files);
    for file in files {
        let target = to.join(file.strip_prefix(from).unwrap());
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::copy(&file, target).unwrap();
    }
}
