//! The front cover, by every convention in use.

use std::collections::HashSet;

use super::documents::Spine;
use super::package::{Item, Package};
use crate::ImportError;
use crate::archive::{Archive, EntryError, resolve};
use crate::assemble::{Hint, SourceDocument};
use crate::encoding;
use crate::flow::Draft;
use crate::markup::{Dialect, Document};
use crate::pictures::Pictures;

/// Bytes of a page that only shows the cover.
const PAGE_BYTES: usize = 1 << 20;

/// Index of the cover among the pictures.
pub(super) fn find(
    archive: &mut Archive<'_>,
    package: &Package,
    landmark: Option<&str>,
    spine: &Spine,
    documents: &[SourceDocument],
    pictures: &mut Pictures,
) -> Result<Option<usize>, ImportError> {
    let mut names: Vec<&str> = package
        .with_property("cover-image")
        .map(|item| item.path.as_str())
        .collect();
    names.extend(package.cover_names.iter().map(String::as_str));
    names.extend(landmark);
    let mut tried = HashSet::new();
    for name in names.into_iter().filter(|name| tried.insert(*name)).take(16) {
        let item = package.item(name).or_else(|| {
            let mut items = package.manifest.iter();
            items.find(|item| item.id.eq_ignore_ascii_case(name))
        });
        let path = item.map_or(name, |item| item.path.as_str());
        if let Some(document) = spine.index(path) {
            if let Some(cover) = first_picture(&documents[document].draft, pictures) {
                return Ok(Some(cover));
            }
        } else if let Some(cover) = picture_or_page_at(archive, path, pictures)? {
            return Ok(Some(cover));
        }
    }
    let mut cover_pages = documents
        .iter()
        .filter(|document| document.hint == Some(Hint::Cover));
    if let Some(cover) = cover_pages.find_map(|page| first_picture(&page.draft, pictures)) {
        return Ok(Some(cover));
    }
    // A first page that is nothing but a picture is a cover.
    let first = documents.iter().find(|document| !document.draft.html.is_empty());
    if let Some(first) = first.filter(|first| first.draft.utf16 == 0 && first.draft.images == 1) {
        return Ok(first_picture(&first.draft, pictures));
    }
    let called_cover = || package.manifest.iter().filter(|item| is_called_cover(item));
    for item in called_cover().filter(|item| is_picture(item)).take(3) {
        if let Some(cover) = picture_at(archive, &item.path, pictures)? {
            return Ok(Some(cover));
        }
    }
    let mut pages = called_cover().filter_map(|item| spine.index(&item.path));
    Ok(pages.find_map(|page| first_picture(&documents[page].draft, pictures)))
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

/// The picture at `path`, or the first one on a page there that is not in the reading order.
fn picture_or_page_at(
    archive: &mut Archive<'_>,
    path: &str,
    pictures: &mut Pictures,
) -> Result<Option<usize>, ImportError> {
    let bytes = match archive.read(path) {
        Ok(entry) => entry.bytes,
        Err(EntryError::Fatal(error)) => return Err(error),
        Err(_) => return Ok(None),
    };
    let is_page = path.to_ascii_lowercase().ends_with("html");
    if !is_page || bytes.len() > PAGE_BYTES {
        return Ok(pictures.add(&bytes, path));
    }
    let source = encoding::decode(&bytes);
    let page = Document::parse(&source, Dialect::Html);
    let mut named = page
        .root()
        .descendants()
        .filter(|element| matches!(element.name(), "img" | "image"));
    let address = named.find_map(|image| image.attribute("src").or_else(|| image.any_attribute("href")));
    match address.and_then(|address| resolve(path, address)) {
        Some((picture, _)) => picture_at(archive, &picture, pictures),
        None => Ok(None),
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
