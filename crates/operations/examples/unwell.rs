//! A release for tests of the supervisor: answers like the service and is as unwell as `UNWELL` says.
//!
//! `errors=N`: N of 100 answers are 500. `unready`: never ready. `dies=MS`: ends that long after it was opened. `deaf`: obeys
//! no order to stop. Anything else: well.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use operations::generation::{self, Place, Serving};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

#[derive(Clone)]
struct Patient {
    illness: Arc<str>,
    answers: Arc<AtomicU64>,
    errors: Arc<AtomicU64>,
    switch: watch::Sender<bool>,
}

impl Patient {
    fn number(&self, name: &str) -> Option<u64> {
        let (illness, number) = self.illness.split_once('=')?;
        (illness == name).then(|| number.parse().ok())?
    }
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let after = |flag: &str| {
        let at = arguments.iter().position(|one| one == flag)?;
        arguments.get(at + 1)
    };
    let number = after("--generation").and_then(|number| number.parse().ok());
    let data_dir = after("--data-dir").map(|folder| std::path::Path::new(folder).join("run"));
    let (Some(number), Some(folder)) = (number, data_dir) else {
        return Err(io::Error::other("a supervisor starts this"));
    };
    let patient = Patient {
        illness: std::env::var("UNWELL").unwrap_or_default().into(),
        answers: Arc::default(),
        errors: Arc::default(),
        switch: watch::Sender::new(false),
    };
    let shutdown = CancellationToken::new();
    let listener = generation::inherited()?;
    let serving = Serving {
        version: "0.0.0",
        switch: patient.switch.clone(),
        connections: Arc::new(AtomicUsize::new(0)),
        shutdown: shutdown.clone(),
    };
    let router = router(patient.clone());
    generation::answer_supervisor(&Place::new(&folder, number), serving, router.clone(), &listener)?;
    tokio::spawn(die(patient.clone()));
    let gate = Gate {
        listener: TcpListener::from_std(listener)?,
        switch: patient.switch.clone(),
    };
    tokio::spawn(async move { axum::serve(gate, router).await });
    shutdown.cancelled().await;
    if &*patient.illness == "deaf" {
        std::future::pending::<()>().await;
    }
    Ok(())
}

/// Takes connections while the switch is on.
struct Gate {
    listener: TcpListener,
    switch: watch::Sender<bool>,
}

impl axum::serve::Listener for Gate {
    type Io = TcpStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (TcpStream, SocketAddr) {
        let mut switch = self.switch.subscribe();
        loop {
            let _ = switch.wait_for(|open| *open).await;
            let mut closing = self.switch.subscribe();
            tokio::select! {
                _ = closing.wait_for(|open| !*open) => {}
                Ok(accepted) = self.listener.accept() => return accepted,
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

fn router(patient: Patient) -> Router {
    Router::new()
        .route("/work", get(work))
        .route("/ready", get(ready))
        .route("/metrics", get(metrics))
        .layer(from_fn_with_state(patient.clone(), say_goodbye))
        .with_state(patient)
}

async fn say_goodbye(State(patient): State<Patient>, request: Request, next: Next) -> Response {
    let mut answer = next.run(request).await;
    if !*patient.switch.borrow() {
        let close = HeaderValue::from_static("close");
        answer.headers_mut().insert(header::CONNECTION, close);
    }
    answer
}

async fn work(State(patient): State<Patient>) -> StatusCode {
    let answer = patient.answers.fetch_add(1, Ordering::Relaxed);
    // Spread evenly, so that no stretch of answers is worse than another.
    let errors = patient.number("errors").unwrap_or(0);
    if (answer + 1) * errors / 100 == answer * errors / 100 {
        return StatusCode::OK;
    }
    patient.errors.fetch_add(1, Ordering::Relaxed);
    StatusCode::INTERNAL_SERVER_ERROR
}

async fn ready(State(patient): State<Patient>) -> Response {
    if &*patient.illness == "unready" {
        return (StatusCode::SERVICE_UNAVAILABLE, "the database is away").into_response();
    }
    StatusCode::OK.into_response()
}

async fn metrics(State(patient): State<Patient>) -> String {
    let (answers, errors) = (
        patient.answers.load(Ordering::Relaxed),
        patient.errors.load(Ordering::Relaxed),
    );
    let row = r#"http_requests_total{method="GET",route="/work""#;
    format!(
        "{row},status=\"200\"}} {}\n{row},status=\"500\"}} {errors}\n",
        answers.saturating_sub(errors)
    )
}

async fn die(patient: Patient) {
    let Some(after) = patient.number("dies") else {
        return;
    };
    let mut switch = patient.switch.subscribe();
    let _ = switch.wait_for(|open| *open).await;
    tokio::time::sleep(Duration::from_millis(after)).await;
    std::process::exit(7);
}
