//! The web app's credentials: cookies that no script can read.

use axum::http::{HeaderName, header};
use axum::response::AppendHeaders;
use chrono::{DateTime, Utc};

use crate::ServerState;

/// Carries the access token, everywhere.
pub(crate) const ACCESS: &str = "access";
/// Carries the refresh token, to the endpoints that need it.
pub(crate) const REFRESH: &str = "refresh";

const ACCESS_PATH: &str = "/";
const REFRESH_PATH: &str = "/api/v1/auth";

/// The two `Set-Cookie` headers.
pub(crate) type SetCookies = AppendHeaders<[(HeaderName, String); 2]>;

/// Cookies of a fresh sign-in.
pub(crate) fn signed_in(
    state: &ServerState,
    access_token: &str,
    refresh_token: &str,
    refresh_expires_at: DateTime<Utc>,
) -> SetCookies {
    let refresh_seconds = (refresh_expires_at - state.clock().now()).num_seconds();
    AppendHeaders([
        set(
            state,
            ACCESS,
            ACCESS_PATH,
            access_token,
            state.tokens().lifetime_seconds(),
        ),
        set(state, REFRESH, REFRESH_PATH, refresh_token, refresh_seconds),
    ])
}

/// Cookies that take those away.
pub(crate) fn signed_out(state: &ServerState) -> SetCookies {
    AppendHeaders([
        set(state, ACCESS, ACCESS_PATH, "", 0),
        set(state, REFRESH, REFRESH_PATH, "", 0),
    ])
}

/// Tokens are made of letters, digits, dots, dashes and underscores: nothing needs quoting.
fn set(state: &ServerState, name: &str, path: &str, token: &str, seconds: i64) -> (HeaderName, String) {
    let secure = if state.config().is_https() { "; Secure" } else { "" };
    let value = format!("{name}={token}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}");
    (header::SET_COOKIE, value)
}
