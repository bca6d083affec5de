//! Tells how a job goes on.

use axum::extract::State;
use axum::response::Response;
use futures::{Stream, StreamExt as _, stream};
use library::events::{Topic, subscribe};
use library::ids::JobId;
use library::jobs;

use crate::ServerState;
use crate::admission::Caller;
use crate::delivery::{Tidings, event_stream};
use crate::extract::Path;
use crate::problem::Problem;
use crate::wire::Job;

/// How a job goes on, as server-sent events
///
/// Event `progress` has the job, now and at every change; event `done` comes when it has ended, and then the stream ends.
#[utoipa::path(
    get, path = "/api/v1/jobs/{job_id}/events", tag = "jobs", params(("job_id" = uuid::Uuid, Path)),
    responses((status = OK, content_type = "text/event-stream", body = String)),
)]
pub(crate) async fn events(
    State(state): State<ServerState>,
    caller: Caller,
    Path(id): Path<JobId>,
) -> Result<Response, Problem> {
    let changes = subscribe(state.library(), Topic::Job(id));
    let now = jobs::get(state.library(), caller.0, id)
        .await
        .map_err(|error| caller.missing(error))?;
    let states = stream::once(std::future::ready(now)).chain(changes);
    Ok(event_stream(&state, until_final(states)))
}

enum Next {
    Progress,
    Done(Box<jobs::Job>),
    Nothing,
}

fn until_final(states: impl Stream<Item = jobs::Job> + Send + Unpin) -> impl Stream<Item = Tidings<Job>> {
    stream::unfold((states, Next::Progress), async |(mut states, next)| match next {
        Next::Nothing => None,
        Next::Done(job) => Some((Tidings::Done((*job).into()), (states, Next::Nothing))),
        Next::Progress => {
            let job = states.next().await?;
            let next = if job.state.is_final() {
                Next::Done(Box::new(job.clone()))
            } else {
                Next::Progress
            };
            Some((Tidings::Progress(job.into()), (states, next)))
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::test_app::{TestBook, on_each_engine};

    #[tokio::test]
    async fn a_job_that_has_ended_says_so_and_the_stream_ends() {
        on_each_engine(async |app| {
            let anna = app.reader("anna").await;
            let added = anna
                .upload("a.fb2", &TestBook::new("Метель").chapter(&["Снег."]).bytes())
                .await
                .expect(202);
            app.work().await;
            let path = format!("/api/v1/jobs/{}", added["job"]["id"].as_str().unwrap());
            let job = anna.get(&path).await.expect(200);
            assert_eq!(job["state"], "done");
            let events = anna.get(&format!("{path}/events")).await;
            let names: Vec<_> = events
                .text()
                .lines()
                .filter(|line| line.starts_with("event: "))
                .collect();
            assert_eq!(names, ["event: progress", "event: done"]);
        })
        .await;
    }

    #[tokio::test]
    async fn others_do_not_see_it() {
        on_each_engine(async |app| {
            let (anna, boris) = (app.reader("anna").await, app.reader("boris").await);
            let added = anna
                .upload("a.fb2", &TestBook::new("Метель").chapter(&["Снег."]).bytes())
                .await
                .expect(202);
            let path = format!("/api/v1/jobs/{}", added["job"]["id"].as_str().unwrap());
            boris.get(&path).await.problem(404, "not-found");
            boris
                .get(&format!("{path}/events"))
                .await
                .problem(404, "not-found");
            app.anonymous().get(&path).await.problem(401, "sign-in-needed");
        })
        .await;
    }
}
