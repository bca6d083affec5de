//! The package document (OPF): manifest, spine, guide.

use std::collections::HashMap;

use super::metadata;
use crate::archive::resolve;
use crate::assemble::Hint;
use crate::markup::{Dialect, Document, Element};
use crate::{Layout, Metadata};

/// A package document, read.
#[derive(Debug)]
pub(super) struct Package {
    pub(super) version_3: bool,
    pub(super) metadata: Metadata,
    pub(super) layout: Layout,
    pub(super) manifest: Vec<Item>,
    by_id: HashMap<String, usize>,
    by_path: HashMap<String, usize>,
    /// Ids of manifest items in reading order.
    pub(super) spine: Vec<String>,
    /// Id of the NCX.
    pub(super) ncx: Option<String>,
    /// What the guide says of paths.
    pub(super) hints: HashMap<String, Hint>,
    /// Where the guide says that the text begins.
    pub(super) start: Option<(String, Option<String>)>,
    /// Id or path of the cover by the guide and by `meta name="cover"`.
    pub(super) cover_names: Vec<String>,
}

/// A file of the book.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) id: String,
    pub(super) path: String,
    pub(super) media_type: String,
    pub(super) properties: String,
    pub(super) fallback: Option<String>,
}

impl Package {
    pub(super) fn parse(opf: &str, opf_path: &str) -> Self {
        let document = Document::parse(opf, Dialect::Xml);
        let root = document.first("package").unwrap_or_else(|| document.root());
        let manifest: Vec<Item> = root
            .descendants()
            .filter(|element| element.name() == "item")
            .filter_map(|element| item(element, opf_path))
            .collect();
        let mut by_id = HashMap::new();
        let mut by_path = HashMap::new();
        for (index, item) in manifest.iter().enumerate() {
            by_id.entry(item.id.clone()).or_insert(index);
            by_path.entry(item.path.clone()).or_insert(index);
        }
        let spine_element = root.descendants().find(|element| element.name() == "spine");
        let spine_attribute = |name: &str| spine_element.and_then(|spine| spine.attribute(name));
        let spine = root
            .descendants()
            .filter(|element| element.name() == "itemref")
            .filter_map(|itemref| itemref.attribute("idref"))
            .map(|id| id.trim().to_owned())
            .collect();
        let mut package = Self {
            version_3: root
                .attribute("version")
                .is_some_and(|version| version.trim().starts_with('3')),
            metadata: metadata::read(root),
            layout: layout(root, spine_attribute("page-progression-direction")),
            manifest,
            by_id,
            by_path,
            spine,
            ncx: spine_attribute("toc").map(|id| id.trim().to_owned()),
            hints: HashMap::new(),
            start: None,
            cover_names: Vec::new(),
        };
        package.read_covers(root, opf_path);
        package.read_guide(root, opf_path);
        package
    }

    pub(super) fn item(&self, id: &str) -> Option<&Item> {
        self.by_id.get(id).map(|index| &self.manifest[*index])
    }

    pub(super) fn item_at(&self, path: &str) -> Option<&Item> {
        self.by_path.get(path).map(|index| &self.manifest[*index])
    }

    pub(super) fn with_property(&self, property: &str) -> impl Iterator<Item = &Item> {
        self.manifest.iter().filter(move |item| {
            item.properties
                .split_ascii_whitespace()
                .any(|has| has == property)
        })
    }

    /// Whether the file at `path` is a font, by its type or name.
    pub(super) fn is_font(&self, path: &str) -> bool {
        let by_type = self.item_at(path).is_some_and(|item| {
            item.media_type.contains("font")
                || item.media_type.contains("opentype")
                || item.media_type.contains("truetype")
        });
        let lower = path.to_ascii_lowercase();
        by_type
            || [".ttf", ".otf", ".ttc", ".woff", ".woff2", ".eot"]
                .iter()
                .any(|extension| lower.ends_with(extension))
    }

    fn read_covers(&mut self, root: Element<'_, '_>, opf_path: &str) {
        for meta in root.descendants().filter(|element| element.name() == "meta") {
            if meta
                .attribute("name")
                .is_some_and(|name| name.trim().eq_ignore_ascii_case("cover"))
                && let Some(content) = meta.attribute("content")
            {
                self.cover_names.push(content.trim().to_owned());
                self.cover_names
                    .extend(resolve(opf_path, content).map(|(path, _)| path));
            }
        }
    }

    fn read_guide(&mut self, root: Element<'_, '_>, opf_path: &str) {
        for reference in root.descendants().filter(|element| element.name() == "reference") {
            let kind = reference
                .attribute("type")
                .unwrap_or("")
                .trim()
                .to_ascii_lowercase();
            let Some((path, id)) = reference
                .attribute("href")
                .and_then(|href| resolve(opf_path, href))
            else {
                continue;
            };
            match kind.as_str() {
                "cover" | "other.ms-coverimage" | "other.ms-coverimage-standard" => {
                    self.cover_names.push(path.clone())
                }
                "text" | "start" | "other.start" if self.start.is_none() => {
                    self.start = Some((path.clone(), id.clone()))
                }
                _ => {}
            }
            if let Some(hint) = hint(&kind).filter(|_| id.is_none()) {
                self.hints.entry(path).or_insert(hint);
            }
        }
    }
}

fn item(element: Element<'_, '_>, opf_path: &str) -> Option<Item> {
    let attribute = |name: &str| element.attribute(name).map(|value| value.trim().to_owned());
    let (path, _) = resolve(opf_path, element.attribute("href")?)?;
    Some(Item {
        id: attribute("id").unwrap_or_default(),
        path,
        media_type: attribute("media-type").unwrap_or_default().to_ascii_lowercase(),
        properties: attribute("properties").unwrap_or_default(),
        fallback: attribute("fallback"),
    })
}

fn layout(root: Element<'_, '_>, progression: Option<&str>) -> Layout {
    let metas = || root.descendants().filter(|element| element.name() == "meta");
    let property = |name: &str| {
        metas()
            .find(|meta| meta.attribute("property").map(str::trim) == Some(name))
            .map(|meta| meta.text().trim().to_owned())
    };
    let content = |name: &str| {
        metas()
            .find(|meta| meta.attribute("name").map(str::trim) == Some(name))
            .and_then(|meta| meta.attribute("content"))
    };
    let (mut pages, mut fixed_pages) = (0_usize, 0_usize);
    for itemref in root.descendants().filter(|element| element.name() == "itemref") {
        let properties = itemref.attribute("properties").unwrap_or("");
        pages += 1;
        fixed_pages += usize::from(properties.contains("layout-pre-paginated"));
    }
    let writing_mode = content("primary-writing-mode").unwrap_or("");
    Layout {
        fixed: property("rendition:layout").as_deref() == Some("pre-paginated")
            || content("fixed-layout").is_some_and(|value| value.trim() == "true")
            || fixed_pages * 2 > pages,
        right_to_left: progression.map(str::trim) == Some("rtl") || writing_mode.ends_with("-rl"),
        vertical: writing_mode.starts_with("vertical"),
    }
}

/// What a guide type, landmark or structural type says of a document.
pub(super) fn hint(kind: &str) -> Option<Hint> {
    let kind = kind.strip_prefix("doc-").unwrap_or(kind);
    match kind {
        "cover" => Some(Hint::Cover),
        "title-page" | "titlepage" | "halftitlepage" | "frontispiece" | "dedication" | "frontmatter"
        | "seriespage" | "halftitle" => Some(Hint::Front),
        "toc" | "loi" | "lot" | "list-of-illustrations" | "landmarks" | "page-list" => Some(Hint::Contents),
        "copyright-page" | "imprint" | "acknowledgements" | "acknowledgments" | "credits" | "errata"
        | "imprimatur" | "other-credits" | "publisher-note" => Some(Hint::Matter),
        "colophon" | "index" | "bibliography" | "glossary" | "backmatter" | "copyright" | "contributors"
        | "appendix-adverts" => Some(Hint::Back),
        "footnotes" | "endnotes" | "rearnotes" | "notes" | "footnote" | "endnote" => Some(Hint::Notes),
        "bodymatter" | "chapter" | "part" | "volume" | "prologue" | "epilogue" | "preface" | "foreword"
        | "introduction" | "preamble" | "text" | "conclusion" | "afterword" => Some(Hint::Body),
        _ => None,
    }
}
