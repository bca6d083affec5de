//! Shows how a reader wants a book illustrated.

use axum::Json;
use axum::extract::State;
use library::ids::BookId;
use library::pictures::settings;

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::Path;
use crate::problem::Problem;
use crate::wire::PictureSettings;

/// How I want this book illustrated
#[utoipa::path(
    get, path = "/api/v1/books/{book_id}/picture-settings", tag = "pictures",
    params(("book_id" = uuid::Uuid, Path)), responses((status = OK, body = PictureSettings)),
)]
pub(crate) async fn show_settings(
    State(state): State<ServerState>,
    caller: Caller,
    Path(id): Path<BookId>,
) -> Result<Json<PictureSettings>, Problem> {
    let settings = settings::get(state.library(), caller.signed_in()?, id).await?;
    Ok(Json(settings.into()))
}
