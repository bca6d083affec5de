//! Where am I signed in?

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use library::sessions;

use crate::ServerState;
use crate::admission::credentials;
use crate::problem::Problem;
use crate::wire::SignIn;

/// Where am I signed in?
#[utoipa::path(
    get, path = "/api/v1/users/me/sessions", tag = "users", operation_id = "list_sessions",
    responses((status = OK, body = Vec<SignIn>)),
)]
pub(crate) async fn list(
    State(state): State<ServerState>,
    headers: HeaderMap,
) -> Result<Json<Vec<SignIn>>, Problem> {
    let here = credentials::sign_in(&state, &headers)?;
    let found = sessions::list(state.library(), here.sub).await?;
    let sign_ins = found.into_iter().map(|one| SignIn::seen_from(here.sid, one));
    Ok(Json(sign_ins.collect()))
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use crate::test_app::{PASSWORD, on_each_engine};

    #[tokio::test]
    async fn each_device_is_there_and_this_one_is_marked() {
        on_each_engine(async |app| {
            let anna = app.reader("anna").await;
            app.reader("boris").await;
            app.time.advance(TimeDelta::minutes(1));
            let phone = app.anonymous().login("anna@example.org", PASSWORD).await;
            let seen = phone.get("/api/v1/users/me/sessions").await.expect(200).clone();
            let current: Vec<bool> = seen
                .as_array()
                .unwrap()
                .iter()
                .map(|one| one["current"].as_bool().unwrap())
                .collect();
            assert_eq!(current, [true, false]);
            let seen = anna.get("/api/v1/users/me/sessions").await.expect(200).clone();
            assert_eq!(seen[1]["current"], true);
        })
        .await;
    }
}
