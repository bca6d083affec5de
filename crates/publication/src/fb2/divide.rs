//! Which sections become chapters of their own, and the table of contents they make.

use std::collections::HashMap;

use crate::assemble::{Hint, SourceEntry};
use crate::card;
use crate::flow::one_line;
use crate::limits;
use crate::markup::{Element, Node};

/// Bytes of text above which a section with sections of its own is divided.
const LONG: usize = 16_000;
/// Bytes of text that the sections of a divided section have at least, on average.
const CHAPTER: usize = 4_000;
/// How deep sections are divided.
const LEVELS: usize = 4;

/// A chapter's worth of nodes.
pub(super) struct Piece<'d, 'a> {
    pub(super) nodes: Vec<Node<'d, 'a>>,
    /// The section that the nodes are of, when they are all of it or its beginning.
    pub(super) section: Option<Element<'d, 'a>>,
    /// Level of its headings.
    pub(super) level: u8,
    pub(super) is_notes: bool,
    pub(super) hint: Option<Hint>,
    pub(super) title: Option<String>,
}

/// A book cut into chapters.
#[derive(Default)]
pub(super) struct Division<'d, 'a> {
    pub(super) documents: Vec<Piece<'d, 'a>>,
    pub(super) contents: Vec<SourceEntry>,
}

impl Division<'_, '_> {
    /// The chapter that every id of the source is in.
    pub(super) fn ids(&self) -> HashMap<String, usize> {
        let mut ids = HashMap::new();
        for (document, piece) in self.documents.iter().enumerate() {
            let mut note = |element: Element<'_, '_>| {
                if let Some(id) = element.attribute("id") {
                    ids.entry(id.trim().to_owned()).or_insert(document);
                }
            };
            if let Some(section) = piece.section {
                note(section);
            }
            for node in &piece.nodes {
                if let Node::Element(element) = node {
                    note(*element);
                    element.descendants().for_each(&mut note);
                }
            }
        }
        ids
    }
}

/// The id that stands for a section in the table of contents.
pub(super) fn section_id(section: Element<'_, '_>) -> String {
    format!("section {}", section.order())
}

/// Divides all bodies.
pub(super) fn divide<'d, 'a>(root: Element<'d, 'a>) -> Division<'d, 'a> {
    let mut division = Division::default();
    let mut first = true;
    let mut stray = Vec::new();
    for node in root.nodes() {
        match node {
            Node::Element(body) if body.name() == "body" => {
                division.add_stray(&mut stray);
                division.add_body(body, first);
                first = false;
            }
            // Sections outside any body: what is left when a body's end tag comes too early.
            Node::Element(section) if section.name() == "section" => {
                division.add_stray(&mut stray);
                let mut contents = std::mem::take(&mut division.contents);
                division.add_section(section, 2, false, &mut contents);
                division.contents = contents;
            }
            Node::Element(other)
                if matches!(
                    other.name(),
                    "description" | "binary" | "stylesheet" | "script" | "style"
                ) => {}
            other => stray.push(other),
        }
    }
    division.add_stray(&mut stray);
    division
}

/// Whether there is anything to show in a node.
pub(super) fn has_content(node: &Node<'_, '_>) -> bool {
    match node {
        Node::Text(text) => !text.trim().is_empty(),
        Node::Element(element) => {
            element.has_text()
                || element.name() == "image"
                || element.descendants().any(|inner| inner.name() == "image")
        }
    }
}

impl<'d, 'a> Division<'d, 'a> {
    fn add_body(&mut self, body: Element<'d, 'a>, is_main: bool) {
        let name = body.attribute("name").unwrap_or("").trim().to_lowercase();
        let is_notes = matches!(
            name.as_str(),
            "notes" | "comments" | "footnotes" | "endnotes" | "примечания" | "сноски" | "комментарии"
        ) || (!is_main && name.contains("note"));
        if is_notes {
            self.add(body.nodes().collect(), Some(body), 1, true);
            let stated = body
                .child("title")
                .map(title_of)
                .filter(|title| !title.is_empty());
            let title = stated.unwrap_or_else(|| {
                if name == "comments" {
                    "Комментарии".to_owned()
                } else {
                    "Примечания".to_owned()
                }
            });
            let document = self.documents.len() - 1;
            self.contents.push(SourceEntry {
                title: title.clone(),
                target: Some((document, None)),
                children: Vec::new(),
            });
            self.documents[document].title = Some(title);
            self.documents[document].hint = Some(Hint::Notes);
            return;
        }
        let mut contents = std::mem::take(&mut self.contents);
        let mut entries = Vec::new();
        let head = self.documents.len();
        self.add_groups(body, 1, &mut entries);
        let has_head = body
            .elements()
            .next()
            .is_some_and(|first| first.name() != "section");
        if is_main && has_head && self.documents.len() > head + 1 && is_only_front(body) {
            self.documents[head].hint = Some(Hint::Front);
        }
        let title = body
            .child("title")
            .map(title_of)
            .filter(|title| !title.is_empty());
        match title {
            // A second story in the same file.
            Some(title) if !is_main => contents.push(SourceEntry {
                title,
                target: Some((head, None)),
                children: entries,
            }),
            _ => contents.extend(entries),
        }
        self.contents = contents;
    }

    /// What stands between bodies.
    fn add_stray(&mut self, nodes: &mut Vec<Node<'d, 'a>>) {
        self.add_group(std::mem::take(nodes), None, 2);
    }

    /// Sections one by one, and what stands between them.
    fn add_groups(&mut self, parent: Element<'d, 'a>, level: u8, contents: &mut Vec<SourceEntry>) {
        let mut group = Vec::new();
        let mut is_first = true;
        for node in parent.nodes() {
            match node {
                Node::Element(section) if section.name() == "section" => {
                    self.add_group(std::mem::take(&mut group), is_first.then_some(parent), level);
                    is_first = false;
                    self.add_section(section, level + 1, true, contents);
                }
                other => group.push(other),
            }
        }
        self.add_group(group, is_first.then_some(parent), level);
    }

    fn add_group(&mut self, nodes: Vec<Node<'d, 'a>>, section: Option<Element<'d, 'a>>, level: u8) {
        if nodes.iter().any(has_content) {
            self.add(nodes, section, level, false);
        }
    }

    fn add(&mut self, nodes: Vec<Node<'d, 'a>>, section: Option<Element<'d, 'a>>, level: u8, is_notes: bool) {
        self.documents.push(Piece {
            nodes,
            section,
            level,
            is_notes,
            hint: None,
            title: None,
        });
    }

    fn add_section(
        &mut self,
        section: Element<'d, 'a>,
        level: u8,
        may_divide: bool,
        contents: &mut Vec<SourceEntry>,
    ) {
        let document = self.documents.len();
        let title = section.child("title").map(title_of).unwrap_or_default();
        let mut children = Vec::new();
        if may_divide && usize::from(level) <= LEVELS && is_divided(section) {
            self.add_groups(section, level, &mut children);
        } else {
            self.add(section.nodes().collect(), Some(section), level, false);
            children = entries(section, document, 0);
        }
        if self.documents.len() == document {
            return;
        }
        if title.is_empty() {
            contents.extend(children);
        } else {
            let title = card::line(&title);
            contents.push(SourceEntry {
                title,
                target: Some((document, None)),
                children,
            });
        }
    }
}

/// Titled sections inside a chapter.
fn entries(section: Element<'_, '_>, document: usize, depth: usize) -> Vec<SourceEntry> {
    let mut found = Vec::new();
    for inner in section.children("section") {
        let children = if depth < 8 {
            entries(inner, document, depth + 1)
        } else {
            Vec::new()
        };
        match inner
            .child("title")
            .map(title_of)
            .filter(|title| !title.is_empty())
        {
            Some(title) => {
                let target = Some((document, Some(section_id(inner))));
                found.push(SourceEntry {
                    title: card::line(&title),
                    target,
                    children,
                });
            }
            None => found.extend(children),
        }
    }
    found
}

/// A section is divided when it is long and most of its sections have titles: parts of chapters, not chapters of
/// scenes.
fn is_divided(section: Element<'_, '_>) -> bool {
    let (mut sections, mut titled) = (0, 0);
    for inner in section.children("section") {
        sections += 1;
        titled += usize::from(inner.child("title").is_some_and(Element::has_text));
    }
    let length = section.text_len();
    (titled > 0 && titled * 2 >= sections && length > LONG && length > sections * CHAPTER)
        || (sections > 1 && length > LONG * 10)
}

/// Only a title, epigraphs and pictures come before the first section.
fn is_only_front(body: Element<'_, '_>) -> bool {
    body.elements()
        .take_while(|element| element.name() != "section")
        .all(|element| matches!(element.name(), "title" | "epigraph" | "image" | "empty-line"))
}

/// A title in one line.
pub(super) fn title_of(title: Element<'_, '_>) -> String {
    let paragraphs: Vec<String> = title
        .children("p")
        .map(|paragraph| without_notes(paragraph))
        .collect();
    if paragraphs.is_empty() {
        one_line([title.short_text(limits::LABEL_BYTES).as_str()])
    } else {
        one_line(paragraphs.iter().map(String::as_str))
    }
}

/// A title without the numbers of notes in it.
fn without_notes(paragraph: Element<'_, '_>) -> String {
    let mut text = String::new();
    for node in paragraph.nodes() {
        match node {
            Node::Text(own) => text.push_str(own),
            Node::Element(inner) if inner.name() == "a" && inner.attribute("type") == Some("note") => {}
            Node::Element(inner) => text.push_str(&inner.short_text(limits::LABEL_BYTES)),
        }
    }
    text
}
