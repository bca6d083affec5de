//! Who may call what, how often and with how much: decided for every request before its handler runs.
//!
//! [`policy`] is the one table. A route that has no row there is denied.

#[cfg(test)]
mod authorisation_test;
mod body_limit;
pub(crate) mod credentials;
mod policy;
mod quota;
mod same_origin;

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;

use crate::ServerState;
use crate::observe::{Account, ClientAddress};
use crate::problem::Problem;

pub(crate) use body_limit::is_over_limit;
pub(crate) use credentials::Caller;
pub(crate) use policy::{Access, POLICIES, Payload, Policy, Quota};
pub(crate) use quota::spend;

/// Lets a request through to its handler, or explains why not.
pub(crate) async fn admit(
    State(state): State<ServerState>,
    mut request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let Some(path) = request.extensions().get::<MatchedPath>().cloned() else {
        return Ok(next.run(request).await);
    };
    let policy = policy::find(request.method(), path.as_str())?;
    same_origin::check(&state, &request)?;
    let caller = credentials::recognise(&state, request.headers(), policy.access).await?;
    if let (Some(account), Some(user)) = (request.extensions().get::<Account>(), caller.user()) {
        account.note(user);
    }
    policy.access.check(&state, &request, &caller)?;
    let client = request.extensions().get::<ClientAddress>().copied();
    quota::check(&state, policy.quota, caller, client).await?;
    request.extensions_mut().insert(caller);
    body_limit::run(&state, policy.payload, request, next).await
}

/// Methods that change nothing (RFC 9110 section 9.2.1).
fn is_safe(method: &Method) -> bool {
    matches!(
        *method,
        Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE
    )
}
