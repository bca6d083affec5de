//! The generation's side: its sockets.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::extract::{ConnectInfo, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use tokio::net::UnixListener;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::{Place, Status, listening_socket};

/// What a supervisor may ask about and turn.
#[derive(Debug, Clone)]
pub struct Serving {
    /// The version it was built as.
    pub version: &'static str,
    /// Whether connections are taken.
    pub switch: watch::Sender<bool>,
    /// Connections that are open now.
    pub connections: Arc<AtomicUsize>,
    /// The order to stop.
    pub shutdown: CancellationToken,
}

/// Opens the sockets and answers on them for as long as the process lives.
///
/// # Errors
/// When a socket cannot be made.
pub fn answer_supervisor(
    place: &Place,
    serving: Serving,
    application: Router,
    listener: &TcpListener,
) -> io::Result<()> {
    place.clear();
    let listening = OwnedFd::from(listener.try_clone()?);
    let hand_out = UnixListener::bind(place.listening_socket())?;
    tokio::spawn(async move {
        loop {
            let given = match hand_out.accept().await {
                Ok((stream, _)) => stream
                    .into_std()
                    .and_then(|stream| listening_socket::give(&stream, &listening)),
                Err(error) => Err(error),
            };
            if let Err(error) = given {
                tracing::warn!(%error, "the listening socket was not handed over");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    });
    // The HTTP socket comes last: who finds it finds the other one too.
    let http = UnixListener::bind(place.http())?;
    let router = router(serving, application);
    tokio::spawn(async move { axum::serve(http, router).await });
    Ok(())
}

fn router(serving: Serving, application: Router) -> Router {
    // Whoever may enter the folder of the sockets is this machine's operator.
    let operator = ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 0)));
    Router::new()
        .route("/generation", get(status))
        .route("/generation/open", post(open))
        .route("/generation/close", post(close))
        .route("/generation/stop", post(stop))
        .with_state(serving)
        .fallback_service(application.layer(Extension(operator)))
}

async fn status(State(serving): State<Serving>) -> Json<Status> {
    Json(Status {
        pid: std::process::id(),
        version: serving.version.to_owned(),
        open: *serving.switch.borrow(),
        connections: serving.connections.load(Ordering::Relaxed),
    })
}

async fn open(State(serving): State<Serving>) -> StatusCode {
    if serving.shutdown.is_cancelled() {
        return StatusCode::CONFLICT;
    }
    if !serving.switch.send_replace(true) {
        tracing::info!("connections are taken");
    }
    StatusCode::NO_CONTENT
}

async fn close(State(serving): State<Serving>) -> StatusCode {
    if serving.switch.send_replace(false) {
        tracing::info!("connections are left to another process");
    }
    StatusCode::NO_CONTENT
}

async fn stop(State(serving): State<Serving>) -> StatusCode {
    serving.shutdown.cancel();
    StatusCode::NO_CONTENT
}
