//! A name for the content: the same file and importer give the same one.

use sha2::{Digest, Sha256};

use crate::pictures::hex;
use crate::{Chapter, Resource};

/// Raised whenever the importer writes different HTML or text for the same file in a way the hash would not show.
const IMPORTER: u32 = 1;

/// 32 hexadecimal digits over all chapters and pictures.
pub(super) fn of(chapters: &[Chapter], resources: &[Resource]) -> String {
    let mut hash = Sha256::new();
    hash.update(IMPORTER.to_le_bytes());
    for chapter in chapters {
        hash.update((chapter.html.len() as u64).to_le_bytes());
        hash.update(chapter.html.as_bytes());
        hash.update([chapter.kind as u8]);
    }
    for resource in resources {
        hash.update(resource.name.as_bytes());
    }
    hex(&hash.finalize()[..16])
}
