//! `/api/v1/books/` is `/api/v1/books`, without a redirect: a client that does not follow redirects works too.

use axum::Router;
use tower::Layer as _;
use tower_http::normalize_path::NormalizePathLayer;

/// The same routes, whether or not the address ends in a slash.
pub(crate) fn without_trailing_slash(router: Router) -> Router {
    // The address has to change before a route is looked up, so the whole router goes behind another one.
    Router::new().fallback_service(NormalizePathLayer::trim_trailing_slash().layer(router))
}
