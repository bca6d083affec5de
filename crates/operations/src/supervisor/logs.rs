//! The logs of generations.

use std::path::{Path, PathBuf};

/// The log of one generation.
pub fn log_file(folder: &Path, number: u64) -> PathBuf {
    folder.join(format!("generation-{number}.log"))
}
