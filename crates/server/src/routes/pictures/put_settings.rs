//! Keeps how a reader wants a book illustrated.

use axum::extract::State;
use axum::http::StatusCode;
use library::ids::BookId;
use library::pictures::settings;

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::{Json, Path};
use crate::problem::Problem;
use crate::wire::PictureSettings;

/// Keep how I want this book illustrated
///
/// Only with `online` may the words of its passages be sent to the services that this server is configured with.
#[utoipa::path(
    put, path = "/api/v1/books/{book_id}/picture-settings", tag = "pictures",
    params(("book_id" = uuid::Uuid, Path)), request_body = PictureSettings, responses((status = NO_CONTENT)),
)]
pub(crate) async fn put_settings(
    State(state): State<ServerState>,
    caller: Caller,
    Path(id): Path<BookId>,
    Json(wanted): Json<PictureSettings>,
) -> Result<StatusCode, Problem> {
    settings::put(state.library(), caller.signed_in()?, id, wanted.into()).await?;
    Ok(StatusCode::NO_CONTENT)
}
