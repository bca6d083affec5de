//! `GET /api/v1/users/me` knows who signed in, and refuses who did not.

use reqwest::{Method, StatusCode};
use serde::Deserialize;

use super::{Trouble, Visit};

const PATH: &str = "/api/v1/users/me";

#[derive(Deserialize)]
struct Profile {
    id: uuid::Uuid,
}

pub(super) async fn walk(visit: &mut Visit<'_>) -> Result<String, Trouble> {
    visit
        .exchange
        .send(Method::GET, PATH, None, None)
        .await?
        .expect(StatusCode::UNAUTHORIZED)?;
    let answer = visit
        .exchange
        .send(Method::GET, PATH, visit.token.as_deref(), None)
        .await?;
    let profile: Profile = answer.json(StatusCode::OK)?;
    if Some(profile.id) != visit.user {
        return Err(Trouble::fail(
            format!("the token belongs to {}, not to who registered", profile.id),
            "take the service out of rotation: it mixes up accounts",
        ));
    }
    Ok(format!("user {}", profile.id))
}
