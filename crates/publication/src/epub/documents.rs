//! The documents of the spine, read into drafts.

mod continuations;
mod unlisted;

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use super::encryption;
use super::navigation::Navigation;
use super::package::{Item, Package, hint};
use crate::archive::{Archive, EntryError, folded, resolve};
use crate::assemble::{Hint, SourceDocument};
use crate::flow::{BlockContext, Flow, Picture, Target};
use crate::markup::{Dialect, Document, Element};
use crate::pictures::Pictures;
use crate::served::is_outside;
use crate::xhtml::{self, Stylesheet, Surroundings};
use crate::{ImportError, Warning, encoding, limits};

/// The reading order: every file once.
pub(super) struct Spine {
    pub(super) paths: Vec<String>,
    by_path: HashMap<String, usize>,
}

impl Spine {
    fn push(&mut self, path: String) {
        let index = self.paths.len();
        self.by_path.entry(folded(&path)).or_insert(index);
        self.by_path.insert(path.clone(), index);
        self.paths.push(path);
    }

    /// The document that is read from the file at `path`, by exact or case-folded name.
    pub(super) fn index(&self, path: &str) -> Option<usize> {
        self.by_path
            .get(path)
            .or_else(|| self.by_path.get(&folded(path)))
            .copied()
    }
}

/// What reading the documents gave.
pub(super) struct ReadDocuments {
    pub(super) documents: Vec<SourceDocument>,
    /// A style sheet sets lines from top to bottom.
    pub(super) vertical: bool,
}

/// The files to read, in order; a book without a spine is read in the order of its manifest.
pub(super) fn spine(
    archive: &Archive<'_>,
    package: &Package,
    warnings: &mut Vec<Warning>,
) -> Result<Spine, ImportError> {
    let mut spine = Spine {
        paths: Vec::new(),
        by_path: HashMap::new(),
    };
    let mut known = HashSet::new();
    let (mut repeated, mut missing) = (0_usize, Vec::new());
    for id in &package.spine {
        let Some(item) = package.item(id) else {
            if missing.len() < 20 {
                missing.push(format!(
                    "“{id}” is in the reading order but not in the book's list of files"
                ));
            }
            continue;
        };
        let item = readable(package, item);
        if !known.insert(item.path.clone()) {
            repeated += 1;
        } else if archive.find(&item.path).is_none() {
            missing.push(format!("“{}” is missing", item.path));
        } else {
            spine.paths.push(item.path.clone());
        }
    }
    warnings.extend(missing.into_iter().map(|detail| Warning {
        code: "missing-file".into(),
        detail: crate::card::line(&detail),
    }));
    if repeated > 0 {
        let detail = format!("{repeated} repeated entries of the reading order were left out");
        warnings.push(Warning {
            code: "repeated-spine".into(),
            detail,
        });
    }
    if spine.paths.is_empty() {
        let pages = package
            .manifest
            .iter()
            .filter(|item| is_page(item) && !item.properties.contains("nav"));
        spine.paths = pages
            .map(|item| item.path.clone())
            .filter(|path| archive.find(path).is_some() && known.insert(path.clone()))
            .collect();
        let detail = "there is no reading order; the order of the book's list of files was used".to_owned();
        warnings.push(Warning {
            code: "missing-spine".into(),
            detail,
        });
    }
    if spine.paths.len() > limits::CHAPTERS {
        let what = format!(
            "{} documents, at most {} are allowed",
            spine.paths.len(),
            limits::CHAPTERS
        );
        return Err(ImportError::TooLarge { what });
    }
    let paths = std::mem::take(&mut spine.paths);
    paths.into_iter().for_each(|path| spine.push(path));
    Ok(spine)
}

/// The item itself, or the first of its fallbacks that can be read.
fn readable<'p>(package: &'p Package, item: &'p Item) -> &'p Item {
    let mut candidate = item;
    for _ in 0..8 {
        if is_page(candidate) || candidate.media_type.starts_with("image/") {
            return candidate;
        }
        match candidate.fallback.as_deref().and_then(|id| package.item(id)) {
            Some(next) => candidate = next,
            None => break,
        }
    }
    item
}

fn is_page(item: &Item) -> bool {
    let lower = item.path.to_ascii_lowercase();
    let by_type = ["html", "text/x-oeb1-document", "dtbook"]
        .iter()
        .any(|part| item.media_type.contains(part));
    by_type
        || [".xhtml", ".html", ".htm"]
            .iter()
            .any(|extension| lower.ends_with(extension))
}

/// Reads every document of the spine.
pub(super) fn read(
    archive: &mut Archive<'_>,
    package: &Package,
    spine: &mut Spine,
    navigation: &Navigation,
    pictures: &mut Pictures,
    warnings: &mut Vec<Warning>,
) -> Result<ReadDocuments, ImportError> {
    let mut files = unpack(archive, &spine.paths, warnings)?;
    unlisted::append(archive, package, navigation, spine, &mut files, warnings)?;
    let spine = &*spine;
    let legacy = encoding::guess(files.iter().filter(|bytes| !is_image(bytes)).map(Vec::as_slice));
    let mut reader = Reader {
        archive,
        spine,
        pictures,
        warnings,
        sheets: HashMap::new(),
        images: HashMap::new(),
        style_checks: Cell::new(limits::STYLE_CHECKS),
        style_rules_left: limits::STYLE_RULES,
        vertical: false,
        fatal: None,
    };
    let scrambled = |bytes: &&Vec<u8>| !is_image(bytes) && is_scrambled(bytes);
    if files.iter().filter(scrambled).count() * 2 > files.len() {
        return Err(encryption::unreadable_pages(archive));
    }
    let mut documents = Vec::with_capacity(files.len());
    let mut blocks = 0;
    for (index, bytes) in files.into_iter().enumerate() {
        let path = &spine.paths[index];
        if is_foreign(package.item_at(path), &bytes) {
            let detail = format!("“{path}” is not a page that can be read");
            reader.warnings.push(Warning {
                code: "foreign-file".into(),
                detail,
            });
            documents.push(SourceDocument::default());
            continue;
        }
        let mut document = reader.document(path, &bytes, legacy)?;
        let stated = navigation
            .hints
            .get(path)
            .or_else(|| package.hints.get(path))
            .copied();
        let is_navigation = navigation.document.as_ref() == Some(path);
        document.hint = is_navigation
            .then_some(Hint::Contents)
            .or(document.hint)
            .or(stated);
        document.continues = index > 0 && continues(&spine.paths[index - 1], path);
        document.count_blocks(&mut blocks)?;
        documents.push(document);
    }
    if let Some(error) = reader.fatal {
        return Err(error);
    }
    let vertical = reader.vertical;
    continuations::mark(&mut documents, spine, navigation);
    Ok(ReadDocuments { documents, vertical })
}

/// Inflates all documents: the encoding is guessed from all of them.
fn unpack(
    archive: &mut Archive<'_>,
    paths: &[String],
    warnings: &mut Vec<Warning>,
) -> Result<Vec<Vec<u8>>, ImportError> {
    let mut files = Vec::with_capacity(paths.len());
    let mut total = 0;
    for path in paths {
        let bytes = match archive.read(path) {
            Ok(entry) => {
                if entry.damaged {
                    let detail = format!("“{path}” is damaged; what could be unpacked was kept");
                    warnings.push(Warning {
                        code: "damaged-file".into(),
                        detail,
                    });
                }
                entry.bytes
            }
            Err(EntryError::Fatal(error)) => return Err(error),
            Err(EntryError::Missing) => Vec::new(),
            Err(EntryError::Unreadable(reason)) => {
                let detail = format!("“{path}” cannot be unpacked: {reason}");
                warnings.push(Warning {
                    code: "damaged-file".into(),
                    detail,
                });
                Vec::new()
            }
        };
        total += bytes.len();
        if total > limits::TEXT_BYTES {
            let what = format!("more than {} MB of text", limits::TEXT_BYTES >> 20);
            return Err(ImportError::TooLarge { what });
        }
        files.push(bytes);
    }
    Ok(files)
}

fn is_image(bytes: &[u8]) -> bool {
    imagesize::image_type(bytes).is_ok()
}

/// Neither declared nor written as a page, a picture or a text: JSON, PDF, sound.
fn is_foreign(item: Option<&Item>, bytes: &[u8]) -> bool {
    let declared = item.is_some_and(|item| {
        is_page(item) || item.media_type.starts_with("image/") || item.media_type.starts_with("text/")
    });
    let looks_like_markup = || {
        let head = &bytes[..bytes.len().min(1024)];
        let head: Vec<u8> = head.iter().copied().filter(|byte| *byte != 0).collect();
        let head = String::from_utf8_lossy(&head).to_ascii_lowercase();
        ["<html", "<body", "<?xml", "<!doctype", "<svg", "<p>", "<div"]
            .iter()
            .any(|sign| head.contains(sign))
    };
    !is_image(bytes) && (is_scrambled(bytes) || (!declared && !looks_like_markup()))
}

/// Pages of bytes that are no text in any encoding: encrypted ones that no file admits to.
fn is_scrambled(bytes: &[u8]) -> bool {
    const SAMPLE: usize = 4_096;
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let controls = sample
        .iter()
        .filter(|byte| matches!(byte, 1..=8 | 14..=26 | 28..=31))
        .count();
    sample.len() >= 64 && controls * 20 > sample.len() && !encoding::is_unicode(sample)
}

/// Whether `path` is the next piece of a file that a converter cut: `a_split_000.html`, `a_split_001.html`.
fn continues(before: &str, path: &str) -> bool {
    fn stem(path: &str) -> Option<(&str, u32)> {
        let (stem, number) = path.rsplit_once("_split_")?;
        Some((stem, number.split('.').next()?.parse().ok()?))
    }
    match (stem(before), stem(path)) {
        (Some((a, first)), Some((b, second))) => a == b && second == first + 1,
        _ => false,
    }
}

struct Reader<'r, 'b> {
    archive: &'r mut Archive<'b>,
    spine: &'r Spine,
    pictures: &'r mut Pictures,
    warnings: &'r mut Vec<Warning>,
    /// Style sheets by path.
    sheets: HashMap<String, Stylesheet>,
    /// Pictures by path.
    images: HashMap<String, Option<usize>>,
    style_checks: Cell<usize>,
    style_rules_left: usize,
    vertical: bool,
    fatal: Option<ImportError>,
}

impl Reader<'_, '_> {
    fn document(
        &mut self,
        path: &str,
        bytes: &[u8],
        legacy: Option<&'static encoding_rs::Encoding>,
    ) -> Result<SourceDocument, ImportError> {
        if is_image(bytes) || is_svg(path, bytes) {
            return Ok(self.picture_page(path, bytes));
        }
        let source = encoding::decode_with(bytes, legacy);
        let document = Document::parse(&source, Dialect::Html);
        if document.refused_entities {
            let detail = format!("“{path}”: entities that grow or reach out of the book were left out");
            self.warnings.push(Warning {
                code: "entities".into(),
                detail,
            });
        }
        if document.truncated {
            let what = format!("“{path}” has more than {} elements", limits::NODES);
            return Err(ImportError::TooLarge { what });
        }
        let mut flow = Flow::new();
        self.page(path, document.root(), &mut flow, xhtml::read);
        Ok(SourceDocument {
            draft: flow.finish(),
            hint: structural_hint(document.root()),
            title: None,
            continues: false,
        })
    }

    /// A page that is a picture: the picture, and below it the words that are drawn in it.
    fn picture_page(&mut self, path: &str, bytes: &[u8]) -> SourceDocument {
        let mut flow = Flow::new();
        if let Some(index) = self.pictures.add(bytes, path) {
            let resource = self.pictures.get(index);
            flow.enter(BlockContext {
                tag: "p",
                ..BlockContext::default()
            });
            flow.picture(&Picture {
                name: &resource.name,
                size: resource.width.zip(resource.height),
                alt: "",
            });
            flow.leave();
        }
        if !is_image(bytes) {
            let source = encoding::decode(bytes);
            let document = Document::parse(&source, Dialect::Xml);
            self.page(path, document.root(), &mut flow, xhtml::read_drawing);
        }
        SourceDocument {
            draft: flow.finish(),
            ..SourceDocument::default()
        }
    }

    fn page(
        &mut self,
        path: &str,
        root: Element<'_, '_>,
        flow: &mut Flow,
        read: fn(Element<'_, '_>, &mut Flow, &mut Surroundings<'_>),
    ) {
        let linked = self.load_sheets(path, root);
        let inline: Vec<Stylesheet> = root
            .descendants()
            .filter(|element| element.name() == "style")
            .map(|style| Stylesheet::parse(&style.text()))
            .collect();
        let mut sheets: Vec<&Stylesheet> = linked.iter().filter_map(|path| self.sheets.get(path)).collect();
        sheets.extend(&inline);
        let spine = self.spine;
        let link = |href: &str| link_target(spine, path, href);
        let archive = &mut *self.archive;
        let fatal = &mut self.fatal;
        let images = &mut self.images;
        let mut image = |reference: &str, pictures: &mut Pictures| {
            let (path, _) = resolve(path, reference)?;
            if let Some(known) = images.get(&path) {
                return *known;
            }
            let index = match archive.read(&path) {
                Ok(entry) => pictures.add(&entry.bytes, &path),
                Err(EntryError::Fatal(error)) => {
                    fatal.get_or_insert(error);
                    None
                }
                Err(_) => None,
            };
            images.insert(path, index);
            index
        };
        let mut surroundings = Surroundings {
            link: &link,
            image: &mut image,
            pictures: self.pictures,
            style_checks: &self.style_checks,
            sheets,
        };
        read(root, flow, &mut surroundings);
    }

    /// Reads the style sheets that a page links to; returns their paths.
    fn load_sheets(&mut self, page: &str, root: Element<'_, '_>) -> Vec<String> {
        let links = root.descendants().filter(|element| element.name() == "link");
        let hrefs = links.filter(|link| {
            let rel = link.attribute("rel").unwrap_or("").to_ascii_lowercase();
            rel.contains("stylesheet") && !rel.contains("alternate")
        });
        let mut paths = Vec::new();
        for link in hrefs.take(32) {
            if let Some((path, _)) = link.attribute("href").and_then(|href| resolve(page, href)) {
                self.load_sheet(path, &mut paths, 0);
            }
        }
        paths
    }

    /// Imported sheets come before the one that imports them.
    fn load_sheet(&mut self, path: String, paths: &mut Vec<String>, depth: usize) {
        if depth > 4 || paths.len() >= limits::SHEETS || paths.contains(&path) {
            return;
        }
        if !self.sheets.contains_key(&path) {
            let bytes = self
                .archive
                .read(&path)
                .map(|entry| entry.bytes)
                .unwrap_or_default();
            let css = encoding::decode(&bytes[..bytes.len().min(2 << 20)]);
            self.vertical |= css.contains("vertical-rl");
            let mut sheet = Stylesheet::parse(&css);
            match self.style_rules_left.checked_sub(sheet.len()) {
                Some(left) => self.style_rules_left = left,
                None => sheet = sheet.without_rules(),
            }
            self.sheets.insert(path.clone(), sheet);
        }
        let imports = self
            .sheets
            .get(&path)
            .map(|sheet| sheet.imports.clone())
            .unwrap_or_default();
        for import in imports {
            if let Some((import, _)) = resolve(&path, &import) {
                self.load_sheet(import, paths, depth + 1);
            }
        }
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
}

fn is_svg(path: &str, bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    path.to_ascii_lowercase().ends_with(".svg")
        || (memchr::memmem::find(head, b"<svg").is_some() && memchr::memmem::find(head, b"<html").is_none())
}

fn link_target(spine: &Spine, page: &str, href: &str) -> Option<Target> {
    match resolve(page, href) {
        Some((path, id)) => spine.index(&path).map(|document| Target::Inside { document, id }),
        None => is_outside(href.trim()).then(|| Target::Outside(href.trim().to_owned())),
    }
}

/// What a page's own structural types say it is.
fn structural_hint(root: Element<'_, '_>) -> Option<Hint> {
    let body = root.descendants().find(|element| element.name() == "body")?;
    let kinds = |element: Element<'_, '_>| {
        let kind = format!(
            "{} {}",
            element.attribute("epub:type").unwrap_or(""),
            element.attribute("role").unwrap_or("")
        );
        kind.split_ascii_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let mut own = kinds(body);
    let mut inner = Some(body);
    for _ in 0..3 {
        // Down the only children: `body > section`.
        inner = inner.and_then(|element| {
            let mut children = element.elements();
            let only = children.next().filter(|_| children.next().is_none());
            only.filter(|child| matches!(child.name(), "section" | "div" | "article" | "nav"))
        });
        own.splice(0..0, inner.map(kinds).unwrap_or_default());
    }
    // The innermost type says the most: a dedication in the front matter.
    own.iter().find_map(|kind| hint(kind))
}
