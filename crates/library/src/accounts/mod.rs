//! People: registration, sign-in, and what an account says of itself.

mod address;
mod authenticate;
mod breached;
mod language;
mod oversight;
mod password;
mod profile;
mod proof;
mod register;
mod reset;
pub(crate) mod synthetic;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::UserId;
use crate::storage::StorageError;
use crate::storage::entity::user;

pub use address::{AddressError, ask_to_confirm, change_address, confirm_address};
pub use authenticate::{AuthenticateError, authenticate};
pub use language::Language;
pub use oversight::{Overseen, OversightError, oversee, restore, search, set_role, suspend};
pub(crate) use password::Hashers;
pub use password::WeakPassword;
pub use profile::{change, change_password, find, get, list, remove};
pub(crate) use proof::{Purpose, issue_proof};
pub use register::{NewUser, RegisterError, create, register};
pub use reset::{ResetError, forgotten_password, reset_password};

/// What an account may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads and uploads.
    Reader,
    /// May also shut readers out.
    Moderator,
    /// May also see and run everything.
    Administrator,
}

impl Role {
    /// The name used in rows and on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Moderator => "moderator",
            Self::Administrator => "administrator",
        }
    }

    fn from_name(name: &str) -> Result<Self, StorageError> {
        match name {
            "reader" => Ok(Self::Reader),
            "moderator" => Ok(Self::Moderator),
            "administrator" => Ok(Self::Administrator),
            other => Err(StorageError::Damaged(format!("role {other:?}"))),
        }
    }
}

/// A person with an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Who it is.
    pub id: UserId,
    /// The address as it was given.
    pub email: String,
    /// The name to show.
    pub full_name: String,
    /// What the account may do.
    pub role: Role,
    /// A reserved address of smoke tests: small quota, purged.
    pub synthetic: bool,
    /// Whether the address was proved to be the reader's.
    pub email_verified: bool,
    /// The language of letters.
    pub language: Language,
    /// When it was registered.
    pub created_at: DateTime<Utc>,
}

impl User {
    fn from_row(row: user::Model) -> Result<Self, StorageError> {
        Ok(Self {
            id: UserId(row.id),
            role: Role::from_name(&row.role)?,
            email_verified: row.email_verified_at.is_some(),
            language: Language::from_name(&row.language)?,
            email: row.email,
            full_name: row.full_name,
            synthetic: row.synthetic,
            created_at: row.created_at,
        })
    }
}

/// Lower case without surrounding space: two addresses that fold alike are one account.
pub(crate) fn fold_email(email: &str) -> String {
    email.trim().to_lowercase()
}
