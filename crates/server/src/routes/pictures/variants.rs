//! Lists the pictures of a passage.

use axum::Json;
use axum::extract::State;
use library::ids::DescriptionId;
use library::pictures::variants;

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::Path;
use crate::problem::Problem;
use crate::wire::PictureVariants;

/// List the pictures of a passage, oldest first; the one I chose is the last
#[utoipa::path(
    get, path = "/api/v1/descriptions/{description_id}/pictures", tag = "pictures",
    params(("description_id" = uuid::Uuid, Path)), responses((status = OK, body = PictureVariants)),
)]
pub(crate) async fn variants(
    State(state): State<ServerState>,
    caller: Caller,
    Path(id): Path<DescriptionId>,
) -> Result<Json<PictureVariants>, Problem> {
    let pictures = variants::of_description(state.library(), caller.0, id).await;
    let pictures = pictures.map_err(|error| caller.missing(error))?;
    Ok(Json(PictureVariants {
        items: pictures.into_iter().map(Into::into).collect(),
    }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::test_app::with_described_book;

    #[tokio::test]
    async fn the_old_picture_stays_until_the_new_one_is_there_and_either_can_be_chosen() {
        with_described_book(async |app, anna, book| {
            let book = format!("/api/v1/books/{}", book["id"].as_str().unwrap());
            let old = anna.get(&format!("{book}/pictures")).await.expect(200)["items"][0].clone();
            let passage = format!("/api/v1/descriptions/{}", old["description_id"].as_str().unwrap());
            let variants = async || {
                let answer = anna.get(&format!("{passage}/pictures")).await.expect(200);
                let items = answer["items"].as_array().unwrap().clone();
                items.into_iter().map(|one| one["id"].clone()).collect::<Vec<_>>()
            };
            let shown = async || {
                let listed = anna.get(&format!("{book}/descriptions")).await.expect(200);
                let items = listed["items"].as_array().unwrap().clone();
                let found = items.iter().find(|one| one["id"] == old["description_id"]);
                found.unwrap()["picture"]["id"].clone()
            };
            app.time.advance(chrono::TimeDelta::seconds(1));
            anna.post(&format!("{passage}/picture"), json!({"seed": 5}))
                .await
                .expect(202);
            assert_eq!(variants().await, [old["id"].clone()]);
            app.work().await;
            let both = variants().await;
            assert_eq!((both.len(), &both[0]), (2, &old["id"]));
            assert_eq!(shown().await, both[1]);
            let path = format!("/api/v1/pictures/{}", old["id"].as_str().unwrap());
            assert_eq!(
                anna.json("PUT", &format!("{path}/chosen"), json!({}))
                    .await
                    .status,
                204
            );
            assert_eq!(shown().await, old["id"]);
            assert_eq!(anna.delete(&path).await.status, 204);
            assert_eq!(shown().await, both[1]);
            anna.get(old["urls"]["small"].as_str().unwrap())
                .await
                .problem(404, "not-found");
        })
        .await;
    }
}
