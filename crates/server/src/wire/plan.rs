//! A reader's plan.

use chrono::{DateTime, Utc};
use library::plans;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A plan.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Plan {
    Free,
    Premium,
    Ultimate,
}

impl From<plans::Plan> for Plan {
    fn from(plan: plans::Plan) -> Self {
        match plan {
            plans::Plan::Free => Self::Free,
            plans::Plan::Premium => Self::Premium,
            plans::Plan::Ultimate => Self::Ultimate,
        }
    }
}

impl From<Plan> for plans::Plan {
    fn from(plan: Plan) -> Self {
        match plan {
            Plan::Free => Self::Free,
            Plan::Premium => Self::Premium,
            Plan::Ultimate => Self::Ultimate,
        }
    }
}

/// What a reader may have, and what they have.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Standing {
    pub(crate) plan: Plan,
    /// When it ends unless it is prolonged; absent when it lasts.
    pub(crate) until: Option<DateTime<Utc>>,
    pub(crate) allowance: Allowance,
    pub(crate) used: Use,
    /// Whether more is held than the plan allows: nothing is lost, and nothing can be added until there is room.
    pub(crate) above_limit: bool,
}

/// What a reader may have.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Allowance {
    /// Books on the shelf.
    pub(crate) books: u64,
    /// Bytes of their files.
    pub(crate) storage_bytes: u64,
    /// Pictures asked for in a day, by UTC.
    pub(crate) pictures_per_day: u64,
    /// Pictures asked for in a calendar month, by UTC.
    pub(crate) pictures_per_month: u64,
}

/// What is used of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Use {
    pub(crate) books: u64,
    pub(crate) storage_bytes: u64,
    pub(crate) pictures_today: u64,
    pub(crate) pictures_this_month: u64,
}

impl From<plans::Standing> for Standing {
    fn from(standing: plans::Standing) -> Self {
        let (allowance, used) = (standing.allowance, standing.used);
        Self {
            above_limit: standing.is_above(),
            plan: standing.plan.into(),
            until: standing.until,
            allowance: Allowance {
                books: allowance.books,
                storage_bytes: allowance.storage_bytes,
                pictures_per_day: allowance.pictures_per_day,
                pictures_per_month: allowance.pictures_per_month,
            },
            used: Use {
                books: used.books,
                storage_bytes: used.storage_bytes,
                pictures_today: used.pictures_today,
                pictures_this_month: used.pictures_this_month,
            },
        }
    }
}
