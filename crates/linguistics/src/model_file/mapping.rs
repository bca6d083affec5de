//! A file mapped into memory, read-only.

use std::fs::File;
use std::io;
use std::path::Path;

use memmap2::Mmap;

/// Maps a whole file. The pages are read when they are first touched and shared between processes.
#[expect(
    unsafe_code,
    reason = "a memory map is the point of the format: pages load on first use"
)]
pub(super) fn map(path: &Path) -> io::Result<Mmap> {
    let file = File::open(path)?;
    // SAFETY: the map is read-only and private. Installed files are replaced by renaming a new file into
    // place, never written in place, so the mapped pages do not change while the map lives.
    unsafe { Mmap::map(&file) }
}
