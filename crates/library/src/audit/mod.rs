//! The log of what was done to accounts and by whom: only appended to, each entry vouching for all before it.
//!
//! An entry is written in the transaction of its act. It names accounts by id, never by address, so that it may outlive
//! them.

mod append;
#[cfg(test)]
mod tests;
mod verify;

use chrono::{DateTime, Utc};
use sea_orm::{EntityTrait, PaginatorTrait, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};

use crate::Library;
use crate::accounts::Role;
use crate::books::Page;
use crate::ids::{JobId, UserId};
use crate::plans::Plan;
use crate::storage::StorageError;
use crate::storage::entity::audit_entry;

pub(crate) use append::append;
pub use append::record;
pub use verify::{Broken, Verdict, verify};

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Whoever runs this machine, at the command line.
    Operator,
    /// An account, with the role it had.
    Account(UserId, Role),
}

impl Actor {
    fn name(self) -> String {
        match self {
            Self::Operator => "operator".to_owned(),
            Self::Account(id, _) => id.to_string(),
        }
    }

    /// May this actor act on an account of this role? Moderators act on readers only.
    pub(crate) fn outranks(self, role: Role) -> bool {
        match self {
            Self::Operator | Self::Account(_, Role::Administrator) => true,
            Self::Account(_, Role::Moderator) => role == Role::Reader,
            Self::Account(_, Role::Reader) => false,
        }
    }

    /// Is it this account?
    pub(crate) fn is(self, user: UserId) -> bool {
        matches!(self, Self::Account(id, _) if id == user)
    }
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "each is what its name says, to the account or job that it names"
)]
pub enum Act {
    AccountRemoved {
        user: UserId,
    },
    RoleChanged {
        user: UserId,
        role: Role,
    },
    Suspended {
        user: UserId,
        reason: String,
    },
    Restored {
        user: UserId,
    },
    PlanGranted {
        user: UserId,
        plan: Plan,
        until: Option<DateTime<Utc>>,
    },
    PlanRevoked {
        user: UserId,
    },
    AllowanceAdjusted {
        user: UserId,
    },
    PasswordChanged {
        user: UserId,
    },
    PasswordReset {
        user: UserId,
    },
    AddressChanged {
        user: UserId,
    },
    JobRetried {
        job: JobId,
    },
    JobCancelled {
        job: JobId,
    },
}

/// One line of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its place: 1, 2, 3.
    pub seq: u64,
    /// When.
    pub at: DateTime<Utc>,
    /// `operator`, or the id of an account.
    pub actor: String,
    /// What, as JSON with the name in `act`.
    pub act: serde_json::Value,
    /// What vouches for it and for all before it.
    pub hash: String,
}

/// The log, latest first, a page at a time.
///
/// # Errors
/// When storage fails.
pub async fn list(library: &Library, page: u64, per_page: u64) -> Result<Page<Entry>, StorageError> {
    let connection = library.db().read();
    let total = audit_entry::Entity::find().count(connection).await?;
    let rows = audit_entry::Entity::find()
        .order_by_desc(audit_entry::Column::Seq)
        .offset(page.saturating_sub(1).saturating_mul(per_page))
        .limit(per_page)
        .all(connection)
        .await?;
    let items = rows.into_iter().map(Entry::from_row).collect::<Result<_, _>>()?;
    Ok(Page {
        items,
        total,
        page,
        per_page,
    })
}

impl Entry {
    fn from_row(row: audit_entry::Model) -> Result<Self, StorageError> {
        Ok(Self {
            seq: u64::try_from(row.seq).unwrap_or(0),
            at: row.at,
            actor: row.actor,
            act: serde_json::from_str(&row.act)?,
            hash: row.hash,
        })
    }
}
