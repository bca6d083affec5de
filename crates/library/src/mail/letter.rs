//! What a letter tells.

use serde::{Deserialize, Serialize};

use crate::accounts::Purpose;

/// What a letter tells, as it lies in its row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Letter {
    /// A link that proves that the reader has this address.
    ConfirmAddress {},
    /// A link to choose a new password.
    ResetPassword {},
    /// To the address so far: another one took its place.
    AddressChanged {
        /// The address that counts from now on.
        new_address: String,
    },
    /// The password was changed.
    PasswordChanged {},
}

impl Letter {
    /// The name in rows, metrics and headers.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ConfirmAddress {} => "confirm_address",
            Self::ResetPassword {} => "reset_password",
            Self::AddressChanged { .. } => "address_changed",
            Self::PasswordChanged {} => "password_changed",
        }
    }

    /// What the proof inside is good for, when there is one.
    pub(crate) fn proof(&self) -> Option<Purpose> {
        match self {
            Self::ConfirmAddress {} => Some(Purpose::Address),
            Self::ResetPassword {} => Some(Purpose::Password),
            Self::AddressChanged { .. } | Self::PasswordChanged {} => None,
        }
    }
}
