//! What may I have, and how much of it is used?

use axum::Json;
use axum::extract::State;
use library::plans;

use crate::ServerState;
use crate::admission::Caller;
use crate::problem::Problem;
use crate::wire::Standing;

/// What may I have, and how much of it is used?
#[utoipa::path(get, path = "/api/v1/users/me/plan", tag = "users", responses((status = OK, body = Standing)))]
pub(crate) async fn plan(
    State(state): State<ServerState>,
    caller: Caller,
) -> Result<Json<Standing>, Problem> {
    let standing = plans::standing(state.library(), caller.signed_in()?).await?;
    Ok(Json(standing.into()))
}

#[cfg(test)]
mod tests {
    use library::plans::Plan;
    use serde_json::json;

    use crate::test_app::{Settings, TestBook, with_settings};

    #[tokio::test]
    async fn a_reader_sees_what_is_left_and_is_told_what_was_refused() {
        let mut settings = Settings::default();
        settings.library.plans.default = Plan::Free;
        settings.library.plans.free.books = 1;
        with_settings(settings, async |app| {
            let anna = app.reader("anna").await;
            let tale = |title: &str| TestBook::new(title).chapter(&["Снег шёл всю ночь."]).bytes();
            anna.upload("a.fb2", &tale("Метель")).await.expect(202);
            let refused = anna.upload("b.fb2", &tale("Выстрел")).await.problem(409, "quota");
            assert!(
                refused["detail"].as_str().unwrap().contains("1 book"),
                "{refused}"
            );
            let standing = anna.get("/api/v1/users/me/plan").await.expect(200);
            assert_eq!(standing["plan"], "free");
            assert_eq!(
                (&standing["allowance"]["books"], &standing["used"]["books"]),
                (&json!(1), &json!(1))
            );
            assert_eq!(standing["used"]["storage_bytes"], tale("Метель").len());
            assert_eq!(
                (&standing["until"], &standing["above_limit"]),
                (&json!(null), &json!(false))
            );
        })
        .await;
    }
}
