//! Cancels a job.

use axum::Json;
use axum::extract::State;
use library::audit::{self, Act};
use library::ids::JobId;
use library::jobs;

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::Path;
use crate::problem::Problem;
use crate::wire::Job;

/// Cancel a job
#[utoipa::path(
    post, path = "/api/v1/admin/jobs/{job_id}/cancel", tag = "admin", params(("job_id" = uuid::Uuid, Path)),
    responses((status = OK, body = Job)),
)]
pub(crate) async fn cancel(
    State(state): State<ServerState>,
    caller: Caller,
    Path(id): Path<JobId>,
) -> Result<Json<Job>, Problem> {
    let job = jobs::cancel(state.library(), id).await?;
    audit::record(state.library(), caller.actor()?, &Act::JobCancelled { job: id }).await?;
    Ok(Json(job.into()))
}
