//! Walks the whole table as nobody, as a stranger, as the owner, as a moderator and as an administrator.

use axum::body::Body;
use axum::http::Request;
use serde_json::json;

use super::policy::{Access, POLICIES, Payload, Policy};
use crate::openapi;
use crate::test_app::{Answer, Client, TestApp, TestBook, on_each_engine};

/// What the owner has.
struct Belongings {
    book: String,
    revision: String,
    job: String,
}

#[tokio::test]
async fn each_row_lets_in_whom_it_names_and_nobody_else() {
    on_each_engine(async |app| {
        let people = [
            app.anonymous(),
            app.reader("stranger").await,
            app.reader("owner").await,
            app.moderator().await,
            app.administrator().await,
        ];
        let belongings = belongings(&app, &people[2]).await;
        // Removals come last: the other rows need what they remove.
        let (mut removals, others): (Vec<&Policy>, Vec<&Policy>) =
            POLICIES.iter().partition(|policy| removes(policy));
        removals.sort_by_key(|policy| ["/logout", "/me", "{book_id}"].map(|end| policy.path.ends_with(end)));
        for policy in others.into_iter().chain(removals) {
            for (who, client) in ["anonymous", "stranger", "owner", "moderator", "administrator"]
                .into_iter()
                .zip(&people)
            {
                let answer = call(client, policy, &belongings).await;
                let is_right = is_as_the_table_says(policy, who, &answer);
                assert!(is_right, "{} {} as {who}: {answer:?}", policy.method, policy.path);
            }
        }
    })
    .await;
}

/// Whether another row may find less after it: a sign-in is removed too.
fn removes(policy: &Policy) -> bool {
    policy.method == "DELETE" || policy.path.ends_with("/logout")
}

#[test]
fn each_documented_operation_has_a_row_and_each_row_of_the_api_is_documented() {
    let document = serde_json::to_value(openapi::document()).unwrap();
    let documented =
        |policy: &Policy| document["paths"][policy.path][policy.method.to_lowercase()].is_object();
    for policy in POLICIES.iter().filter(|policy| !policy.path.starts_with("/docs")) {
        assert!(
            documented(policy),
            "{} {} is not in the document",
            policy.method,
            policy.path
        );
    }
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item
            .as_object()
            .unwrap()
            .keys()
            .filter(|key| *key != "parameters")
        {
            let has_row = POLICIES
                .iter()
                .any(|row| row.path == path && row.method.to_lowercase() == *method);
            assert!(has_row, "{method} {path} has no row in the table");
        }
    }
}

async fn belongings(app: &TestApp, owner: &Client) -> Belongings {
    let tale = TestBook::new("Метель").chapter(&["Снег шёл всю ночь."]);
    let added = owner.upload("a.fb2", &tale.bytes()).await.expect(202);
    app.work().await;
    let book = owner
        .get(&format!(
            "/api/v1/books/{}",
            added["book"]["id"].as_str().unwrap()
        ))
        .await
        .expect(200);
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    Belongings {
        book: text(&book["id"]),
        revision: text(&book["revision"]),
        job: text(&added["job"]["id"]),
    }
}

async fn call(client: &Client, policy: &Policy, belongings: &Belongings) -> Answer {
    let path = policy
        .path
        .replace("{book_id}", &belongings.book)
        .replace("{revision}", &belongings.revision)
        .replace("{job_id}", &belongings.job)
        .replace("{document}", "0.html")
        .replace("{index}", "0")
        .replace("{file}", "start.js")
        .replace("{name}", "missing.png")
        .replace("{annotation_id}", NOBODYS)
        .replace("{session_id}", NOBODYS)
        .replace("{user_id}", NOBODYS)
        .replace("{description_id}", NOBODYS)
        .replace("{picture_id}", NOBODYS)
        .replace("{token}", "made-up");
    let request = Request::builder().method(policy.method).uri(path);
    let request = match policy.payload {
        Payload::Empty => request.body(Body::empty()),
        Payload::Json => request
            .header("content-type", "application/json")
            .body(body(policy)),
        Payload::File => request
            .header("content-type", "multipart/form-data; boundary=b")
            .body(Body::from("--b--\r\n")),
    };
    if policy.path.ends_with("/events") {
        // The work on the book waits for language models, so the stream would not end by itself.
        let response = client.open(request.unwrap()).await;
        let is_stream = response.status().is_success();
        return if is_stream {
            Answer::head(response)
        } else {
            Answer::receive(response).await
        };
    }
    client.send(request.unwrap()).await
}

const NOBODYS: &str = "0190c0de-0000-7000-8000-000000000000";
/// Nothing of the kind exists in this test, so who is let in is told that.
const EMPTY_HANDED: &[&str] = &[
    "/api/v1/books/{book_id}/cover",
    "/api/v1/books/{book_id}/export",
    "/api/v1/descriptions/{description_id}/picture",
    "/api/v1/descriptions/{description_id}/pictures",
    "/api/v1/pictures/{picture_id}/chosen",
    "/api/v1/pictures/{picture_id}/image",
    "/api/v1/pictures/{picture_id}/report",
    "/api/v1/pictures/{picture_id}/share",
    "/api/v1/shared-pictures/{token}",
    "/content/{revision}/resources/{name}",
];

fn body(policy: &Policy) -> Body {
    let value = match policy.path {
        "/api/v1/books/{book_id}/position" => {
            json!({"chapter": 0, "offset": 0, "device": "d", "expected_version": 7})
        }
        "/api/v1/books/{book_id}/annotations/{annotation_id}" => {
            json!({"chapter": 0, "start": 0, "end": 0, "quote": ""})
        }
        "/api/v1/books/{book_id}/pictures" => json!({"count": 1}),
        "/api/v1/books/{book_id}/picture-settings" => json!({"online": true}),
        "/api/v1/pictures/{picture_id}/report" => json!({"reason": "made up"}),
        "/api/v1/auth/refresh" => json!({"refresh_token": "made-up"}),
        _ => json!({}),
    };
    Body::from(value.to_string())
}

fn is_as_the_table_says(policy: &Policy, who: &str, answer: &Answer) -> bool {
    let is_let_in = !matches!(answer.status.as_u16(), 401 | 403 | 404 | 405)
        || answer.status == 404 && is_empty_handed(policy);
    let is_unknown = answer.status == 401;
    let is_missing = answer.status == 404;
    match (policy.access, who) {
        (Access::Public, _) if policy.path.ends_with("/refresh") => answer.json()["code"] == "session-ended",
        (Access::Public | Access::Visitor, _) => is_let_in,
        (Access::Operator, _) => answer.status == 403,
        (_, "anonymous") => is_unknown,
        (Access::SignedIn, _) => is_let_in,
        (Access::Moderator, "moderator" | "administrator") | (Access::Administrator, "administrator") => {
            is_let_in || is_missing && (policy.path.contains("{user_id}") || policy.path.contains("{job_id}"))
        }
        (Access::Moderator | Access::Administrator, _) => answer.json()["code"] == "forbidden",
        (Access::Reader, "owner" | "administrator") => is_let_in,
        (Access::Holder | Access::Owner, "owner") => is_let_in,
        _ => is_missing,
    }
}

fn is_empty_handed(policy: &Policy) -> bool {
    let is_a_sign_in = policy.path.ends_with("/sessions/{session_id}");
    let is_a_picture = policy.path.starts_with("/api/v1/pictures/{picture_id}");
    let is_export_order = (policy.path, policy.method) == ("/api/v1/books/{book_id}/export", "POST");
    is_a_sign_in
        || is_a_picture
        || policy.method != "DELETE" && EMPTY_HANDED.contains(&policy.path) && !is_export_order
}
