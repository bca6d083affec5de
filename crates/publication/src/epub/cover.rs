//! The front cover, by every convention in use.

use std::collections::HashSet;

use super::documents::Spine;
use super::package::{Item, Package};
use crate::ImportError;
use crate::archive::{Archive, EntryError};
use crate::assemble::SourceDocument;
use crate::flow::Draft;
use crate::pictures::Pictures;

/// Index of the cover among the pictures.
pub(super) fn find(
    archive: &mut Archive<'_>,
    package: &Package,
    spine: &Spine,
    documents: &[SourceDocument],
    pictures: &mut Pictures,
) -> Result<Option<usize>, ImportError> {
    let mut names: Vec<&str> = package
        .with_property("cover-image")
        .map(|item| item.path.as_str())
        .collect();
    names.extend(package.cover_names.iter().map(String::as_str));
    let mut tried = HashSet::new();
    for name in names.into_iter().filter(|name| tried.insert(*name)).take(16) {
        let path = package.item(name).map_or(name, |item| item.path.as_str());
        if let Some(document) = spine.index(path) {
            if let Some(cover) = first_picture(&documents[document].draft, pictures) {
                return Ok(Some(cover));
            }
        } else if let Some(cover) = picture_at(archive, path, pictures)? {
            return Ok(Some(cover));
        }
    }
    // A first page that is nothing but a picture is a cover.
    let first = documents.iter().find(|document| !document.draft.html.is_empty());
    if let Some(first) = first.filter(|first| first.draft.utf16 == 0 && first.draft.images == 1) {
        return Ok(first_picture(&first.draft, pictures));
    }
    let named = package
        .manifest
        .iter()
        .filter(|item| is_picture(item) && is_called_cover(item))
        .map(|item| item.path.clone());
    for path in named.take(3).collect::<Vec<_>>() {
        if let Some(cover) = picture_at(archive, &path, pictures)? {
            return Ok(Some(cover));
        }
    }
    Ok(None)
}

fn picture_at(
    archive: &mut Archive<'_>,
    path: &str,
    pictures: &mut Pictures,
) -> Result<Option<usize>, ImportError> {
    match archive.read(path) {
        Ok(entry) => Ok(pictures.add(&entry.bytes, path)),
        Err(EntryError::Fatal(error)) => Err(error),
        Err(_) => Ok(None),
    }
}

fn is_picture(item: &Item) -> bool {
    item.media_type.starts_with("image/")
}

fn is_called_cover(item: &Item) -> bool {
    let file = item.path.rsplit('/').next().unwrap_or("");
    [item.id.as_str(), file].iter().any(|name| {
        let name = name.to_lowercase();
        (name.contains("cover") && !name.contains("back")) || name.contains("обложка")
    })
}

fn first_picture(draft: &Draft, pictures: &Pictures) -> Option<usize> {
    let (_, after) = draft.html.split_once("<img src=\"resources/")?;
    pictures.find(after.split('"').next()?)
}
