//! Sends a picture of a book.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use library::content;

use super::document::is_revision;
use super::sandboxed;
use crate::ServerState;
use crate::admission::Caller;
use crate::delivery::{Caching, File};
use crate::extract::Path;
use crate::problem::Problem;

/// A picture inside a book
#[utoipa::path(
    get, path = "/content/{revision}/resources/{name}", tag = "books",
    params(
        ("revision" = String, Path, pattern = "^[0-9a-f]{32}$"),
        ("name" = String, Path, pattern = "^[A-Za-z0-9._-]{1,120}$"),
    ),
    responses(
        (status = OK, content_type = "image/*", body = Vec<u8>),
        (status = PARTIAL_CONTENT, content_type = "image/*", body = Vec<u8>),
        (status = NOT_MODIFIED), (status = RANGE_NOT_SATISFIABLE),
    ),
)]
pub(crate) async fn resource(
    State(state): State<ServerState>,
    caller: Caller,
    Path((revision, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    if !is_revision(&revision) || !is_name(&name) {
        return Err(Problem::not_found("picture"));
    }
    let blob = content::resource(state.library(), caller.0, &revision, &name).await;
    let blob = blob.map_err(|error| caller.missing(error))?;
    File::of(blob, Caching::PrivateImmutable)
        .answer(&headers)
        .map(sandboxed)
}

fn is_name(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    (1..=120).contains(&text.len()) && text.bytes().all(is_plain)
}
