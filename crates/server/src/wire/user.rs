//! Accounts.

use chrono::{DateTime, Utc};
use garde::Validate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::extract::no_control_characters;

/// A new account.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Registration {
    /// The address to sign in with.
    #[garde(length(chars, min = 3, max = 254), custom(no_control_characters))]
    #[schema(format = Email, min_length = 3, max_length = 254, example = "anna@example.org")]
    pub(crate) email: String,
    /// At least 8 characters that are not among the most used ones.
    #[garde(length(chars, min = 1, max = 1024), custom(no_control_characters))]
    #[schema(format = Password, min_length = 1, max_length = 1024, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$", example = "correct horse battery")]
    pub(crate) password: String,
    /// The name to show.
    #[garde(length(chars, min = 1, max = 200), custom(no_control_characters))]
    #[schema(
        min_length = 1,
        max_length = 200,
        pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$",
        example = "Анна"
    )]
    pub(crate) full_name: String,
}

/// What to change of an account.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UserChange {
    /// The name to show.
    #[garde(length(chars, min = 1, max = 200), custom(no_control_characters))]
    #[schema(
        min_length = 1,
        max_length = 200,
        pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$",
        example = "Анна"
    )]
    pub(crate) full_name: String,
}

/// A new password, proved by the one so far.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordChange {
    #[garde(length(chars, min = 1, max = 1024), custom(no_control_characters))]
    #[schema(format = Password, min_length = 1, max_length = 1024, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$")]
    pub(crate) current_password: String,
    /// At least 8 characters that are not among the most used ones.
    #[garde(length(chars, min = 1, max = 1024), custom(no_control_characters))]
    #[schema(format = Password, min_length = 1, max_length = 1024, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$")]
    pub(crate) new_password: String,
}

/// An account, as its owner sees it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct User {
    pub(crate) id: Uuid,
    /// The address to sign in with.
    pub(crate) email: String,
    /// The name to show.
    pub(crate) full_name: String,
    /// What the account may do: `reader` or `administrator`.
    #[schema(pattern = "^(reader|administrator)$")]
    pub(crate) role: &'static str,
    pub(crate) created_at: DateTime<Utc>,
}

impl From<library::accounts::User> for User {
    fn from(user: library::accounts::User) -> Self {
        Self {
            id: user.id.0,
            email: user.email,
            full_name: user.full_name,
            role: user.role.name(),
            created_at: user.created_at,
        }
    }
}
