//! Who am I?

use axum::Json;
use axum::extract::State;
use library::accounts;

use crate::ServerState;
use crate::admission::Caller;
use crate::problem::Problem;
use crate::wire::User;

/// Who am I?
#[utoipa::path(get, path = "/api/v1/users/me", tag = "users", responses((status = OK, body = User)))]
pub(crate) async fn me(State(state): State<ServerState>, caller: Caller) -> Result<Json<User>, Problem> {
    let user = accounts::get(state.library(), caller.signed_in()?).await?;
    Ok(Json(user.into()))
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use crate::test_app::on_each_engine;

    const PATH: &str = "/api/v1/users/me";

    #[tokio::test]
    async fn a_token_tells_who_i_am() {
        on_each_engine(async |app| {
            let anna = app.reader("anna").await;
            assert_eq!(anna.get(PATH).await.expect(200)["email"], "anna@example.org");
        })
        .await;
    }

    #[tokio::test]
    async fn without_a_token_and_with_a_wrong_one_i_am_nobody() {
        on_each_engine(async |app| {
            let answer = app.anonymous().get(PATH).await;
            answer.problem(401, "sign-in-needed");
            assert_eq!(answer.header("www-authenticate"), "Bearer");
            app.anonymous()
                .with_token("forged")
                .get(PATH)
                .await
                .problem(401, "token-invalid");
        })
        .await;
    }

    #[tokio::test]
    async fn a_token_is_good_for_a_quarter_of_an_hour() {
        on_each_engine(async |app| {
            let anna = app.reader("anna").await;
            app.time.advance(TimeDelta::minutes(14));
            anna.get(PATH).await.expect(200);
            app.time.advance(TimeDelta::minutes(1));
            anna.get(PATH).await.problem(401, "token-invalid");
        })
        .await;
    }
}
