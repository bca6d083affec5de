//! What a file is, by its content; the name only decides where the content cannot.

use std::io::Read;

use flate2::read::MultiGzDecoder;

use crate::archive::{Archive, EntryError};
use crate::assemble::Source;
use crate::{ImportError, Warning, encoding, epub, fb2, limits, text};

/// Reads a file of any format.
pub(crate) fn read(bytes: &[u8], file_name: Option<&str>) -> Result<Source, ImportError> {
    if bytes.is_empty() {
        return Err(ImportError::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return read_zip(bytes, file_name, true);
    }
    if bytes.starts_with(&[0x1F, 0x8B]) {
        return read_gzip(bytes, file_name);
    }
    if is_archive_behind_something(bytes, file_name) {
        return read_zip(bytes, file_name, true);
    }
    read_unpacked(bytes, file_name)
}

/// Whether something was written before an archive: a blank line by a careless server, a header.
fn is_archive_behind_something(bytes: &[u8], file_name: Option<&str>) -> bool {
    const HEAD: usize = 64 << 10;
    let lower = file_name.unwrap_or("").to_ascii_lowercase();
    let has_begin = memchr::memmem::find(&bytes[..bytes.len().min(HEAD)], b"PK\x03\x04").is_some();
    let has_end =
        || memchr::memmem::find(&bytes[bytes.len().saturating_sub(HEAD)..], b"PK\x05\x06").is_some();
    has_begin
        && (lower.ends_with(".epub")
            || lower.ends_with(".zip")
            || (other_format(bytes).is_none() && has_end()))
}

/// Anything that is not an archive.
fn read_unpacked(bytes: &[u8], file_name: Option<&str>) -> Result<Source, ImportError> {
    if let Some(found) = other_format(bytes) {
        return Err(ImportError::NotABook {
            found: found.to_owned(),
        });
    }
    let name = file_name.unwrap_or("").to_ascii_lowercase();
    let head = encoding::decode(&bytes[..bytes.len().min(16 << 10)]);
    if fb2::is_fb2(&head) || (name.contains(".fb2") && head.trim_start().starts_with('<')) {
        return fb2::read(bytes, file_name);
    }
    if let Some(found) = markup(&head) {
        return Err(ImportError::NotABook {
            found: found.to_owned(),
        });
    }
    if name.ends_with(".epub") {
        return Err(ImportError::NotABook {
            found: "a file called .epub that is no EPUB".to_owned(),
        });
    }
    if !is_text(&head) {
        return Err(ImportError::NotABook {
            found: "a file of unknown binary data".to_owned(),
        });
    }
    if name.ends_with(".md") || name.ends_with(".markdown") {
        return text::read_markdown(bytes, file_name);
    }
    text::read_plain(bytes, file_name)
}

/// A ZIP archive: an EPUB, a zipped FB2, or one of them zipped once more.
fn read_zip(bytes: &[u8], file_name: Option<&str>, may_nest: bool) -> Result<Source, ImportError> {
    let mut archive = Archive::open(bytes)?;
    let mut inner: Vec<String> = archive
        .names()
        .filter(|name| is_book(name))
        .map(str::to_owned)
        .collect();
    inner.sort_unstable();
    let has_fb2 = inner.iter().any(|name| name.to_lowercase().ends_with(".fb2"));
    if epub::container::is_declared(&archive) || (epub::container::is_epub(&archive) && !has_fb2) {
        return epub::read(archive, file_name);
    }
    if inner.is_empty() {
        inner.extend(fb2_by_content(&mut archive)?);
    }
    let Some(first) = inner
        .iter()
        .find(|name| name.to_lowercase().ends_with(".fb2"))
        .or(inner.first())
        .cloned()
    else {
        let found = if archive.find("[Content_Types].xml").is_some() {
            "an office document"
        } else {
            "a ZIP archive without a book in it"
        };
        return Err(ImportError::NotABook {
            found: found.to_owned(),
        });
    };
    let bytes = match archive.read(&first) {
        Ok(entry) => entry.bytes,
        Err(EntryError::Fatal(error)) => return Err(error),
        Err(_) => {
            return Err(ImportError::Malformed {
                format: "ZIP",
                reason: format!("“{first}” cannot be unpacked"),
            });
        }
    };
    let inner_name = first.rsplit('/').next();
    let mut source = if bytes.starts_with(b"PK\x03\x04") {
        if !may_nest {
            return Err(ImportError::NotABook {
                found: "a ZIP archive in a ZIP archive".to_owned(),
            });
        }
        read_zip(&bytes, inner_name, false)?
    } else {
        read_unpacked(&bytes, inner_name)?
    };
    if inner.len() > 1 {
        let detail = format!("{} books are in the archive; “{first}” was read", inner.len());
        source.warnings.push(Warning {
            code: "several-books".into(),
            detail,
        });
    }
    Ok(source)
}

/// The first of the archive's files that is FictionBook without being called so.
fn fb2_by_content(archive: &mut Archive<'_>) -> Result<Option<String>, ImportError> {
    const TRIED: usize = 8;
    let mut names: Vec<String> = archive.names().map(str::to_owned).collect();
    names.sort_unstable();
    names.retain(|name| !name.ends_with('/') && !name.starts_with("__MACOSX/"));
    for name in names.into_iter().take(TRIED) {
        match archive.read(&name) {
            Ok(entry) => {
                let head = &entry.bytes[..entry.bytes.len().min(16 << 10)];
                if fb2::is_fb2(&encoding::decode(head)) {
                    return Ok(Some(name));
                }
            }
            Err(EntryError::Fatal(error)) => return Err(error),
            Err(_) => {}
        }
    }
    Ok(None)
}

fn is_book(name: &str) -> bool {
    let lower = name.to_lowercase();
    !lower.starts_with("__macosx/")
        && [".fb2", ".epub", ".fb2.zip", ".fbz"]
            .iter()
            .any(|extension| lower.ends_with(extension))
}

/// A book packed by gzip: one stream or several; when the end is missing or is something else, what comes before it.
fn read_gzip(bytes: &[u8], file_name: Option<&str>) -> Result<Source, ImportError> {
    let limit = limits::FB2_BYTES as u64;
    let mut unpacked = Vec::new();
    let whole = MultiGzDecoder::new(bytes)
        .take(limit + 1)
        .read_to_end(&mut unpacked);
    if unpacked.len() as u64 > limit {
        return Err(ImportError::TooLarge {
            what: format!("the file unpacks to more than {} MB", limit >> 20),
        });
    }
    if let Err(error) = &whole
        && unpacked.is_empty()
    {
        return Err(ImportError::Malformed {
            format: "GZIP",
            reason: error.to_string(),
        });
    }
    let mut source = if unpacked.starts_with(b"PK\x03\x04") {
        read_zip(&unpacked, file_name, true)?
    } else {
        read_unpacked(&unpacked, file_name)?
    };
    if whole.is_err() {
        source.warnings.push(Warning {
            code: "damaged-file".into(),
            detail: "the end of the packed file is damaged; what could be unpacked was kept".to_owned(),
        });
    }
    Ok(source)
}

/// Formats that people mistake for books or that are books in formats that are not read.
fn other_format(bytes: &[u8]) -> Option<&'static str> {
    let known: [(&[u8], &str); 14] = [
        (b"%PDF", "a PDF document"),
        (b"\x89PNG", "a PNG picture"),
        (b"\xFF\xD8\xFF", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"Rar!", "a RAR archive: unpack it first"),
        (b"7z\xBC\xAF", "a 7-Zip archive: unpack it first"),
        (b"{\\rtf", "an RTF document"),
        (b"\xD0\xCF\x11\xE0", "an old Word document"),
        (b"AT&TFORM", "a DjVu document"),
        (b"ITSF", "a CHM help file"),
        (b"MZ", "a Windows program"),
        (b"\x7FELF", "a Linux program"),
        (b"BZh", "a bzip2 archive: unpack it first"),
        (b"SQLite format 3", "a database"),
    ];
    let mobi = bytes
        .get(60..68)
        .is_some_and(|kind| kind == b"BOOKMOBI" || kind == b"TEXtREAd");
    let found = known
        .iter()
        .find(|(magic, _)| bytes.starts_with(magic))
        .map(|(_, name)| *name);
    // A text may well begin with “MZ” or “BZh”.
    let found = found.filter(|name| {
        !name.contains("program") && !name.contains("bzip2") || bytes[..bytes.len().min(512)].contains(&0)
    });
    found.or(mobi.then_some("a Kindle (MOBI) book"))
}

fn markup(head: &str) -> Option<&'static str> {
    let start = head
        .trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t'])
        .to_ascii_lowercase();
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        return Some("a web page");
    }
    if start.starts_with("<?xml") || start.starts_with("<svg") {
        return Some("an XML file that is not FB2");
    }
    None
}

/// Whether decoded bytes read as text: hardly any control or broken characters, some letters.
fn is_text(head: &str) -> bool {
    let (mut odd, mut letters, mut all) = (0_usize, 0_usize, 0_usize);
    for character in head.chars() {
        all += 1;
        letters += usize::from(character.is_alphanumeric());
        odd += usize::from(
            character == '\u{fffd}'
                || (character.is_control() && !matches!(character, '\n' | '\r' | '\t' | '\u{c}' | '\u{1a}')),
        );
    }
    odd * 50 <= all && letters > 0
}
