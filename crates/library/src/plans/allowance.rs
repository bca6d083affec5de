//! What a plan allows, as configuration.

use serde::{Deserialize, Serialize};

/// A plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Plan {
    /// For everybody.
    Free,
    /// For many books and pictures.
    Premium,
    /// For as much as one person can read.
    Ultimate,
}

/// No plan has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not free, premium or ultimate")]
pub struct UnknownPlan(pub String);

impl Plan {
    /// Every plan, smallest first.
    pub const ALL: [Self; 3] = [Self::Free, Self::Premium, Self::Ultimate];

    /// The name in rows, on the wire and in metrics.
    pub fn name(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Premium => "premium",
            Self::Ultimate => "ultimate",
        }
    }
}

impl std::str::FromStr for Plan {
    type Err = UnknownPlan;

    fn from_str(name: &str) -> Result<Self, UnknownPlan> {
        Self::ALL
            .into_iter()
            .find(|plan| plan.name() == name)
            .ok_or_else(|| UnknownPlan(name.to_owned()))
    }
}

/// What a reader may have and do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allowance {
    /// Books on the shelf.
    pub books: u64,
    /// Bytes of the files of these books.
    pub storage_bytes: u64,
    /// Pictures asked for in a day, by UTC.
    pub pictures_per_day: u64,
    /// Pictures asked for in a calendar month, by UTC.
    pub pictures_per_month: u64,
    /// Added to the priority of the reader's jobs, 0 to 9: among work of a kind, whose is done first.
    pub job_priority: u8,
}

/// The plans of this installation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PlansConfig {
    /// The plan of readers who have no other.
    pub default: Plan,
    /// What `free` allows.
    pub free: Allowance,
    /// What `premium` allows.
    pub premium: Allowance,
    /// What `ultimate` allows.
    pub ultimate: Allowance,
}

const GIGABYTE: u64 = 1024 * 1024 * 1024;

impl Default for PlansConfig {
    fn default() -> Self {
        Self {
            default: Plan::Ultimate,
            free: Allowance {
                books: 50,
                storage_bytes: GIGABYTE,
                pictures_per_day: 10,
                pictures_per_month: 100,
                job_priority: 0,
            },
            premium: Allowance {
                books: 500,
                storage_bytes: 10 * GIGABYTE,
                pictures_per_day: 50,
                pictures_per_month: 600,
                job_priority: 2,
            },
            ultimate: Allowance {
                books: 5_000,
                storage_bytes: 100 * GIGABYTE,
                pictures_per_day: 200,
                pictures_per_month: 3_000,
                job_priority: 4,
            },
        }
    }
}

impl PlansConfig {
    /// What a plan allows.
    pub fn allowance(&self, plan: Plan) -> Allowance {
        match plan {
            Plan::Free => self.free,
            Plan::Premium => self.premium,
            Plan::Ultimate => self.ultimate,
        }
    }
}

impl Allowance {
    /// What is added to the priority of the reader's jobs; kinds of work lie ten apart and keep their order.
    pub(crate) fn urgency(&self) -> i64 {
        i64::from(self.job_priority.min(9))
    }
}
