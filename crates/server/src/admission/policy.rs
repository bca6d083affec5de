//! The one table of routes: who may call each, how often, and what it may be sent.

use axum::extract::Request;
use axum::http::{Method, header};
use library::accounts::Role;
use subtle::ConstantTimeEq as _;

use super::credentials::Caller;
use crate::ServerState;
use crate::observe::ClientAddress;
use crate::problem::Problem;

/// Who may call a route. What a caller then sees of a book is the library's own decision, by its viewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// Everybody, and everybody alike: credentials are not even read.
    Public,
    /// Everybody; who is signed in sees their own things beside the public catalogue.
    Visitor,
    /// Who may see the book: its owner, administrators, and everybody when it is in the catalogue.
    Reader,
    /// Anybody with an account, about their own things.
    SignedIn,
    /// Anybody with an account who may read the book as themselves: its owner, and all when it is in the catalogue.
    Holder,
    /// Only who has the book on their shelf.
    Owner,
    /// Who looks after readers: moderators and administrators.
    Moderator,
    /// Who looks after everything.
    Administrator,
    /// Whoever runs this machine.
    Operator,
}

/// Which rate limit counts the calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quota {
    /// Never refused: probes and what the operator reads.
    Unlimited,
    /// Attempts to sign in.
    SignIn,
    /// New accounts.
    Register,
    /// Files.
    Upload,
    /// What starts long work.
    Work,
    /// Other changes.
    Write,
    /// Reading the API.
    Read,
    /// Chapters and pictures.
    Content,
}

/// What a request may carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Payload {
    /// Nothing.
    Empty,
    /// A small JSON document.
    Json,
    /// A book file.
    File,
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Policy {
    /// `GET` stands for `HEAD` too.
    pub(crate) method: &'static str,
    /// The route as it is registered.
    pub(crate) path: &'static str,
    pub(crate) access: Access,
    pub(crate) quota: Quota,
    pub(crate) payload: Payload,
}

const fn row(
    method: &'static str,
    path: &'static str,
    access: Access,
    quota: Quota,
    payload: Payload,
) -> Policy {
    Policy {
        method,
        path,
        access,
        quota,
        payload,
    }
}

/// Every route. The handlers are mounted in [`crate::routes`]; a test holds the two against each other.
#[rustfmt::skip]
pub(crate) const POLICIES: &[Policy] = &[
    row("GET",    "/health",                                    Access::Public,   Quota::Unlimited, Payload::Empty),
    row("GET",    "/ready",                                     Access::Public,   Quota::Unlimited, Payload::Empty),
    row("GET",    "/metrics",                                   Access::Operator, Quota::Unlimited, Payload::Empty),
    row("GET",    "/docs",                                      Access::Public,   Quota::Content,   Payload::Empty),
    row("GET",    "/docs/{file}",                               Access::Public,   Quota::Content,   Payload::Empty),
    row("GET",    "/api/v1/openapi.json",                       Access::Public,   Quota::Read,      Payload::Empty),

    row("POST",   "/api/v1/users/register",                     Access::Public,   Quota::Register,  Payload::Json),
    row("GET",    "/api/v1/users/me",                           Access::SignedIn, Quota::Read,      Payload::Empty),
    row("PATCH",  "/api/v1/users/me",                           Access::SignedIn, Quota::Write,     Payload::Json),
    row("DELETE", "/api/v1/users/me",                           Access::SignedIn, Quota::Write,     Payload::Empty),
    row("PUT",    "/api/v1/users/me/password",                  Access::SignedIn, Quota::Write,     Payload::Json),
    row("GET",    "/api/v1/users/me/sessions",                  Access::SignedIn, Quota::Read,      Payload::Empty),
    row("DELETE", "/api/v1/users/me/sessions",                  Access::SignedIn, Quota::Write,     Payload::Empty),
    row("DELETE", "/api/v1/users/me/sessions/{session_id}",     Access::SignedIn, Quota::Write,     Payload::Empty),
    row("PUT",    "/api/v1/users/me/email",                     Access::SignedIn, Quota::Write,     Payload::Json),
    row("POST",   "/api/v1/users/me/verification",              Access::SignedIn, Quota::Write,     Payload::Empty),
    row("GET",    "/api/v1/users/me/plan",                      Access::SignedIn, Quota::Read,      Payload::Empty),
    row("POST",   "/api/v1/auth/confirm-email",                 Access::Public,   Quota::SignIn,    Payload::Json),
    row("POST",   "/api/v1/auth/forgot-password",               Access::Public,   Quota::SignIn,    Payload::Json),
    row("POST",   "/api/v1/auth/reset-password",                Access::Public,   Quota::SignIn,    Payload::Json),
    row("POST",   "/api/v1/auth/login",                         Access::Public,   Quota::SignIn,    Payload::Json),
    row("POST",   "/api/v1/auth/refresh",                       Access::Public,   Quota::Write,     Payload::Json),
    row("POST",   "/api/v1/auth/logout",                        Access::Public,   Quota::Write,     Payload::Json),

    row("GET",    "/api/v1/catalogue",                          Access::Visitor,  Quota::Read,      Payload::Empty),
    row("GET",    "/api/v1/books",                              Access::Visitor,  Quota::Read,      Payload::Empty),
    row("POST",   "/api/v1/books",                              Access::SignedIn, Quota::Upload,    Payload::File),
    row("GET",    "/api/v1/books/{book_id}",                    Access::Reader,   Quota::Read,      Payload::Empty),
    row("DELETE", "/api/v1/books/{book_id}",                    Access::Owner,    Quota::Write,     Payload::Empty),
    row("GET",    "/api/v1/books/{book_id}/cover",              Access::Reader,   Quota::Content,   Payload::Empty),
    row("GET",    "/api/v1/books/{book_id}/chapters",           Access::Reader,   Quota::Read,      Payload::Empty),
    row("GET",    "/api/v1/books/{book_id}/chapters/{index}",   Access::Reader,   Quota::Read,      Payload::Empty),
    row("GET",    "/api/v1/books/{book_id}/descriptions",       Access::Reader,   Quota::Read,      Payload::Empty),
    row("GET",    "/api/v1/books/{book_id}/characters",         Access::Reader,   Quota::Read,      Payload::Empty),
    row("GET",    "/api/v1/books/{book_id}/pictures",           Access::Reader,   Quota::Read,      Payload::Empty),
    row("POST",  "/api/v1/books/{book_id}/pictures",          Access::Holder,   Quota::Work,      Payload::Json),
    row("GET",   "/api/v1/books/{book_id}/picture-settings",  Access::Owner,    Quota::Read,      Payload::Empty),
    row("PUT",   "/api/v1/books/{book_id}/picture-settings",  Access::Owner,    Quota::Write,     Payload::Json),
    row("GET",    "/api/v1/books/{book_id}/position",           Access::Holder,   Quota::Read,      Payload::Empty),
    row("PUT",    "/api/v1/books/{book_id}/position",           Access::Holder,   Quota::Write,     Payload::Json),
    row("GET",    "/api/v1/books/{book_id}/annotations",        Access::Holder,   Quota::Read,      Payload::Empty),
    row("PUT",    "/api/v1/books/{book_id}/annotations/{annotation_id}", Access::Holder, Quota::Write, Payload::Json),
    row("DELETE", "/api/v1/books/{book_id}/annotations/{annotation_id}", Access::Holder, Quota::Write, Payload::Empty),
    row("GET",    "/api/v1/books/{book_id}/events",             Access::Reader,   Quota::Read,      Payload::Empty),
    row("POST",   "/api/v1/books/{book_id}/export",             Access::Holder,   Quota::Work,      Payload::Empty),
    row("GET",    "/api/v1/books/{book_id}/export",             Access::Holder,   Quota::Content,   Payload::Empty),

    row("POST",   "/api/v1/descriptions/{description_id}/picture", Access::Holder,   Quota::Work,   Payload::Json),
    row("GET",   "/api/v1/descriptions/{description_id}/pictures", Access::Reader,   Quota::Read,      Payload::Empty),
    row("GET",   "/api/v1/pictures",                          Access::SignedIn, Quota::Read,      Payload::Empty),
    row("DELETE","/api/v1/pictures/{picture_id}",             Access::Holder,   Quota::Write,     Payload::Empty),
    row("PUT",   "/api/v1/pictures/{picture_id}/chosen",      Access::Holder,   Quota::Write,     Payload::Empty),
    row("POST",  "/api/v1/pictures/{picture_id}/report",      Access::Holder,   Quota::Write,     Payload::Json),
    row("POST",  "/api/v1/pictures/{picture_id}/share",       Access::Holder,   Quota::Write,     Payload::Empty),
    row("DELETE","/api/v1/pictures/{picture_id}/share",       Access::Holder,   Quota::Write,     Payload::Empty),
    row("GET",   "/api/v1/shared-pictures/{token}",           Access::Public,   Quota::Content,   Payload::Empty),
    row("GET",    "/api/v1/pictures/{picture_id}/image",        Access::Reader,   Quota::Content,   Payload::Empty),
    row("GET",    "/api/v1/jobs/{job_id}",                      Access::Reader,   Quota::Read,      Payload::Empty),
    row("GET",    "/api/v1/jobs/{job_id}/events",               Access::Reader,   Quota::Read,      Payload::Empty),

    row("GET",    "/api/v1/admin/users",                        Access::Moderator,     Quota::Read,  Payload::Empty),
    row("GET",    "/api/v1/admin/users/{user_id}",              Access::Moderator,     Quota::Read,  Payload::Empty),
    row("PUT",    "/api/v1/admin/users/{user_id}/suspension",   Access::Moderator,     Quota::Write, Payload::Json),
    row("DELETE", "/api/v1/admin/users/{user_id}/suspension",   Access::Moderator,     Quota::Write, Payload::Empty),
    row("PUT",    "/api/v1/admin/users/{user_id}/role",         Access::Administrator, Quota::Write, Payload::Json),
    row("PUT",    "/api/v1/admin/users/{user_id}/plan",         Access::Administrator, Quota::Write, Payload::Json),
    row("DELETE", "/api/v1/admin/users/{user_id}/plan",         Access::Administrator, Quota::Write, Payload::Empty),
    row("GET",    "/api/v1/admin/jobs",                         Access::Administrator, Quota::Read,  Payload::Empty),
    row("POST",   "/api/v1/admin/jobs/{job_id}/retry",          Access::Administrator, Quota::Write, Payload::Empty),
    row("POST",   "/api/v1/admin/jobs/{job_id}/cancel",         Access::Administrator, Quota::Write, Payload::Empty),
    row("GET",    "/api/v1/admin/mails",                        Access::Administrator, Quota::Read,  Payload::Empty),
    row("GET",    "/api/v1/admin/picture-spending",             Access::Administrator, Quota::Read,  Payload::Empty),
    row("GET",    "/api/v1/admin/audit",                        Access::Administrator, Quota::Read,  Payload::Empty),

    row("GET",    "/content/{revision}/{document}",             Access::Reader,   Quota::Content,   Payload::Empty),
    row("GET",    "/content/{revision}/resources/{name}",       Access::Reader,   Quota::Content,   Payload::Empty),
];

/// The row of a request; 405 with the methods that have one, so a route without a row cannot be called.
pub(crate) fn find(method: &Method, path: &str) -> Result<&'static Policy, Problem> {
    let method = if method == Method::HEAD {
        "GET"
    } else {
        method.as_str()
    };
    let of_path = || POLICIES.iter().filter(|policy| policy.path == path);
    of_path().find(|policy| policy.method == method).ok_or_else(|| {
        let methods: Vec<_> = of_path()
            .map(|policy| {
                if policy.method == "GET" {
                    "GET, HEAD"
                } else {
                    policy.method
                }
            })
            .collect();
        if methods.is_empty() {
            Problem::not_found("address")
        } else {
            Problem::method_not_allowed(&methods.join(", "))
        }
    })
}

impl Access {
    /// Is this caller let in?
    pub(super) fn check(
        self,
        state: &ServerState,
        request: &Request,
        caller: &Caller,
    ) -> Result<(), Problem> {
        match self {
            Self::Public | Self::Visitor | Self::Reader => Ok(()),
            Self::SignedIn | Self::Holder | Self::Owner if caller.user().is_some() => Ok(()),
            Self::Moderator if matches!(caller.1, Some(Role::Moderator | Role::Administrator)) => Ok(()),
            Self::Administrator if caller.1 == Some(Role::Administrator) => Ok(()),
            Self::Moderator | Self::Administrator if caller.user().is_some() => {
                Err(Problem::forbidden("forbidden", "Your account may not do this."))
            }
            Self::SignedIn | Self::Holder | Self::Owner | Self::Moderator | Self::Administrator => {
                Err(Problem::sign_in_needed())
            }
            Self::Operator if is_operator(state, request) => Ok(()),
            Self::Operator => Err(Problem::forbidden(
                "operators-only",
                "Read this from the machine itself, or with the token of `metrics.token`.",
            )),
        }
    }

    /// Are credentials read at all?
    pub(super) fn reads_credentials(self) -> bool {
        !matches!(self, Self::Public | Self::Operator)
    }
}

fn is_operator(state: &ServerState, request: &Request) -> bool {
    let is_local = request
        .extensions()
        .get::<ClientAddress>()
        .is_some_and(|address| address.is_local_peer);
    let shown = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.as_bytes().strip_prefix(b"Bearer "));
    let has_token = match (&state.config().metrics.token, shown) {
        (Some(expected), Some(shown)) => expected.0.as_bytes().ct_eq(shown).into(),
        _ => false,
    };
    is_local || has_token
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_route_has_two_rows() {
        for (index, one) in POLICIES.iter().enumerate() {
            let is_same = |other: &Policy| other.method == one.method && other.path == one.path;
            assert!(
                !POLICIES[index + 1..].iter().any(is_same),
                "{} {}",
                one.method,
                one.path
            );
        }
    }

    #[test]
    fn what_has_no_row_is_denied() {
        assert_eq!(find(&Method::GET, "/api/v1/secret").unwrap_err().status(), 404);
        assert_eq!(find(&Method::PUT, "/api/v1/books").unwrap_err().status(), 405);
    }

    #[test]
    fn head_is_get() {
        assert_eq!(find(&Method::HEAD, "/health").unwrap().method, "GET");
    }
}
