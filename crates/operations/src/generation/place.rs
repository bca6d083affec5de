//! Where a generation and its supervisor meet.

use std::path::{Path, PathBuf};

/// The paths of one generation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    folder: PathBuf,
    number: u64,
}

impl Place {
    /// Of the generation with this number, in a folder that only one user may enter.
    pub fn new(folder: &Path, number: u64) -> Self {
        Self {
            folder: folder.to_owned(),
            number,
        }
    }

    /// The socket that answers HTTP.
    pub fn http(&self) -> PathBuf {
        self.folder.join(format!("generation-{}.http", self.number))
    }

    /// The socket that hands out the listening socket.
    pub fn listening_socket(&self) -> PathBuf {
        self.folder.join(format!("generation-{}.listener", self.number))
    }

    /// Removes what a dead process left.
    pub fn clear(&self) {
        for path in [self.http(), self.listening_socket()] {
            // What is not there need not go.
            let _ = std::fs::remove_file(path);
        }
    }
}
