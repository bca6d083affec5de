//! Shows the audit log.

use axum::Json;
use axum::extract::State;
use library::audit;

use crate::ServerState;
use crate::extract::Query;
use crate::problem::Problem;
use crate::wire::{AuditEntry, LogQuery, Page};

/// Show the audit log, latest first
#[utoipa::path(
    get, path = "/api/v1/admin/audit", tag = "admin", params(LogQuery),
    responses((status = OK, body = Page<AuditEntry>)),
)]
pub(crate) async fn audit(
    State(state): State<ServerState>,
    Query(query): Query<LogQuery>,
) -> Result<Json<Page<AuditEntry>>, Problem> {
    let page = audit::list(state.library(), query.page.into(), query.per_page.into()).await?;
    Ok(Json(Page::of(page)))
}
