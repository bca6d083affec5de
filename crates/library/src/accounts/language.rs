//! The language in which a reader is written to.

use serde::{Deserialize, Serialize};

use crate::storage::StorageError;

/// The language in which a reader is written to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// Russian, which most readers speak.
    #[default]
    #[serde(rename = "ru")]
    Russian,
    /// English.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// The BCP 47 tag.
    pub fn name(self) -> &'static str {
        match self {
            Self::Russian => "ru",
            Self::English => "en",
        }
    }

    pub(crate) fn from_name(name: &str) -> Result<Self, StorageError> {
        match name {
            "ru" => Ok(Self::Russian),
            "en" => Ok(Self::English),
            other => Err(StorageError::Damaged(format!("language {other:?}"))),
        }
    }
}
