//! Writes FictionBook 2, as plain as the format: sections, paragraphs, verses, quotations, notes, pictures.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::markup::{Dialect, Document, Element, Node};
use crate::{Chapter, ChapterKind, Creator, Publication, Role};

/// Writes a publication as FB2 in UTF-8. The same publication gives the same bytes.
pub fn write(publication: &Publication) -> Vec<u8> {
    let mut writer = Writer {
        publication,
        out: String::new(),
        used: BTreeSet::new(),
    };
    writer.out.push_str("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<FictionBook xmlns=\"http://www.gribuser.ru/xml/fictionbook/2.0\" xmlns:l=\"http://www.w3.org/1999/xlink\">\n");
    writer.description();
    let is_note = |chapter: &&Chapter| chapter.kind == ChapterKind::Notes;
    writer.out.push_str("<body>\n");
    for (index, chapter) in publication
        .chapters
        .iter()
        .enumerate()
        .filter(|(_, chapter)| !is_note(chapter))
    {
        writer.chapter(index, chapter);
    }
    writer.out.push_str("</body>\n");
    if publication.chapters.iter().any(|chapter| is_note(&chapter)) {
        writer.out.push_str("<body name=\"notes\">\n");
        for (index, chapter) in publication
            .chapters
            .iter()
            .enumerate()
            .filter(|(_, chapter)| is_note(chapter))
        {
            writer.notes(index, chapter);
        }
        writer.out.push_str("</body>\n");
    }
    writer.binaries();
    writer.out.push_str("</FictionBook>\n");
    writer.out.into_bytes()
}

struct Writer<'p> {
    publication: &'p Publication,
    out: String,
    /// Indices of the pictures that are referred to.
    used: BTreeSet<usize>,
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

impl Writer<'_> {
    fn description(&mut self) {
        let card = &self.publication.metadata;
        let mut info = String::new();
        let subjects = if card.subjects.is_empty() {
            vec!["prose".to_owned()]
        } else {
            card.subjects.clone()
        };
        for subject in subjects {
            info.push_str(&format!("<genre>{}</genre>", escaped(&subject)));
        }
        info.extend(people(&card.creators, Role::Author, "author"));
        info.push_str(&format!("<book-title>{}</book-title>", escaped(&card.title)));
        if let Some(description) = &card.description {
            let paragraphs: String = description
                .lines()
                .map(|line| format!("<p>{}</p>", escaped(line)))
                .collect();
            info.push_str(&format!("<annotation>{paragraphs}</annotation>"));
        }
        if let Some(date) = &card.published {
            info.push_str(&format!("<date>{}</date>", escaped(date)));
        }
        if let Some(cover) = self.publication.cover {
            self.used.insert(cover);
            let name = &self.publication.resources[cover].name;
            info.push_str(&format!("<coverpage><image l:href=\"#{name}\"/></coverpage>"));
        }
        info.push_str(&format!(
            "<lang>{}</lang>",
            escaped(card.language.as_deref().unwrap_or("ru"))
        ));
        info.extend(people(&card.creators, Role::Translator, "translator"));
        if let Some(series) = &card.series {
            let number = series
                .position
                .map(|position| format!(" number=\"{position}\""))
                .unwrap_or_default();
            info.push_str(&format!("<sequence name=\"{}\"{number}/>", escaped(&series.name)));
        }
        let id = card.identifiers.first().unwrap_or(&self.publication.revision);
        self.out.push_str(&format!(
            "<description><title-info>{info}</title-info><document-info><author><nickname>BookReader AI</nickname></author><date/><id>{}</id><version>1.0</version></document-info></description>\n",
            escaped(id)
        ));
    }

    fn chapter(&mut self, index: usize, chapter: &Chapter) {
        let document = Document::parse(&chapter.html, Dialect::Html);
        let blocks: Vec<Element<'_, '_>> = document.root().elements().collect();
        let headings = blocks.iter().take_while(|block| is_heading(**block)).count();
        self.out.push_str(&format!("<section id=\"c{index}\">\n"));
        if headings > 0 {
            self.out.push_str("<title>");
            for heading in &blocks[..headings] {
                self.lines(*heading, index);
            }
            self.out.push_str("</title>\n");
        }
        for block in &blocks[headings..] {
            self.block(*block, index);
        }
        if blocks.len() == headings {
            self.out.push_str("<empty-line/>\n");
        }
        self.out.push_str("</section>\n");
    }

    /// A notes chapter: each note is a section, what stands between them the body's title.
    fn notes(&mut self, index: usize, chapter: &Chapter) {
        let document = Document::parse(&chapter.html, Dialect::Html);
        for block in document.root().elements() {
            if is_heading(block) {
                self.out.push_str("<title>");
                self.lines(block, index);
                self.out.push_str("</title>\n");
                continue;
            }
            let id = block
                .attribute("id")
                .map(|id| format!(" id=\"{}\"", note_id(index, id)))
                .unwrap_or_default();
            self.out.push_str(&format!("<section{id}>"));
            if block.name() == "aside" {
                for inner in block.elements() {
                    self.block(inner, index);
                }
            } else {
                self.block(block, index);
            }
            self.out.push_str("</section>\n");
        }
    }

    fn block(&mut self, block: Element<'_, '_>, chapter: usize) {
        let class = block.attribute("class").unwrap_or("");
        let has = |name: &str| class.split(' ').any(|class| class == name);
        match block.name() {
            "hr" => self.out.push_str("<empty-line/>\n"),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.wrapped("subtitle", block, chapter),
            "blockquote" if has("epigraph") => self.around("cite", block, chapter),
            "blockquote" => self.around("cite", block, chapter),
            "div" if has("poem") => self.around("poem", block, chapter),
            "div" if has("stanza") => self.around("stanza", block, chapter),
            "table" => self.table(block, chapter),
            "p" if has("subtitle") || has("scene-break") => self.wrapped("subtitle", block, chapter),
            "p" if has("verse") && is_in_poem(block) => self.wrapped("v", block, chapter),
            "p" if has("text-author") && is_in(block, &["blockquote", "div"]) => {
                self.wrapped("text-author", block, chapter)
            }
            "p" | "dt" | "figcaption" | "caption" => self.lines(block, chapter),
            _ => block.elements().for_each(|inner| self.block(inner, chapter)),
        }
    }

    fn around(&mut self, tag: &str, block: Element<'_, '_>, chapter: usize) {
        self.out.push_str(&format!("<{tag}>"));
        block.elements().for_each(|inner| self.block(inner, chapter));
        self.out.push_str(&format!("</{tag}>\n"));
    }

    fn wrapped(&mut self, tag: &str, block: Element<'_, '_>, chapter: usize) {
        let id = block
            .attribute("id")
            .map(|id| format!(" id=\"{}\"", note_id(chapter, id)))
            .unwrap_or_default();
        self.out.push_str(&format!("<{tag}{id}>"));
        self.inlines(block, chapter);
        self.out.push_str(&format!("</{tag}>\n"));
    }

    /// A block as paragraphs, one for each of its lines.
    fn lines(&mut self, block: Element<'_, '_>, chapter: usize) {
        let id = block
            .attribute("id")
            .map(|id| format!(" id=\"{}\"", note_id(chapter, id)))
            .unwrap_or_default();
        self.out.push_str(&format!("<p{id}>"));
        for node in block.nodes() {
            match node {
                Node::Element(line_break) if line_break.name() == "br" => self.out.push_str("</p>\n<p>"),
                other => self.inline(other, chapter),
            }
        }
        self.out.push_str("</p>\n");
    }

    fn table(&mut self, table: Element<'_, '_>, chapter: usize) {
        self.out.push_str("<table>");
        for row in table.descendants().filter(|element| element.name() == "tr") {
            self.out.push_str("<tr>");
            for cell in row.elements() {
                self.cell(cell, chapter);
            }
            self.out.push_str("</tr>");
        }
        self.out.push_str("</table>\n");
    }

    fn cell(&mut self, cell: Element<'_, '_>, chapter: usize) {
        let class = cell.attribute("class").unwrap_or("");
        let has = |name: &&str| class.split(' ').any(|class| class == *name);
        let tag = if cell.name() == "th" { "th" } else { "td" };
        self.out.push_str(&format!("<{tag}"));
        let id = cell.attribute("id").map(|id| note_id(chapter, id));
        let attributes = [
            ("id", id.as_deref()),
            ("colspan", cell.attribute("colspan")),
            // FB2 has no word for “all rows that are left”.
            ("rowspan", cell.attribute("rowspan").filter(|rows| *rows != "0")),
            ("align", ["center", "right"].into_iter().find(has)),
            ("valign", ["top", "middle", "bottom"].into_iter().find(has)),
        ];
        for (name, value) in attributes {
            if let Some(value) = value {
                self.out.push_str(&format!(" {name}=\"{value}\""));
            }
        }
        self.out.push('>');
        self.inlines(cell, chapter);
        self.out.push_str(&format!("</{tag}>"));
    }

    fn inlines(&mut self, element: Element<'_, '_>, chapter: usize) {
        element.nodes().for_each(|node| self.inline(node, chapter));
    }

    fn inline(&mut self, node: Node<'_, '_>, chapter: usize) {
        let element = match node {
            Node::Text(text) => return self.out.push_str(&escaped(text.trim_start_matches('\n'))),
            Node::Element(element) => element,
        };
        let tag = match element.name() {
            "i" | "em" | "cite" => "emphasis",
            "b" | "strong" => "strong",
            "s" => "strikethrough",
            "sub" => "sub",
            "sup" => "sup",
            "code" => "code",
            "br" => return self.out.push(' '),
            "img" => return self.image(element),
            "a" => return self.link(element, chapter),
            _ => return self.inlines(element, chapter),
        };
        self.out.push_str(&format!("<{tag}>"));
        self.inlines(element, chapter);
        self.out.push_str(&format!("</{tag}>"));
    }

    fn link(&mut self, link: Element<'_, '_>, chapter: usize) {
        let href = link.attribute("href").unwrap_or("");
        let inside = href
            .split_once(".html")
            .and_then(|(file, id)| Some((file.parse::<usize>().ok()?, id)));
        let address = match inside {
            Some((target, id)) => match id.strip_prefix('#') {
                Some(id) => format!("#{}", note_id(target, id)),
                None => format!("#c{target}"),
            },
            None => escaped(href),
        };
        let kind = if link.attribute("role") == Some("doc-noteref") {
            " type=\"note\""
        } else {
            ""
        };
        if address.is_empty() {
            return self.inlines(link, chapter);
        }
        self.out.push_str(&format!("<a l:href=\"{address}\"{kind}>"));
        self.inlines(link, chapter);
        self.out.push_str("</a>");
    }

    fn image(&mut self, image: Element<'_, '_>) {
        let name = image
            .attribute("src")
            .and_then(|source| source.strip_prefix("resources/"))
            .unwrap_or("");
        if let Some(index) = self
            .publication
            .resources
            .iter()
            .position(|resource| resource.name == name)
        {
            self.used.insert(index);
            self.out.push_str(&format!("<image l:href=\"#{name}\"/>"));
        }
    }

    fn binaries(&mut self) {
        for index in std::mem::take(&mut self.used) {
            let resource = &self.publication.resources[index];
            self.out.push_str(&format!(
                "<binary id=\"{}\" content-type=\"{}\">{}</binary>\n",
                resource.name,
                resource.media_type,
                STANDARD.encode(&resource.bytes)
            ));
        }
    }
}

/// Ids are unique in a chapter only; in FB2 they are unique in the book.
fn note_id(chapter: usize, id: &str) -> String {
    format!("n{chapter}-{id}")
}

fn is_heading(element: Element<'_, '_>) -> bool {
    matches!(element.name().as_bytes(), [b'h', b'1'..=b'6'])
}

fn is_in(element: Element<'_, '_>, names: &[&str]) -> bool {
    element
        .parent()
        .is_some_and(|parent| names.contains(&parent.name()))
}

fn is_in_poem(element: Element<'_, '_>) -> bool {
    let poem = |parent: Element<'_, '_>| {
        parent
            .attribute("class")
            .is_some_and(|class| class.contains("poem") || class.contains("stanza"))
    };
    element.parent().is_some_and(poem)
}

fn people(creators: &[Creator], role: Role, tag: &'static str) -> Vec<String> {
    let with_role = creators.iter().filter(|creator| creator.role == role);
    with_role
        .map(|creator| {
            let words: Vec<&str> = creator.name.split_whitespace().collect();
            let parts: String = match words.as_slice() {
                [first, middle @ .., last] if !middle.is_empty() => format!(
                    "<first-name>{}</first-name><middle-name>{}</middle-name><last-name>{}</last-name>",
                    escaped(first),
                    escaped(&middle.join(" ")),
                    escaped(last)
                ),
                [first, last] => format!(
                    "<first-name>{}</first-name><last-name>{}</last-name>",
                    escaped(first),
                    escaped(last)
                ),
                _ => format!("<nickname>{}</nickname>", escaped(&creator.name)),
            };
            format!("<{tag}>{parts}</{tag}>")
        })
        .collect()
}
