//! Lists the descriptions of a book.

use axum::Json;
use axum::extract::State;
use library::descriptions;
use library::ids::BookId;

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::{Path, Query};
use crate::problem::Problem;
use crate::wire::{Description, DescriptionQuery, Page};

/// List the descriptions of a book, in the order of the text
#[utoipa::path(
    get, path = "/api/v1/books/{book_id}/descriptions", tag = "books",
    params(("book_id" = uuid::Uuid, Path), DescriptionQuery),
    responses((status = OK, body = Page<Description>)),
)]
pub(crate) async fn list(
    State(state): State<ServerState>,
    caller: Caller,
    Path(id): Path<BookId>,
    Query(query): Query<DescriptionQuery>,
) -> Result<Json<Page<Description>>, Problem> {
    let page = descriptions::list(state.library(), caller.0, id, &query.into()).await;
    Ok(Json(Page::of(page.map_err(|error| caller.missing(error))?)))
}

#[cfg(test)]
mod tests {
    use crate::test_app::with_described_book;

    #[tokio::test]
    async fn a_passage_stands_where_it_says() {
        with_described_book(async |_app, anna, book| {
            let path = format!("/api/v1/books/{}", book["id"].as_str().unwrap());
            let page = anna
                .get(&format!("{path}/descriptions?per_page=100"))
                .await
                .expect(200);
            assert_eq!(page["total"], book["description_count"]);
            assert!(page["total"].as_u64().unwrap() >= 3, "{page}");
            for found in page["items"].as_array().unwrap() {
                let chapter = anna
                    .get(&format!("{path}/chapters/{}", found["chapter"]))
                    .await
                    .expect(200);
                let units: Vec<u16> = chapter["text"].as_str().unwrap().encode_utf16().collect();
                let place = |name: &str| found[name].as_u64().unwrap() as usize;
                let slice = String::from_utf16(&units[place("start")..place("end")]).unwrap();
                assert_eq!(found["text"], slice.as_str());
            }
        })
        .await;
    }

    #[tokio::test]
    async fn they_can_be_narrowed_down() {
        with_described_book(async |_app, anna, book| {
            let path = format!("/api/v1/books/{}/descriptions", book["id"].as_str().unwrap());
            let all = anna.get(&path).await.expect(200);
            let first = &all["items"][0];
            let kind = first["kind"].as_str().unwrap();
            let same = anna
                .get(&format!("{path}?kind={kind}&chapter={}", first["chapter"]))
                .await
                .expect(200);
            let is_same =
                |item: &serde_json::Value| item["kind"] == kind && item["chapter"] == first["chapter"];
            assert!(same["items"].as_array().unwrap().iter().all(is_same), "{same}");
            assert_eq!(
                anna.get(&format!("{path}?chapter=999")).await.expect(200)["total"],
                0
            );
            assert!(
                anna.get(&format!("{path}?min_score=1.0")).await.expect(200)["total"].as_u64()
                    < all["total"].as_u64()
            );
            anna.get(&format!("{path}?kind=smell"))
                .await
                .problem(422, "invalid");
            anna.get(&format!("{path}?min_score=NaN"))
                .await
                .problem(422, "invalid");
            anna.get(&format!("{path}?min_score=2"))
                .await
                .problem(422, "invalid");
        })
        .await;
    }
}
