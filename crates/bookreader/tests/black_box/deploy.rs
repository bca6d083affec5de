//! Versions change places under load, and nothing is lost: no request, no upload, no acknowledged write.

mod steps;

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::fixture::client::{self, Reader};
use crate::fixture::load::Load;
use crate::fixture::supervised::Supervised;
use crate::fixture::{binary, book};

const PATHS: &[&str] = &["/health", "/api/v1/books"];

/// One drill: how often versions change places, and how much is asked meanwhile.
struct Drill {
    flips: usize,
    requests: u64,
    clients: usize,
}

#[tokio::test(flavor = "multi_thread")]
async fn three_flips_lose_nothing() {
    Drill {
        flips: 3,
        requests: 0,
        clients: 8,
    }
    .hold()
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: cargo xtask drill deploy"]
async fn flips_lose_nothing_long_form() {
    let number = |name: &str, without| match std::env::var(name) {
        Ok(number) => number.parse().unwrap(),
        Err(_) => without,
    };
    Drill {
        flips: number("BOOKREADER_DRILL_FLIPS", 20) as usize,
        requests: number("BOOKREADER_DRILL_REQUESTS", 200_000),
        clients: 16,
    }
    .hold()
    .await;
}

impl Drill {
    async fn hold(self) {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let config = configuration(folder.path());
        let service = Supervised::start(&data, &["--config", config.to_str().unwrap()]).await;
        let reader = Reader::register(&service.url(), "reader@example.org").await;
        let book = readable_book(&service, &reader).await;

        let load = Load::start(&service.address(), self.clients, PATHS);
        let (mut deploys, mut rollbacks) = (Vec::new(), Vec::new());
        let mut writer = Writer::new(&service, &reader, &book);
        for flip in 0..self.flips {
            let back = flip % 2 == 1;
            let upload = tokio::spawn(slow_upload(service.address(), reader.clone(), 1000 + flip));
            let stream = tokio::spawn(reader.clone().follow(service.url(), book.clone()));
            let change = async {
                tokio::time::sleep(Duration::from_millis(100)).await;
                if back {
                    rollbacks.push(roll_back(&service).await);
                } else {
                    deploys.push(deploy(&service).await);
                }
            };
            tokio::join!(change, writer.write(20));
            assert_eq!(upload.await.unwrap(), 202, "the upload of flip {flip}");
            stream.await.unwrap();
            let due = self.requests * (flip as u64 + 1) / self.flips as u64;
            while load.answers() < due {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
        let (answers, failures) = load.end().await;
        println!(
            "{answers} answers over {} flips, {} failed; new version serving after {deploys:?} ms, old one after {rollbacks:?} ms",
            self.flips,
            failures.len()
        );
        assert!(answers > 0);
        assert!(failures.is_empty(), "{failures:?}\n{}", service.log());
        writer.assert_nothing_lost().await;
    }
}

/// Sends annotations, and remembers those that were acknowledged.
struct Writer<'a> {
    service: &'a Supervised,
    reader: &'a Reader,
    book: &'a str,
    acknowledged: Vec<Uuid>,
}

impl<'a> Writer<'a> {
    fn new(service: &'a Supervised, reader: &'a Reader, book: &'a str) -> Self {
        Self {
            service,
            reader,
            book,
            acknowledged: Vec::new(),
        }
    }

    async fn write(&mut self, count: usize) {
        for _ in 0..count {
            let id =
                Uuid::from_u128(0x0190_c0de_0000_7000_8000_0000_0000_0000 + self.acknowledged.len() as u128);
            let answer = client::plain()
                .put(format!(
                    "{}/api/v1/books/{}/annotations/{id}",
                    self.service.url(),
                    self.book
                ))
                .bearer_auth(&self.reader.token)
                .json(&json!({"chapter": 0, "start": 0, "end": 4, "quote": "снег"}))
                .send()
                .await
                .unwrap();
            let status = answer.status();
            assert_eq!(status, 200, "{}", answer.text().await.unwrap());
            self.acknowledged.push(id);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn assert_nothing_lost(&self) {
        let path = format!("/api/v1/books/{}/annotations", self.book);
        let kept = self.reader.get(&self.service.url(), &path).await;
        let kept: Vec<&str> = kept["items"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|one| one["id"].as_str())
            .collect();
        assert_eq!(kept.len(), self.acknowledged.len());
        for id in &self.acknowledged {
            assert!(kept.contains(&id.to_string().as_str()), "{id} is lost");
        }
    }
}

impl Reader {
    /// Listens to a book's events; the stream may end, but never break.
    async fn follow(self, url: String, book: String) {
        let events = format!("{url}/api/v1/books/{book}/events");
        let mut stream = client::plain()
            .get(events)
            .bearer_auth(&self.token)
            .send()
            .await
            .unwrap();
        assert_eq!(stream.status(), 200);
        while let Some(_event) = stream.chunk().await.expect("the stream ends in order") {}
    }
}

/// Deploys this binary as the new version; milliseconds until it served.
async fn deploy(service: &Supervised) -> u64 {
    let output = service
        .run(&["deploy", env!("CARGO_BIN_EXE_bookreader"), "--bake", "1"])
        .await;
    assert!(
        output.status.success(),
        "{}\n{}",
        binary::said(&output),
        service.log()
    );
    milliseconds(&output, "committed")
}

async fn roll_back(service: &Supervised) -> u64 {
    let output = service.run(&["rollback"]).await;
    assert!(
        output.status.success(),
        "{}\n{}",
        binary::said(&output),
        service.log()
    );
    milliseconds(&output, "rolled-back")
}

fn milliseconds(output: &std::process::Output, step: &str) -> u64 {
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().find(|line| line.ends_with(step)).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}

/// Uploads a book in pieces, so slowly that versions change places meanwhile; gives the status.
async fn slow_upload(address: String, reader: Reader, number: usize) -> u16 {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let mut body =
        b"--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"slow.fb2\"\r\n\r\n".to_vec();
    body.extend(book::fb2(number));
    body.extend(b"\r\n--x--\r\n");
    let head = format!(
        "POST /api/v1/books HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {}\r\n\
         content-type: multipart/form-data; boundary=x\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        reader.token,
        body.len()
    );
    let mut stream = tokio::net::TcpStream::connect(&address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    for piece in body.chunks(body.len() / 20 + 1) {
        stream.write_all(piece).await.unwrap();
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
        .split_whitespace()
        .nth(1)
        .unwrap_or_else(|| panic!("no answer to the upload: {answer}"))
        .parse()
        .unwrap()
}

async fn readable_book(service: &Supervised, reader: &Reader) -> String {
    let (status, body) = reader
        .upload(&service.url(), "one.fb2", book::fb2(1))
        .await
        .unwrap();
    assert_eq!(status, 202, "{body}");
    let body: Value = serde_json::from_str(&body).unwrap();
    let id = body["book"]["id"].as_str().unwrap().to_owned();
    loop {
        let book = reader.get(&service.url(), &format!("/api/v1/books/{id}")).await;
        if book["status"] != "importing" {
            return id;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn configuration(folder: &Path) -> std::path::PathBuf {
    let file = folder.join("deploy.toml");
    let text = "[server]\naccess_token_seconds = 86400\nevent_stream_seconds = 3\n[server.limits]\nenabled = false\n\
                [illustrations]\npictures_per_book = 0\n";
    std::fs::write(&file, text).unwrap();
    file
}
