//! What is inside a book, at addresses that never change what they mean.

pub(crate) mod document;
pub(crate) mod resource;

use axum::http::{HeaderValue, header};
use axum::response::Response;

/// A book is somebody else's text: opened by itself it may do nothing at all.
fn sandboxed(mut response: Response) -> Response {
    let policy = HeaderValue::from_static("default-src 'none'; sandbox; frame-ancestors 'none'");
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}
