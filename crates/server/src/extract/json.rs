//! JSON bodies: what cannot be read is a 400, what says something wrong a 422 with the field's name.

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use garde::Validate;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::text::find_nul;
use crate::ServerState;
use crate::admission::is_over_limit;
use crate::problem::Problem;

/// A JSON body that passed its checks.
pub(crate) struct Json<T>(pub(crate) T);

impl<T> FromRequest<ServerState> for Json<T>
where
    T: DeserializeOwned + Validate<Context = ()>,
{
    type Rejection = Problem;

    async fn from_request(request: Request, state: &ServerState) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            return Err(Problem::unsupported_media_type("application/json"));
        }
        let bytes = read(request, state).await?;
        parse(&bytes).map(Self)
    }
}

/// A JSON body that may be left out: its default stands in for it.
pub(crate) struct OptionalJson<T>(pub(crate) T);

impl<T> FromRequest<ServerState> for OptionalJson<T>
where
    T: DeserializeOwned + Validate<Context = ()> + Default,
{
    type Rejection = Problem;

    async fn from_request(request: Request, state: &ServerState) -> Result<Self, Problem> {
        let is_json = is_json(request.headers());
        let bytes = read(request, state).await?;
        match (bytes.is_empty(), is_json) {
            (true, _) => Ok(Self(T::default())),
            // A client that always sends JSON has no other word for nothing.
            (false, true) if bytes.trim_ascii() == b"null" => Ok(Self(T::default())),
            (false, true) => parse(&bytes).map(Self),
            (false, false) => Err(Problem::unsupported_media_type("application/json")),
        }
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
        || (essence.starts_with("application/") && essence.ends_with("+json"))
}

async fn read(request: Request, state: &ServerState) -> Result<Bytes, Problem> {
    // Admission has put a limit around the body already.
    to_bytes(request.into_body(), usize::MAX).await.map_err(|error| {
        if is_over_limit(&error) {
            return Problem::too_large(state.config().json_bytes as u64);
        }
        Problem::malformed(
            "body-unreadable",
            "The request's body did not arrive whole: send it again.",
        )
    })
}

fn parse<T: DeserializeOwned + Validate<Context = ()>>(bytes: &[u8]) -> Result<T, Problem> {
    let mut value: Value = serde_json::from_slice(bytes).map_err(|error| {
        Problem::malformed("malformed-json", format!("The body is not valid JSON: {error}."))
    })?;
    if let Some(field) = find_nul(&value) {
        return Err(Problem::invalid_field(&field, "has a NUL character: remove it"));
    }
    make_whole(&mut value);
    let body: T = serde_path_to_error::deserialize(value)
        .map_err(|error| Problem::invalid_field(&error.path().to_string(), error.inner().to_string()))?;
    check(&body)?;
    Ok(body)
}

/// `155.0` is an integer (JSON Schema 2020-12, validation 6.1.1), and some clients write one so.
fn make_whole(value: &mut Value) {
    match value {
        Value::Number(number) => {
            if let Some(whole) = number.as_f64().filter(|_| number.is_f64()).and_then(whole) {
                *number = whole.into();
            }
        }
        Value::Array(items) => items.iter_mut().for_each(make_whole),
        Value::Object(fields) => fields.values_mut().for_each(make_whole),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

/// The integer that a float stands for exactly.
fn whole(float: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    (float.fract() == 0.0 && float.abs() <= EXACT).then_some(float as i64)
}

/// Says which fields break their limits.
pub(super) fn check<T: Validate<Context = ()>>(value: &T) -> Result<(), Problem> {
    value.validate().map_err(|report| {
        let problem = Problem::invalid("The request has a wrong field: see `errors`.");
        report.iter().fold(problem, |problem, (path, error)| {
            problem.field(path.to_string(), error.to_string())
        })
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_whole_float_is_an_integer_wherever_it_stands() {
        let mut value = json!({"a": 155.0, "b": [-2.0, 1.5], "c": 1e300, "d": "7.0"});
        make_whole(&mut value);
        assert_eq!(value, json!({"a": 155, "b": [-2, 1.5], "c": 1e300, "d": "7.0"}));
    }
}
