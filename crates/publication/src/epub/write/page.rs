//! The pages of a written book: our HTML as XHTML, with illustrations in their places.

use super::{EpubBook, EpubChapter, Illustration, chapter_file, escaped, is_core_picture};
use crate::markup::{Dialect, Document, Element, Node};
use crate::{ChapterKind, Resource};

/// A chapter's page.
pub(super) struct Page<'b> {
    pub(super) xhtml: String,
    /// Pictures on it.
    pub(super) resources: Vec<&'b Resource>,
    /// The ids of the places that were asked for.
    pub(super) anchors: Vec<(usize, String)>,
}

struct Writer<'b> {
    book: &'b EpubBook,
    out: String,
    resources: Vec<&'b Resource>,
    /// Bytes of text written so far.
    at: usize,
}

/// The page of a chapter; `places` are byte offsets that need an id.
pub(super) fn chapter<'b>(
    book: &'b EpubBook,
    index: usize,
    chapter: &EpubChapter,
    places: &[usize],
) -> Page<'b> {
    let document = Document::parse(&chapter.html, Dialect::Html);
    let mut writer = Writer {
        book,
        out: String::new(),
        resources: Vec::new(),
        at: 0,
    };
    let mut illustrations: Vec<(usize, &Illustration)> = book
        .illustrations
        .iter()
        .enumerate()
        .filter(|(_, illustration)| illustration.chapter == index)
        .collect();
    illustrations.sort_by_key(|(_, illustration)| illustration.offset);
    let mut illustrations = illustrations.into_iter().peekable();
    let mut places = places.to_vec();
    places.sort_unstable();
    places.dedup();
    let mut places = places.into_iter().peekable();
    let mut anchors = Vec::new();
    for node in document.root().nodes() {
        let begun = writer.out.len();
        let from = writer.at;
        writer.node(node);
        let Node::Element(element) = node else { continue };
        let mut own_id = element.attribute("id").map(str::to_owned);
        while let Some(place) =
            places.next_if(|place| *place < writer.at || (*place == from && from == writer.at))
        {
            let id = own_id.get_or_insert_with(|| {
                let id = format!("place-{place}");
                writer
                    .out
                    .insert_str(begun + 1 + element.name().len(), &format!(" id=\"{id}\""));
                id
            });
            anchors.push((place, id.clone()));
        }
        while let Some((number, illustration)) =
            illustrations.next_if(|(_, illustration)| illustration.offset < writer.at)
        {
            writer.illustration(number, illustration);
        }
    }
    for (number, illustration) in illustrations {
        writer.illustration(number, illustration);
    }
    let (kind, role) = match chapter.kind {
        ChapterKind::Front => ("frontmatter", ""),
        ChapterKind::Body => ("bodymatter chapter", " role=\"doc-chapter\""),
        ChapterKind::Back => ("backmatter", ""),
        ChapterKind::Notes => ("backmatter endnotes", " role=\"doc-endnotes\""),
    };
    let title = chapter.title.as_deref().unwrap_or(&book.metadata.title);
    let body = format!("<section epub:type=\"{kind}\"{role}>{}</section>\n", writer.out);
    Page {
        xhtml: whole(book, title, "../", &body),
        resources: writer.resources,
        anchors,
    }
}

/// The page that shows the cover.
pub(super) fn cover(book: &EpubBook, cover: &Resource) -> String {
    let alt = if book.is_russian() {
        "Обложка"
    } else {
        "Cover"
    };
    let body = format!(
        "<section epub:type=\"cover\"><p class=\"cover\"><img src=\"../images/{}\" alt=\"{alt}\"/></p></section>\n",
        cover.name
    );
    whole(book, alt, "../", &body)
}

/// The page that lists the illustrations.
pub(super) fn list_of_illustrations(book: &EpubBook) -> String {
    let title = if book.is_russian() {
        "Иллюстрации"
    } else {
        "Illustrations"
    };
    let mut body = format!("<section epub:type=\"loi\"><h1>{title}</h1>\n<ol>\n");
    let mut order: Vec<(usize, &Illustration)> = book.illustrations.iter().enumerate().collect();
    order.sort_by_key(|(_, illustration)| (illustration.chapter, illustration.offset));
    for (number, illustration) in order {
        let file = chapter_file(illustration.chapter);
        let file = file.trim_start_matches("text/");
        let caption = illustration
            .caption
            .as_deref()
            .filter(|caption| !caption.trim().is_empty());
        let label = caption
            .or(Some(illustration.alt.as_str()))
            .filter(|label| !label.trim().is_empty());
        let label = label.map_or_else(|| format!("{}", number + 1), escaped);
        body.push_str(&format!(
            "<li><a href=\"{file}#illustration-{}\">{label}</a></li>\n",
            number + 1
        ));
    }
    body.push_str("</ol></section>\n");
    whole(book, title, "../", &body)
}

/// A whole page; `up` leads from it to the content folder.
pub(super) fn whole(book: &EpubBook, title: &str, up: &str, body: &str) -> String {
    let language = escaped(book.language());
    let direction = if book.layout.right_to_left && !book.layout.vertical {
        " dir=\"rtl\""
    } else {
        ""
    };
    let title = if title.trim().is_empty() { "*" } else { title };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" xml:lang=\"{language}\" lang=\"{language}\">\n<head>\n<title>{}</title>\n<link rel=\"stylesheet\" type=\"text/css\" href=\"{up}style.css\"/>\n</head>\n<body{direction}>\n{body}</body>\n</html>\n",
        escaped(title)
    )
}

impl<'b> Writer<'b> {
    fn node(&mut self, node: Node<'_, '_>) {
        match node {
            Node::Text(text) => {
                self.at += text.len();
                self.out.push_str(&escaped(text));
            }
            Node::Element(element) if element.name() == "img" => self.image(element),
            Node::Element(element) => self.element(element),
        }
    }

    fn element(&mut self, element: Element<'_, '_>) {
        let name = element.name();
        if !crate::vocabulary::ELEMENTS.contains(&name) {
            element.nodes().for_each(|node| self.node(node));
            return;
        }
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in element.attribute_pairs() {
            self.attribute(name, key, value);
        }
        if matches!(name, "br" | "hr") {
            self.out.push_str("/>");
            return;
        }
        self.out.push('>');
        element.nodes().for_each(|node| self.node(node));
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    fn attribute(&mut self, element: &str, key: &str, value: &str) {
        let value = escaped(value);
        match key {
            "href" => {
                let address = inside(&value, self.book.chapters.len()).unwrap_or(value);
                self.push("href", &address);
            }
            "role" => {
                if let Some(kind) = structural_type(&value) {
                    self.push("epub:type", kind);
                }
                // A list item may not be a note to assistive technology; its structural type says it.
                if element != "li" {
                    self.push("role", &value);
                }
            }
            "lang" => {
                self.push("lang", &value);
                self.push("xml:lang", &value);
            }
            "id" | "class" | "dir" | "rel" | "colspan" | "rowspan" | "start" | "type" | "reversed"
            | "value" => self.push(key, &value),
            _ => {}
        }
    }

    fn push(&mut self, key: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(key);
        self.out.push_str("=\"");
        self.out.push_str(value);
        self.out.push('"');
    }

    fn image(&mut self, element: Element<'_, '_>) {
        let name = element
            .attribute("src")
            .and_then(|source| source.strip_prefix("resources/"));
        let resource =
            name.and_then(|name| self.book.resources.iter().find(|resource| resource.name == name));
        let alt = escaped(element.attribute("alt").unwrap_or(""));
        match resource.filter(|resource| is_core_picture(&resource.media_type)) {
            Some(resource) => {
                self.resources.push(resource);
                self.out.push_str(&format!(
                    "<img src=\"../images/{}\" alt=\"{alt}\"/>",
                    resource.name
                ));
            }
            None => self.out.push_str("<span></span>"),
        }
    }

    fn illustration(&mut self, number: usize, illustration: &Illustration) {
        let resource = &self.book.resources[illustration.resource];
        self.resources.push(resource);
        let caption = illustration
            .caption
            .as_deref()
            .filter(|caption| !caption.trim().is_empty());
        let caption = caption
            .map(|caption| format!("\n<figcaption>{}</figcaption>", escaped(caption)))
            .unwrap_or_default();
        self.out.push_str(&format!(
            "\n<figure id=\"illustration-{}\"><img src=\"../images/{}\" alt=\"{}\"/>{caption}</figure>",
            number + 1,
            resource.name,
            escaped(&illustration.alt)
        ));
    }
}

/// `3.html#b-x` as the address of a page of the archive, seen from another page.
fn inside(address: &str, chapters: usize) -> Option<String> {
    let (file, id) = address
        .split_once('#')
        .map_or((address, ""), |(file, id)| (file, id));
    let index: usize = file.strip_suffix(".html")?.parse().ok()?;
    let file = chapter_file(index.min(chapters - 1));
    let hash = if id.is_empty() { "" } else { "#" };
    Some(format!("{}{hash}{id}", file.trim_start_matches("text/")))
}

fn structural_type(role: &str) -> Option<&'static str> {
    match role {
        "doc-noteref" => Some("noteref"),
        "doc-footnote" => Some("footnote"),
        "doc-backlink" => Some("backlink"),
        _ => None,
    }
}
