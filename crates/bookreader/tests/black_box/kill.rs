//! `kill -9` at random moments while books are taken in: none is lost, none is there twice, and
//! nothing is left over.

mod census;

use std::collections::BTreeSet;
use std::hash::{BuildHasher as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use serde_json::Value;
use tokio::sync::watch;

use crate::fixture::client::Reader;
use crate::fixture::service::Service;
use crate::fixture::{book, need};

/// Without any book becoming ready for this long, work has stopped.
const STANDSTILL: Duration = Duration::from_secs(180);
/// Readers who upload at once.
const UPLOADERS: usize = 4;

/// One drill: how much there is to lose, and how often it is tried.
struct Drill {
    books: usize,
    kills: usize,
    longest_life: Duration,
}

#[tokio::test(flavor = "multi_thread")]
async fn no_book_is_lost_or_doubled() {
    Drill {
        books: 40,
        kills: 12,
        longest_life: Duration::from_millis(2500),
    }
    .hold()
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes many minutes: cargo xtask drill kill"]
async fn no_book_is_lost_or_doubled_long_form() {
    Drill {
        books: 200,
        kills: 60,
        longest_life: Duration::from_secs(6),
    }
    .hold()
    .await;
}

impl Drill {
    async fn hold(self) {
        if !need::models() {
            return;
        }
        let seed = seed();
        println!("BOOKREADER_DRILL_SEED={seed}");
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let config = configuration(folder.path(), "kill.toml", 24 * 60 * 60);
        let arguments = ["--config", config.to_str().unwrap()];

        let service = Service::start(&data, &arguments).await;
        let reader = Reader::register(&service.url(), "reader@example.org").await;
        let (address, addresses) = watch::channel(service.url());
        let uploads = upload_all(self.books, &reader, &addresses);

        let service = self
            .kill_again_and_again(service, &data, &arguments, &address, seed)
            .await;
        for upload in uploads {
            upload.await.unwrap();
        }
        until_ready(&reader, &service, self.books).await;
        assert_shelf(&reader, &service.url(), self.books).await;
        service.kill();

        census::hold(&data, self.books).await;
        clean_up(&data, folder.path()).await;
        census::hold(&data, self.books).await;
        census::assert_no_stray_file(&data).await;
    }

    /// Lets the service live for a random while, kills it, starts it; gives the last one.
    async fn kill_again_and_again(
        &self,
        mut service: Service,
        data: &Path,
        arguments: &[&str],
        address: &watch::Sender<String>,
        seed: u64,
    ) -> Service {
        let mut random = StdRng::seed_from_u64(seed);
        for life in 1..=self.kills {
            let lifetime = random.random_range(Duration::ZERO..self.longest_life);
            tokio::time::sleep(lifetime).await;
            service.kill();
            service = Service::start(data, arguments).await;
            address.send_replace(service.url());
            println!(
                "life {life} of {} ended after {} ms",
                self.kills,
                lifetime.as_millis()
            );
        }
        service
    }
}

/// Every book is sent until it is acknowledged, as a patient person would.
fn upload_all(
    books: usize,
    reader: &Reader,
    addresses: &watch::Receiver<String>,
) -> Vec<tokio::task::JoinHandle<()>> {
    let reader = Arc::new(reader.clone());
    let share = move |uploader: usize| (uploader..books).step_by(UPLOADERS);
    (0..UPLOADERS)
        .map(|uploader| {
            let (reader, addresses) = (Arc::clone(&reader), addresses.clone());
            tokio::spawn(async move {
                for number in share(uploader) {
                    upload_until_acknowledged(&reader, &addresses, number).await;
                }
            })
        })
        .collect()
}

async fn upload_until_acknowledged(reader: &Reader, addresses: &watch::Receiver<String>, number: usize) {
    loop {
        let url = addresses.borrow().clone();
        match reader
            .upload(&url, &format!("book-{number}.fb2"), book::fb2(number))
            .await
        {
            Ok((status, _)) if status == 202 || status == 200 => return,
            Ok((status, body)) => panic!("book {number} got {status}: {body}"),
            // The service was killed under this upload; nobody knows yet whether the book is there.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

async fn until_ready(reader: &Reader, service: &Service, books: usize) {
    let (mut best, mut since) = (0, Instant::now());
    loop {
        let shelf = reader.shelf(&service.url()).await;
        let ready = shelf
            .iter()
            .filter(|book| book["status"] == "ready" && book["picture_count"] == 1)
            .count();
        if ready == books {
            return;
        }
        if ready > best {
            (best, since) = (ready, Instant::now());
        }
        let failed: Vec<&Value> = shelf.iter().filter(|book| book["status"] == "failed").collect();
        assert!(failed.is_empty(), "books failed: {failed:?}");
        assert!(
            since.elapsed() < STANDSTILL,
            "{ready} of {books} are ready, and nothing moves:\n{}",
            service.log()
        );
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

/// What a reader sees: every book once, whole.
async fn assert_shelf(reader: &Reader, url: &str, books: usize) {
    let shelf = reader.shelf(url).await;
    let titles: BTreeSet<String> = shelf
        .iter()
        .map(|book| book["title"].as_str().unwrap().to_owned())
        .collect();
    let expected: BTreeSet<String> = (0..books).map(book::title).collect();
    assert_eq!(titles, expected);
    assert_eq!(shelf.len(), books, "a book is on the shelf twice");
    for (number, book) in shelf.iter().enumerate() {
        let id = book["id"].as_str().unwrap();
        let chapters = reader.get(url, &format!("/api/v1/books/{id}/chapters")).await;
        let found: Vec<&Value> = chapters["items"].as_array().unwrap().iter().collect();
        for chapter in 0..book::CHAPTERS {
            let index = found.len() - book::CHAPTERS + chapter;
            let text = reader
                .get(url, &format!("/api/v1/books/{id}/chapters/{index}"))
                .await;
            assert!(
                text["text"]
                    .as_str()
                    .unwrap()
                    .contains(&book::marker(number, chapter)),
                "{id}, chapter {index}"
            );
        }
    }
}

/// One more start, with a purge that is due and has no grace, then an orderly end.
async fn clean_up(data: &Path, folder: &Path) {
    census::forget_purges(data).await;
    let config = configuration(folder, "purge.toml", 0);
    let service = Service::start(data, &["--config", config.to_str().unwrap()]).await;
    let begin = Instant::now();
    while !census::is_purged(data).await {
        assert!(
            begin.elapsed() < STANDSTILL,
            "the purge did not come:\n{}",
            service.log()
        );
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let status = service.terminate(Duration::from_secs(10)).await;
    assert_eq!(status.code(), Some(0));
}

/// Short leases, so that what a dead worker held comes free while the test waits; one picture a book.
fn configuration(folder: &Path, name: &str, grace: u64) -> PathBuf {
    let file = folder.join(name);
    let text = format!(
        "[jobs]\nlease_seconds = 3\norphan_grace_seconds = {grace}\n\
         [illustrations]\npictures_per_book = 1\nwidth = 512\nheight = 384\n\
         [server]\naccess_token_seconds = 86400\n[server.limits]\nenabled = false\n"
    );
    std::fs::write(&file, text).unwrap();
    file
}

/// From `BOOKREADER_DRILL_SEED`, to live through the same moments again; else from the system.
fn seed() -> u64 {
    std::env::var("BOOKREADER_DRILL_SEED")
        .map(|seed| seed.parse().unwrap())
        .unwrap_or_else(|_| std::hash::RandomState::new().build_hasher().finish())
}
