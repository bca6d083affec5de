//! Health and readiness.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

/// The process is alive.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Health {
    /// Always `ok`.
    #[schema(pattern = "^ok$")]
    pub(crate) status: &'static str,
    /// Version of the program.
    pub(crate) version: &'static str,
}

/// Can the process do its work?
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Readiness {
    /// `ready` or `not-ready`.
    #[schema(pattern = "^(ready|not-ready)$")]
    pub(crate) status: &'static str,
    /// Each thing that the work needs: `ok`, or what is wrong.
    pub(crate) checks: BTreeMap<&'static str, String>,
}

/// Name of a check → `ok` or what is wrong.
pub(crate) type Checks = BTreeMap<&'static str, String>;
