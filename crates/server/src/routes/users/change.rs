//! Changes the name of an account.

use axum::extract::State;
use library::accounts;

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::Json;
use crate::problem::Problem;
use crate::wire::{User, UserChange};

/// Change my name
#[utoipa::path(
    patch, path = "/api/v1/users/me", tag = "users", request_body = UserChange,
    responses((status = OK, body = User)),
)]
pub(crate) async fn change(
    State(state): State<ServerState>,
    caller: Caller,
    Json(change): Json<UserChange>,
) -> Result<axum::Json<User>, Problem> {
    let user = accounts::change(
        state.library(),
        caller.signed_in()?,
        change.full_name.as_deref(),
        change.language.map(Into::into),
    )
    .await?;
    Ok(axum::Json(user.ok_or_else(Problem::token_invalid)?.into()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::test_app::on_each_engine;

    #[tokio::test]
    async fn a_name_can_be_changed_and_nothing_else() {
        on_each_engine(async |app| {
            let anna = app.reader("anna").await;
            let path = "/api/v1/users/me";
            let changed = anna
                .json("PATCH", path, json!({"full_name": "Анна К."}))
                .await
                .expect(200);
            assert_eq!(changed["full_name"], "Анна К.");
            assert_eq!(anna.get(path).await.json()["full_name"], "Анна К.");
            anna.json(
                "PATCH",
                path,
                json!({"full_name": "Анна", "role": "administrator"}),
            )
            .await
            .problem(422, "invalid");
            anna.json("PATCH", path, json!({"full_name": "  "}))
                .await
                .problem(422, "invalid");
        })
        .await;
    }
}
