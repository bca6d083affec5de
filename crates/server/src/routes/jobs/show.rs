//! Shows a job.

use axum::Json;
use axum::extract::State;
use library::ids::JobId;
use library::jobs;

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::Path;
use crate::problem::Problem;
use crate::wire::Job;

/// Show a job
#[utoipa::path(
    get, path = "/api/v1/jobs/{job_id}", tag = "jobs", params(("job_id" = uuid::Uuid, Path)),
    responses((status = OK, body = Job)),
)]
pub(crate) async fn show(
    State(state): State<ServerState>,
    caller: Caller,
    Path(id): Path<JobId>,
) -> Result<Json<Job>, Problem> {
    let job = jobs::get(state.library(), caller.0, id)
        .await
        .map_err(|error| caller.missing(error))?;
    Ok(Json(job.into()))
}
