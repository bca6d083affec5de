//! Writes a chapter block by block, so that its text has exactly one line per block.
//!
//! Whoever reads a format calls [`Flow`] in the order of the text; nothing is written until there is text or a picture
//! for it, so no element is ever empty, and one `\n` stands between two blocks wherever they are nested.

mod draft;
mod escape;
mod style;

pub(crate) use draft::{
    BlockAttributes, Classes, Draft, Heading, IdEntry, Insert, InsertKind, Link, NoteLink, Target, Top,
};
pub(crate) use escape::{attribute as escape_attribute, plain as plain_text};
pub(crate) use style::{Align, Shift, Style};

use crate::element_attributes::Stated;

/// Containers and inline elements that may be open at once; deeper ones are left out, their content is not.
const NESTING: usize = 24;

/// How the paragraphs of a source block look.
#[derive(Debug, Clone, Default)]
pub(crate) struct BlockContext {
    /// Element of the block: `p`, `h2`, `td`, ...
    pub(crate) tag: &'static str,
    pub(crate) classes: Classes,
    pub(crate) style: Style,
    pub(crate) language: Option<String>,
    pub(crate) right_to_left: bool,
    /// What a cell says of itself.
    pub(crate) stated: Vec<Stated>,
}

/// An element around blocks.
#[derive(Debug, Default)]
pub(crate) struct Container {
    pub(crate) tag: &'static str,
    pub(crate) classes: Classes,
    pub(crate) role: Option<&'static str>,
    pub(crate) ids: Vec<String>,
    /// What a list or item says of itself.
    pub(crate) stated: Vec<Stated>,
}

/// An element inside a block.
#[derive(Debug, Clone, Default)]
pub(crate) struct Inline {
    pub(crate) tag: &'static str,
    pub(crate) class: Classes,
    pub(crate) language: Option<String>,
    pub(crate) right_to_left: bool,
    pub(crate) link: Option<Link>,
}

/// A picture ready to be placed.
#[derive(Debug)]
pub(crate) struct Picture<'t> {
    pub(crate) name: &'t str,
    pub(crate) size: Option<(u32, u32)>,
    pub(crate) alt: &'t str,
}

#[derive(Debug)]
struct Leaf {
    tag: &'static str,
    insert: usize,
    /// Where the content begins in the HTML.
    content: usize,
    utf16: usize,
    has_text: bool,
    images: usize,
    line_start: bool,
}

/// The writer of one chapter.
#[derive(Debug, Default)]
pub(crate) struct Flow {
    draft: Draft,
    containers: Vec<Container>,
    /// How many containers are written.
    containers_open: usize,
    blocks: Vec<BlockContext>,
    leaf: Option<Leaf>,
    inlines: Vec<Inline>,
    /// How many inline elements are written.
    inlines_open: usize,
    ids: Vec<String>,
    space: bool,
    breaks: u8,
    /// An empty line was seen since the last block.
    blank: bool,
    /// Something has been written.
    started: bool,
    /// The next block is a cell and not the first of its row.
    next_cell: bool,
}

impl Flow {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Ends the chapter.
    pub(crate) fn finish(mut self) -> Draft {
        self.end_leaf();
        while !self.containers.is_empty() {
            self.close();
        }
        let utf16 = self.draft.utf16;
        for id in self.ids.drain(..) {
            self.draft.ids.push(IdEntry {
                id,
                insert: None,
                utf16,
            });
        }
        self.draft
    }

    /// Whether anything has been written.
    pub(crate) fn is_empty(&self) -> bool {
        !self.started
    }

    /// Opens an element around blocks. Every `open` needs a [`Flow::close`].
    pub(crate) fn open(&mut self, container: Container) {
        if self.in_lines() {
            self.line();
            self.ids.extend(container.ids);
            self.containers.push(Container::default());
        } else {
            self.end_leaf();
            let deep = self.containers.len() >= NESTING && !matches!(container.tag, "tr" | "tbody" | "thead");
            let tag = if deep { "" } else { container.tag };
            self.containers.push(Container { tag, ..container });
        }
    }

    /// Closes the innermost container.
    pub(crate) fn close(&mut self) {
        if self.in_lines() {
            self.line();
        } else {
            self.end_leaf();
        }
        let Some(container) = self.containers.pop() else {
            return;
        };
        if self.containers_open > self.containers.len() {
            self.containers_open = self.containers.len();
            self.end_tag(container.tag);
        } else {
            self.ids.extend(container.ids);
        }
        if container.tag == "tr" {
            self.next_cell = false;
        }
    }

    /// Begins a block of the source. Blocks inside headings and cells become lines of them.
    pub(crate) fn enter(&mut self, context: BlockContext) {
        if self.in_lines() {
            self.line();
            let outer = self.blocks.last().map_or("p", |block| block.tag);
            self.blocks.push(BlockContext {
                tag: outer,
                ..context
            });
        } else {
            self.end_leaf();
            self.blocks.push(context);
        }
    }

    /// Ends a block of the source.
    pub(crate) fn leave(&mut self) {
        self.blocks.pop();
        if self.in_lines() {
            self.line();
        } else {
            self.end_leaf();
        }
    }

    /// Writes the current block even when there is nothing in it: cells keep their place.
    pub(crate) fn force(&mut self) {
        self.begin_leaf();
    }

    /// Whether the innermost block takes lines instead of blocks.
    pub(crate) fn in_lines(&self) -> bool {
        self.blocks
            .last()
            .is_some_and(|block| !matches!(block.tag, "" | "p"))
    }

    /// Begins an element inside a block.
    pub(crate) fn begin(&mut self, inline: Inline) {
        let nested_link = inline.tag == "a" && self.inlines.iter().any(|open| open.tag == "a");
        let too_deep = self.inlines.iter().filter(|open| !open.tag.is_empty()).count() >= NESTING;
        let tag = if nested_link || too_deep { "" } else { inline.tag };
        self.inlines.push(Inline { tag, ..inline });
    }

    /// Ends the innermost element inside a block.
    pub(crate) fn end(&mut self) {
        let Some(inline) = self.inlines.pop() else { return };
        if self.inlines_open > self.inlines.len() {
            self.inlines_open = self.inlines.len();
            self.end_tag(inline.tag);
        }
    }

    /// The source has an id here.
    pub(crate) fn id(&mut self, id: &str) {
        if !id.is_empty() && id.len() <= 500 {
            self.ids.push(id.to_owned());
        }
    }

    /// A line break: the second one in a row begins a new paragraph.
    pub(crate) fn line_break(&mut self) {
        self.space = false;
        if self.leaf.is_some() {
            self.breaks = self.breaks.saturating_add(1);
        } else {
            self.blank = true;
        }
    }

    /// An empty line between blocks.
    pub(crate) fn empty_line(&mut self) {
        if self.in_lines() {
            self.line();
        } else {
            self.end_leaf();
            self.blank = true;
        }
    }

    /// A rule between scenes.
    pub(crate) fn rule(&mut self) {
        if self.in_lines() {
            return self.line();
        }
        self.end_leaf();
        self.begin_block();
        self.start_tag(
            "hr",
            BlockAttributes {
                classes: Classes::of("scene-break"),
                ..BlockAttributes::default()
            },
        );
    }

    /// Text of the source; white space is collapsed as a browser does.
    pub(crate) fn text(&mut self, text: &str) {
        if self.preserves_space() {
            self.preserved_text(text);
        } else if self.asks_to_preserve_space() {
            for (index, line) in text.split('\n').enumerate() {
                if index > 0 {
                    self.line();
                }
                self.collapsed_text(line);
            }
        } else {
            self.collapsed_text(text);
        }
    }

    fn asks_to_preserve_space(&self) -> bool {
        self.blocks
            .last()
            .is_some_and(|block| block.style.preserve_space == Some(true))
    }

    /// Headings and cells keep the lines of preformatted text but not its spaces.
    fn preserves_space(&self) -> bool {
        self.asks_to_preserve_space() && !self.in_lines()
    }

    fn collapsed_text(&mut self, text: &str) {
        let mut rest = text;
        loop {
            let trimmed = rest.trim_start_matches(escape::is_space);
            self.space |= trimmed.len() < rest.len();
            if trimmed.is_empty() {
                return;
            }
            let run = escape::run(trimmed);
            if run.is_empty() {
                // A character that text may not contain.
                rest = &trimmed[trimmed.chars().next().map_or(0, char::len_utf8)..];
                continue;
            }
            self.write(run);
            rest = &trimmed[run.len()..];
        }
    }

    fn preserved_text(&mut self, text: &str) {
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.new_line();
            }
            let mut rest = line;
            while !rest.is_empty() {
                let run = escape::verbatim_run(rest);
                self.write(run);
                let skipped = rest[run.len()..].chars().next();
                if skipped == Some('\t') {
                    self.write("    ");
                }
                rest = &rest[run.len() + skipped.map_or(0, char::len_utf8)..];
            }
        }
    }

    fn new_line(&mut self) {
        if self.in_lines() {
            self.line();
        } else if self.leaf.is_some() {
            self.end_leaf();
        } else {
            self.blank = true;
        }
    }

    /// Text that stands in the paragraph as it is.
    fn write(&mut self, run: &str) {
        if run.is_empty() {
            return;
        }
        if !self.preserves_space() && self.leaf.as_ref().is_none_or(|leaf| leaf.line_start) {
            let visible = run.trim_start_matches(escape::is_blank);
            if visible.is_empty() {
                self.blank |= self.leaf.is_none();
                return;
            }
            if visible.len() < run.len() {
                self.space = false;
                return self.write_visible(visible);
            }
        }
        self.write_visible(run);
    }

    fn write_visible(&mut self, run: &str) {
        self.begin_content();
        let units = escape::text(run, &mut self.draft.html);
        self.draft.utf16 += units;
        if self.inlines[..self.inlines_open]
            .iter()
            .any(|inline| inline.tag == "a")
        {
            self.draft.linked += units;
        }
        if let Some(leaf) = &mut self.leaf {
            leaf.has_text = true;
            leaf.line_start = false;
        }
    }

    /// Places a picture.
    pub(crate) fn picture(&mut self, picture: &Picture<'_>) {
        self.begin_content();
        let html = &mut self.draft.html;
        html.push_str("<img src=\"resources/");
        html.push_str(picture.name);
        html.push('"');
        if let Some((width, height)) = picture.size {
            html.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
        }
        html.push_str(" alt=\"");
        escape::attribute(picture.alt, html);
        html.push_str("\" loading=\"lazy\" decoding=\"async\">");
        self.draft.images += 1;
        if let Some(leaf) = &mut self.leaf {
            leaf.images += 1;
            leaf.line_start = false;
        }
    }

    /// Everything that has to stand before the next text or picture.
    fn begin_content(&mut self) {
        if self.breaks > 1 && !self.in_lines() {
            self.end_leaf();
        }
        self.begin_leaf();
        let breaks = std::mem::take(&mut self.breaks);
        let space = std::mem::take(&mut self.space);
        let line_start = self.leaf.as_ref().is_some_and(|leaf| leaf.line_start);
        if breaks > 0 && !line_start {
            self.draft.html.push_str("<br>\n");
            self.draft.utf16 += 1;
        } else if space && !line_start {
            self.draft.html.push(' ');
            self.draft.utf16 += 1;
        }
        self.anchor();
        while self.inlines_open < self.inlines.len() {
            let inline = self.inlines[self.inlines_open].clone();
            self.inlines_open += 1;
            self.start_inline(inline);
        }
    }

    /// A paragraph or the like must be open before there can be content.
    fn begin_leaf(&mut self) {
        if self.leaf.is_some() {
            return;
        }
        let context = self.blocks.last().cloned().unwrap_or_default();
        let tag = if context.tag.is_empty() { "p" } else { context.tag };
        self.begin_block();
        let mut classes = context.classes.with(block_classes(context.style));
        if std::mem::take(&mut self.blank) && self.draft.utf16 > 0 && !matches!(tag, "td" | "th") {
            classes = classes.with(Classes::of("space-before"));
        }
        let utf16 = self.draft.utf16;
        let insert = self.start_tag(
            tag,
            BlockAttributes {
                classes,
                role: None,
                language: context.language,
                right_to_left: context.right_to_left,
                stated: context.stated,
            },
        );
        self.next_cell = matches!(tag, "td" | "th");
        self.space = false;
        self.breaks = 0;
        self.leaf = Some(Leaf {
            tag,
            insert,
            content: self.draft.html.len(),
            utf16,
            has_text: false,
            images: 0,
            line_start: true,
        });
    }

    /// What precedes the start tag of a block: the separator and the containers around it.
    fn begin_block(&mut self) {
        if self.started {
            self.draft.html.push(if self.next_cell { '\t' } else { '\n' });
            self.draft.utf16 += 1;
        }
        self.started = true;
        if self.containers_open == 0 {
            self.draft.tops.push(Top {
                html: self.draft.html.len(),
                utf16: self.draft.utf16,
            });
        }
        while self.containers_open < self.containers.len() {
            let container = &mut self.containers[self.containers_open];
            self.containers_open += 1;
            let tag = container.tag;
            let mut ids = std::mem::take(&mut container.ids);
            if tag.is_empty() {
                self.ids.append(&mut ids);
                continue;
            }
            let attributes = BlockAttributes {
                classes: container.classes,
                role: container.role,
                stated: std::mem::take(&mut container.stated),
                ..BlockAttributes::default()
            };
            std::mem::swap(&mut self.ids, &mut ids);
            self.start_tag(tag, attributes);
            self.ids = ids;
        }
    }

    /// Writes a start tag whose attributes are to come; the waiting ids are its ids.
    fn start_tag(&mut self, tag: &'static str, attributes: BlockAttributes) -> usize {
        self.draft.html.push('<');
        self.draft.html.push_str(tag);
        let insert = self.insert(InsertKind::Block(attributes));
        self.draft.html.push('>');
        insert
    }

    fn insert(&mut self, kind: InsertKind) -> usize {
        let index = self.draft.inserts.len();
        let utf16 = self.draft.utf16;
        for id in self.ids.drain(..) {
            self.draft.ids.push(IdEntry {
                id,
                insert: Some(index),
                utf16,
            });
        }
        self.draft.inserts.push(Insert {
            position: self.draft.html.len(),
            kind,
        });
        index
    }

    /// Ids that wait inside a block get a place of their own.
    fn anchor(&mut self) {
        if !self.ids.is_empty() {
            self.insert(InsertKind::Anchor);
        }
    }

    fn start_inline(&mut self, inline: Inline) {
        if inline.tag.is_empty() {
            return;
        }
        self.draft.html.push('<');
        self.draft.html.push_str(inline.tag);
        if !inline.class.is_empty() {
            self.draft
                .html
                .push_str(&format!(" class=\"{}\"", inline.class.names()));
        }
        if let Some(language) = inline.language {
            self.draft.html.push_str(&format!(" lang=\"{language}\""));
        }
        if inline.right_to_left {
            self.draft.html.push_str(" dir=\"rtl\"");
        }
        if let Some(link) = inline.link {
            self.insert(InsertKind::Link(link));
        }
        self.draft.html.push('>');
    }

    fn end_tag(&mut self, tag: &str) {
        if !tag.is_empty() {
            self.draft.html.push_str("</");
            self.draft.html.push_str(tag);
            self.draft.html.push('>');
        }
    }

    /// The next content stands on a new line of the same block.
    fn line(&mut self) {
        self.space = false;
        if self.leaf.as_ref().is_some_and(|leaf| !leaf.line_start) {
            self.breaks = 1;
        }
    }

    fn end_leaf(&mut self) {
        self.space = false;
        self.breaks = 0;
        let Some(leaf) = self.leaf.take() else { return };
        while self.inlines_open > 0 {
            self.inlines_open -= 1;
            self.end_tag(self.inlines[self.inlines_open].tag);
        }
        self.classify(&leaf);
        self.end_tag(leaf.tag);
    }

    fn classify(&mut self, leaf: &Leaf) {
        let content = &self.draft.html[leaf.content..];
        let class = if leaf.images > 0 && !leaf.has_text {
            Some("image")
        } else if leaf.tag == "p" && content.len() < 64 && escape::is_scene_break(&plain_text(content)) {
            Some("scene-break")
        } else {
            None
        };
        if let Some(level) = heading_level(leaf.tag)
            && leaf.has_text
        {
            let text = plain_text(content)
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            self.draft.headings.push(Heading {
                level,
                text,
                utf16: leaf.utf16,
            });
        }
        if let (Some(class), InsertKind::Block(attributes)) =
            (class, &mut self.draft.inserts[leaf.insert].kind)
        {
            attributes.classes = attributes.classes.with(Classes::of(class));
        }
    }
}

/// The lines of a title in one: “Часть первая. Утро”.
pub(crate) fn one_line<'t>(lines: impl IntoIterator<Item = &'t str>) -> String {
    let mut line = String::new();
    for next in lines {
        let next = next.split_whitespace().collect::<Vec<_>>().join(" ");
        if next.is_empty() {
            continue;
        }
        if !line.is_empty() {
            let ended = line.ends_with(['.', ',', ':', ';', '!', '?', '…', '—', '–', '-']);
            line.push_str(if ended { " " } else { ". " });
        }
        line.push_str(&next);
    }
    line
}

fn heading_level(tag: &str) -> Option<u8> {
    match tag.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

fn block_classes(style: Style) -> Classes {
    let flags = [
        (style.align == Some(Align::Center), "center"),
        (style.align == Some(Align::End), "right"),
        (style.no_indent == Some(true), "indent-none"),
        (style.preserve_space == Some(true), "preformatted"),
        (style.italic == Some(true), "italic"),
        (style.bold == Some(true), "bold"),
        (style.small_caps == Some(true), "small-caps"),
        (style.letter_spaced == Some(true), "letter-spaced"),
    ];
    flags
        .into_iter()
        .filter(|(on, _)| *on)
        .fold(Classes::default(), |all, (_, name)| all.with(Classes::of(name)))
}
