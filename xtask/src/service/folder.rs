//! A temporary folder that goes away with its owner.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::secret;

/// A folder under the system's temporary one, removed when dropped.
pub(crate) struct TemporaryFolder(PathBuf);

impl TemporaryFolder {
    /// Makes an empty folder whose name begins with `bookreader-` and `purpose`.
    pub(crate) fn new(purpose: &str) -> Result<Self> {
        let name = format!("bookreader-{purpose}-{}", &secret::random()?[..12]);
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir(&path).with_context(|| format!("cannot make {}", path.display()))?;
        Ok(Self(path))
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// The last lines of the file `log` in it, for an error message.
    pub(crate) fn log_tail(&self) -> String {
        let log = std::fs::read_to_string(self.0.join("log")).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        format!(
            "the last lines of its log:\n{}\n",
            lines[lines.len().saturating_sub(20)..].join("\n")
        )
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        // Nothing depends on its removal, and a drop has nobody to tell.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
