//! A browser sends its cookies along with what any page makes it send: a change that rests on a cookie has to come from
//! our own pages.

use axum::extract::Request;
use axum::http::{HeaderMap, header};
use axum_extra::extract::cookie::CookieJar;

use super::is_safe;
use crate::ServerState;
use crate::cookies::{ACCESS, REFRESH};
use crate::problem::Problem;

/// Refuses a change that rests on a cookie and does not come from our own pages.
pub(super) fn check(state: &ServerState, request: &Request) -> Result<(), Problem> {
    let headers = request.headers();
    if is_safe(request.method()) || !rests_on_cookie(headers) || is_same_origin(state, headers) {
        return Ok(());
    }
    Err(Problem::forbidden(
        "cross-site",
        "Changes made with the cookie have to come from this site's own pages.",
    ))
}

fn rests_on_cookie(headers: &HeaderMap) -> bool {
    let jar = CookieJar::from_headers(headers);
    !headers.contains_key(header::AUTHORIZATION) && (jar.get(ACCESS).is_some() || jar.get(REFRESH).is_some())
}

/// Every browser says where a request comes from; one that does not say is not believed.
fn is_same_origin(state: &ServerState, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text("origin") else {
        return false;
    };
    let public = state
        .config()
        .public_url
        .as_ref()
        .map(|url| url.origin().ascii_serialization());
    let is_host =
        || text("host").is_some_and(|host| origin.split_once("://").is_some_and(|(_, rest)| rest == host));
    public.is_some_and(|public| public == origin) || is_host()
}
