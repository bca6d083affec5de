//! What a job is to do, as it lies in its row.

use pictures::Style;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::ids::{DescriptionId, MailId, PublicationId};
use crate::jobs::JobKind;
use crate::pictures::order::Manner;

/// The order that a worker carries out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Work {
    /// Read the file of a publication into chapters.
    Ingest { publication: PublicationId },
    /// Find descriptions and people.
    Describe { publication: PublicationId },
    /// Draw a description.
    Illustrate {
        publication: PublicationId,
        description: DescriptionId,
        style: Style,
        seed: u64,
        /// The reader's own words for the style; empty without.
        #[serde(default)]
        words: String,
        /// Whether the services of the configuration may draw it.
        #[serde(default)]
        online: bool,
    },
    /// Make the illustrated EPUB.
    Export { publication: PublicationId },
    /// Send a letter.
    Mail { mail: MailId },
    /// Remove what nobody needs.
    Purge {},
}

impl Work {
    /// An order of one picture.
    pub(crate) fn illustrate(
        publication: PublicationId,
        description: DescriptionId,
        manner: Manner,
        seed: u64,
    ) -> Self {
        Self::Illustrate {
            publication,
            description,
            style: manner.style,
            seed,
            words: manner.words,
            online: manner.online,
        }
    }

    pub(crate) fn kind(&self) -> JobKind {
        match self {
            Self::Ingest { .. } => JobKind::Ingest,
            Self::Describe { .. } => JobKind::Describe,
            Self::Illustrate { .. } => JobKind::Illustrate,
            Self::Export { .. } => JobKind::Export,
            Self::Mail { .. } => JobKind::Mail,
            Self::Purge {} => JobKind::Purge,
        }
    }

    /// Two orders with the same key are one: while one is queued or running, the other is not added.
    pub(crate) fn key(&self) -> String {
        match self {
            Self::Ingest { publication } => format!("ingest:{publication}"),
            Self::Describe { publication } => format!("describe:{publication}"),
            Self::Illustrate {
                description,
                style,
                seed,
                words,
                online,
                ..
            } => {
                let reach = if *online { ":online" } else { "" };
                format!("illustrate:{description}:{style}:{seed}{}{reach}", mark(words))
            }
            Self::Export { publication } => format!("export:{publication}"),
            Self::Mail { mail } => format!("mail:{mail}"),
            Self::Purge {} => "purge".to_owned(),
        }
    }

    pub(crate) fn publication(&self) -> Option<PublicationId> {
        match self {
            Self::Ingest { publication }
            | Self::Describe { publication }
            | Self::Illustrate { publication, .. }
            | Self::Export { publication } => Some(*publication),
            Self::Mail { .. } | Self::Purge {} => None,
        }
    }

    /// Higher goes first: what a reader waits for, before what will be nice to have.
    pub(crate) fn priority(&self) -> i64 {
        match self {
            Self::Ingest { .. } => 100,
            Self::Mail { .. } => 90,
            Self::Export { .. } => 80,
            Self::Describe { .. } => 50,
            Self::Illustrate { .. } => 20,
            Self::Purge {} => 10,
        }
    }
}

/// Tells words apart in a key without telling them.
fn mark(words: &str) -> String {
    if words.is_empty() {
        return String::new();
    }
    format!(":{}", hex::encode(&Sha256::digest(words.as_bytes())[..16]))
}

/// A picture that a reader waits for goes before those of the house.
pub(crate) const ASKED_PICTURE_PRIORITY: i64 = 60;

/// Pictures of a whole chapter or book wait for those that a reader asked for one by one.
pub(crate) const BATCH_PICTURE_PRIORITY: i64 = 40;
