//! Every error answer of the server: one type, rendered in one place as `application/problem+json` (RFC 9457).
//!
//! Handlers and extractors return a [`Problem`]; [`render()`] writes its body last, when the id of the request is known,
//! and turns whatever bare error a library of ours answered into a problem too.

mod from_library;
mod kinds;
mod render;
mod wire;

use std::borrow::Cow;

use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

pub(crate) use render::render;
pub(crate) use wire::{FieldError, ProblemBody};

/// An error as the client will see it.
#[derive(Clone, Debug)]
pub(crate) struct Problem(Box<Parts>);

#[derive(Clone, Debug)]
struct Parts {
    status: StatusCode,
    code: Cow<'static, str>,
    detail: Cow<'static, str>,
    errors: Vec<FieldError>,
    headers: Vec<(HeaderName, HeaderValue)>,
    current: Option<serde_json::Value>,
}

impl Problem {
    /// A problem with a stable `code` for programs and a `detail` that tells a person what to do.
    pub(crate) fn new(
        status: StatusCode,
        code: impl Into<Cow<'static, str>>,
        detail: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self(Box::new(Parts {
            status,
            code: code.into(),
            detail: detail.into(),
            errors: Vec::new(),
            headers: Vec::new(),
            current: None,
        }))
    }

    /// Names the field that is wrong, and how.
    pub(crate) fn field(mut self, field: impl Into<String>, detail: impl Into<String>) -> Self {
        self.0.errors.push(FieldError {
            field: field.into(),
            detail: detail.into(),
        });
        self
    }

    /// Adds a header to the answer.
    pub(crate) fn header(mut self, name: HeaderName, value: impl Into<HeaderValue>) -> Self {
        self.0.headers.push((name, value.into()));
        self
    }

    /// Shows what is stored now, for a client that lost a race.
    pub(crate) fn current(mut self, current: impl serde::Serialize) -> Self {
        self.0.current = serde_json::to_value(current).ok();
        self
    }

    /// The status of the answer.
    #[cfg(test)]
    pub(crate) fn status(&self) -> StatusCode {
        self.0.status
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.0.status.into_response();
        for (name, value) in &self.0.headers {
            response.headers_mut().append(name, value.clone());
        }
        response.extensions_mut().insert(self);
        response
    }
}
