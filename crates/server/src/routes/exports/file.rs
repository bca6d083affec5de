//! Sends the illustrated EPUB.

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use library::ids::BookId;
use library::{books, exports};

use crate::ServerState;
use crate::admission::Caller;
use crate::delivery::{Caching, File, attachment};
use crate::extract::Path;
use crate::problem::Problem;

/// The illustrated EPUB of a book; 404 until it was asked for and made
#[utoipa::path(
    get, path = "/api/v1/books/{book_id}/export", tag = "books", params(("book_id" = uuid::Uuid, Path)),
    responses(
        (status = OK, content_type = "application/epub+zip", body = Vec<u8>),
        (status = PARTIAL_CONTENT, content_type = "application/epub+zip", body = Vec<u8>),
        (status = NOT_MODIFIED), (status = RANGE_NOT_SATISFIABLE),
    ),
)]
pub(crate) async fn file(
    State(state): State<ServerState>,
    caller: Caller,
    Path(id): Path<BookId>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let blob = exports::file(state.library(), caller.signed_in()?, id).await?;
    let book = books::get(state.library(), caller.0, id).await?;
    let mut response = File::of(blob, Caching::PrivateRevalidate).answer(&headers)?;
    response.headers_mut().insert(
        header::CONTENT_DISPOSITION,
        attachment(&book.title, "book", "epub"),
    );
    Ok(response)
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Request;

    use crate::test_app::with_described_book;

    #[tokio::test]
    async fn the_illustrated_epub_is_made_on_request_and_sent_in_parts() {
        with_described_book(async |app, anna, book| {
            let path = format!("/api/v1/books/{}/export", book["id"].as_str().unwrap());
            anna.get(&path).await.problem(404, "not-found");
            let started = anna.post(&path, serde_json::json!({})).await.expect(202);
            assert_eq!(started["job"]["kind"], "export");
            app.work().await;
            let whole = anna.get(&path).await;
            assert_eq!(whole.header("content-type"), "application/epub+zip");
            assert!(
                whole
                    .header("content-disposition")
                    .ends_with("%D1%8C%D0%B1%D0%B0.epub"),
                "{:?}",
                whole.headers
            );
            assert!(whole.body.starts_with(b"PK"));
            let tail = Request::get(&path)
                .header("range", "bytes=100-")
                .header("if-range", whole.header("etag"));
            let tail = anna.send(tail.body(Body::empty()).unwrap()).await;
            assert_eq!(tail.status, 206);
            assert_eq!(tail.body, whole.body.slice(100..));
            app.reader("boris")
                .await
                .get(&path)
                .await
                .problem(404, "not-found");
        })
        .await;
    }
}
