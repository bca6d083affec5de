//! `cargo xtask limits FOLDER...`: processor time and memory that the import of each file takes, and whether any file
//! takes more than it may.

use std::path::Path;

use anyhow::Result;

use super::WrongUsage;
use crate::process;

/// Measures every file of the folders, or of the folders of real and hostile books of the corpus.
pub(crate) fn run(rest: &[String]) -> Result<()> {
    if let Some(missing) = rest.iter().find(|path| !Path::new(path).exists()) {
        return Err(WrongUsage(format!("there is no `{missing}`")).into());
    }
    let mut measure = super::example("publication", "limits", &[]);
    if rest.is_empty() {
        let Some(corpus) = super::corpus() else {
            return Err(WrongUsage(
                "name folders of books, or set BOOKREADER_CORPUS: limits FOLDER...".to_owned(),
            )
            .into());
        };
        measure.args(["hostile", "conformance", "fb2", "books"].map(|folder| corpus.join(folder)));
    }
    process::run(measure.args(rest))
}
