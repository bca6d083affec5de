//! Signing in and staying so.

use chrono::{DateTime, Utc};
use garde::Validate;
use library::ids::SessionId;
use library::sessions;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::extract::no_control_characters;

/// Who signs in.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Credentials {
    /// The address of the account.
    #[garde(length(chars, min = 1, max = 254), custom(no_control_characters))]
    #[schema(
        min_length = 1,
        max_length = 254,
        pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$",
        example = "anna@example.org"
    )]
    pub(crate) email: String,
    #[garde(length(chars, min = 1, max = 1024), custom(no_control_characters))]
    #[schema(format = Password, min_length = 1, max_length = 1024, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$")]
    pub(crate) password: String,
}

/// The refresh token, for programs; the web app's comes as a cookie.
#[derive(Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OptionalRefreshToken {
    #[serde(default)]
    #[garde(inner(length(chars, min = 1, max = 512)))]
    #[schema(min_length = 1, max_length = 512, pattern = r"^[^\u0000]*$")]
    pub(crate) refresh_token: Option<String>,
}

/// Tokens of a sign-in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Session {
    /// To be sent as `Authorization: Bearer ..`.
    pub(crate) access_token: String,
    /// Always `Bearer`.
    #[schema(pattern = "^Bearer$")]
    pub(crate) token_type: &'static str,
    /// Seconds that the access token lives.
    pub(crate) expires_in: i64,
    /// Good for one use at `/api/v1/auth/refresh`.
    pub(crate) refresh_token: String,
}

/// A device that the account is signed in on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SignIn {
    pub(crate) id: Uuid,
    /// What the device said of itself; may be empty.
    pub(crate) device: String,
    /// Whether it is the one that asks.
    pub(crate) current: bool,
    pub(crate) created_at: DateTime<Utc>,
    /// When it ends unless it is used before.
    pub(crate) expires_at: DateTime<Utc>,
}

impl SignIn {
    /// As the device of the sign-in `here` sees it.
    pub(crate) fn seen_from(here: SessionId, one: sessions::SignIn) -> Self {
        Self {
            id: one.id.0,
            device: one.device,
            current: one.id == here,
            created_at: one.created_at,
            expires_at: one.expires_at,
        }
    }
}
