//! The problems that more than one endpoint has.

use axum::http::{HeaderValue, StatusCode, header};

use super::Problem;

impl Problem {
    /// 400: the request is not even well formed.
    pub(crate) fn malformed(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, detail.into())
    }

    /// 401: who are you?
    pub(crate) fn sign_in_needed() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "sign-in-needed",
            "Sign in, then send the access token with the request.",
        )
        .header(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
    }

    /// 401: the token is forged, expired or of a removed account.
    pub(crate) fn token_invalid() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "token-invalid",
            "The access token is not valid or has expired: refresh it or sign in again.",
        )
        .header(
            header::WWW_AUTHENTICATE,
            HeaderValue::from_static(r#"Bearer error="invalid_token""#),
        )
    }

    /// 403: known, but not allowed.
    pub(crate) fn forbidden(code: &'static str, detail: &'static str) -> Self {
        Self::new(StatusCode::FORBIDDEN, code, detail)
    }

    /// 404, also for what exists but is somebody else's.
    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not-found",
            format!("There is no such {what} here, or it is not yours."),
        )
    }

    /// 405 with the methods that do exist.
    pub(crate) fn method_not_allowed(allowed: &str) -> Self {
        let problem = Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method-not-allowed",
            format!("This address answers to: {allowed}."),
        );
        match HeaderValue::from_str(allowed) {
            Ok(value) => problem.header(header::ALLOW, value),
            Err(_) => problem,
        }
    }

    /// 408: the client took too long to send its request.
    pub(crate) fn too_slow() -> Self {
        Self::new(
            StatusCode::REQUEST_TIMEOUT,
            "too-slow",
            "The request did not arrive in time: send it again.",
        )
    }

    /// 413 with the limit.
    pub(crate) fn too_large(limit: u64) -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too-large",
            format!("The request is larger than the {limit} bytes that are taken here."),
        )
    }

    /// 415 with what is expected.
    pub(crate) fn unsupported_media_type(expected: &str) -> Self {
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported-media-type",
            format!("Send the request's body as {expected}."),
        )
    }

    /// 422: well formed, but it says something that cannot be.
    pub(crate) fn invalid(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", detail.into())
    }

    /// 422 of one field.
    pub(crate) fn invalid_field(field: &str, detail: impl Into<String>) -> Self {
        Self::invalid("The request has a wrong field: see `errors`.").field(field, detail)
    }

    /// 422: the password that proves who asks is not the account's.
    pub(crate) fn wrong_password() -> Self {
        let says = "This is not your current password.";
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "wrong-password", says).field("current_password", says)
    }

    /// 429 with the seconds to wait.
    pub(crate) fn too_many_requests(retry_after: std::time::Duration) -> Self {
        let seconds = retry_after.as_secs() + u64::from(retry_after.subsec_nanos() > 0);
        Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too-many-requests",
            format!("Too many requests: try again in {} s.", seconds.max(1)),
        )
        .header(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)))
    }

    /// 500: our fault. What happened is in the log under the request's id, never in the answer.
    pub(crate) fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "Something went wrong on our side. Quote the request's id when you report it.",
        )
    }

    /// 503: the server is too busy or is going away.
    pub(crate) fn unavailable() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
            "The service is busy: try again in a moment.",
        )
        .header(header::RETRY_AFTER, HeaderValue::from(5_u64))
    }

    /// The problem of a bare status that no code of ours explained.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::not_found("address"),
            StatusCode::PAYLOAD_TOO_LARGE => Self::new(
                status,
                "too-large",
                "The request is larger than what is taken here.",
            ),
            StatusCode::REQUEST_TIMEOUT => Self::too_slow(),
            StatusCode::SERVICE_UNAVAILABLE => Self::unavailable(),
            status if status.is_server_error() => Self::internal(),
            status => Self::new(status, "bad-request", "The request cannot be understood."),
        }
    }
}

impl From<anyhow::Error> for Problem {
    /// An unexpected error is logged here, once, and nowhere else.
    fn from(error: anyhow::Error) -> Self {
        tracing::error!(error = format!("{error:#}"), "the request failed");
        Self::internal()
    }
}
