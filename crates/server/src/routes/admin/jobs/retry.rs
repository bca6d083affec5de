//! Tries a job again.

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

/// Try a job again that was given up or cancelled
#[utoipa::path(
    post, path = "/api/v1/admin/jobs/{job_id}/retry", tag = "admin", params(("job_id" = uuid::Uuid, Path)),
    responses((status = OK, body = Job)),
)]
pub(crate) async fn retry(
    State(state): State<ServerState>,
    caller: Caller,
    Path(id): Path<JobId>,
) -> Result<Json<Job>, Problem> {
    let job = jobs::retry(state.library(), id).await?;
    audit::record(state.library(), caller.actor()?, &Act::JobRetried { job: id }).await?;
    Ok(Json(job.into()))
}
