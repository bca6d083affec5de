//! Lists books.

use axum::Json;
use axum::extract::State;
use library::books;

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::Query;
use crate::problem::Problem;
use crate::wire::{Book, BookQuery, Page};

/// List books
///
/// Without an account: the public catalogue. With one: the own shelf and the catalogue.
#[utoipa::path(
    get, path = "/api/v1/books", tag = "books", params(BookQuery),
    responses((status = OK, body = Page<Book>)),
)]
pub(crate) async fn list(
    State(state): State<ServerState>,
    caller: Caller,
    Query(query): Query<BookQuery>,
) -> Result<Json<Page<Book>>, Problem> {
    if query.needs_account() {
        caller.signed_in()?;
    }
    let page = books::list(state.library(), caller.0, &query.into()).await?;
    Ok(Json(Page::of(page)))
}

#[cfg(test)]
mod tests {
    use library::books;
    use serde_json::Value;

    use crate::test_app::{Client, TestApp, TestBook, on_each_engine, readable};

    async fn shelf(app: &TestApp) -> Client {
        let anna = app.reader("anna").await;
        for title in ["Буря", "Анчар", "Ёлка"] {
            app.time.advance(chrono::TimeDelta::seconds(1));
            readable(app, &anna, &TestBook::new(title).chapter(&[title])).await;
        }
        anna
    }

    fn titles(page: &Value) -> Vec<&str> {
        page["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|book| book["title"].as_str().unwrap())
            .collect()
    }

    #[tokio::test]
    async fn pages_follow_each_other_in_the_order_asked_for() {
        on_each_engine(async |app| {
            let anna = shelf(&app).await;
            let get = async |query: &str| anna.get(&format!("/api/v1/books?{query}")).await.expect(200);
            assert_eq!(titles(&get("").await), ["Ёлка", "Анчар", "Буря"]);
            assert_eq!(titles(&get("sort=title&per_page=2").await), ["Анчар", "Буря"]);
            let second = get("sort=title&per_page=2&page=2").await;
            assert_eq!(titles(&second), ["Ёлка"]);
            assert_eq!(
                (second["total"].as_u64(), second["page"].as_u64()),
                (Some(3), Some(2))
            );
            assert_eq!(titles(&get("sort=-title").await), ["Ёлка", "Буря", "Анчар"]);
            assert_eq!(titles(&get("page=99").await), [""; 0]);
        })
        .await;
    }

    #[tokio::test]
    async fn a_search_does_not_mind_case_and_the_dots_of_yo() {
        on_each_engine(async |app| {
            let anna = shelf(&app).await;
            let found = anna
                .get("/api/v1/books?q=%D0%B5%D0%BB%D0%BA%D0%B0&language=ru")
                .await
                .expect(200);
            assert_eq!(titles(&found), ["Ёлка"]);
            assert_eq!(
                titles(&anna.get("/api/v1/books?q=%25&language=en").await.expect(200)),
                [""; 0]
            );
        })
        .await;
    }

    #[tokio::test]
    async fn others_see_only_what_is_in_the_catalogue() {
        on_each_engine(async |app| {
            let anna = shelf(&app).await;
            let book = anna
                .get("/api/v1/books?q=%D0%91%D1%83%D1%80%D1%8F")
                .await
                .expect(200)["items"][0]
                .clone();
            books::publish(&app.library, book["id"].as_str().unwrap().parse().unwrap(), true)
                .await
                .unwrap();
            let boris = app.reader("boris").await;
            for client in [&app.anonymous(), &boris] {
                let page = client.get("/api/v1/books").await.expect(200);
                assert_eq!(titles(&page), ["Буря"]);
                assert_eq!(page["items"][0]["owned"], false);
                assert_eq!(client.get("/api/v1/catalogue").await.expect(200), page);
            }
            assert_eq!(
                titles(&boris.get("/api/v1/books?scope=own").await.expect(200)),
                [""; 0]
            );
            app.anonymous()
                .get("/api/v1/books?scope=own")
                .await
                .problem(401, "sign-in-needed");
        })
        .await;
    }

    #[tokio::test]
    async fn a_wrong_parameter_is_named() {
        on_each_engine(async |app| {
            for (query, field) in [
                ("page=0", "page"),
                ("page=-1", "page"),
                ("page=99999999999999999999", "page"),
                ("per_page=101", "per_page"),
                ("sort=colour", "sort"),
                ("scope=mine", "scope"),
                ("language=%00", "language"),
                ("q=a%00b", "q"),
                ("q=%FF", "q"),
                ("colour=red", "colour"),
                ("page=1&page=2", "page"),
            ] {
                let answer = app.anonymous().get(&format!("/api/v1/books?{query}")).await;
                if query == "q=%FF" {
                    // Not UTF-8: read as the replacement character, which no title has.
                    assert_eq!(answer.expect(200)["total"], 0);
                    continue;
                }
                let problem = answer.problem(422, "invalid");
                assert_eq!(problem["errors"][0]["field"], field, "{query}: {problem}");
            }
        })
        .await;
    }
}
