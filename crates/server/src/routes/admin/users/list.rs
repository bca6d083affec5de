//! Lists accounts.

use axum::Json;
use axum::extract::State;
use library::accounts;

use crate::ServerState;
use crate::extract::Query;
use crate::problem::Problem;
use crate::wire::{Account, AccountQuery, Page};

/// List accounts, latest first
#[utoipa::path(
    get, path = "/api/v1/admin/users", tag = "admin", params(AccountQuery),
    responses((status = OK, body = Page<Account>)),
)]
pub(crate) async fn list(
    State(state): State<ServerState>,
    Query(query): Query<AccountQuery>,
) -> Result<Json<Page<Account>>, Problem> {
    let text = query.q.as_deref();
    let page = accounts::search(state.library(), text, query.page.into(), query.per_page.into()).await?;
    Ok(Json(Page::of(page)))
}
