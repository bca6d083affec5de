//! Takes a book off the shelf.

use axum::extract::State;
use axum::http::StatusCode;
use library::books;
use library::ids::BookId;

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::Path;
use crate::problem::Problem;

/// Take a book off my shelf, with my position in it
#[utoipa::path(
    delete, path = "/api/v1/books/{book_id}", tag = "books", params(("book_id" = uuid::Uuid, Path)),
    responses((status = NO_CONTENT)),
)]
pub(crate) async fn remove(
    State(state): State<ServerState>,
    caller: Caller,
    Path(id): Path<BookId>,
) -> Result<StatusCode, Problem> {
    books::remove(state.library(), caller.signed_in()?, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use crate::test_app::{TestBook, on_each_engine, readable};

    #[tokio::test]
    async fn a_removed_book_is_gone_for_its_owner_alone() {
        on_each_engine(async |app| {
            let (anna, boris) = (app.reader("anna").await, app.reader("boris").await);
            let tale = TestBook::new("Метель").chapter(&["Снег шёл всю ночь."]);
            let hers = readable(&app, &anna, &tale).await;
            let his = boris.upload("a.fb2", &tale.bytes()).await.expect(200)["book"].clone();
            let path = |book: &serde_json::Value| format!("/api/v1/books/{}", book["id"].as_str().unwrap());
            boris.delete(&path(&hers)).await.problem(404, "not-found");
            assert_eq!(anna.delete(&path(&hers)).await.status, 204);
            anna.get(&path(&hers)).await.problem(404, "not-found");
            anna.delete(&path(&hers)).await.problem(404, "not-found");
            boris.get(&path(&his)).await.expect(200);
        })
        .await;
    }
}
