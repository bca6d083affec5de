//! What a log never tells, however talkative it is made: the words of books, of prompts, and of readers' styles.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::fixture::client::{Reader, plain};
use crate::fixture::service::Service;
use crate::fixture::{book, need};

const PATIENCE: Duration = Duration::from_secs(120);
const STYLE: &str = "kanareika watercolours";

/// A service that draws nothing: it answers with a page, as services do that are over their limit. It keeps the first line
/// of every request.
async fn unwilling_painter() -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let asked: Arc<Mutex<Vec<String>>> = Arc::default();
    let record = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let mut request = vec![0; 16 << 10];
            let read = socket.read(&mut request).await.unwrap_or(0);
            let request = String::from_utf8_lossy(&request[..read]).into_owned();
            record
                .lock()
                .unwrap()
                .push(request.lines().next().unwrap_or_default().to_owned());
            let answer = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 15\r\nconnection: close\r\n\r\n<!DOCTYPE html>";
            let _ = socket.write_all(answer.as_bytes()).await;
        }
    });
    (port, asked)
}

async fn send(reader: &Reader, method: reqwest::Method, url: String, body: &Value) -> Value {
    let answer = plain()
        .request(method, &url)
        .bearer_auth(&reader.token)
        .json(body)
        .send()
        .await
        .unwrap();
    assert!(answer.status().is_success(), "{url}: {}", answer.status());
    answer.json().await.unwrap_or_default()
}

async fn until(mut is_so: impl AsyncFnMut() -> bool) {
    let begin = Instant::now();
    while !is_so().await {
        assert!(begin.elapsed() < PATIENCE, "nothing more happens");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test]
async fn the_words_of_books_and_prompts_are_in_no_log_at_any_level() {
    if !need::models() {
        return;
    }
    let (port, asked) = unwilling_painter().await;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let config = folder.path().join("talkative.toml");
    std::fs::write(
        &config,
        format!(
            "[log]\nlevel = \"trace\"\n[illustrations]\npictures_per_book = 1\n[picture_services]\norder = [\"shed\"]\n\
             [picture_services.providers.shed]\nkind = \"pollinations\"\naddress = \"http://127.0.0.1:{port}/image\"\n\
             service = {{ local = true, attempts = 2, pause_milliseconds = 1 }}\n"
        ),
    )
    .unwrap();
    let service = Service::start(&data, &["--config", config.to_str().unwrap()]).await;
    let url = service.url();
    let reader = Reader::register(&url, "reader@example.org").await;
    let (status, added) = reader.upload(&url, "book.fb2", book::fb2(3)).await.unwrap();
    assert!(status.is_success(), "{added}");
    let shelf = reader.shelf(&url).await;
    let own = format!("/api/v1/books/{}", shelf[0]["id"].as_str().unwrap());
    until(async || reader.get(&url, &own).await["status"] == "ready").await;
    let settings = json!({ "online": true, "words": STYLE });
    send(
        &reader,
        reqwest::Method::PUT,
        format!("{url}{own}/picture-settings"),
        &settings,
    )
    .await;
    let passages = reader.get(&url, &format!("{own}/descriptions")).await;
    let passage = &passages["items"][0];
    let order = format!(
        "{url}/api/v1/descriptions/{}/picture",
        passage["id"].as_str().unwrap()
    );
    until(async || {
        let answer = send(&reader, reqwest::Method::POST, order.clone(), &json!({})).await;
        answer["picture"].is_object()
    })
    .await;
    let chapter = format!("{own}/chapters/1");
    reader.get(&url, &chapter).await;

    let log = service.log();
    service.kill();
    let asked = asked.lock().unwrap().clone();
    assert!(
        asked.iter().any(|line| line.contains("kanareika%20watercolours")),
        "the style was not told to the service: {asked:?}"
    );
    assert!(
        log.contains("passed over") && log.contains("\"TRACE\""),
        "the log is not talkative"
    );
    let mut secrets: Vec<String> = vec!["kanareika".into(), book::marker(3, 0), book::marker(3, 1)];
    let start = |field: &str| {
        passage[field]
            .as_str()
            .unwrap()
            .chars()
            .take(30)
            .collect::<String>()
    };
    secrets.extend([start("text"), start("prompt")]);
    for line in &asked {
        let prompt = line.split("/image/").nth(1).unwrap().split('?').next().unwrap();
        secrets.extend([prompt.to_owned(), prompt.replace("%20", " ")]);
    }
    for secret in secrets {
        let told = log.lines().find(|line| line.contains(&secret));
        assert_eq!(told, None, "{secret:?} is in the log");
    }
}
