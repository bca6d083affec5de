//! Shares a picture.

use axum::Json;
use axum::extract::State;
use library::ids::PictureId;
use library::pictures::share;

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::Path;
use crate::problem::Problem;
use crate::wire::SharedPicture;

/// Make an address under which anybody sees this picture
///
/// An earlier address of mine for it stops working.
#[utoipa::path(
    post, path = "/api/v1/pictures/{picture_id}/share", tag = "pictures", params(("picture_id" = uuid::Uuid, Path)),
    responses((status = OK, body = SharedPicture)),
)]
pub(crate) async fn share(
    State(state): State<ServerState>,
    caller: Caller,
    Path(id): Path<PictureId>,
) -> Result<Json<SharedPicture>, Problem> {
    let token = share::share(state.library(), caller.signed_in()?, id).await?;
    Ok(Json(SharedPicture {
        url: format!("/api/v1/shared-pictures/{token}"),
    }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::test_app::with_described_book;

    #[tokio::test]
    async fn a_shared_picture_is_seen_by_anybody_until_its_address_is_taken_back() {
        with_described_book(async |app, anna, book| {
            let gallery = format!("/api/v1/books/{}/pictures", book["id"].as_str().unwrap());
            let picture = anna.get(&gallery).await.expect(200)["items"][0].clone();
            let path = format!("/api/v1/pictures/{}/share", picture["id"].as_str().unwrap());
            let shared = async || {
                let answer = anna.post(&path, json!({})).await.expect(200);
                answer["url"].as_str().unwrap().to_owned()
            };
            let (first, second) = (shared().await, shared().await);
            let nobody = app.anonymous();
            nobody.get(&first).await.problem(404, "not-found");
            let image = nobody.get(&format!("{second}?width=480")).await;
            assert_eq!(
                (image.status.as_u16(), image.header("cache-control")),
                (200, "private, no-cache")
            );
            let boris = app.reader("boris").await;
            boris.delete(&path).await.problem(404, "not-found");
            assert_eq!(anna.delete(&path).await.status, 204);
            nobody.get(&second).await.problem(404, "not-found");
        })
        .await;
    }
}
