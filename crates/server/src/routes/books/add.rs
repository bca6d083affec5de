//! Uploads a book.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use library::ids::JobId;
use library::{Viewer, books, jobs};

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::UploadedFile;
use crate::problem::Problem;
use crate::wire::{AddedBook, Job};

/// A form with one file.
#[derive(utoipa::ToSchema)]
#[expect(
    dead_code,
    reason = "only the document reads it; the form is taken apart as it arrives"
)]
pub(crate) struct UploadForm {
    /// An EPUB, FB2 (also zipped), plain text or Markdown file.
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    file: Vec<u8>,
}

/// Upload a book
///
/// The file is read before the answer, so what is not a book is refused at once; its chapters and descriptions follow as
/// a job. The same file again is the same book: 200 and no second work.
#[utoipa::path(
    post, path = "/api/v1/books", tag = "books",
    request_body(content = UploadForm, content_type = "multipart/form-data"),
    responses((status = ACCEPTED, body = AddedBook), (status = OK, body = AddedBook), (status = CONFLICT)),
)]
pub(crate) async fn add(
    State(state): State<ServerState>,
    caller: Caller,
    UploadedFile(upload): UploadedFile,
) -> Result<(StatusCode, Json<AddedBook>), Problem> {
    let added = books::add(state.library(), caller.signed_in()?, upload).await?;
    let job = match added.job {
        Some(id) => Some(find_job(&state, caller.0, id).await?),
        None => None,
    };
    let status = if job.is_some() {
        StatusCode::ACCEPTED
    } else {
        StatusCode::OK
    };
    Ok((
        status,
        Json(AddedBook {
            book: added.book.into(),
            job,
            duplicate: added.duplicate,
        }),
    ))
}

async fn find_job(state: &ServerState, viewer: Viewer, id: JobId) -> Result<Job, Problem> {
    Ok(jobs::get(state.library(), viewer, id).await?.into())
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Request;
    use serde_json::json;

    use crate::test_app::{Settings, TestBook, on_each_engine, with_settings};

    fn tale() -> TestBook {
        TestBook::new("Метель").chapter(&["Снег шёл всю ночь.", "К утру дорогу замело."])
    }

    #[tokio::test]
    async fn a_book_is_on_the_shelf_at_once_and_readable_after_its_job() {
        on_each_engine(async |app| {
            let anna = app.reader("anna").await;
            let added = anna.upload("Метель.fb2", &tale().bytes()).await.expect(202);
            assert_eq!(added["book"]["title"], "Метель");
            assert_eq!(added["book"]["status"], "importing");
            assert_eq!(
                (&added["job"]["kind"], &added["job"]["state"]),
                (&json!("ingest"), &json!("queued"))
            );
            assert_eq!(added["book"]["job_id"], added["job"]["id"]);
            app.work().await;
            let book = anna
                .get(&format!(
                    "/api/v1/books/{}",
                    added["book"]["id"].as_str().unwrap()
                ))
                .await
                .expect(200);
            assert_eq!(book["status"], "describing");
            assert_eq!(book["authors"], json!(["Анна Тестова"]));
        })
        .await;
    }

    #[tokio::test]
    async fn the_same_file_again_is_the_same_book_and_no_second_work() {
        on_each_engine(async |app| {
            let anna = app.reader("anna").await;
            let first = anna.upload("a.fb2", &tale().bytes()).await.expect(202);
            app.work().await;
            let again = anna.upload("b.fb2", &tale().bytes()).await.expect(200);
            assert_eq!((&again["duplicate"], &again["job"]), (&json!(true), &json!(null)));
            assert_eq!(again["book"]["id"], first["book"]["id"]);
            let boris = app.reader("boris").await;
            let his = boris.upload("c.fb2", &tale().bytes()).await.expect(200);
            assert_eq!(his["duplicate"], false);
            assert_ne!(his["book"]["id"], first["book"]["id"]);
            assert_eq!(his["book"]["revision"], again["book"]["revision"]);
        })
        .await;
    }

    #[tokio::test]
    async fn what_is_no_book_is_refused_without_a_trace() {
        on_each_engine(async |app| {
            let anna = app.reader("anna").await;
            let zip = [b"PK\x05\x06".as_slice(), &[0; 18]].concat();
            let whole = tale().bytes();
            for (name, bytes) in [
                ("empty.epub", b"".as_slice()),
                ("picture.epub", b"\x89PNG\r\n\x1a\n0000000000000000".as_slice()),
                ("archive.epub", &zip),
                ("empty.fb2", b"<FictionBook xmlns=\"http://www.gribuser.ru/xml/fictionbook/2.0\"><body/></FictionBook>"),
            ] {
                let answer = anna.upload(name, bytes).await;
                let problem = answer.expect(422);
                assert!(
                    problem["detail"].as_str().is_some_and(|detail| detail.len() > 15),
                    "{name}: {problem}"
                );
                assert_eq!(answer.header("content-type"), "application/problem+json");
            }
            let truncated = anna.upload("cut.fb2", &whole[..whole.len() / 2]).await;
            assert!(
                truncated.status.is_client_error() || truncated.status == 202,
                "{truncated:?}"
            );
            let books = anna.get("/api/v1/books?scope=own").await.expect(200);
            assert!(books["total"].as_u64().unwrap() <= 1, "{books}");
        })
        .await;
    }

    #[tokio::test]
    async fn a_form_has_to_be_one() {
        on_each_engine(async |app| {
            let anna = app.reader("anna").await;
            let send = async |kind: &str, body: &'static str| {
                let request = Request::post("/api/v1/books")
                    .header("content-type", kind)
                    .body(Body::from(body))
                    .unwrap();
                anna.send(request).await
            };
            let form = "multipart/form-data; boundary=b";
            send("application/json", "{}")
                .await
                .problem(415, "unsupported-media-type");
            send("multipart/form-data", "")
                .await
                .problem(400, "malformed-form");
            send(form, "--b\r\nContent-Disp")
                .await
                .problem(400, "malformed-form");
            send(form, "--b--\r\n").await.problem(422, "invalid");
            let other = "--b\r\nContent-Disposition: form-data; name=\"book\"\r\n\r\nx\r\n--b--\r\n";
            let problem = send(form, other).await.problem(422, "invalid");
            assert_eq!(problem["errors"][0]["field"], "book");
        })
        .await;
    }

    #[tokio::test]
    async fn a_file_may_not_be_too_large() {
        let mut settings = Settings::default();
        settings.library.uploads.max_bytes = 100_000;
        with_settings(settings, async |app| {
            let anna = app.reader("anna").await;
            anna.upload("a.txt", &vec![b'a'; 100_001])
                .await
                .problem(413, "too-large");
            anna.upload("a.txt", &vec![b'a'; 300_000])
                .await
                .problem(413, "too-large");
        })
        .await;
    }

    #[tokio::test]
    async fn a_long_book_is_no_trouble() {
        on_each_engine(async |app| {
            let anna = app.reader("anna").await;
            let long = "Снег шёл всю ночь. ".repeat(150_000);
            assert!(long.len() > 4_000_000);
            anna.upload("a.txt", long.as_bytes()).await.expect(202);
        })
        .await;
    }

    #[tokio::test]
    async fn a_smoke_test_may_hold_one_book() {
        on_each_engine(async |app| {
            let account =
                json!({"email": "smoke-test@example.com", "password": "test123", "full_name": "Test User"});
            app.anonymous()
                .post("/api/v1/users/register", account)
                .await
                .expect(201);
            let smoke = app.anonymous().login("smoke-test@example.com", "test123").await;
            smoke.upload("a.fb2", &tale().bytes()).await.expect(202);
            let second = TestBook::new("Вторая").chapter(&["Другая книга."]);
            smoke.upload("b.fb2", &second.bytes()).await.problem(409, "quota");
        })
        .await;
    }
}
