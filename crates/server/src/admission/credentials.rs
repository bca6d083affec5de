//! Recognises the caller by a bearer token or by the cookie that the web app has.

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header;
use axum::http::request::Parts;
use axum_extra::extract::cookie::CookieJar;
use library::accounts::Role;
use library::audit::Actor;
use library::ids::UserId;
use library::{LookupError, Viewer};

use super::policy::Access;
use crate::ServerState;
use crate::access_token::Claims;
use crate::cookies::ACCESS;
use crate::problem::Problem;

/// Who is calling, as far as the request's credentials tell.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Caller(pub(crate) Viewer, pub(crate) Option<Role>);

impl Caller {
    /// The account, when there is one.
    pub(crate) fn user(self) -> Option<UserId> {
        self.0.user()
    }

    /// The account, for routes that the table opens to accounts only.
    pub(crate) fn signed_in(self) -> Result<UserId, Problem> {
        self.user().ok_or_else(Problem::sign_in_needed)
    }

    /// The account with its role, as the audit log names it.
    pub(crate) fn actor(self) -> Result<Actor, Problem> {
        match (self.user(), self.1) {
            (Some(user), Some(role)) => Ok(Actor::Account(user, role)),
            _ => Err(Problem::sign_in_needed()),
        }
    }

    /// What to answer when the library shows nothing: somebody without an account may find more after signing in.
    pub(crate) fn missing(self, error: LookupError) -> Problem {
        match error {
            LookupError::NotFound if self.user().is_none() => Problem::sign_in_needed(),
            error => error.into(),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    /// Without admission there is no caller, and a handler that asks for one is not reached.
    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        parts
            .extensions
            .get::<Self>()
            .copied()
            .ok_or_else(Problem::sign_in_needed)
    }
}

/// Reads the credentials of a request. A wrong token is refused even where none is needed, so that a client learns that
/// it must refresh; no token at all is nobody.
pub(super) async fn recognise(
    state: &ServerState,
    headers: &HeaderMap,
    access: Access,
) -> Result<Caller, Problem> {
    if !access.reads_credentials() {
        return Ok(Caller(Viewer::Anonymous, None));
    }
    let Some(claims) = claims(state, headers)? else {
        return Ok(Caller(Viewer::Anonymous, None));
    };
    if !state
        .sessions()
        .is_alive(state.library(), claims.sub, claims.sid)
        .await?
    {
        return Err(Problem::token_invalid());
    }
    let viewer = match claims.role {
        Role::Reader | Role::Moderator => Viewer::User(claims.sub),
        Role::Administrator => Viewer::Administrator(claims.sub),
    };
    Ok(Caller(viewer, Some(claims.role)))
}

/// What the access token says, when there is one.
pub(crate) fn claims(state: &ServerState, headers: &HeaderMap) -> Result<Option<Claims>, Problem> {
    let Some(token) = token(headers)? else {
        return Ok(None);
    };
    let claims = state
        .tokens()
        .read(&token)
        .map_err(|_| Problem::token_invalid())?;
    Ok(Some(claims))
}

/// The sign-in that a request comes from, for routes that the table opens to accounts only.
pub(crate) fn sign_in(state: &ServerState, headers: &HeaderMap) -> Result<Claims, Problem> {
    claims(state, headers)?.ok_or_else(Problem::sign_in_needed)
}

/// A header wins over a cookie: it was put there on purpose.
fn token(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    if let Some(value) = headers.get(header::AUTHORIZATION) {
        let token = value
            .to_str()
            .ok()
            .and_then(bearer)
            .ok_or_else(Problem::token_invalid)?;
        return Ok(Some(token.to_owned()));
    }
    Ok(CookieJar::from_headers(headers)
        .get(ACCESS)
        .map(|cookie| cookie.value().to_owned()))
}

/// The scheme's name has no case (RFC 9110 section 11.1).
fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_has_no_case_and_others_are_not_ours() {
        assert_eq!(bearer("bEARER  abc"), Some("abc"));
        assert_eq!(bearer("Basic abc"), None);
    }
}
