//! Asks the server.

use std::net::SocketAddr;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, header};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::Answer;

const BOUNDARY: &str = "----------------------------a-boundary";

/// Somebody with or without a token.
#[derive(Clone)]
pub(crate) struct Client {
    router: Router,
    token: Option<String>,
    pub(crate) refresh_token: Option<String>,
}

impl Client {
    pub(crate) fn new(router: Router) -> Self {
        Self {
            router,
            token: None,
            refresh_token: None,
        }
    }

    /// The same client after signing in.
    pub(crate) async fn login(&self, email: &str, password: &str) -> Self {
        let answer = self
            .post(
                "/api/v1/auth/login",
                json!({"email": email, "password": password}),
            )
            .await;
        let session = answer.expect(200);
        let text = |name: &str| session[name].as_str().map(ToOwned::to_owned);
        Self {
            router: self.router.clone(),
            token: text("access_token"),
            refresh_token: text("refresh_token"),
        }
    }

    /// The same client with another access token.
    pub(crate) fn with_token(&self, token: &str) -> Self {
        Self {
            token: Some(token.to_owned()),
            ..self.clone()
        }
    }

    pub(crate) fn token(&self) -> &str {
        self.token.as_deref().unwrap()
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send(Request::delete(path).body(Body::empty()).unwrap())
            .await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.json("POST", path, body).await
    }

    pub(crate) async fn json(&self, method: &str, path: &str, body: Value) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap())
            .await
    }

    /// Sends a file as a browser's form does.
    pub(crate) async fn upload(&self, name: &str, bytes: &[u8]) -> Answer {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        let body = [
            head.as_bytes(),
            bytes,
            format!("\r\n--{BOUNDARY}--\r\n").as_bytes(),
        ]
        .concat();
        let request = Request::post("/api/v1/books").header(
            header::CONTENT_TYPE,
            format!("multipart/form-data; boundary={BOUNDARY}"),
        );
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Sends a request with the client's token, as from a stranger's address.
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        Answer::receive(self.open(request).await).await
    }

    /// As above, without waiting for the body's end.
    pub(crate) async fn open(&self, mut request: Request<Body>) -> axum::response::Response {
        let peer = SocketAddr::from(([203, 0, 113, 7], 5000));
        if request.extensions().get::<ConnectInfo<SocketAddr>>().is_none() {
            request.extensions_mut().insert(ConnectInfo(peer));
        }
        if let Some(token) = &self.token {
            request
                .headers_mut()
                .insert(header::AUTHORIZATION, format!("Bearer {token}").parse().unwrap());
        }
        self.router.clone().oneshot(request).await.unwrap()
    }
}
