//! Asks for a picture of a passage.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use library::ids::DescriptionId;
use library::jobs;
use library::pictures::{self, Requested};

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::{OptionalJson, Path};
use crate::problem::Problem;
use crate::wire::{PictureOptions, ReadyPicture, Started};

/// Ask for a picture of a passage
///
/// The same passage in the same style with the same seed is the same picture: 200 when it exists, else 202 with the job
/// that makes it.
#[utoipa::path(
    post, path = "/api/v1/descriptions/{description_id}/picture", tag = "pictures",
    params(("description_id" = uuid::Uuid, Path)), request_body = Option<PictureOptions>,
    responses((status = OK, body = ReadyPicture), (status = ACCEPTED, body = Started)),
)]
pub(crate) async fn request(
    State(state): State<ServerState>,
    caller: Caller,
    Path(id): Path<DescriptionId>,
    OptionalJson(options): OptionalJson<PictureOptions>,
) -> Result<Response, Problem> {
    let requested = pictures::request(state.library(), caller.signed_in()?, id, options.into()).await?;
    Ok(match requested {
        Requested::Ready(picture) => Json(ReadyPicture {
            picture: (*picture).into(),
        })
        .into_response(),
        Requested::Queued(job) => {
            let job = jobs::get(state.library(), caller.0, job).await?;
            (StatusCode::ACCEPTED, Json(Started { job: job.into() })).into_response()
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::test_app::with_described_book;

    #[tokio::test]
    async fn a_picture_is_made_once_and_sent_in_any_width() {
        with_described_book(async |app, anna, book| {
            let book = format!("/api/v1/books/{}", book["id"].as_str().unwrap());
            let passage = anna.get(&format!("{book}/descriptions")).await.expect(200)["items"][0].clone();
            let path = format!("/api/v1/descriptions/{}/picture", passage["id"].as_str().unwrap());
            let wish = json!({"style": "woodcut", "seed": 5});
            let started = anna.post(&path, wish.clone()).await.expect(202);
            assert_eq!(
                (&started["job"]["kind"], &started["job"]["state"]),
                (&json!("illustrate"), &json!("queued"))
            );
            assert_eq!(
                anna.post(&path, wish.clone()).await.expect(202)["job"]["id"],
                started["job"]["id"]
            );
            app.work().await;
            let picture = anna.post(&path, wish).await.expect(200)["picture"].clone();
            assert_eq!(picture["style"], "woodcut");
            for url in ["small", "medium", "large", "original"] {
                let image = anna.get(picture["urls"][url].as_str().unwrap()).await;
                assert_eq!(image.status, 200);
                assert!(image.header("content-type").starts_with("image/"), "{url}");
                assert_eq!(
                    image.header("cache-control"),
                    "private, max-age=31536000, immutable"
                );
            }
            let saved = anna
                .get(&format!(
                    "{}&download=true",
                    picture["urls"]["original"].as_str().unwrap()
                ))
                .await;
            let name = saved.header("content-disposition").to_owned();
            assert!(
                name.starts_with("attachment; filename=\"picture-") && name.ends_with(".jpeg"),
                "{name}"
            );
            let gallery = anna.get(&format!("{book}/pictures")).await.expect(200);
            assert!(
                gallery["items"].as_array().unwrap().contains(&picture),
                "{gallery}"
            );
        })
        .await;
    }

    #[tokio::test]
    async fn others_may_neither_ask_nor_see() {
        with_described_book(async |app, anna, book| {
            let boris = app.reader("boris").await;
            let book = format!("/api/v1/books/{}", book["id"].as_str().unwrap());
            let passage = anna.get(&format!("{book}/descriptions")).await.expect(200)["items"][0].clone();
            let path = format!("/api/v1/descriptions/{}/picture", passage["id"].as_str().unwrap());
            boris.post(&path, json!({})).await.problem(404, "not-found");
            let picture = anna.get(&format!("{book}/pictures")).await.expect(200)["items"][0].clone();
            let url = picture["urls"]["small"].as_str().unwrap();
            boris.get(url).await.problem(404, "not-found");
            app.anonymous().get(url).await.problem(401, "sign-in-needed");
            boris
                .get(&format!("{book}/descriptions"))
                .await
                .problem(404, "not-found");
            anna.post(&path, json!({"style": "oil"}))
                .await
                .problem(422, "invalid");
            anna.post(&path, json!({"seed": -1}))
                .await
                .problem(422, "invalid");
            anna.get(&format!("{}&x=1", url)).await.problem(422, "invalid");
        })
        .await;
    }
}
