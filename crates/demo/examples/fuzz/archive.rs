//! Changes one file inside a zip archive, so that the change is met by what reads that file.

use std::io::{Cursor, Read as _, Write as _};

use rand::RngExt as _;
use rand::rngs::StdRng;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// A file that unpacks to more than this is left alone.
const LARGEST: u64 = 4 << 20;

/// The archive with one of its files passed through `change`; `None` when it cannot be read as one.
pub(crate) fn with_one_file_changed(
    bytes: &[u8],
    random: &mut StdRng,
    change: impl Fn(&mut Vec<u8>, &mut StdRng),
) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    if archive.is_empty() {
        return None;
    }
    let chosen = random.random_range(0..archive.len());
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        if index != chosen {
            out.raw_copy_file(archive.by_index_raw(index).ok()?).ok()?;
            continue;
        }
        let file = archive.by_index(index).ok()?;
        let name = file.name().ok()?.into_owned();
        let mut content = Vec::new();
        file.take(LARGEST).read_to_end(&mut content).ok()?;
        change(&mut content, random);
        out.start_file(name, SimpleFileOptions::default()).ok()?;
        out.write_all(&content).ok()?;
    }
    Some(out.finish().ok()?.into_inner())
}
