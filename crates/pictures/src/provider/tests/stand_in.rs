//! A server that answers as a test tells it to and remembers what it was asked.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::Request,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

/// A request as it came.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) method: String,
    /// Path and query, still escaped.
    pub(super) target: String,
    /// The host it was asked as.
    pub(super) host: String,
    pub(super) authorization: Option<String>,
    pub(super) body: String,
}

/// The server; it stops when dropped.
pub(super) struct StandIn {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl StandIn {
    /// Answers each request by its number, from 0, and what it asks.
    pub(super) async fn new(answer: impl Fn(usize, &Asked) -> Response + Send + Sync + 'static) -> Self {
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let (record, answer) = (Arc::clone(&asked), Arc::new(answer));
        let handler = move |request: Request| {
            let (record, answer) = (Arc::clone(&record), Arc::clone(&answer));
            async move {
                let request = read(request).await;
                let number = {
                    let mut asked = record.lock().unwrap();
                    asked.push(request.clone());
                    asked.len() - 1
                };
                answer(number, &request)
            }
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().fallback(handler);
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, asked, task }
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(super) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

async fn read(request: Request) -> Asked {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, 1 << 20).await.unwrap();
    let header = parts.headers.get(header::AUTHORIZATION);
    let host = parts.headers.get(header::HOST);
    Asked {
        method: parts.method.to_string(),
        target: parts.uri.to_string(),
        host: host.unwrap().to_str().unwrap().to_owned(),
        authorization: header.map(|value| value.to_str().unwrap().to_owned()),
        body: String::from_utf8(body.to_vec()).unwrap(),
    }
}

pub(super) fn bytes(media_type: &'static str, bytes: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, media_type)], bytes).into_response()
}

pub(super) fn json(value: serde_json::Value) -> Response {
    bytes("application/json", value.to_string().into_bytes())
}

pub(super) fn status(code: u16) -> Response {
    StatusCode::from_u16(code).unwrap().into_response()
}

pub(super) fn redirect(to: &str) -> Response {
    (StatusCode::FOUND, [(header::LOCATION, to.to_owned())]).into_response()
}

/// A body that promises `length` bytes and then sends `first` and nothing more.
pub(super) fn promised(length: u64, first: Vec<u8>) -> Response {
    use futures::StreamExt as _;
    let stream = futures::stream::iter([Ok::<_, std::io::Error>(Bytes::from(first))])
        .chain(futures::stream::pending());
    Response::builder()
        .header(header::CONTENT_LENGTH, length)
        .body(Body::from_stream(stream))
        .unwrap()
}

/// A body that breaks off after `first`.
pub(super) fn broken(first: Vec<u8>) -> Response {
    let parts = [Ok(Bytes::from(first)), Err(std::io::Error::other("gone"))];
    Response::new(Body::from_stream(futures::stream::iter(parts)))
}

/// A body without end.
pub(super) fn endless() -> Response {
    let chunk = Bytes::from(vec![0x89; 64 << 10]);
    Response::new(Body::from_stream(futures::stream::repeat_with(move || {
        Ok::<_, std::io::Error>(chunk.clone())
    })))
}
