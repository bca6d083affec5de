//! The body of a problem on the wire.

use serde::Serialize;
use utoipa::ToSchema;

/// What went wrong (RFC 9457). `code` is stable and meant for programs; `detail` is meant for people.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemBody {
    /// Always `about:blank`: the kind of problem is its `code`.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// The name of the status.
    pub(crate) title: String,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599)]
    pub(crate) status: u16,
    /// What happened and what to do about it.
    pub(crate) detail: String,
    /// A stable name of this kind of problem.
    pub(crate) code: String,
    /// The id of the request, which the logs carry too.
    pub(crate) request_id: String,
    /// The fields that are wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub(crate) errors: Vec<FieldError>,
    /// What is stored now, where a write lost a race.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>, required = false, nullable = false)]
    pub(crate) current: Option<serde_json::Value>,
}

/// One wrong field.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct FieldError {
    /// Path of the field, like `email` or `items[2].name`.
    pub(crate) field: String,
    /// What is wrong with it.
    pub(crate) detail: String,
}
