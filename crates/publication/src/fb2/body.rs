//! A chapter of an FB2 body into the flow.

use std::collections::HashMap;

use super::Binaries;
use super::divide::{Piece, has_content, section_id};
use crate::element_attributes;
use crate::flow::{BlockContext, Classes, Container, Flow, Inline, Link, NoteLink, Picture, Target};
use crate::limits;
use crate::markup::{Element, Node};
use crate::pictures::Pictures;
use crate::served::is_outside;

/// Reads chapters of one book.
pub(super) struct Reader<'r, 'd, 'a> {
    /// The chapter of every id.
    pub(super) ids: &'r HashMap<String, usize>,
    pub(super) binaries: &'r mut Binaries<'d, 'a>,
    pub(super) pictures: &'r mut Pictures,
}

/// Where paragraphs stand.
#[derive(Debug, Clone, Copy)]
struct Setting {
    class: Option<&'static str>,
    /// Level of the next title.
    level: u8,
    is_notes: bool,
}

impl Reader<'_, '_, '_> {
    /// Reads one chapter.
    pub(super) fn read(&mut self, piece: &Piece<'_, '_>, flow: &mut Flow) {
        let setting = Setting {
            class: None,
            level: piece.level,
            is_notes: piece.is_notes,
        };
        if let Some(section) = piece.section {
            self.id(section, flow);
            flow.id(&section_id(section));
        }
        for node in &piece.nodes {
            self.node(*node, flow, setting);
        }
    }

    fn children(&mut self, element: Element<'_, '_>, flow: &mut Flow, setting: Setting) {
        for node in element.nodes() {
            self.node(node, flow, setting);
        }
    }

    fn node(&mut self, node: Node<'_, '_>, flow: &mut Flow, setting: Setting) {
        match node {
            Node::Text(text) => flow.text(text),
            Node::Element(element) => self.element(element, flow, setting),
        }
    }

    fn id(&self, element: Element<'_, '_>, flow: &mut Flow) {
        if let Some(id) = element.attribute("id") {
            flow.id(id.trim());
        }
    }

    fn element(&mut self, element: Element<'_, '_>, flow: &mut Flow, setting: Setting) {
        match element.name() {
            "section" if setting.is_notes => self.note(element, flow, setting),
            "section" => {
                self.id(element, flow);
                flow.id(&section_id(element));
                self.paragraph(
                    element,
                    flow,
                    None,
                    Setting {
                        level: (setting.level + 1).min(6),
                        ..setting
                    },
                );
            }
            "title" => self.title(element, flow, setting),
            "subtitle" => self.paragraph(element, flow, Some("subtitle"), setting),
            "epigraph" => self.container(element, flow, "blockquote", "epigraph", setting),
            "cite" => self.container(element, flow, "blockquote", "cite", setting),
            "annotation" => self.container(element, flow, "div", "annotation", setting),
            "poem" => self.container(
                element,
                flow,
                "div",
                "poem",
                Setting {
                    class: Some("verse"),
                    ..setting
                },
            ),
            "stanza" => self.container(
                element,
                flow,
                "div",
                "stanza",
                Setting {
                    class: Some("verse"),
                    ..setting
                },
            ),
            "v" => self.paragraph(element, flow, Some("verse"), setting),
            "text-author" => self.paragraph(element, flow, Some("text-author"), setting),
            "date" => self.paragraph(element, flow, Some("date"), setting),
            "p" => self.paragraph(element, flow, setting.class, setting),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(element, flow, setting),
            "div" | "li" | "ul" | "ol" | "body" | "center" | "blockquote" => {
                self.paragraph(element, flow, setting.class, setting)
            }
            "empty-line" => flow.empty_line(),
            "br" => flow.line_break(),
            "hr" => flow.rule(),
            "image" | "img" => self.image(element, flow),
            "table" => self.table(element, flow, setting),
            "a" => self.link(element, flow, setting),
            "strong" | "b" => self.inline(element, flow, "strong", setting),
            "emphasis" | "i" | "em" => self.inline(element, flow, "em", setting),
            "strikethrough" | "s" | "strike" | "del" => self.inline(element, flow, "s", setting),
            "sub" => self.inline(element, flow, "sub", setting),
            "sup" => self.inline(element, flow, "sup", setting),
            "code" | "tt" => self.inline(element, flow, "code", setting),
            "u" => self.inline(element, flow, "u", setting),
            "script" | "stylesheet" | "binary" | "iframe" | "object" | "embed" => {}
            _ => {
                self.id(element, flow);
                self.children(element, flow, setting);
            }
        }
    }

    fn paragraph(
        &mut self,
        element: Element<'_, '_>,
        flow: &mut Flow,
        class: Option<&'static str>,
        setting: Setting,
    ) {
        self.id(element, flow);
        let classes = class.map(Classes::of).unwrap_or_default();
        flow.enter(BlockContext {
            tag: "p",
            classes,
            language: language(element),
            ..BlockContext::default()
        });
        self.children(element, flow, setting);
        flow.leave();
    }

    fn heading(&mut self, element: Element<'_, '_>, flow: &mut Flow, setting: Setting) {
        const TAGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
        self.id(element, flow);
        let tag = TAGS[usize::from(setting.level.clamp(1, 6)) - 1];
        flow.enter(BlockContext {
            tag,
            language: language(element),
            ..BlockContext::default()
        });
        self.children(
            element,
            flow,
            Setting {
                class: None,
                ..setting
            },
        );
        flow.leave();
    }

    /// The title of a section is its heading; titles of poems and stanzas stand among the verses.
    fn title(&mut self, element: Element<'_, '_>, flow: &mut Flow, setting: Setting) {
        let in_verse = setting.class == Some("verse");
        let whole_notes = element.parent().is_some_and(|parent| parent.name() == "body");
        if in_verse || (setting.is_notes && !whole_notes) {
            self.id(element, flow);
            self.children(
                element,
                flow,
                Setting {
                    class: Some("subtitle"),
                    ..setting
                },
            );
        } else {
            self.heading(element, flow, setting);
        }
    }

    /// A section of the notes: a note, or a group of notes with a title of its own.
    fn note(&mut self, section: Element<'_, '_>, flow: &mut Flow, setting: Setting) {
        if section.child("section").is_some() {
            self.id(section, flow);
            for node in section.nodes() {
                match node {
                    Node::Element(title) if title.name() == "title" => {
                        self.heading(
                            title,
                            flow,
                            Setting {
                                level: (setting.level + 1).min(6),
                                ..setting
                            },
                        );
                    }
                    other => self.node(
                        other,
                        flow,
                        Setting {
                            level: (setting.level + 1).min(6),
                            ..setting
                        },
                    ),
                }
            }
            return;
        }
        let ids = section
            .attribute("id")
            .map(|id| id.trim().to_owned())
            .into_iter()
            .collect();
        flow.open(Container {
            tag: "aside",
            classes: Classes::of("note"),
            role: Some("doc-footnote"),
            ids,
            ..Container::default()
        });
        self.paragraph_of_note(section, flow, setting);
        flow.close();
    }

    fn paragraph_of_note(&mut self, section: Element<'_, '_>, flow: &mut Flow, setting: Setting) {
        flow.enter(BlockContext {
            tag: "p",
            ..BlockContext::default()
        });
        self.children(section, flow, setting);
        flow.leave();
    }

    fn container(
        &mut self,
        element: Element<'_, '_>,
        flow: &mut Flow,
        tag: &'static str,
        class: &str,
        setting: Setting,
    ) {
        let ids = element
            .attribute("id")
            .map(|id| id.trim().to_owned())
            .into_iter()
            .collect();
        flow.open(Container {
            tag,
            classes: Classes::of(class),
            role: None,
            ids,
            ..Container::default()
        });
        flow.enter(BlockContext {
            tag: "p",
            language: language(element),
            ..BlockContext::default()
        });
        self.children(element, flow, setting);
        flow.leave();
        flow.close();
    }

    fn table(&mut self, table: Element<'_, '_>, flow: &mut Flow, setting: Setting) {
        if flow.in_lines() {
            return self.paragraph(table, flow, None, setting);
        }
        self.id(table, flow);
        open(flow, "table");
        open(flow, "tbody");
        self.rows(table, flow, setting);
        flow.close();
        flow.close();
    }

    /// What stands between rows becomes a row.
    fn rows(&mut self, element: Element<'_, '_>, flow: &mut Flow, setting: Setting) {
        for node in element.nodes().filter(has_content) {
            match node {
                Node::Element(group) if matches!(group.name(), "thead" | "tbody" | "tfoot") => {
                    self.rows(group, flow, setting);
                }
                Node::Element(row) if row.name() == "tr" => {
                    open(flow, "tr");
                    self.id(row, flow);
                    self.cells(row, flow, setting);
                    flow.close();
                }
                other => {
                    open(flow, "tr");
                    self.stray_cell(other, flow, setting);
                    flow.close();
                }
            }
        }
    }

    /// What stands between cells becomes a cell.
    fn cells(&mut self, row: Element<'_, '_>, flow: &mut Flow, setting: Setting) {
        for node in row.nodes() {
            match node {
                Node::Element(cell) if cell.name() == "td" => self.cell(cell, "td", flow, setting),
                Node::Element(cell) if cell.name() == "th" => self.cell(cell, "th", flow, setting),
                other if has_content(&other) => self.stray_cell(other, flow, setting),
                _ => {}
            }
        }
    }

    fn stray_cell(&mut self, node: Node<'_, '_>, flow: &mut Flow, setting: Setting) {
        flow.enter(BlockContext {
            tag: "td",
            ..BlockContext::default()
        });
        self.node(
            node,
            flow,
            Setting {
                class: None,
                ..setting
            },
        );
        flow.leave();
    }

    fn cell(&mut self, cell: Element<'_, '_>, tag: &'static str, flow: &mut Flow, setting: Setting) {
        self.id(cell, flow);
        let align = cell
            .attribute("align")
            .map(|align| crate::xhtml::declarations(&format!("text-align:{align}")));
        flow.enter(BlockContext {
            tag,
            classes: element_attributes::vertical_alignment(cell),
            style: align.unwrap_or_default(),
            stated: element_attributes::of(cell),
            ..BlockContext::default()
        });
        flow.force();
        self.children(
            cell,
            flow,
            Setting {
                class: None,
                ..setting
            },
        );
        flow.leave();
    }

    fn inline(&mut self, element: Element<'_, '_>, flow: &mut Flow, tag: &'static str, setting: Setting) {
        self.id(element, flow);
        flow.begin(Inline {
            tag,
            language: language(element),
            ..Inline::default()
        });
        self.children(element, flow, setting);
        flow.end();
    }

    fn link(&mut self, element: Element<'_, '_>, flow: &mut Flow, setting: Setting) {
        self.id(element, flow);
        let href = element.any_attribute("href").unwrap_or("").trim();
        let is_note = element
            .any_attribute("type")
            .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("note"));
        let inside = href.strip_prefix('#').and_then(|id| {
            let document = *self.ids.get(id)?;
            Some(Target::Inside {
                document,
                id: Some(id.to_owned()),
            })
        });
        let target = inside.or_else(|| is_outside(href).then(|| Target::Outside(href.to_owned())));
        let note = if is_note {
            NoteLink::Yes
        } else {
            likely_note(element)
        };
        match target {
            Some(target) => flow.begin(Inline {
                tag: "a",
                link: Some(Link { target, note }),
                ..Inline::default()
            }),
            None => flow.begin(Inline::default()),
        }
        self.children(element, flow, setting);
        flow.end();
    }

    fn image(&mut self, element: Element<'_, '_>, flow: &mut Flow) {
        self.id(element, flow);
        let href = element
            .any_attribute("href")
            .or_else(|| element.attribute("src"))
            .unwrap_or("");
        let alt = element
            .attribute("alt")
            .or_else(|| element.attribute("title"))
            .unwrap_or("");
        if let Some(index) = self.binaries.picture(href, self.pictures) {
            let resource = self.pictures.get(index);
            flow.picture(&Picture {
                name: &resource.name,
                size: resource.width.zip(resource.height),
                alt,
            });
        }
    }
}

fn open(flow: &mut Flow, tag: &'static str) {
    flow.open(Container {
        tag,
        ..Container::default()
    });
}

fn language(element: Element<'_, '_>) -> Option<String> {
    let tag = element.attribute("xml:lang")?.trim();
    let valid = (2..=35).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    valid.then(|| tag.to_owned())
}

/// `[1]` and raised numbers are references to notes even where the file does not say so.
fn likely_note(element: Element<'_, '_>) -> NoteLink {
    let text = element.short_text(limits::NOTE_MARK_BYTES);
    let text = text.trim();
    let inner = text.trim_matches(['[', ']', '(', ')', '{', '}']);
    let number = !inner.is_empty() && inner.len() <= 6 && inner.chars().all(|c| c.is_numeric() || c == '*');
    let raised = element.descendants().take(8).any(|inner| inner.name() == "sup")
        || element.parent().is_some_and(|parent| parent.name() == "sup");
    if number && (inner.len() < text.len() || raised) {
        NoteLink::Likely
    } else {
        NoteLink::No
    }
}
