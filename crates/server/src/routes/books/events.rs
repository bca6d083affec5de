//! Tells how the work on a book goes on.

use std::time::Duration;

use axum::extract::State;
use axum::response::Response;
use futures::{FutureExt as _, Stream, StreamExt as _, stream};
use library::books::BookStatus;
use library::events::{Topic, subscribe};
use library::ids::{BookId, PublicationId};
use library::jobs::{Job, JobQuery};
use library::{Library, LookupError, Viewer, books, jobs};

use crate::ServerState;
use crate::admission::Caller;
use crate::delivery::{Tidings, event_stream};
use crate::extract::Path;
use crate::problem::Problem;
use crate::wire::BookProgress;

/// Changes that come within this time are told as one.
const GATHER: Duration = Duration::from_millis(200);

/// How the work on a book goes on, as server-sent events
///
/// Event `progress` has the book and its jobs, now and at every change; event `done` comes when nothing is left to do,
/// and then the stream ends.
#[utoipa::path(
    get, path = "/api/v1/books/{book_id}/events", tag = "jobs", params(("book_id" = uuid::Uuid, Path)),
    responses((status = OK, content_type = "text/event-stream", body = String)),
)]
pub(crate) async fn events(
    State(state): State<ServerState>,
    caller: Caller,
    Path(id): Path<BookId>,
) -> Result<Response, Problem> {
    let book = books::get(state.library(), caller.0, id)
        .await
        .map_err(|error| caller.missing(error))?;
    let watch = Watch {
        library: state.library().clone(),
        viewer: caller.0,
        id,
        publication: book.publication,
    };
    let changes = subscribe(state.library(), Topic::Publication(book.publication));
    Ok(event_stream(&state, watch.tidings(changes)))
}

struct Watch {
    library: Library,
    viewer: Viewer,
    id: BookId,
    publication: PublicationId,
}

enum Next {
    Now,
    AfterChange,
    Done,
    Nothing,
}

impl Watch {
    /// Ends when all is done, when the book is taken away, or when storage fails: the client then comes back and asks.
    fn tidings(
        self,
        changes: impl Stream<Item = Job> + Send + Unpin + 'static,
    ) -> impl Stream<Item = Tidings<BookProgress>> {
        stream::unfold((self, changes, Next::Now), async |(watch, mut changes, next)| {
            if matches!(next, Next::Nothing) {
                return None;
            }
            if matches!(next, Next::AfterChange) {
                gather(&mut changes).await?;
            }
            let (progress, is_idle) = watch.look().await.ok()?;
            Some(match (next, is_idle) {
                (Next::Done, _) => (Tidings::Done(progress), (watch, changes, Next::Nothing)),
                (_, true) => (Tidings::Progress(progress), (watch, changes, Next::Done)),
                (_, false) => (Tidings::Progress(progress), (watch, changes, Next::AfterChange)),
            })
        })
    }

    async fn look(&self) -> Result<(BookProgress, bool), LookupError> {
        let query = JobQuery {
            publication: Some(self.publication),
            limit: 20,
            ..JobQuery::default()
        };
        let jobs = jobs::list(&self.library, &query).await?;
        let book = books::get(&self.library, self.viewer, self.id).await?;
        let is_settled = matches!(book.status, BookStatus::Ready | BookStatus::Failed);
        let is_idle = is_settled && jobs.iter().all(|job| job.state.is_final());
        Ok((
            BookProgress {
                book: book.into(),
                jobs: jobs.into_iter().map(Into::into).collect(),
            },
            is_idle,
        ))
    }
}

/// Waits for a change and for those that come on its heels; `None` when there will be no more.
async fn gather(changes: &mut (impl Stream<Item = Job> + Unpin)) -> Option<()> {
    changes.next().await?;
    tokio::time::sleep(GATHER).await;
    while let Some(Some(_)) = changes.next().now_or_never() {}
    Some(())
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Request;
    use futures::StreamExt as _;

    use crate::test_app::{Settings, TestBook, on_each_engine, with_settings};

    #[tokio::test]
    async fn the_present_state_comes_at_once_and_the_stream_ends_with_the_process() {
        on_each_engine(async |app| {
            let anna = app.reader("anna").await;
            let added = anna
                .upload("a.fb2", &TestBook::new("Метель").chapter(&["Снег."]).bytes())
                .await
                .expect(202);
            let path = format!("/api/v1/books/{}/events", added["book"]["id"].as_str().unwrap());
            let response = anna.open(Request::get(&path).body(Body::empty()).unwrap()).await;
            assert_eq!(response.headers()["content-type"], "text/event-stream");
            let mut chunks = response.into_body().into_data_stream();
            let first = String::from_utf8(chunks.next().await.unwrap().unwrap().to_vec()).unwrap();
            assert!(
                first.contains("event: progress") && first.contains("\"status\":\"importing\""),
                "{first}"
            );
            app.shutdown.cancel();
            while chunks.next().await.is_some() {}
        })
        .await;
    }

    #[tokio::test]
    async fn a_stream_ends_after_a_while_and_is_alive_until_then() {
        let mut settings = Settings::default();
        settings.server.heartbeat_seconds = 1;
        settings.server.event_stream_seconds = 2;
        with_settings(settings, async |app| {
            let anna = app.reader("anna").await;
            let added = anna
                .upload("a.fb2", &TestBook::new("Метель").chapter(&["Снег."]).bytes())
                .await
                .expect(202);
            let path = format!("/api/v1/books/{}/events", added["book"]["id"].as_str().unwrap());
            let events = anna.get(&path).await;
            assert!(events.text().starts_with("event: progress"), "{events:?}");
            assert!(events.text().contains("\n:\n"), "{events:?}");
        })
        .await;
    }

    #[tokio::test]
    async fn a_change_is_told() {
        on_each_engine(async |app| {
            let anna = app.reader("anna").await;
            let added = anna
                .upload("a.fb2", &TestBook::new("Метель").chapter(&["Снег."]).bytes())
                .await
                .expect(202);
            let path = format!("/api/v1/books/{}/events", added["book"]["id"].as_str().unwrap());
            let response = anna.open(Request::get(&path).body(Body::empty()).unwrap()).await;
            let mut chunks = response.into_body().into_data_stream();
            chunks.next().await.unwrap().unwrap();
            app.work().await;
            loop {
                let event = String::from_utf8(chunks.next().await.unwrap().unwrap().to_vec()).unwrap();
                if event.contains("\"status\":\"describing\"") {
                    break;
                }
            }
        })
        .await;
    }

    #[tokio::test]
    async fn others_do_not_hear_of_it() {
        on_each_engine(async |app| {
            let (anna, boris) = (app.reader("anna").await, app.reader("boris").await);
            let added = anna
                .upload("a.fb2", &TestBook::new("Метель").chapter(&["Снег."]).bytes())
                .await
                .expect(202);
            let path = format!("/api/v1/books/{}/events", added["book"]["id"].as_str().unwrap());
            boris.get(&path).await.problem(404, "not-found");
            app.anonymous().get(&path).await.problem(401, "sign-in-needed");
        })
        .await;
    }
}
