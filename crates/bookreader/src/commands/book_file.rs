//! A book file named on the command line.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, anyhow, bail};
use publication::Publication;

/// Reads and imports a file.
pub(crate) fn import(path: &Path) -> anyhow::Result<Publication> {
    parse(&read(path)?, path)
}

/// The file's bytes, unless it is larger than any import allows. What a file says of its size is not believed: a device
/// says zero and never ends.
pub(crate) fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let limit = publication::limits::ARCHIVE_BYTES;
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(limit + 1).read_to_end(&mut bytes))
        .with_context(|| format!("{} cannot be read", path.display()))?;
    if bytes.len() as u64 > limit {
        bail!(
            "{} has more than the {limit} bytes a book may have",
            path.display()
        );
    }
    Ok(bytes)
}

/// Imports bytes that came from `path`. Should the importer ever panic, the caller still learns it as an error: a
/// script can rely on the exit code.
pub(crate) fn parse(bytes: &[u8], path: &Path) -> anyhow::Result<Publication> {
    let name = path.file_name().and_then(|name| name.to_str());
    std::panic::catch_unwind(|| publication::import(bytes, name))
        .map_err(|_| anyhow!("the importer failed on it; please report the file"))
        .and_then(|imported| imported.map_err(Into::into))
        .with_context(|| format!("{} was not imported", path.display()))
}
