//! `POST /api/v1/auth/login` gives a token that is not yet over.

use reqwest::{Method, StatusCode};
use serde::Deserialize;
use serde_json::json;

use super::{Trouble, Visit};

#[derive(Deserialize)]
struct SignedIn {
    access_token: String,
    token_type: String,
    expires_in: u64,
}

pub(super) async fn walk(visit: &mut Visit<'_>) -> Result<String, Trouble> {
    let body = json!({"email": visit.account.email, "password": visit.account.password});
    let answer = visit
        .exchange
        .send(Method::POST, "/api/v1/auth/login", None, Some(&body))
        .await?;
    let signed_in: SignedIn = answer.json(StatusCode::OK)?;
    let usable = !signed_in.access_token.is_empty()
        && signed_in.token_type.eq_ignore_ascii_case("bearer")
        && signed_in.expires_in > 0;
    if !usable {
        return Err(Trouble::fail(
            format!(
                "no usable bearer token (type {:?}, {} s)",
                signed_in.token_type, signed_in.expires_in
            ),
            "check the token settings",
        ));
    }
    visit.token = Some(signed_in.access_token);
    Ok(format!("a token for {} s", signed_in.expires_in))
}
