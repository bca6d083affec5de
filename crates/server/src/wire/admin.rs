//! What those see and say who look after accounts.

use chrono::{DateTime, Utc};
use garde::Validate;
use library::{accounts, audit, jobs, mail};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::extract::no_control_characters;
use crate::wire::{Plan, User};

/// Which accounts.
#[derive(Debug, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(crate) struct AccountQuery {
    /// Only accounts whose address or name holds this.
    #[garde(inner(length(chars, min = 1, max = 254), custom(no_control_characters)))]
    #[param(
        min_length = 1,
        max_length = 254,
        pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$"
    )]
    pub(crate) q: Option<String>,
    /// Counted from 1.
    #[garde(range(min = 1, max = 100_000))]
    #[param(minimum = 1, maximum = 100_000, default = 1)]
    pub(crate) page: u32,
    /// Accounts of a page.
    #[garde(range(min = 1, max = 100))]
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub(crate) per_page: u32,
}

impl Default for AccountQuery {
    fn default() -> Self {
        Self {
            q: None,
            page: 1,
            per_page: 20,
        }
    }
}

/// Which part of a log, the latest first.
#[derive(Debug, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(crate) struct LogQuery {
    /// Counted from 1.
    #[garde(range(min = 1, max = 100_000))]
    #[param(minimum = 1, maximum = 100_000, default = 1)]
    pub(crate) page: u32,
    /// Lines of a page.
    #[garde(range(min = 1, max = 100))]
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub(crate) per_page: u32,
}

impl Default for LogQuery {
    fn default() -> Self {
        Self {
            page: 1,
            per_page: 20,
        }
    }
}

/// Which work, the latest first.
#[derive(Debug, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(crate) struct WorkQuery {
    /// Only work that is so far.
    #[garde(skip)]
    pub(crate) state: Option<WorkState>,
    /// How much of it.
    #[garde(range(min = 1, max = 1000))]
    #[param(minimum = 1, maximum = 1000, default = 100)]
    pub(crate) limit: u32,
}

impl Default for WorkQuery {
    fn default() -> Self {
        Self {
            state: None,
            limit: 100,
        }
    }
}

/// How far work is.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WorkState {
    Queued,
    Running,
    Done,
    Failed,
    Cancelled,
}

impl From<WorkState> for jobs::JobState {
    fn from(state: WorkState) -> Self {
        match state {
            WorkState::Queued => Self::Queued,
            WorkState::Running => Self::Running,
            WorkState::Done => Self::Done,
            WorkState::Failed => Self::Failed,
            WorkState::Cancelled => Self::Cancelled,
        }
    }
}

/// An account, as those see it who look after accounts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Account {
    #[serde(flatten)]
    pub(crate) user: User,
    /// Whether it is shut out.
    pub(crate) suspension: Option<Suspension>,
}

/// Since when and why an account is shut out.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Suspension {
    pub(crate) at: DateTime<Utc>,
    pub(crate) reason: String,
}

impl From<accounts::Overseen> for Account {
    fn from(overseen: accounts::Overseen) -> Self {
        Self {
            user: overseen.user.into(),
            suspension: overseen.suspension.map(|(at, reason)| Suspension { at, reason }),
        }
    }
}

/// Why an account is to be shut out.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewSuspension {
    /// For the log.
    #[garde(length(chars, min = 1, max = 500), custom(no_control_characters))]
    #[schema(
        min_length = 1,
        max_length = 500,
        pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$"
    )]
    pub(crate) reason: String,
}

/// What an account may do.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Role {
    Reader,
    Moderator,
    Administrator,
}

impl From<Role> for accounts::Role {
    fn from(role: Role) -> Self {
        match role {
            Role::Reader => Self::Reader,
            Role::Moderator => Self::Moderator,
            Role::Administrator => Self::Administrator,
        }
    }
}

/// Another role.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRole {
    #[garde(skip)]
    pub(crate) role: Role,
}

/// A plan that is given.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPlan {
    #[garde(skip)]
    pub(crate) plan: Plan,
    /// When it ends; it lasts without this.
    #[serde(default)]
    #[garde(skip)]
    pub(crate) until: Option<DateTime<Utc>>,
}

/// One line of the audit log.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AuditEntry {
    pub(crate) seq: u64,
    pub(crate) at: DateTime<Utc>,
    /// `operator`, or the id of an account.
    pub(crate) actor: String,
    /// What was done, with its name in `act`.
    #[schema(value_type = Object)]
    pub(crate) act: serde_json::Value,
    pub(crate) hash: String,
}

impl From<audit::Entry> for AuditEntry {
    fn from(entry: audit::Entry) -> Self {
        Self {
            seq: entry.seq,
            at: entry.at,
            actor: entry.actor,
            act: entry.act,
            hash: entry.hash,
        }
    }
}

/// A letter and what became of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Mail {
    pub(crate) id: Uuid,
    pub(crate) recipient: String,
    pub(crate) kind: String,
    /// `queued`, `sent`, `dropped` or `bounced`.
    pub(crate) state: String,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) settled_at: Option<DateTime<Utc>>,
}

impl From<mail::Mail> for Mail {
    fn from(mail: mail::Mail) -> Self {
        Self {
            id: mail.id.0,
            recipient: mail.recipient,
            kind: mail.kind,
            state: mail.state,
            created_at: mail.created_at,
            settled_at: mail.settled_at,
        }
    }
}
