//! Lists the chapters of a book.

use axum::Json;
use axum::extract::State;
use library::chapters;
use library::ids::BookId;

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::Path;
use crate::problem::Problem;
use crate::wire::Chapters;

/// List the chapters of a book, with its table of contents
#[utoipa::path(
    get, path = "/api/v1/books/{book_id}/chapters", tag = "books", params(("book_id" = uuid::Uuid, Path)),
    responses((status = OK, body = Chapters)),
)]
pub(crate) async fn list(
    State(state): State<ServerState>,
    caller: Caller,
    Path(id): Path<BookId>,
) -> Result<Json<Chapters>, Problem> {
    let list = chapters::list(state.library(), caller.0, id)
        .await
        .map_err(|error| caller.missing(error))?;
    Ok(Json(list.into()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::test_app::{TestBook, on_each_engine, readable};

    #[tokio::test]
    async fn chapters_lead_to_their_html_whose_text_is_theirs() {
        on_each_engine(async |app| {
            let anna = app.reader("anna").await;
            let tale = TestBook::new("Метель")
                .chapter(&["Снег шёл всю ночь."])
                .chapter(&["К утру дорогу замело."]);
            let book = readable(&app, &anna, &tale).await;
            let path = format!("/api/v1/books/{}/chapters", book["id"].as_str().unwrap());
            let list = anna.get(&path).await.expect(200);
            assert_eq!(
                list["items"].as_array().unwrap().len(),
                book["chapter_count"].as_u64().unwrap() as usize
            );
            let titles: Vec<_> = list["contents"]
                .as_array()
                .unwrap()
                .iter()
                .map(|entry| &entry["title"])
                .collect();
            assert_eq!(titles, [&json!("Глава 1"), &json!("Глава 2")]);
            let last = list["items"].as_array().unwrap().last().unwrap();
            let chapter = anna.get(&format!("{path}/{}", last["index"])).await.expect(200);
            assert!(
                chapter["text"]
                    .as_str()
                    .unwrap()
                    .contains("К утру дорогу замело."),
                "{chapter}"
            );
            let html = anna.get(chapter["html_url"].as_str().unwrap()).await;
            assert!(html.text().contains("К утру дорогу замело."), "{html:?}");
            assert_eq!(chapter["html_url"], last["parts"][0]["url"]);
        })
        .await;
    }

    #[tokio::test]
    async fn a_chapter_that_is_not_there_is_not_found() {
        on_each_engine(async |app| {
            let anna = app.reader("anna").await;
            let book = readable(&app, &anna, &TestBook::new("Метель").chapter(&["Снег."])).await;
            let path = format!("/api/v1/books/{}/chapters", book["id"].as_str().unwrap());
            anna.get(&format!("{path}/999")).await.problem(404, "not-found");
            anna.get(&format!("{path}/4294967295"))
                .await
                .problem(404, "not-found");
            anna.get(&format!("{path}/-1")).await.problem(422, "invalid");
            anna.get(&format!("{path}/99999999999"))
                .await
                .problem(422, "invalid");
        })
        .await;
    }
}
