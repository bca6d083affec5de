//! Shows a book.

use axum::Json;
use axum::extract::State;
use library::books;
use library::ids::BookId;

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::Path;
use crate::problem::Problem;
use crate::wire::Book;

/// Show a book
#[utoipa::path(
    get, path = "/api/v1/books/{book_id}", tag = "books", params(("book_id" = uuid::Uuid, Path)),
    responses((status = OK, body = Book)),
)]
pub(crate) async fn show(
    State(state): State<ServerState>,
    caller: Caller,
    Path(id): Path<BookId>,
) -> Result<Json<Book>, Problem> {
    let book = books::get(state.library(), caller.0, id)
        .await
        .map_err(|error| caller.missing(error))?;
    Ok(Json(book.into()))
}

#[cfg(test)]
mod tests {
    use crate::test_app::{TestBook, on_each_engine, readable};

    #[tokio::test]
    async fn a_book_as_its_owner_sees_it() {
        on_each_engine(async |app| {
            let anna = app.reader("anna").await;
            let mut book = readable(
                &app,
                &anna,
                &TestBook::new("Метель").chapter(&["Снег шёл всю ночь."]),
            )
            .await;
            for field in ["id", "job_id", "revision"] {
                assert!(book[field].is_string(), "{book}");
                book[field] = format!("[{field}]").into();
            }
            insta::allow_duplicates! {
                insta::assert_json_snapshot!(book, @r#"
                {
                  "added_at": "2024-10-04T00:00:00Z",
                  "authors": [
                    "Анна Тестова"
                  ],
                  "chapter_count": 1,
                  "description_count": 0,
                  "format": "fb2",
                  "id": "[id]",
                  "in_catalogue": false,
                  "job_id": "[job_id]",
                  "language": "ru",
                  "length": 26,
                  "owned": true,
                  "picture_count": 0,
                  "revision": "[revision]",
                  "start_chapter": 0,
                  "status": "describing",
                  "title": "Метель"
                }
                "#);
            }
        })
        .await;
    }

    #[tokio::test]
    async fn an_id_that_is_none_is_named() {
        on_each_engine(async |app| {
            let anna = app.reader("anna").await;
            let problem = anna.get("/api/v1/books/1%20OR%201").await.problem(422, "invalid");
            assert_eq!(problem["errors"][0]["field"], "book_id", "{problem}");
            anna.get("/api/v1/books/%FF").await.problem(422, "invalid");
            anna.get("/api/v1/books/0190c0de-0000-7000-8000-000000000000")
                .await
                .problem(404, "not-found");
        })
        .await;
    }
}
