//! Keeps where a reader is.

use axum::extract::State;
use library::ids::BookId;
use library::positions;

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::{Json, Path};
use crate::problem::Problem;
use crate::wire::{NewPosition, Position};

/// Keep where I am in this book
///
/// A write that does not know the latest place is refused with 409, and `current` has that place.
#[utoipa::path(
    put, path = "/api/v1/books/{book_id}/position", tag = "books", params(("book_id" = uuid::Uuid, Path)),
    request_body = NewPosition,
    responses((status = OK, body = Position), (status = CONFLICT)),
)]
pub(crate) async fn put(
    State(state): State<ServerState>,
    caller: Caller,
    Path(id): Path<BookId>,
    Json(new): Json<NewPosition>,
) -> Result<axum::Json<Position>, Problem> {
    let position = positions::put(state.library(), caller.signed_in()?, id, new.into()).await?;
    Ok(axum::Json(position.into()))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::test_app::{TestBook, on_each_engine, readable};

    fn place(offset: u32, expected_version: i64) -> Value {
        json!({"chapter": 0, "offset": offset, "device": "phone", "expected_version": expected_version})
    }

    #[tokio::test]
    async fn a_place_is_kept_by_who_knows_the_latest_one() {
        on_each_engine(async |app| {
            let anna = app.reader("anna").await;
            let book = readable(
                &app,
                &anna,
                &TestBook::new("Метель").chapter(&["Снег шёл всю ночь."]),
            )
            .await;
            let path = format!("/api/v1/books/{}/position", book["id"].as_str().unwrap());
            let beginning = anna.get(&path).await.expect(200);
            assert_eq!(
                beginning,
                json!({"chapter": book["start_chapter"], "offset": 0, "fraction": 0.0, "version": 0})
            );
            let kept = anna.json("PUT", &path, place(5, 0)).await.expect(200);
            assert_eq!(
                (kept["version"].as_i64(), &kept["device"]),
                (Some(1), &json!("phone"))
            );
            assert_eq!(anna.get(&path).await.expect(200), kept);
            let refused = anna
                .json("PUT", &path, place(9, 0))
                .await
                .problem(409, "position-conflict");
            assert_eq!(refused["current"], kept);
            anna.json("PUT", &path, place(9, 1)).await.expect(200);
        })
        .await;
    }

    #[tokio::test]
    async fn a_place_outside_the_book_is_refused() {
        on_each_engine(async |app| {
            let (anna, boris) = (app.reader("anna").await, app.reader("boris").await);
            let book = readable(
                &app,
                &anna,
                &TestBook::new("Метель").chapter(&["Снег шёл всю ночь."]),
            )
            .await;
            let path = format!("/api/v1/books/{}/position", book["id"].as_str().unwrap());
            anna.json("PUT", &path, place(1_000_000, 0))
                .await
                .problem(422, "outside-book");
            anna.json("PUT", &path, place(4_000_000_000, 0))
                .await
                .problem(422, "invalid");
            anna.json("PUT", &path, place(0, -1))
                .await
                .problem(422, "invalid");
            boris
                .json("PUT", &path, place(0, 0))
                .await
                .problem(404, "not-found");
        })
        .await;
    }
}
