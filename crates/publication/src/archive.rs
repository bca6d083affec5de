//! A ZIP archive read without trusting it: entries are bytes under a name, never paths; what they inflate to is
//! counted, not believed.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use encoding_rs::{IBM866, WINDOWS_1251, WINDOWS_1252};
use flate2::Crc;
use flate2::read::DeflateDecoder;
use unicode_normalization::UnicodeNormalization;
use zip::{CompressionMethod, ZipArchive};

use crate::{ImportError, limits};

/// An open archive.
pub(crate) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    names: HashMap<String, usize>,
    /// Names in lower case, for references that differ in case only.
    folded: HashMap<String, usize>,
    /// Bytes inflated so far.
    inflated: u64,
    compressed: u64,
}

/// An entry's bytes.
pub(crate) struct Entry {
    pub(crate) bytes: Vec<u8>,
    /// The entry is damaged; these are the bytes up to the damage, or all of them with a wrong checksum.
    pub(crate) damaged: bool,
}

/// Why an entry has no bytes.
#[derive(Debug)]
pub(crate) enum EntryError {
    /// There is no such entry.
    Missing,
    /// It is there but cannot be read at all.
    Unreadable(String),
    /// The whole book has to be refused.
    Fatal(ImportError),
}

impl<'b> Archive<'b> {
    pub(crate) fn open(bytes: &'b [u8]) -> Result<Self, ImportError> {
        let opened = ZipArchive::new(Cursor::new(bytes)).or_else(|error| {
            // Something long was written behind the archive.
            let whole = without_tail(bytes).ok_or(error)?;
            ZipArchive::new(Cursor::new(whole))
        });
        let zip = opened.map_err(|error| ImportError::Malformed {
            format: "ZIP",
            reason: format!("its list of files cannot be read, as when a download was cut short ({error})"),
        })?;
        if zip.len() > limits::ARCHIVE_ENTRIES {
            let what = format!(
                "{} files in the archive, at most {} are allowed",
                zip.len(),
                limits::ARCHIVE_ENTRIES
            );
            return Err(ImportError::TooLarge { what });
        }
        let mut archive = Self {
            zip,
            names: HashMap::new(),
            folded: HashMap::new(),
            inflated: 0,
            compressed: bytes.len() as u64,
        };
        archive.index()?;
        Ok(archive)
    }

    fn index(&mut self) -> Result<(), ImportError> {
        let mut encrypted = 0;
        for index in 0..self.zip.len() {
            let Ok(entry) = self.zip.by_index_raw(index) else {
                continue;
            };
            encrypted += usize::from(entry.encrypted());
            for name in readings(entry.name_raw()) {
                let name = name.replace('\\', "/").trim_start_matches('/').to_owned();
                self.folded.entry(folded(&name)).or_insert(index);
                // Some archivers write names as addresses.
                if name.contains('%') {
                    self.folded
                        .entry(folded(&percent_decoded(&name)))
                        .or_insert(index);
                }
                self.names.entry(name).or_insert(index);
            }
        }
        if encrypted * 2 > self.zip.len() {
            return Err(ImportError::Password);
        }
        Ok(())
    }

    /// All names, in no particular order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// The entry that a path inside the book means: the same name, else the same but for case.
    pub(crate) fn find(&self, path: &str) -> Option<usize> {
        self.names
            .get(path)
            .or_else(|| self.folded.get(&folded(path)))
            .copied()
    }

    /// Inflates the entry at `path`.
    pub(crate) fn read(&mut self, path: &str) -> Result<Entry, EntryError> {
        let index = self.find(path).ok_or(EntryError::Missing)?;
        let budget = self.budget();
        let mut file = self
            .zip
            .by_index_raw(index)
            .map_err(|error| EntryError::Unreadable(error.to_string()))?;
        if file.encrypted() {
            return Err(EntryError::Fatal(ImportError::Password));
        }
        let (method, checksum) = (file.compression(), file.crc32());
        let mut raw = Vec::with_capacity(file.compressed_size().min(1 << 20) as usize);
        let complete = file
            .by_ref()
            .take(limits::ENTRY_BYTES)
            .read_to_end(&mut raw)
            .is_ok();
        drop(file);
        let mut bytes = Vec::new();
        let inflated = match method {
            CompressionMethod::Stored => {
                bytes = raw;
                Ok(bytes.len())
            }
            CompressionMethod::Deflated => {
                bytes.reserve(raw.len().saturating_mul(3).min(1 << 20));
                DeflateDecoder::new(raw.as_slice())
                    .take(budget + 1)
                    .read_to_end(&mut bytes)
            }
            other => {
                let reason = format!("“{path}” is compressed by {other:?}; EPUB allows deflate only");
                return Err(EntryError::Fatal(ImportError::Malformed {
                    format: "ZIP",
                    reason,
                }));
            }
        };
        self.inflated += bytes.len() as u64;
        if bytes.len() as u64 > budget {
            let what = format!("its files unpack to too much with “{path}”, which may be a trap");
            return Err(EntryError::Fatal(ImportError::TooLarge { what }));
        }
        if bytes.is_empty() && inflated.is_err() {
            return Err(EntryError::Unreadable("its data is damaged".to_owned()));
        }
        let mut crc = Crc::new();
        crc.update(&bytes);
        let damaged = !complete || inflated.is_err() || crc.sum() != checksum;
        Ok(Entry { bytes, damaged })
    }

    /// How many bytes the next entry may inflate to.
    fn budget(&self) -> u64 {
        let by_ratio = (self.compressed * limits::RATIO).max(limits::RATIO_FREE_BYTES);
        let total = by_ratio.min(limits::ARCHIVE_BYTES);
        total.saturating_sub(self.inflated).min(limits::ENTRY_BYTES)
    }
}

/// The archive up to the end of its last list of files, when there is one before other bytes.
fn without_tail(bytes: &[u8]) -> Option<&[u8]> {
    const END_OF_LIST: &[u8] = b"PK\x05\x06";
    const RECORD: usize = 22;
    let at = memchr::memmem::rfind(bytes, END_OF_LIST)?;
    let comment = bytes.get(at + RECORD - 2..at + RECORD)?;
    let end = at + RECORD + usize::from(u16::from_le_bytes([comment[0], comment[1]]));
    bytes.get(..end).filter(|whole| whole.len() < bytes.len())
}

/// The names that the bytes of an entry's name may mean: UTF-8, else what archivers of Russian and Western DOS and
/// Windows wrote.
fn readings(raw: &[u8]) -> Vec<String> {
    match std::str::from_utf8(raw) {
        Ok(name) => vec![name.to_owned()],
        Err(_) => {
            let legacy = [IBM866, WINDOWS_1251, WINDOWS_1252];
            let mut names: Vec<String> = legacy
                .iter()
                .map(|encoding| encoding.decode(raw).0.into_owned())
                .collect();
            names.push(raw.iter().map(|byte| dos_western(*byte)).collect());
            names
        }
    }
}

/// Letters of code page 437; what is not a letter does not occur in file names.
fn dos_western(byte: u8) -> char {
    const LETTERS: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑ";
    match byte.checked_sub(0x80) {
        None => char::from(byte),
        Some(index) => LETTERS
            .chars()
            .nth(usize::from(index))
            .unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

/// A name without differences of case and of composed and decomposed letters.
pub(crate) fn folded(name: &str) -> String {
    name.to_lowercase().nfc().collect()
}

/// Resolves a reference in the file `base` to a path in the archive and a fragment. None for anything that is not
/// inside the archive: web addresses, `data:`, `file:`.
pub(crate) fn resolve(base: &str, reference: &str) -> Option<(String, Option<String>)> {
    let reference = reference.trim();
    let (path, fragment) = reference
        .split_once('#')
        .map_or((reference, None), |(path, id)| (path, Some(id)));
    let fragment = fragment.filter(|id| !id.is_empty()).map(percent_decoded);
    let path = path.split('?').next().unwrap_or("");
    if path.is_empty() {
        return Some((base.to_owned(), fragment));
    }
    if path.starts_with("//") || has_scheme(path) {
        return None;
    }
    let path = percent_decoded(path).replace('\\', "/");
    let mut segments: Vec<&str> = if path.starts_with('/') {
        Vec::new()
    } else {
        base.rsplit_once('/')
            .map_or(Vec::new(), |(folder, _)| folder.split('/').collect())
    };
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            name => segments.push(name),
        }
    }
    Some((segments.join("/"), fragment))
}

/// `name:` at the beginning, as in `http:` and `javascript:`.
fn has_scheme(path: &str) -> bool {
    path.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
            && scheme.as_bytes()[0].is_ascii_alphabetic()
    })
}

fn percent_decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text)
        .decode_utf8()
        .map_or_else(|_| text.to_owned(), Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(base: &str, reference: &str) -> Option<String> {
        resolve(base, reference).map(|(path, _)| path)
    }

    #[test]
    fn references_resolve_inside_the_archive_only() {
        assert_eq!(
            path("OEBPS/text/1.xhtml", "../images/a%20b.png").as_deref(),
            Some("OEBPS/images/a b.png")
        );
        assert_eq!(
            path("OEBPS/1.xhtml", "../../../../etc/passwd").as_deref(),
            Some("etc/passwd")
        );
        assert_eq!(path("OEBPS/1.xhtml", "/x\\y.png").as_deref(), Some("x/y.png"));
        assert_eq!(path("a/b.opf", "100%.xhtml").as_deref(), Some("a/100%.xhtml"));
        for outside in [
            "http://x/y",
            "//x/y",
            "data:image/png;base64,AA",
            "file:///etc/passwd",
            "javascript:1",
        ] {
            assert_eq!(path("a/b", outside), None, "{outside}");
        }
    }

    #[test]
    fn a_fragment_is_decoded_and_belongs_to_the_same_file_without_a_path() {
        assert_eq!(
            resolve("a/b.xhtml", "#%D1%8F"),
            Some(("a/b.xhtml".to_owned(), Some("я".to_owned())))
        );
    }
}
