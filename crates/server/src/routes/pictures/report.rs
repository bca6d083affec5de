//! Reports a picture.

use axum::extract::State;
use axum::http::StatusCode;
use library::ids::PictureId;
use library::pictures::variants;

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::{Json, Path};
use crate::problem::Problem;
use crate::wire::PictureReport;

/// Report a picture
///
/// It is withdrawn at once, for everybody.
#[utoipa::path(
    post, path = "/api/v1/pictures/{picture_id}/report", tag = "pictures", params(("picture_id" = uuid::Uuid, Path)),
    request_body = PictureReport, responses((status = NO_CONTENT)),
)]
pub(crate) async fn report(
    State(state): State<ServerState>,
    caller: Caller,
    Path(id): Path<PictureId>,
    Json(report): Json<PictureReport>,
) -> Result<StatusCode, Problem> {
    variants::report(state.library(), caller.signed_in()?, id, report.reason).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::test_app::with_described_book;

    #[tokio::test]
    async fn a_reported_picture_is_withdrawn_at_once_and_not_drawn_again() {
        with_described_book(async |app, anna, book| {
            let book = format!("/api/v1/books/{}", book["id"].as_str().unwrap());
            let picture = anna.get(&format!("{book}/pictures")).await.expect(200)["items"][0].clone();
            let id = picture["id"].as_str().unwrap();
            let share = anna
                .post(&format!("/api/v1/pictures/{id}/share"), json!({}))
                .await
                .expect(200);
            let report = format!("/api/v1/pictures/{id}/report");
            anna.post(&report, json!({"reason": ""}))
                .await
                .problem(422, "invalid");
            assert_eq!(
                anna.post(&report, json!({"reason": "not the house"}))
                    .await
                    .status,
                204
            );
            anna.get(picture["urls"]["small"].as_str().unwrap())
                .await
                .problem(404, "not-found");
            app.anonymous()
                .get(share["url"].as_str().unwrap())
                .await
                .problem(404, "not-found");
            let left = anna.get(&format!("{book}/pictures")).await.expect(200);
            assert_eq!(
                (
                    &left["total"],
                    anna.get(&book).await.expect(200)["picture_count"].as_u64()
                ),
                (&json!(0), Some(0))
            );
            let again = format!(
                "/api/v1/descriptions/{}/picture",
                picture["description_id"].as_str().unwrap()
            );
            anna.post(&again, json!({})).await.problem(410, "withdrawn");
            anna.post(&again, json!({"seed": 11})).await.expect(202);
        })
        .await;
    }
}
