//! A book file named on the command line.

use std::path::Path;

use anyhow::{Context, bail};
use publication::Publication;

/// Reads and imports a file.
pub(crate) fn import(path: &Path) -> anyhow::Result<Publication> {
    parse(&read(path)?, path)
}

/// The file's bytes, unless it is larger than any import allows.
pub(crate) fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let size = std::fs::metadata(path)
        .with_context(|| format!("{} cannot be read", path.display()))?
        .len();
    let limit = publication::limits::ARCHIVE_BYTES;
    if size > limit {
        bail!("{} has {size} bytes; a book may have {limit}", path.display());
    }
    std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))
}

/// Imports bytes that came from `path`.
pub(crate) fn parse(bytes: &[u8], path: &Path) -> anyhow::Result<Publication> {
    let name = path.file_name().and_then(|name| name.to_str());
    publication::import(bytes, name).with_context(|| format!("{} was not imported", path.display()))
}
