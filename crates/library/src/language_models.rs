//! The language models: opened once, when they are first needed, and looked for again while they are missing.

use std::path::PathBuf;
use std::sync::Mutex;

use linguistics::{ModelError, Models};

/// Models that may not be installed yet.
pub(crate) struct LanguageModels {
    folder: PathBuf,
    opened: Mutex<Option<Models>>,
}

impl LanguageModels {
    pub(crate) fn new(folder: Option<PathBuf>) -> Self {
        Self {
            folder: folder.unwrap_or_else(Models::default_dir),
            opened: Mutex::new(None),
        }
    }

    /// Opens them unless they are open. It maps files: call it on a blocking thread.
    pub(crate) fn open(&self) -> Result<Models, ModelError> {
        let mut opened = self
            .opened
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(models) = &*opened {
            return Ok(models.clone());
        }
        let models = Models::open(&self.folder)?;
        *opened = Some(models.clone());
        Ok(models)
    }
}
