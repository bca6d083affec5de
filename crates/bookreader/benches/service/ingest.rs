//! From the last byte of an upload to the first readable chapter, and to the last stored description.

use std::time::{Duration, Instant};

use publication::ChapterKind;
use publication::epub::write::{EpubBook, EpubChapter};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use serde_json::Value;

use crate::configuration;
use crate::fixture::client::Reader;
use crate::fixture::service::Service;

/// Makes the EPUB about 2 MB large.
const CHAPTERS: usize = 265;

/// How long each step took, from the moment the service had answered the upload.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Taken {
    upload: Duration,
    readable: Duration,
    described: Duration,
}

/// Prints one row.
pub(crate) async fn measure() {
    let folder = tempfile::tempdir().unwrap();
    let config = configuration::write(folder.path(), "");
    let service = Service::start(
        &folder.path().join("data"),
        &["--config", config.to_str().unwrap()],
    )
    .await;
    let reader = Reader::register(&service.url(), "reader@example.org").await;
    let (name, bytes) = novel();
    let size = bytes.len();
    let taken = take_in(&service, &reader, (name, bytes)).await;
    println!(
        "| ingest of {:.1} MB: upload answered / first chapter readable / all descriptions stored | {} ms / {} ms / {:.1} s |",
        f64::from(u32::try_from(size).unwrap()) / 1e6,
        taken.upload.as_millis(),
        taken.readable.as_millis(),
        taken.described.as_secs_f64(),
    );
}

/// A novel that fills an EPUB of about 2 MB: paragraphs of the Russian demo tale in random order.
pub(crate) fn novel() -> (String, Vec<u8>) {
    let tales = demo::tales();
    let paragraphs: Vec<&String> = tales[0]
        .chapters()
        .iter()
        .flat_map(|chapter| &chapter.paragraphs)
        .collect();
    let mut random = StdRng::seed_from_u64(1);
    let mut chapter = || {
        let blocks =
            (0..120).map(|_| format!("<p>{}</p>", paragraphs[random.random_range(0..paragraphs.len())]));
        EpubChapter {
            title: None,
            kind: ChapterKind::Body,
            html: blocks.collect::<Vec<_>>().join("\n"),
        }
    };
    let mut book = EpubBook::of(
        &publication::import(&tales[0].epub().unwrap(), None).unwrap(),
        "2026-01-01T00:00:00Z",
    );
    book.contents.clear();
    book.chapters = (0..CHAPTERS).map(|_| chapter()).collect();
    (
        "novel.epub".to_owned(),
        publication::epub::write::write(&book).unwrap(),
    )
}

/// Uploads a book and waits until it is described.
pub(crate) async fn take_in(service: &Service, reader: &Reader, (name, bytes): (String, Vec<u8>)) -> Taken {
    let url = service.url();
    let begin = Instant::now();
    let (status, body) = reader.upload(&url, &name, bytes).await.unwrap();
    assert_eq!(status, 202, "{body}");
    let upload = begin.elapsed();
    let answer: Value = serde_json::from_str(&body).unwrap();
    let id = answer["book"]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/books/{id}");
    let readable = until(reader, &url, &path, begin, |book| {
        book["chapter_count"].as_u64() > Some(0)
    })
    .await;
    let described = until(reader, &url, &path, begin, |book| book["status"] == "ready").await;
    Taken {
        upload,
        readable,
        described,
    }
}

async fn until(
    reader: &Reader,
    url: &str,
    path: &str,
    begin: Instant,
    is: impl Fn(&Value) -> bool,
) -> Duration {
    loop {
        let book = reader.get(url, path).await;
        assert_ne!(book["status"], "failed", "{book}");
        if is(&book) {
            return begin.elapsed();
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
