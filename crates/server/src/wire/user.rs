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
    /// The language of letters; Russian when absent.
    #[serde(default)]
    #[garde(skip)]
    pub(crate) language: Option<Language>,
}

/// What to change of an account.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UserChange {
    /// The name to show.
    #[serde(default)]
    #[garde(inner(length(chars, min = 1, max = 200), custom(no_control_characters)))]
    #[schema(
        min_length = 1,
        max_length = 200,
        pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$",
        example = "Анна"
    )]
    pub(crate) full_name: Option<String>,
    /// The language of letters.
    #[serde(default)]
    #[garde(skip)]
    pub(crate) language: Option<Language>,
}

/// The language in which a reader is written to.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, ToSchema)]
pub(crate) enum Language {
    /// Russian.
    #[default]
    #[serde(rename = "ru")]
    Russian,
    /// English.
    #[serde(rename = "en")]
    English,
}

impl From<Language> for library::accounts::Language {
    fn from(language: Language) -> Self {
        match language {
            Language::Russian => Self::Russian,
            Language::English => Self::English,
        }
    }
}

impl From<library::accounts::Language> for Language {
    fn from(language: library::accounts::Language) -> Self {
        match language {
            library::accounts::Language::Russian => Self::Russian,
            library::accounts::Language::English => Self::English,
        }
    }
}

/// Whose password was forgotten.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ForgottenPassword {
    /// The address of the account.
    #[garde(length(chars, min = 3, max = 254), custom(no_control_characters))]
    #[schema(format = Email, min_length = 3, max_length = 254, example = "anna@example.org")]
    pub(crate) email: String,
}

/// What the link of a letter carries.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AddressProof {
    /// The part of the link after `#`.
    #[garde(length(chars, min = 1, max = 128), custom(no_control_characters))]
    #[schema(
        min_length = 1,
        max_length = 128,
        pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$"
    )]
    pub(crate) token: String,
}

/// A new password, proved by the link of a letter.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordReset {
    /// The part of the link after `#`.
    #[garde(length(chars, min = 1, max = 128), custom(no_control_characters))]
    #[schema(
        min_length = 1,
        max_length = 128,
        pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$"
    )]
    pub(crate) token: String,
    /// At least 8 characters that are not among the most used ones.
    #[garde(length(chars, min = 1, max = 1024), custom(no_control_characters))]
    #[schema(format = Password, min_length = 1, max_length = 1024, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$")]
    pub(crate) new_password: String,
}

/// A new address, proved by the password now and by the link of a letter later.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AddressChange {
    #[garde(length(chars, min = 1, max = 1024), custom(no_control_characters))]
    #[schema(format = Password, min_length = 1, max_length = 1024, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$")]
    pub(crate) current_password: String,
    /// The address to sign in with from now on.
    #[garde(length(chars, min = 3, max = 254), custom(no_control_characters))]
    #[schema(format = Email, min_length = 3, max_length = 254, example = "anna@example.org")]
    pub(crate) new_email: String,
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
    /// Whether the address was proved to be the reader's.
    pub(crate) email_verified: bool,
    /// The language of letters.
    pub(crate) language: Language,
    /// What the account may do: `reader`, `moderator` or `administrator`.
    #[schema(pattern = "^(reader|moderator|administrator)$")]
    pub(crate) role: &'static str,
    pub(crate) created_at: DateTime<Utc>,
}

impl From<library::accounts::User> for User {
    fn from(user: library::accounts::User) -> Self {
        Self {
            id: user.id.0,
            email: user.email,
            full_name: user.full_name,
            email_verified: user.email_verified,
            language: user.language.into(),
            role: user.role.name(),
            created_at: user.created_at,
        }
    }
}
