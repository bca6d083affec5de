//! Signs in.

use axum::extract::State;
use axum::http::{HeaderMap, header};
use library::{accounts, sessions};

use crate::ServerState;
use crate::admission::{Quota, spend};
use crate::cookies::SetCookies;
use crate::extract::Json;
use crate::problem::Problem;
use crate::routes::auth::tokens;
use crate::wire::{Credentials, Session};

/// Sign in
#[utoipa::path(
    post, path = "/api/v1/auth/login", tag = "auth", request_body = Credentials,
    responses((status = OK, body = Session), (status = UNAUTHORIZED)),
)]
pub(crate) async fn login(
    State(state): State<ServerState>,
    headers: HeaderMap,
    Json(who): Json<Credentials>,
) -> Result<(SetCookies, axum::Json<Session>), Problem> {
    // Counted per account too: a password is not to be guessed from many addresses.
    spend(&state, Quota::SignIn, &who.email.trim().to_lowercase()).await?;
    let user = accounts::authenticate(state.library(), &who.email, &who.password).await?;
    let session = sessions::begin(state.library(), user.id, device(&headers)).await?;
    tokens(&state, session, user.role)
}

fn device(headers: &HeaderMap) -> &str {
    headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Request;
    use serde_json::json;

    use crate::test_app::{PASSWORD, on_each_engine};

    const PATH: &str = "/api/v1/auth/login";

    #[tokio::test]
    async fn tokens_come_in_the_body_and_as_cookies_that_no_script_reads() {
        on_each_engine(async |app| {
            app.reader("anna").await;
            let answer = app
                .anonymous()
                .post(PATH, json!({"email": "Anna@example.org", "password": PASSWORD}))
                .await;
            let session = answer.expect(200);
            assert_eq!(
                (&session["token_type"], &session["expires_in"]),
                (&json!("Bearer"), &json!(900))
            );
            let cookies: Vec<_> = answer
                .headers
                .get_all("set-cookie")
                .iter()
                .map(|value| value.to_str().unwrap())
                .collect();
            let access = session["access_token"].as_str().unwrap();
            assert_eq!(
                cookies[0],
                format!("access={access}; Path=/; Max-Age=900; HttpOnly; SameSite=Strict")
            );
            assert!(
                cookies[1].contains("; Path=/api/v1/auth; ") && cookies[1].contains("; HttpOnly"),
                "{cookies:?}"
            );
        })
        .await;
    }

    #[tokio::test]
    async fn a_wrong_password_and_an_unknown_address_look_the_same() {
        on_each_engine(async |app| {
            app.reader("anna").await;
            let wrong = app
                .anonymous()
                .post(PATH, json!({"email": "anna@example.org", "password": "x"}))
                .await;
            let unknown = app
                .anonymous()
                .post(PATH, json!({"email": "boris@example.org", "password": "x"}))
                .await;
            assert_eq!(
                wrong.problem(401, "wrong-credentials")["detail"],
                unknown.problem(401, "wrong-credentials")["detail"]
            );
        })
        .await;
    }

    #[tokio::test]
    async fn passwords_cannot_be_tried_without_end() {
        on_each_engine(async |app| {
            for _ in 0..20 {
                app.anonymous()
                    .post(PATH, json!({"email": "anna@example.org", "password": "x"}))
                    .await
                    .expect(401);
            }
            let refused = app
                .anonymous()
                .post(PATH, json!({"email": "anna@example.org", "password": "x"}))
                .await;
            refused.problem(429, "too-many-requests");
        })
        .await;
    }

    #[tokio::test]
    async fn a_change_by_cookie_has_to_come_from_our_own_pages() {
        on_each_engine(async |app| {
            let anna = app.reader("anna").await;
            let change = |header: &str, value: &str| {
                Request::patch("/api/v1/users/me")
                    .header("content-type", "application/json")
                    .header("cookie", format!("access={}", anna.token()))
                    .header("host", "books.example")
                    .header(header, value)
                    .body(Body::from(r#"{"full_name": "Анна"}"#))
                    .unwrap()
            };
            let send = async |header, value| app.anonymous().send(change(header, value)).await;
            send("sec-fetch-site", "same-origin").await.expect(200);
            send("origin", "https://books.example").await.expect(200);
            send("sec-fetch-site", "cross-site")
                .await
                .problem(403, "cross-site");
            send("sec-fetch-site", "same-site")
                .await
                .problem(403, "cross-site");
            send("origin", "https://evil.example")
                .await
                .problem(403, "cross-site");
            send("x-nothing", "said").await.problem(403, "cross-site");
        })
        .await;
    }
}
