//! What a backup consists of.

use chrono::{DateTime, Utc};
use library::maintenance::Census;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The version of this format.
pub(super) const FORMAT: u32 = 1;

/// One backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The version of the format.
    pub format: u32,
    /// Its name: the moment it began, `YYYYMMDDTHHMMSSZ-xxxxxx`.
    pub id: String,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// The release that made it.
    pub release: String,
    /// The sealed copy of the database.
    pub database: Option<Entry>,
    /// Rows by table in that copy.
    pub census: Option<Census>,
    /// Book files and pictures, by `HASH-ID`.
    pub files: Option<Vec<Entry>>,
    /// Settings and secrets, by the path they are restored to.
    pub configuration: Option<Vec<Entry>>,
}

/// One sealed file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// What it is in the backup.
    pub name: String,
    /// Bytes before sealing.
    pub bytes: u64,
    /// Their hash.
    pub sha256: String,
    /// The hash of the sealed bytes, which is the object's name.
    pub object: String,
}

impl Manifest {
    /// All sealed files.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.database
            .iter()
            .chain(self.files.iter().flatten())
            .chain(self.configuration.iter().flatten())
    }

    /// The text that is stored: the hash of the body on a line of its own, then the body.
    pub(super) fn to_text(&self) -> String {
        let body = serde_json::to_string_pretty(self).expect("a manifest is plain data");
        format!("{}\n{body}", hex::encode(Sha256::digest(&body)))
    }

    /// Reads the text back; any changed byte is an error.
    pub(super) fn from_text(text: &str) -> Result<Self, String> {
        let (hash, body) = text.split_once('\n').ok_or("the manifest is cut off")?;
        if hash != hex::encode(Sha256::digest(body)) {
            return Err("the manifest is damaged: its hash does not match".to_owned());
        }
        let manifest: Self = serde_json::from_str(body).map_err(|error| error.to_string())?;
        if manifest.format != FORMAT {
            return Err(format!(
                "the manifest has format {}, this release reads {FORMAT}",
                manifest.format
            ));
        }
        Ok(manifest)
    }
}
