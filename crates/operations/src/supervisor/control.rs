//! Where orders are taken: HTTP on a Unix socket that only the supervisor's user may open.

use std::io;

use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use futures::StreamExt as _;
use tokio::net::UnixListener;
use tokio::sync::mpsc;
use tokio_stream::wrappers::UnboundedReceiverStream;

use super::event::Listener;
use super::run::Supervisor;
use super::{DeployOrder, Event, Generation, Live, Overview, Process, Role, RollbackOrder};

/// Opens the socket; the future takes orders for as long as it is polled.
pub(super) fn listen(supervisor: &Supervisor) -> io::Result<impl Future<Output = io::Result<()>> + use<>> {
    let path = supervisor.0.options.folders.control();
    // Whoever made it is dead, for the folder is locked.
    let _ = std::fs::remove_file(&path);
    let socket = UnixListener::bind(path)?;
    let router = Router::new()
        .route("/overview", get(overview))
        .route("/deploy", post(deploy))
        .route("/rollback", post(roll_back))
        .with_state(supervisor.clone());
    Ok(async move { axum::serve(socket, router).await })
}

async fn deploy(State(supervisor): State<Supervisor>, Json(order): Json<DeployOrder>) -> Response {
    told(|listener| async move { supervisor.deploy(order, listener).await })
}

async fn roll_back(State(supervisor): State<Supervisor>, Json(order): Json<RollbackOrder>) -> Response {
    told(|listener| async move { supervisor.roll_back(order, listener).await })
}

/// Carries out an order in a task of its own, so that it does not end half-way when its giver leaves; the answer tells.
fn told<Work: Future<Output = ()> + Send + 'static>(order: impl FnOnce(Listener) -> Work) -> Response {
    let (tell, told) = mpsc::unbounded_channel();
    tokio::spawn(order(Listener(tell)));
    let lines = UnboundedReceiverStream::new(told).map(|event: Event| {
        let mut line = serde_json::to_vec(&event)?;
        line.push(b'\n');
        Ok::<_, serde_json::Error>(line)
    });
    Body::from_stream(lines).into_response()
}

async fn overview(State(supervisor): State<Supervisor>) -> Json<Overview> {
    let state = supervisor.state();
    let mut processes = Vec::new();
    let by_role = [
        (Role::Serving, state.serving.as_slice()),
        (Role::Previous, state.previous.as_slice()),
        (Role::Starting, state.starting.as_slice()),
        (Role::Retiring, state.retiring.as_slice()),
    ];
    for (role, generations) in by_role {
        for generation in generations {
            processes.push(process(&supervisor, role, generation).await);
        }
    }
    Json(Overview {
        address: supervisor
            .0
            .listener
            .local_addr()
            .map_or_else(|error| error.to_string(), |address| address.to_string()),
        lock: state.lock,
        bake_until: state.bake_until,
        processes,
    })
}

async fn process(supervisor: &Supervisor, role: Role, generation: &Generation) -> Process {
    Process {
        role,
        generation: generation.number,
        release: generation.release.clone(),
        since: generation.since,
        live: live(supervisor, generation).await,
    }
}

async fn live(supervisor: &Supervisor, generation: &Generation) -> Option<Live> {
    let running = supervisor.running(generation)?;
    let (status, ready, counts) = tokio::join!(
        running.client.status(),
        running.client.ready(),
        running.client.counts()
    );
    let (status, counts) = (status.ok()?, counts.unwrap_or_default());
    Some(Live {
        pid: status.pid,
        version: status.version,
        ready: ready.is_ok(),
        open: status.open,
        connections: status.connections,
        requests: counts.requests,
        server_errors: counts.server_errors,
    })
}
