//! Asks for the pictures of a chapter's or a book's best passages.

use axum::extract::State;
use axum::http::StatusCode;
use library::ids::BookId;
use library::pictures::best;

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::{Json, Path};
use crate::problem::Problem;
use crate::wire::{BestPictures, OrderedPictures};

/// Ask for pictures of the best passages of a book, or of one chapter
///
/// All of them are ordered, or none when the quota does not suffice. The progress of the jobs comes with the events of
/// the book.
#[utoipa::path(
    post, path = "/api/v1/books/{book_id}/pictures", tag = "pictures", params(("book_id" = uuid::Uuid, Path)),
    request_body = BestPictures, responses((status = ACCEPTED, body = OrderedPictures)),
)]
pub(crate) async fn best(
    State(state): State<ServerState>,
    caller: Caller,
    Path(id): Path<BookId>,
    Json(wish): Json<BestPictures>,
) -> Result<(StatusCode, axum::Json<OrderedPictures>), Problem> {
    let ordered = best::request_best(state.library(), caller.signed_in()?, id, wish.into()).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(ordered.into())))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::test_app::with_described_book;

    #[tokio::test]
    async fn the_best_passages_are_ordered_once_and_hang_in_the_gallery_of_the_shelf() {
        with_described_book(async |app, anna, book| {
            let id = book["id"].as_str().unwrap();
            let path = format!("/api/v1/books/{id}/pictures");
            let settings = format!("/api/v1/books/{id}/picture-settings");
            assert_eq!(anna.get(&settings).await.expect(200), json!({"online": false}));
            let wanted = json!({"online": true, "style": "woodcut", "words": "flat colours"});
            assert_eq!(anna.json("PUT", &settings, wanted.clone()).await.status, 204);
            assert_eq!(anna.get(&settings).await.expect(200), wanted);
            for words in [String::new(), " ".into(), "a\nb".into(), "a".repeat(201)] {
                let wrong = json!({"online": true, "words": words});
                anna.json("PUT", &settings, wrong).await.problem(422, "invalid");
            }

            let wish = json!({"count": 2});
            let first = anna.post(&path, wish.clone()).await.expect(202);
            assert_eq!(
                (&first["ready"], first["job_ids"].as_array().unwrap().len()),
                (&json!(0), 2)
            );
            assert_eq!(anna.post(&path, wish.clone()).await.expect(202), first);
            app.work().await;
            let done = anna.post(&path, wish).await.expect(202);
            assert_eq!(done, json!({"ready": 2, "job_ids": []}));
            let of_chapter = anna
                .post(&path, json!({"count": 9, "chapter": 77}))
                .await
                .expect(202);
            assert_eq!(of_chapter, json!({"ready": 0, "job_ids": []}));
            anna.post(&path, json!({"count": 0}))
                .await
                .problem(422, "invalid");

            let woodcuts = anna
                .get("/api/v1/pictures?style=woodcut&q=УСАДЬБА")
                .await
                .expect(200);
            assert_eq!(woodcuts["total"], 2, "{woodcuts}");
            assert_eq!(woodcuts["items"][0]["book_id"], book["id"]);
            assert_eq!(
                anna.get("/api/v1/pictures?q=Метель").await.expect(200)["total"],
                0
            );
            let total = async |query: String| {
                anna.get(&format!("/api/v1/pictures?{query}")).await.expect(200)["total"].clone()
            };
            let words = woodcuts["items"][0]["picture"]["alt"].as_str().unwrap();
            let words: String = words.chars().take(20).flat_map(char::to_uppercase).collect();
            let encoded: String = url::form_urlencoded::byte_serialize(words.as_bytes()).collect();
            assert!(
                total(format!("style=woodcut&q={encoded}")).await.as_u64() >= Some(1),
                "{words}"
            );
            assert_eq!(total(format!("book_id={id}")).await, 3);
            assert_eq!(total(format!("book_id={}", uuid::Uuid::nil())).await, 0);
            assert_eq!(total("shared=true".into()).await, 0);
            let hung = woodcuts["items"][0]["picture"]["id"].as_str().unwrap();
            anna.post(&format!("/api/v1/pictures/{hung}/share"), json!({}))
                .await
                .expect(200);
            let shared = anna.get("/api/v1/pictures?shared=true").await.expect(200);
            assert_eq!(
                (&shared["total"], &shared["items"][0]["shared"]),
                (&json!(1), &json!(true))
            );
            assert_eq!(anna.get("/api/v1/pictures").await.expect(200)["total"], 3);
            let boris = app.reader("boris").await;
            assert_eq!(boris.get("/api/v1/pictures").await.expect(200)["total"], 0);
        })
        .await;
    }
}
