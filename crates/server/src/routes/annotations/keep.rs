//! Keeps a bookmark, a highlight or a note.

use axum::extract::State;
use library::annotations;
use library::ids::{AnnotationId, BookId};

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::{Json, Path};
use crate::problem::Problem;
use crate::wire::{Annotation, NewAnnotation};

/// Keep a bookmark, a highlight or a note
///
/// The reader's device makes the id, so the same write sent twice is one annotation, and a later one replaces it.
#[utoipa::path(
    put, path = "/api/v1/books/{book_id}/annotations/{annotation_id}", tag = "books",
    params(("book_id" = uuid::Uuid, Path), ("annotation_id" = uuid::Uuid, Path)),
    request_body = NewAnnotation,
    responses((status = OK, body = Annotation), (status = CONFLICT)),
)]
pub(crate) async fn keep(
    State(state): State<ServerState>,
    caller: Caller,
    Path((book, id)): Path<(BookId, AnnotationId)>,
    Json(new): Json<NewAnnotation>,
) -> Result<axum::Json<Annotation>, Problem> {
    let kept = annotations::keep(state.library(), caller.signed_in()?, book, id, new.into()).await?;
    Ok(axum::Json(kept.into()))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::test_app::{TestBook, on_each_engine, readable};

    const ID: &str = "0190c0de-0000-7000-8000-00000000000a";

    fn mark(start: u32, end: u32, note: &str) -> Value {
        json!({"chapter": 0, "start": start, "end": end, "quote": "Снег", "colour": "blue", "note": note})
    }

    #[tokio::test]
    async fn an_annotation_is_kept_once_however_often_it_is_sent() {
        on_each_engine(async |app| {
            let (anna, boris) = (app.reader("anna").await, app.reader("boris").await);
            let tale = TestBook::new("Метель").chapter(&["Снег шёл всю ночь."]);
            let book = readable(&app, &anna, &tale).await;
            let all = format!("/api/v1/books/{}/annotations", book["id"].as_str().unwrap());
            let one = format!("{all}/{ID}");
            anna.json("PUT", &one, mark(0, 4, "")).await.expect(200);
            let kept = anna.json("PUT", &one, mark(0, 4, "тихо")).await.expect(200);
            assert_eq!(
                (&kept["note"], &kept["revision"]),
                (&json!("тихо"), &book["revision"])
            );
            assert_eq!(anna.get(&all).await.expect(200)["items"], json!([kept]));
            boris
                .json("PUT", &one, mark(0, 4, ""))
                .await
                .problem(404, "not-found");
            anna.delete(&one).await.expect(204);
            anna.delete(&one).await.expect(204);
            assert_eq!(anna.get(&all).await.expect(200)["items"], json!([]));
        })
        .await;
    }

    #[tokio::test]
    async fn what_is_no_range_of_the_book_is_refused() {
        on_each_engine(async |app| {
            let anna = app.reader("anna").await;
            let tale = TestBook::new("Метель").chapter(&["Снег шёл всю ночь."]);
            let book = readable(&app, &anna, &tale).await;
            let one = format!("/api/v1/books/{}/annotations/{ID}", book["id"].as_str().unwrap());
            anna.json("PUT", &one, mark(4, 1, ""))
                .await
                .problem(422, "outside-book");
            anna.json("PUT", &one, mark(0, 1_000_000, ""))
                .await
                .problem(422, "outside-book");
            let long = "я".repeat(10_001);
            anna.json("PUT", &one, mark(0, 1, &long))
                .await
                .problem(422, "invalid");
        })
        .await;
    }
}
