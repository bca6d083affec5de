//! `POST /api/v1/users/register` makes an account and gives its id.

use reqwest::{Method, StatusCode};
use serde::Deserialize;
use serde_json::json;

use super::{Trouble, Visit};

#[derive(Deserialize)]
struct Registered {
    id: uuid::Uuid,
    email: String,
}

pub(super) async fn walk(visit: &mut Visit<'_>) -> Result<String, Trouble> {
    let account = &visit.account;
    let body = json!({"email": account.email, "password": account.password, "full_name": account.full_name});
    let answer = visit
        .exchange
        .send(Method::POST, "/api/v1/users/register", None, Some(&body))
        .await?;
    if answer.status == StatusCode::FORBIDDEN {
        let code = answer.problem_code().unwrap_or_else(|| "no code".to_owned());
        return Err(Trouble::cannot_tell(
            format!("registration is refused ({code})"),
            "this service does not take new accounts: open sign-up for the time of the smoke test",
        ));
    }
    let registered: Registered = answer.json(StatusCode::CREATED)?;
    if registered.email != account.email {
        return Err(Trouble::fail(
            format!("asked for {}, got {}", account.email, registered.email),
            "the service changes addresses: see its registration",
        ));
    }
    visit.user = Some(registered.id);
    Ok(format!("user {}", registered.id))
}
