//! Signs out.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum_extra::extract::cookie::CookieJar;
use library::{LookupError, sessions};

use crate::ServerState;
use crate::admission::credentials;
use crate::cookies::{self, REFRESH, SetCookies};
use crate::extract::OptionalJson;
use crate::problem::Problem;
use crate::wire::OptionalRefreshToken;

/// Sign out
///
/// Ends the sign-in of the refresh token, or, when none is given, that of the access token; with all its tokens. Signing
/// out twice is no error.
#[utoipa::path(
    post, path = "/api/v1/auth/logout", tag = "auth", request_body = Option<OptionalRefreshToken>,
    responses((status = NO_CONTENT)),
)]
pub(crate) async fn logout(
    State(state): State<ServerState>,
    jar: CookieJar,
    headers: HeaderMap,
    OptionalJson(body): OptionalJson<OptionalRefreshToken>,
) -> Result<(StatusCode, SetCookies), Problem> {
    let cookie = jar.get(REFRESH).map(|cookie| cookie.value().to_owned());
    if let Some(token) = body.refresh_token.or(cookie) {
        sessions::end(state.library(), &token).await?;
    } else if let Ok(Some(claims)) = credentials::claims(&state, &headers) {
        match sessions::end_one(state.library(), claims.sub, claims.sid).await {
            Ok(()) | Err(LookupError::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    state.sessions().forget();
    Ok((StatusCode::NO_CONTENT, cookies::signed_out(&state)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::test_app::on_each_engine;

    #[tokio::test]
    async fn an_access_token_alone_ends_its_sign_in_and_no_other() {
        on_each_engine(async |app| {
            let anna = app.reader("anna").await;
            let boris = app.reader("boris").await;
            assert_eq!(anna.post("/api/v1/auth/logout", json!({})).await.status, 204);
            anna.get("/api/v1/users/me").await.problem(401, "token-invalid");
            let refresh = json!({"refresh_token": anna.refresh_token});
            app.anonymous()
                .post("/api/v1/auth/refresh", refresh)
                .await
                .problem(401, "session-ended");
            assert_eq!(boris.get("/api/v1/users/me").await.status, 200);
        })
        .await;
    }

    #[tokio::test]
    async fn signing_out_ends_both_tokens_and_takes_the_cookies_away() {
        on_each_engine(async |app| {
            let anna = app.reader("anna").await;
            let body = json!({"refresh_token": anna.refresh_token});
            let answer = app.anonymous().post("/api/v1/auth/logout", body.clone()).await;
            assert_eq!(answer.status, 204);
            assert!(
                answer
                    .header("set-cookie")
                    .starts_with("access=; Path=/; Max-Age=0;"),
                "{answer:?}"
            );
            anna.get("/api/v1/users/me").await.problem(401, "token-invalid");
            app.anonymous()
                .post("/api/v1/auth/refresh", body.clone())
                .await
                .problem(401, "session-ended");
            assert_eq!(
                app.anonymous().post("/api/v1/auth/logout", body).await.status,
                204
            );
        })
        .await;
    }
}
