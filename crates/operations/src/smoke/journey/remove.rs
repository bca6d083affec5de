//! `DELETE /api/v1/users/me` removes the account that was made for this visit.

use reqwest::{Method, StatusCode};

use super::{Trouble, Visit};

pub(super) async fn walk(visit: &mut Visit<'_>) -> Result<String, Trouble> {
    let answer = visit
        .exchange
        .send(Method::DELETE, "/api/v1/users/me", visit.token.as_deref(), None)
        .await?;
    answer.expect(StatusCode::NO_CONTENT)?;
    Ok("removed".to_owned())
}
