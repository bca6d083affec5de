//! Lists the people of a book.

use axum::Json;
use axum::extract::State;
use library::characters;
use library::ids::BookId;

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::{Path, Query};
use crate::problem::Problem;
use crate::wire::{CharacterQuery, Characters};

/// List the people of a book and what is known of their looks
///
/// With `until_chapter`, only what a reader knows who has read that far.
#[utoipa::path(
    get, path = "/api/v1/books/{book_id}/characters", tag = "books",
    params(("book_id" = uuid::Uuid, Path), CharacterQuery),
    responses((status = OK, body = Characters)),
)]
pub(crate) async fn list(
    State(state): State<ServerState>,
    caller: Caller,
    Path(id): Path<BookId>,
    Query(query): Query<CharacterQuery>,
) -> Result<Json<Characters>, Problem> {
    let people = characters::list(state.library(), caller.0, id, query.until()).await;
    let people = people.map_err(|error| caller.missing(error))?;
    Ok(Json(Characters {
        items: people.into_iter().map(Into::into).collect(),
    }))
}

#[cfg(test)]
mod tests {
    use crate::test_app::with_described_book;

    #[tokio::test]
    async fn nobody_is_known_before_they_are_met() {
        with_described_book(async |_app, anna, book| {
            let path = format!("/api/v1/books/{}/characters", book["id"].as_str().unwrap());
            let all = anna.get(&path).await.expect(200);
            let met = |list: &serde_json::Value| list.to_string().contains("Анна");
            assert!(met(&all), "{all}");
            assert!(!met(&anna
                .get(&format!("{path}?until_chapter=0&until_offset=0"))
                .await
                .expect(200)));
            anna.get(&format!("{path}?until_chapter=-1"))
                .await
                .problem(422, "invalid");
        })
        .await;
    }
}
