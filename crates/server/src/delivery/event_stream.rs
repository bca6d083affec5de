//! Server-sent events (HTML living standard, section 9.2), with heartbeats, ended by the order to stop, when connections are
//! taken elsewhere, or after a while: a browser then comes back by itself, and its right to listen is looked at again.

use std::convert::Infallible;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use futures::{Stream, StreamExt as _};
use serde::Serialize;

use crate::ServerState;

/// A browser that lost the stream comes back after this long.
const RETRY: Duration = Duration::from_secs(2);

/// What a stream tells.
pub(crate) enum Tidings<T> {
    /// How far it is now.
    Progress(T),
    /// Nothing more will happen.
    Done(T),
}

/// The stream as an answer.
pub(crate) fn event_stream<T: Serialize>(
    state: &ServerState,
    tidings: impl Stream<Item = Tidings<T>> + Send + 'static,
) -> Response {
    let open = state.metrics().event_stream();
    let events = tidings.map(move |tidings| {
        let _counted_while_open = &open;
        Ok::<_, Infallible>(event(&tidings))
    });
    let lifetime = Duration::from_secs(state.config().event_stream_seconds.max(1));
    let intake = state.intake().clone();
    let leave = async move {
        tokio::select! {
            () = intake.shutdown().cancelled() => {}
            () = intake.closes() => {}
        }
    };
    let events = events.take_until(Box::pin(tokio::time::timeout(lifetime, leave)));
    let heartbeat = Duration::from_secs(state.config().heartbeat_seconds.max(1));
    Sse::new(events)
        .keep_alive(KeepAlive::new().interval(heartbeat))
        .into_response()
}

fn event<T: Serialize>(tidings: &Tidings<T>) -> Event {
    let (name, data) = match tidings {
        Tidings::Progress(data) => ("progress", data),
        Tidings::Done(data) => ("done", data),
    };
    let event = Event::default().event(name).retry(RETRY);
    event.json_data(data).expect("wire types are plain data")
}
