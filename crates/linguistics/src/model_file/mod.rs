//! The installed format of a model: one file of named, aligned sections, used in place through a memory map.
//!
//! ```text
//! 8 bytes   magic "BRMODEL1"
//! u32       number of sections
//! u32       CRC-32 of the table
//! u64       length of the file
//! table     per section: name (32 bytes, zero-padded), u64 offset, u64 length
//! sections  each aligned to 64 bytes, zero bytes between
//! ```
//! Numbers are little-endian; sections hold `f32`, `u16`, `u32` or bytes as the reader of each knows.

mod mapping;
mod writer;

use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use memmap2::Mmap;

use crate::ModelError;

pub(crate) use writer::ModelWriter;

const MAGIC: &[u8; 8] = b"BRMODEL1";
const NAME: usize = 32;
const HEADER: usize = 24;
const ENTRY: usize = NAME + 16;
const ALIGNMENT: usize = 64;

/// An open model file.
#[derive(Clone)]
pub(crate) struct ModelFile {
    path: Arc<Path>,
    bytes: Arc<Mmap>,
    sections: Arc<[(String, Range<usize>)]>,
}

impl ModelFile {
    /// Maps the file and checks its table; the sections themselves are checked by `verify`.
    pub(crate) fn open(path: &Path) -> Result<ModelFile, ModelError> {
        let bytes = mapping::map(path).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => ModelError::Missing {
                directory: path.parent().unwrap_or(path).to_owned(),
            },
            _ => ModelError::Unreadable {
                file: path.to_owned(),
                source,
            },
        })?;
        let sections = read_table(&bytes).map_err(|reason| damaged(path, reason))?;
        Ok(ModelFile {
            path: path.into(),
            bytes: Arc::new(bytes),
            sections: sections.into(),
        })
    }

    /// A section as numbers of one type; an error names the missing or misshapen section.
    pub(crate) fn section<T: bytemuck::AnyBitPattern>(&self, name: &str) -> Result<Section<T>, ModelError> {
        let (_, range) = self
            .sections
            .iter()
            .find(|(section, _)| section == name)
            .ok_or_else(|| damaged(&self.path, format!("it has no section `{name}`")))?;
        bytemuck::try_cast_slice::<u8, T>(&self.bytes[range.clone()])
            .map_err(|_| damaged(&self.path, format!("section `{name}` has a wrong length")))?;
        Ok(Section {
            bytes: Arc::clone(&self.bytes),
            range: range.clone(),
            of: std::marker::PhantomData,
        })
    }

    /// A section that must hold exactly `length` numbers.
    pub(crate) fn sized<T: bytemuck::AnyBitPattern>(
        &self,
        name: &str,
        length: usize,
    ) -> Result<Section<T>, ModelError> {
        let section = self.section::<T>(name)?;
        if section.len() == length {
            return Ok(section);
        }
        let reason = format!(
            "section `{name}` holds {} numbers instead of {length}",
            section.len()
        );
        Err(damaged(&self.path, reason))
    }

    /// A section of text lines.
    pub(crate) fn lines(&self, name: &str) -> Result<Vec<String>, ModelError> {
        let section = self.section::<u8>(name)?;
        let text = std::str::from_utf8(&section)
            .map_err(|_| damaged(&self.path, format!("section `{name}` is not text")))?;
        Ok(text.split('\n').map(str::to_owned).collect())
    }

    /// The error for content that contradicts itself.
    pub(crate) fn damaged(&self, reason: impl Into<String>) -> ModelError {
        damaged(&self.path, reason)
    }
}

fn damaged(path: &Path, reason: impl Into<String>) -> ModelError {
    ModelError::Damaged {
        file: PathBuf::from(path),
        reason: reason.into(),
    }
}

fn read_table(bytes: &[u8]) -> Result<Vec<(String, Range<usize>)>, String> {
    let header = bytes.get(..HEADER).ok_or("it is shorter than its header")?;
    if &header[..8] != MAGIC {
        return Err("it is not a model file of this version".into());
    }
    let count = u32_at(header, 8) as usize;
    if u64_at(header, 16) != bytes.len() as u64 {
        return Err("it is cut short".into());
    }
    let table = bytes
        .get(HEADER..HEADER + count * ENTRY)
        .ok_or("its table is cut short")?;
    if crc32fast::hash(table) != u32_at(header, 12) {
        return Err("its table is damaged".into());
    }
    table
        .chunks_exact(ENTRY)
        .map(|entry| read_entry(entry, bytes.len()))
        .collect()
}

fn read_entry(entry: &[u8], file_length: usize) -> Result<(String, Range<usize>), String> {
    let name = entry[..NAME].split(|&byte| byte == 0).next().unwrap_or_default();
    let (start, length) = (u64_at(entry, NAME) as usize, u64_at(entry, NAME + 8) as usize);
    match start.checked_add(length) {
        Some(end) if end <= file_length => Ok((String::from_utf8_lossy(name).into_owned(), start..end)),
        _ => Err("a section lies outside the file".into()),
    }
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes"))
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes"))
}

/// A section of an open model file; dereferences to a slice of numbers.
#[derive(Clone)]
pub(crate) struct Section<T> {
    bytes: Arc<Mmap>,
    range: Range<usize>,
    of: std::marker::PhantomData<T>,
}

impl<T: bytemuck::AnyBitPattern> std::ops::Deref for Section<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        bytemuck::cast_slice(&self.bytes[self.range.clone()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written() -> Vec<u8> {
        let mut model = ModelWriter::default();
        model.numbers("weights", &[1.0f32, -2.5]);
        model.bytes("text", "раз\nдва".as_bytes().to_vec());
        model.finish()
    }

    fn opened(bytes: &[u8]) -> Result<ModelFile, ModelError> {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("a.model");
        std::fs::write(&path, bytes).unwrap();
        ModelFile::open(&path)
    }

    #[test]
    fn sections_read_back_in_place() {
        let file = opened(&written()).unwrap();
        assert_eq!(&*file.sized::<f32>("weights", 2).unwrap(), &[1.0, -2.5]);
        assert_eq!(file.lines("text").unwrap(), ["раз", "два"]);
    }

    #[test]
    fn what_is_absent_or_misshapen_is_named() {
        let file = opened(&written()).unwrap();
        let message = |error: ModelError| error.to_string();
        assert!(message(file.section::<u8>("bias").err().unwrap()).contains("no section `bias`"));
        assert!(message(file.sized::<f32>("weights", 3).err().unwrap()).contains("holds 2 numbers"));
        assert!(message(file.section::<u32>("text").err().unwrap()).contains("wrong length"));
    }

    #[test]
    fn damage_is_refused_at_every_cut_and_in_every_table_byte() {
        let bytes = written();
        for length in 0..bytes.len() {
            assert!(opened(&bytes[..length]).is_err(), "cut at {length}");
        }
        for at in 0..HEADER + 2 * ENTRY {
            let mut broken = bytes.clone();
            broken[at] ^= 0x40;
            assert!(opened(&broken).is_err(), "byte {at}");
        }
    }

    #[test]
    fn a_missing_file_says_how_to_install() {
        let error = ModelFile::open(Path::new("/nonexistent/ru.model")).err().unwrap();
        assert_eq!(
            error.to_string(),
            "no language models in /nonexistent; run: bookreader models install"
        );
    }
}
