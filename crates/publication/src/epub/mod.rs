//! EPUB 2 and 3: a ZIP archive with a package document that lists what is in it and in which order to read it.

pub(crate) mod container;
mod cover;
mod display_options;
mod documents;
mod encryption;
mod metadata;
mod navigation;
mod package;
pub mod write;

use crate::archive::{Archive, EntryError};
use crate::assemble::Source;
use crate::encoding;
use crate::pictures::Pictures;
use crate::{Format, ImportError, Warning, card};

/// Reads an EPUB from an open archive.
pub(crate) fn read(mut archive: Archive<'_>, file_name: Option<&str>) -> Result<Source, ImportError> {
    let mut warnings = Vec::new();
    let opf_path = container::package_path(&mut archive, &mut warnings)?;
    let opf = required_text(&mut archive, &opf_path)?;
    let package = package::Package::parse(&opf, &opf_path);
    encryption::refuse_drm(&mut archive, &package)?;
    let mut metadata = package.metadata.clone();
    card::complete(&mut metadata, file_name);

    let mut pictures = Pictures::default();
    let navigation = navigation::read(&mut archive, &package)?;
    let mut spine = documents::spine(&archive, &package, &mut warnings)?;
    let read = documents::read(
        &mut archive,
        &package,
        &mut spine,
        &navigation,
        &mut pictures,
        &mut warnings,
    )?;
    let cover = cover::find(
        &mut archive,
        &package,
        navigation.cover.as_deref(),
        &spine,
        &read.documents,
        &mut pictures,
    )?;
    let mut layout = package.layout;
    layout.fixed |= display_options::ask_for_fixed_pages(&mut archive)?;
    if layout.fixed {
        let detail = "the pages have a fixed layout; only their text and pictures are shown".to_owned();
        warnings.push(Warning {
            code: "fixed-layout".into(),
            detail,
        });
    }
    layout.vertical |= layout.right_to_left && read.vertical;
    let place = |target: &(String, Option<String>)| spine.index(&target.0);
    Ok(Source {
        format: if package.version_3 {
            Format::Epub3
        } else {
            Format::Epub2
        },
        metadata,
        layout,
        start: navigation
            .start
            .as_ref()
            .or(package.start.as_ref())
            .and_then(place),
        contents: navigation::entries(navigation.contents, &spine),
        documents: read.documents,
        cover,
        pictures,
        warnings,
    })
}

/// The text of an entry without which there is no book.
fn required_text(archive: &mut Archive<'_>, path: &str) -> Result<String, ImportError> {
    match archive.read(path) {
        Ok(entry) => Ok(encoding::decode(&entry.bytes)),
        Err(EntryError::Missing) => Err(damaged(format!("“{path}” is missing"))),
        Err(EntryError::Unreadable(reason)) => Err(damaged(format!("“{path}” cannot be unpacked: {reason}"))),
        Err(EntryError::Fatal(error)) => Err(error),
    }
}

/// The text of an entry that a book can do without.
fn optional_text(archive: &mut Archive<'_>, path: &str) -> Result<Option<String>, ImportError> {
    match archive.read(path) {
        Ok(entry) => Ok(Some(encoding::decode(&entry.bytes))),
        Err(EntryError::Fatal(error)) => Err(error),
        Err(_) => Ok(None),
    }
}

fn damaged(reason: String) -> ImportError {
    ImportError::Malformed {
        format: "EPUB",
        reason,
    }
}
