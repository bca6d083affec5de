//! Lists work.

use axum::Json;
use axum::extract::State;
use library::jobs::{self, JobQuery, JobState};

use crate::ServerState;
use crate::extract::Query;
use crate::problem::Problem;
use crate::wire::{Job, WorkQuery};

/// List the latest work of all readers
#[utoipa::path(
    get, path = "/api/v1/admin/jobs", tag = "admin", params(WorkQuery), responses((status = OK, body = Vec<Job>)),
)]
pub(crate) async fn list(
    State(state): State<ServerState>,
    Query(query): Query<WorkQuery>,
) -> Result<Json<Vec<Job>>, Problem> {
    let query = JobQuery {
        state: query.state.map(JobState::from),
        limit: query.limit.into(),
        ..Default::default()
    };
    let found = jobs::list(state.library(), &query).await?;
    Ok(Json(found.into_iter().map(Into::into).collect()))
}
