//! Tables of contents: the navigation document of EPUB 3, the NCX of EPUB 2.

use std::collections::HashMap;

use super::documents::Spine;
use super::optional_text;
use super::package::{Package, hint};
use crate::archive::{Archive, resolve};
use crate::assemble::{Hint, SourceEntry};
use crate::card::line;
use crate::markup::{Dialect, Document, Element, Node};
use crate::{ImportError, limits};

/// Elements of an item that are looked at for its label, its link and its list.
const ITEM_PARTS: usize = 64;

/// What a book says of its own structure.
#[derive(Debug, Default)]
pub(super) struct Navigation {
    pub(super) contents: Vec<Entry>,
    /// Landmarks by path.
    pub(super) hints: HashMap<String, Hint>,
    /// Where the landmarks say that the story begins.
    pub(super) start: Option<(String, Option<String>)>,
    /// The page that the landmarks call the cover.
    pub(super) cover: Option<String>,
    /// Path of the navigation document.
    pub(super) document: Option<String>,
}

/// An entry whose target is still a path.
#[derive(Debug, Default)]
pub(super) struct Entry {
    title: String,
    target: Option<(String, Option<String>)>,
    children: Vec<Entry>,
}

/// Reads the navigation document, and the NCX when that has no table of contents.
pub(super) fn read(archive: &mut Archive<'_>, package: &Package) -> Result<Navigation, ImportError> {
    let mut navigation = Navigation::default();
    if let Some(item) = package.with_property("nav").next()
        && let Some(source) = optional_text(archive, &item.path)?
    {
        navigation.document = Some(item.path.clone());
        read_document(&source, &item.path, &mut navigation);
    } else if let Some(path) = undeclared_document(package)
        && let Some(source) = optional_text(archive, &path)?
        && source.contains("<nav")
    {
        read_document(&source, &path, &mut navigation);
        navigation.document = (!navigation.contents.is_empty()).then_some(path);
    }
    if navigation.contents.is_empty()
        && let Some(path) = ncx_path(archive, package)
        && let Some(source) = optional_text(archive, &path)?
    {
        let document = Document::parse(&source, Dialect::Xml);
        if let Some(map) = document.first("navmap") {
            navigation.contents = points(map, &path, 0);
        }
    }
    Ok(navigation)
}

/// The page that is called like a navigation document.
fn undeclared_document(package: &Package) -> Option<String> {
    let name = |path: &str| path.rsplit('/').next().unwrap_or("").to_ascii_lowercase();
    let called = |path: &str| ["nav.xhtml", "nav.html", "toc.xhtml"].contains(&name(path).as_str());
    let mut items = package.manifest.iter();
    items
        .find(|item| called(&item.path))
        .map(|item| item.path.clone())
}

fn ncx_path(archive: &Archive<'_>, package: &Package) -> Option<String> {
    let stated = package.ncx.as_deref().and_then(|id| package.item(id));
    let typed = || {
        package
            .manifest
            .iter()
            .find(|item| item.media_type == "application/x-dtbncx+xml")
    };
    let listed = stated
        .or_else(typed)
        .map(|item| item.path.clone())
        .filter(|path| archive.find(path).is_some());
    listed.or_else(|| {
        archive
            .names()
            .filter(|name| name.to_ascii_lowercase().ends_with(".ncx"))
            .min()
            .map(str::to_owned)
    })
}

fn read_document(source: &str, path: &str, navigation: &mut Navigation) {
    let document = Document::parse(source, Dialect::Html);
    let navs: Vec<_> = document
        .root()
        .descendants()
        .filter(|element| element.name() == "nav")
        .collect();
    let kind = |nav: &Element<'_, '_>| {
        let kind = nav
            .attribute("epub:type")
            .or_else(|| nav.any_attribute("type"))
            .unwrap_or("");
        let role = nav.attribute("role").unwrap_or("");
        format!("{kind} {role}")
    };
    let contents = navs.iter().find(|nav| kind(nav).contains("toc"));
    let plain = || navs.iter().find(|nav| kind(nav).trim().is_empty());
    if let Some(list) = contents
        .or_else(plain)
        .and_then(|nav| nav.descendants().find(is_list))
    {
        navigation.contents = items(list, path, 0);
    }
    for nav in navs.iter().filter(|nav| kind(nav).contains("landmarks")) {
        for link in nav.descendants().filter(|element| element.name() == "a") {
            let Some((target, id)) = link.attribute("href").and_then(|href| resolve(path, href)) else {
                continue;
            };
            for kind in link.attribute("epub:type").unwrap_or("").split_ascii_whitespace() {
                if matches!(kind, "bodymatter" | "text") && navigation.start.is_none() {
                    navigation.start = Some((target.clone(), id.clone()));
                    continue;
                }
                if kind == "cover" && navigation.cover.is_none() {
                    navigation.cover = Some(target.clone());
                }
                if let Some(hint) = hint(kind).filter(|_| id.is_none()) {
                    navigation.hints.entry(target.clone()).or_insert(hint);
                }
            }
        }
    }
}

fn is_list(element: &Element<'_, '_>) -> bool {
    matches!(element.name(), "ol" | "ul")
}

/// The entries of a list of a navigation document.
fn items(list: Element<'_, '_>, path: &str, depth: usize) -> Vec<Entry> {
    let mut entries = Vec::new();
    for item in list.children("li") {
        let parts = own_parts(item);
        let called = |names: &[&str]| parts.iter().find(|part| names.contains(&part.name())).copied();
        let link = called(&["a"]);
        let label = link
            .filter(|link| !title_of(*link).is_empty())
            .or(called(&["span"]));
        let target = link.and_then(|link| resolve(path, link.attribute("href")?));
        let children = item
            .elements()
            .find(is_list)
            .or(called(&["ol", "ul"]))
            .map(|list| items(list, path, depth + 1))
            .unwrap_or_default();
        let entry = Entry {
            title: label.map(title_of).unwrap_or_else(|| direct_text(item)),
            target,
            children,
        };
        push(&mut entries, entry, depth);
    }
    entries
}

/// The elements of an item that are not those of a list in it, boxes around them included.
fn own_parts<'d, 'a>(item: Element<'d, 'a>) -> Vec<Element<'d, 'a>> {
    let mut parts = Vec::new();
    let mut waiting: Vec<_> = item.elements().collect();
    waiting.reverse();
    while let Some(part) = waiting.pop().filter(|_| parts.len() < ITEM_PARTS) {
        parts.push(part);
        if !is_list(&part) {
            let from = waiting.len();
            waiting.extend(part.elements());
            waiting[from..].reverse();
        }
    }
    parts
}

/// The `navPoint` elements of an NCX.
fn points(parent: Element<'_, '_>, path: &str, depth: usize) -> Vec<Entry> {
    let mut entries = Vec::new();
    for point in parent.children("navpoint") {
        let title = point
            .child("navlabel")
            .map(|label| line(&label.short_text(limits::LABEL_BYTES)))
            .unwrap_or_default();
        let target = point
            .child("content")
            .and_then(|content| resolve(path, content.any_attribute("src")?));
        let children = points(point, path, depth + 1);
        push(
            &mut entries,
            Entry {
                title,
                target,
                children,
            },
            depth,
        );
    }
    entries
}

/// Below the deepest level that is kept, children follow their parent.
fn push(entries: &mut Vec<Entry>, mut entry: Entry, depth: usize) {
    let children = if depth + 1 >= limits::TOC_DEPTH {
        std::mem::take(&mut entry.children)
    } else {
        Vec::new()
    };
    entries.push(entry);
    entries.extend(children);
}

impl Navigation {
    /// The files that the table of contents leads to.
    pub(super) fn targets(&self) -> Vec<&str> {
        let mut targets = Vec::new();
        let mut waiting: Vec<&Entry> = self.contents.iter().collect();
        while let Some(entry) = waiting.pop() {
            targets.extend(entry.target.as_ref().map(|(path, _)| path.as_str()));
            waiting.extend(&entry.children);
        }
        targets
    }
}

/// A label's text, or that of the picture in it.
fn title_of(label: Element<'_, '_>) -> String {
    let text = line(&label.short_text(limits::LABEL_BYTES));
    if !text.is_empty() {
        return text;
    }
    let picture = label.descendants().find(|element| element.name() == "img");
    let stated = picture
        .and_then(|picture| picture.attribute("alt"))
        .or_else(|| label.attribute("title"));
    line(stated.unwrap_or(""))
}

fn direct_text(item: Element<'_, '_>) -> String {
    let texts = item.nodes().filter_map(|node| match node {
        Node::Text(text) => Some(text),
        Node::Element(_) => None,
    });
    line(&texts.collect::<String>())
}

/// Paths become documents of the reading order.
pub(super) fn entries(entries: Vec<Entry>, spine: &Spine) -> Vec<SourceEntry> {
    let resolved = entries.into_iter().map(|entry| SourceEntry {
        target: entry
            .target
            .and_then(|(path, id)| Some((spine.index(&path)?, id))),
        title: entry.title,
        children: self::entries(entry.children, spine),
    });
    resolved.collect()
}
