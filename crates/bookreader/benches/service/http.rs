//! The list of books and a chapter under load, beside the bare `/health` of the same run.

use std::time::Duration;

use crate::configuration;
use crate::fixture::book;
use crate::fixture::client::Reader;
use crate::fixture::service::Service;
use crate::load::{self, CONNECTIONS, Seen};

const BOOKS: usize = 30;

/// Prints one row per route, on SQLite and, where a server is given, on PostgreSQL.
pub(crate) async fn measure() {
    on("SQLite", None).await;
    match std::env::var("BOOKREADER_TEST_POSTGRES") {
        Ok(url) => on("PostgreSQL", Some(&url)).await,
        Err(_) => println!("PostgreSQL: not measured, BOOKREADER_TEST_POSTGRES is not set"),
    }
}

async fn on(engine: &str, database: Option<&str>) {
    let folder = tempfile::tempdir().unwrap();
    let database = database.map_or_else(String::new, |url| format!("[database]\nurl = \"{url}\"\n"));
    let config = configuration::write(
        folder.path(),
        &format!("{database}[illustrations]\npictures_per_book = 0\n"),
    );
    let data = folder.path().join("data");
    let service = Service::start(&data, &["--config", config.to_str().unwrap()]).await;
    let reader = Reader::register(&service.url(), "reader@example.org").await;
    let (id, revision) = fill(&service, &reader).await;

    let address = service.url().trim_start_matches("http://").to_owned();
    let token = reader.token.as_str();
    let bare = load::run(&address, "/health", token).await;
    row(engine, "/health (bare)", bare, bare);
    let routes = [
        "/api/v1/books".to_owned(),
        format!("/api/v1/books/{id}/chapters/1"),
        format!("/content/{revision}/1.html"),
    ];
    for route in routes {
        let seen = load::run(&address, &route, token).await;
        row(
            engine,
            &route.replace(&id, "{id}").replace(&revision, "{revision}"),
            seen,
            bare,
        );
    }
}

fn row(engine: &str, route: &str, seen: Seen, bare: Seen) {
    println!(
        "| `{route}`, {CONNECTIONS} connections, {engine} | {:.0} per second, p95 {:.1} ms, {:.2} of the bare route |",
        seen.per_second,
        seen.p95.as_secs_f64() * 1000.0,
        seen.per_second / bare.per_second,
    );
}

/// Uploads the books and waits until no work is left that would compete with the load.
async fn fill(service: &Service, reader: &Reader) -> (String, String) {
    for number in 0..BOOKS {
        let (status, body) = reader
            .upload(&service.url(), &format!("{number}.fb2"), book::fb2(number))
            .await
            .unwrap();
        assert_eq!(status, 202, "{body}");
    }
    loop {
        let shelf = reader.shelf(&service.url()).await;
        if shelf.iter().all(|book| book["status"] == "ready") {
            let text = |name: &str| shelf[0][name].as_str().unwrap().to_owned();
            return (text("id"), text("revision"));
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}
