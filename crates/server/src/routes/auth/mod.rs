//! Signing in, staying so, signing out.

pub(crate) mod confirm_email;
pub(crate) mod forgot_password;
pub(crate) mod login;
pub(crate) mod logout;
pub(crate) mod refresh;
pub(crate) mod reset_password;

use axum::Json;
use library::accounts::Role;
use library::sessions;

use crate::ServerState;
use crate::cookies::{self, SetCookies};
use crate::problem::Problem;
use crate::wire::Session;

/// Tokens of a sign-in, in the body for programs and as cookies for the web app.
fn tokens(
    state: &ServerState,
    session: sessions::Session,
    role: Role,
) -> Result<(SetCookies, Json<Session>), Problem> {
    let access_token = state.tokens().issue(session.user, session.id, role)?;
    let cookies = cookies::signed_in(state, &access_token, &session.refresh_token, session.expires_at);
    let body = Session {
        access_token,
        token_type: "Bearer",
        expires_in: state.tokens().lifetime_seconds(),
        refresh_token: session.refresh_token,
    };
    Ok((cookies, Json(body)))
}
