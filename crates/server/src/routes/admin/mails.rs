//! Lists letters.

use axum::Json;
use axum::extract::State;
use library::mail;

use crate::ServerState;
use crate::extract::Query;
use crate::problem::Problem;
use crate::wire::{LogQuery, Mail, Page};

/// List letters and what became of them, latest first
#[utoipa::path(
    get, path = "/api/v1/admin/mails", tag = "admin", params(LogQuery), responses((status = OK, body = Page<Mail>)),
)]
pub(crate) async fn mails(
    State(state): State<ServerState>,
    Query(query): Query<LogQuery>,
) -> Result<Json<Page<Mail>>, Problem> {
    let page = mail::page(state.library(), query.page.into(), query.per_page.into()).await?;
    Ok(Json(Page::of(page)))
}
