//! Prolongs a sign-in.

use axum::extract::State;
use axum_extra::extract::cookie::CookieJar;
use library::{accounts, sessions};

use crate::ServerState;
use crate::cookies::{REFRESH, SetCookies};
use crate::extract::OptionalJson;
use crate::problem::Problem;
use crate::routes::auth::tokens;
use crate::wire::{OptionalRefreshToken, Session};

/// Prolong a sign-in
///
/// The refresh token comes in the body or as the web app's cookie and is good for one use: the answer has the next one.
#[utoipa::path(
    post, path = "/api/v1/auth/refresh", tag = "auth", request_body = Option<OptionalRefreshToken>,
    responses((status = OK, body = Session), (status = UNAUTHORIZED)),
)]
pub(crate) async fn refresh(
    State(state): State<ServerState>,
    cookies: CookieJar,
    OptionalJson(body): OptionalJson<OptionalRefreshToken>,
) -> Result<(SetCookies, axum::Json<Session>), Problem> {
    let cookie = cookies.get(REFRESH).map(|cookie| cookie.value().to_owned());
    let token = body
        .refresh_token
        .or(cookie)
        .ok_or_else(Problem::sign_in_needed)?;
    let session = sessions::rotate(state.library(), &token).await?;
    let user = accounts::get(state.library(), session.user).await?;
    tokens(&state, session, user.role)
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Request;
    use chrono::TimeDelta;
    use serde_json::json;

    use crate::test_app::on_each_engine;

    const PATH: &str = "/api/v1/auth/refresh";

    #[tokio::test]
    async fn a_refresh_token_gives_the_next_ones() {
        on_each_engine(async |app| {
            let anna = app.reader("anna").await;
            app.time.advance(TimeDelta::hours(1));
            let next = app
                .anonymous()
                .post(PATH, json!({"refresh_token": anna.refresh_token}))
                .await
                .expect(200);
            let anna = anna.with_token(next["access_token"].as_str().unwrap());
            anna.get("/api/v1/users/me").await.expect(200);
        })
        .await;
    }

    #[tokio::test]
    async fn the_web_app_sends_it_as_a_cookie_and_no_body() {
        on_each_engine(async |app| {
            let token = app.reader("anna").await.refresh_token.unwrap();
            let request = Request::post(PATH)
                .header("cookie", format!("refresh={token}"))
                .header("sec-fetch-site", "same-origin");
            app.anonymous()
                .send(request.body(Body::empty()).unwrap())
                .await
                .expect(200);
        })
        .await;
    }

    #[tokio::test]
    async fn a_token_that_comes_twice_ends_the_whole_sign_in() {
        on_each_engine(async |app| {
            let anna = app.reader("anna").await;
            let stolen = json!({"refresh_token": anna.refresh_token});
            let next = app.anonymous().post(PATH, stolen.clone()).await.expect(200);
            app.time.advance(TimeDelta::minutes(1));
            app.anonymous()
                .post(PATH, stolen)
                .await
                .problem(401, "token-reused");
            let next = json!({"refresh_token": next["refresh_token"]});
            app.anonymous()
                .post(PATH, next)
                .await
                .problem(401, "session-ended");
        })
        .await;
    }

    #[tokio::test]
    async fn without_a_token_there_is_nothing_to_prolong() {
        on_each_engine(async |app| {
            app.anonymous()
                .post(PATH, json!({}))
                .await
                .problem(401, "sign-in-needed");
            app.anonymous()
                .post(PATH, json!({"refresh_token": "made-up"}))
                .await
                .problem(401, "session-ended");
            app.anonymous()
                .post(PATH, json!({"refresh_token": ""}))
                .await
                .problem(422, "invalid");
        })
        .await;
    }
}
