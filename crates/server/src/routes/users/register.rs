//! Makes an account.

use axum::extract::State;
use axum::http::StatusCode;
use library::accounts::{self, NewUser};

use crate::ServerState;
use crate::extract::Json;
use crate::problem::Problem;
use crate::wire::{Registration, User};

/// Make an account
#[utoipa::path(
    post, path = "/api/v1/users/register", tag = "users", request_body = Registration,
    responses((status = CREATED, body = User), (status = FORBIDDEN), (status = CONFLICT)),
)]
pub(crate) async fn register(
    State(state): State<ServerState>,
    Json(new): Json<Registration>,
) -> Result<(StatusCode, axum::Json<User>), Problem> {
    let new = NewUser {
        email: new.email,
        password: new.password,
        full_name: new.full_name,
        language: new.language.unwrap_or_default().into(),
    };
    let user = accounts::register(state.library(), new).await?;
    Ok((StatusCode::CREATED, axum::Json(user.into())))
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Request;
    use serde_json::{Value, json};

    use crate::test_app::{PASSWORD, Settings, on_each_engine, with_settings};

    const PATH: &str = "/api/v1/users/register";

    fn anna() -> Value {
        json!({"email": "anna@example.org", "password": PASSWORD, "full_name": "Анна"})
    }

    fn anna_with(field: &str, value: Value) -> Value {
        let mut body = anna();
        body[field] = value;
        body
    }

    #[tokio::test]
    async fn a_newcomer_gets_an_account_and_the_password_is_not_shown() {
        on_each_engine(async |app| {
            let mut user = app.anonymous().post(PATH, anna()).await.expect(201);
            user["id"] = "[id]".into();
            insta::allow_duplicates! {
                insta::assert_json_snapshot!(user, @r#"
                {
                  "created_at": "2024-10-04T00:00:00Z",
                  "email": "anna@example.org",
                  "email_verified": false,
                  "full_name": "Анна",
                  "id": "[id]",
                  "language": "ru",
                  "role": "reader"
                }
                "#);
            }
        })
        .await;
    }

    #[tokio::test]
    async fn an_address_has_one_account() {
        on_each_engine(async |app| {
            app.anonymous().post(PATH, anna()).await.expect(201);
            let again = anna_with("email", "ANNA@example.org".into());
            app.anonymous()
                .post(PATH, again)
                .await
                .problem(409, "email-taken");
        })
        .await;
    }

    #[tokio::test]
    async fn what_is_wrong_is_named_with_its_field() {
        on_each_engine(async |app| {
            for (body, code, field) in [
                (anna_with("email", "anna".into()), "invalid", "email"),
                (
                    anna_with("password", "12345678".into()),
                    "weak-password",
                    "password",
                ),
                (anna_with("full_name", "A\u{0}".into()), "invalid", "full_name"),
                (anna_with("full_name", "A\nB".into()), "invalid", "full_name"),
                (
                    anna_with("full_name", "я".repeat(201).into()),
                    "invalid",
                    "full_name",
                ),
                (anna_with("password", 7.into()), "invalid", "password"),
                (anna_with("role", "administrator".into()), "invalid", "role"),
            ] {
                let problem = app.anonymous().post(PATH, body).await.problem(422, code);
                assert_eq!(problem["errors"][0]["field"], field, "{problem}");
            }
            let problem = app
                .anonymous()
                .post(PATH, json!({"email": "anna@example.org"}))
                .await
                .problem(422, "invalid");
            assert!(
                problem["errors"][0]["detail"]
                    .as_str()
                    .unwrap()
                    .contains("password"),
                "{problem}"
            );
        })
        .await;
    }

    #[tokio::test]
    async fn what_is_no_json_is_refused() {
        on_each_engine(async |app| {
            let send = async |kind: &str, body: &'static [u8]| {
                let request = Request::post(PATH)
                    .header("content-type", kind)
                    .body(Body::from(body))
                    .unwrap();
                app.anonymous().send(request).await
            };
            send("application/json", b"{\"email\":")
                .await
                .problem(400, "malformed-json");
            send("application/json", b"\xff\xfe")
                .await
                .problem(400, "malformed-json");
            send("application/json", b"").await.problem(400, "malformed-json");
            send("text/plain", b"{}")
                .await
                .problem(415, "unsupported-media-type");
            send("application/json", b"[]").await.problem(422, "invalid");
            send("application/json", &[b' '; 70_000])
                .await
                .problem(413, "too-large");
        })
        .await;
    }

    #[tokio::test]
    async fn a_smoke_test_may_register_again_and_again() {
        on_each_engine(async |app| {
            let synthetic =
                json!({"email": "smoke-test@example.com", "password": "test123", "full_name": "Test User"});
            let first = app.anonymous().post(PATH, synthetic.clone()).await.expect(201);
            let second = app.anonymous().post(PATH, synthetic).await.expect(201);
            assert_eq!(first["id"], second["id"]);
        })
        .await;
    }

    #[tokio::test]
    async fn a_closed_door_says_so() {
        let mut settings = Settings::default();
        settings.library.accounts.sign_up_open = false;
        with_settings(settings, async |app| {
            app.anonymous()
                .post(PATH, anna())
                .await
                .problem(403, "sign-up-closed");
        })
        .await;
    }

    #[tokio::test]
    async fn too_many_accounts_from_one_address_have_to_wait() {
        on_each_engine(async |app| {
            for _ in 0..20 {
                app.anonymous().post(PATH, json!({})).await.expect(422);
            }
            let refused = app.anonymous().post(PATH, json!({})).await;
            refused.problem(429, "too-many-requests");
            assert_eq!(refused.header("retry-after"), "6");
            app.time.advance(chrono::TimeDelta::seconds(6));
            app.anonymous().post(PATH, json!({})).await.expect(422);
        })
        .await;
    }
}
