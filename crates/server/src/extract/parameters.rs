//! Parameters of the path and the query.

use axum::extract::path::ErrorKind;
use axum::extract::rejection::PathRejection;
use axum::extract::{FromRequestParts, Path as AxumPath};
use axum::http::request::Parts;
use axum_extra::extract::Query as AxumQuery;
use axum_extra::extract::QueryRejection;
use garde::Validate;
use serde::de::DeserializeOwned;

use super::json::check;
use crate::problem::Problem;

/// Parameters of the path: what cannot be one is a 422 with its name.
pub(crate) struct Path<T>(pub(crate) T);

impl<T, S> FromRequestParts<S> for Path<T>
where
    T: DeserializeOwned + Send,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = AxumPath::<T>::from_request_parts(parts, state).await;
        path.map(|AxumPath(value)| Self(value))
            .map_err(|rejection| path_problem(&rejection))
    }
}

fn path_problem(rejection: &PathRejection) -> Problem {
    let PathRejection::FailedToDeserializePathParams(failed) = rejection else {
        return Problem::internal();
    };
    match failed.kind() {
        ErrorKind::ParseErrorAtKey {
            key,
            value,
            expected_type,
        } => Problem::invalid_field(key, format!("{value:?} is not {expected_type}")),
        ErrorKind::DeserializeError { key, value, message } => {
            Problem::invalid_field(key, format!("{value:?}: {message}"))
        }
        ErrorKind::InvalidUtf8InPathParam { key } => Problem::invalid_field(key, "is not UTF-8"),
        _ => Problem::invalid("The address has a part that cannot be read."),
    }
}

/// Parameters of the query: unknown, repeated, wrong and out of range ones are a 422 with their name.
pub(crate) struct Query<T>(pub(crate) T);

impl<T, S> FromRequestParts<S> for Query<T>
where
    T: DeserializeOwned + Validate<Context = ()>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let AxumQuery(value) = AxumQuery::<T>::from_request_parts(parts, state)
            .await
            .map_err(query_problem)?;
        check(&value)?;
        Ok(Self(value))
    }
}

fn query_problem(rejection: QueryRejection) -> Problem {
    let text =
        std::error::Error::source(&rejection).map_or_else(|| rejection.to_string(), ToString::to_string);
    match text.split_once(": ") {
        Some((field, detail)) if !field.contains(' ') => Problem::invalid_field(field, detail),
        _ => Problem::invalid_field("query", text),
    }
}
