//! A tree of elements and texts in one arena.

use std::borrow::Cow;
use std::ops::Range;

use super::tokens::{Attribute, Token, Tokens};
use crate::limits;

const NONE: u32 = u32::MAX;

/// Which elements end others or never have content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// Package documents, NCX and other plain XML.
    Xml,
    /// HTML and XHTML.
    Html,
    /// FictionBook.
    Fb2,
}

/// A parsed document.
#[derive(Debug)]
pub(crate) struct Document<'a> {
    nodes: Vec<NodeData<'a>>,
    attributes: Vec<Attribute<'a>>,
    /// The document declares entities of its own.
    pub(crate) declares_entities: bool,
    /// A reference to an entity that may not be expanded was dropped.
    pub(crate) refused_entities: bool,
    /// The document has more nodes than [`limits::NODES`]; the rest is missing.
    pub(crate) truncated: bool,
}

#[derive(Debug)]
struct NodeData<'a> {
    /// Name of an element or content of a text.
    string: Cow<'a, str>,
    /// Range in the attributes; `NONE..NONE` marks a text.
    attributes: Range<u32>,
    parent: u32,
    first_child: u32,
    next: u32,
}

/// An element or a text.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Node<'d, 'a> {
    Element(Element<'d, 'a>),
    Text(&'d str),
}

/// An element of a document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Element<'d, 'a> {
    document: &'d Document<'a>,
    id: u32,
}

impl<'a> Document<'a> {
    pub(crate) fn parse(source: &'a str, dialect: Dialect) -> Self {
        let mut tokens = Tokens::new(source, dialect == Dialect::Html);
        let mut builder = Builder::new(dialect);
        for token in tokens.by_ref() {
            if builder.nodes.len() >= limits::NODES {
                builder.truncated = true;
                break;
            }
            builder.token(token);
        }
        Self {
            nodes: builder.nodes,
            attributes: builder.attributes,
            declares_entities: tokens.references().any_declared(),
            refused_entities: tokens.references().refused(),
            truncated: builder.truncated,
        }
    }

    /// The nameless element that holds everything.
    pub(crate) fn root(&self) -> Element<'_, 'a> {
        Element {
            document: self,
            id: 0,
        }
    }

    /// The first element called `name`, in document order.
    pub(crate) fn first(&self, name: &str) -> Option<Element<'_, 'a>> {
        self.root().descendants().find(|element| element.name() == name)
    }
}

impl<'d, 'a> Element<'d, 'a> {
    fn data(self) -> &'d NodeData<'a> {
        &self.document.nodes[self.id as usize]
    }

    /// A number that tells the document's elements apart; later elements have larger ones.
    pub(crate) fn order(self) -> u32 {
        self.id
    }

    /// The local name, lower case.
    pub(crate) fn name(self) -> &'d str {
        local(&self.data().string)
    }

    pub(crate) fn parent(self) -> Option<Self> {
        let parent = self.data().parent;
        (parent != NONE).then_some(Self {
            document: self.document,
            id: parent,
        })
    }

    fn attributes(self) -> &'d [Attribute<'a>] {
        let range = &self.data().attributes;
        &self.document.attributes[range.start as usize..range.end as usize]
    }

    /// All attributes: full name (lower case) and value.
    pub(crate) fn attribute_pairs(self) -> impl Iterator<Item = (&'d str, &'d str)> {
        self.attributes()
            .iter()
            .map(|attribute| (&*attribute.name, &*attribute.value))
    }

    /// The value of the attribute with this full name, prefix included.
    pub(crate) fn attribute(self, name: &str) -> Option<&'d str> {
        self.attributes()
            .iter()
            .find(|attribute| attribute.name == name)
            .map(|attribute| &*attribute.value)
    }

    /// The value of the attribute with this local name, whatever its prefix; one without a prefix is preferred.
    pub(crate) fn any_attribute(self, local_name: &str) -> Option<&'d str> {
        self.attribute(local_name).or_else(|| {
            let found = self
                .attributes()
                .iter()
                .find(|attribute| local(&attribute.name) == local_name);
            found.map(|attribute| &*attribute.value)
        })
    }

    pub(crate) fn nodes(self) -> impl Iterator<Item = Node<'d, 'a>> {
        let mut next = self.data().first_child;
        std::iter::from_fn(move || {
            let data = self.document.nodes.get(next as usize)?;
            let node = if data.attributes.start == NONE {
                Node::Text(&data.string)
            } else {
                Node::Element(Self {
                    document: self.document,
                    id: next,
                })
            };
            next = data.next;
            Some(node)
        })
    }

    pub(crate) fn elements(self) -> impl Iterator<Item = Self> {
        self.nodes().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The child elements with this local name.
    pub(crate) fn children(self, name: &str) -> impl Iterator<Item = Self> {
        self.elements().filter(move |element| element.name() == name)
    }

    /// The first child element with this local name.
    pub(crate) fn child(self, name: &str) -> Option<Self> {
        self.children(name).next()
    }

    /// All elements below this one, in document order.
    pub(crate) fn descendants(self) -> impl Iterator<Item = Self> {
        self.below().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    fn below(self) -> impl Iterator<Item = Node<'d, 'a>> {
        let nodes = &self.document.nodes;
        let mut at = self.data().first_child;
        let top = self.id;
        std::iter::from_fn(move || {
            let data = nodes.get(at as usize)?;
            let id = at;
            at = if data.first_child != NONE {
                data.first_child
            } else {
                let mut from = at;
                loop {
                    let node = &nodes[from as usize];
                    if node.next != NONE {
                        break node.next;
                    }
                    if node.parent == top || node.parent == NONE {
                        break NONE;
                    }
                    from = node.parent;
                }
            };
            Some(if data.attributes.start == NONE {
                Node::Text(&data.string)
            } else {
                Node::Element(Self {
                    document: self.document,
                    id,
                })
            })
        })
    }

    /// All text below this element, as it is written.
    pub(crate) fn text(self) -> String {
        self.below()
            .filter_map(|node| match node {
                Node::Text(text) => Some(text),
                Node::Element(_) => None,
            })
            .collect()
    }

    /// The first of the text below: `bytes` of it, rounded to whole texts. For names, labels and the like, of which
    /// a file may nest so many around one long text that copying all of it for each would never end.
    pub(crate) fn short_text(self, bytes: usize) -> String {
        let mut short = String::new();
        for node in self.below() {
            if let Node::Text(text) = node {
                short.push_str(&text[..text.floor_char_boundary(bytes - short.len())]);
                if short.len() + 3 >= bytes {
                    break;
                }
            }
        }
        short
    }

    /// Whether there is anything but white space below.
    pub(crate) fn has_text(self) -> bool {
        self.below()
            .any(|node| matches!(node, Node::Text(text) if !text.trim().is_empty()))
    }

    /// Number of bytes of text below.
    pub(crate) fn text_len(self) -> usize {
        self.below()
            .map(|node| {
                if let Node::Text(text) = node {
                    text.len()
                } else {
                    0
                }
            })
            .sum()
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

struct Builder<'a> {
    dialect: Dialect,
    nodes: Vec<NodeData<'a>>,
    last_child: Vec<u32>,
    attributes: Vec<Attribute<'a>>,
    /// Open elements, the root first.
    open: Vec<u32>,
    /// Names of open elements below the deepest level that the tree keeps.
    deeper: Vec<Cow<'a, str>>,
    truncated: bool,
}

impl<'a> Builder<'a> {
    fn new(dialect: Dialect) -> Self {
        let root = NodeData {
            string: Cow::Borrowed(""),
            attributes: 0..0,
            parent: NONE,
            first_child: NONE,
            next: NONE,
        };
        Self {
            dialect,
            nodes: vec![root],
            last_child: vec![NONE],
            attributes: Vec::new(),
            open: vec![0],
            deeper: Vec::new(),
            truncated: false,
        }
    }

    fn token(&mut self, token: Token<'a>) {
        match token {
            Token::Text(text) if text.is_empty() => {}
            Token::Text(text) => {
                self.append(text, NONE..NONE);
            }
            Token::End { name } => self.end(&name),
            Token::Start {
                name,
                attributes,
                empty,
            } => self.start(name, attributes, empty),
        }
    }

    fn append(&mut self, string: Cow<'a, str>, attributes: Range<u32>) -> u32 {
        let parent = self.open.last().copied().unwrap_or(0);
        let id = self.nodes.len() as u32;
        self.nodes.push(NodeData {
            string,
            attributes,
            parent,
            first_child: NONE,
            next: NONE,
        });
        self.last_child.push(NONE);
        match self.last_child[parent as usize] {
            NONE => self.nodes[parent as usize].first_child = id,
            last => self.nodes[last as usize].next = id,
        }
        self.last_child[parent as usize] = id;
        id
    }

    fn start(&mut self, name: Cow<'a, str>, attributes: Vec<Attribute<'a>>, empty: bool) {
        self.end_head(local(&name));
        self.end_implied(local(&name));
        let void = is_void(self.dialect, local(&name));
        let first = self.attributes.len() as u32;
        self.attributes.extend(attributes);
        let range = first..self.attributes.len() as u32;
        let too_deep = self.open.len() > limits::DEPTH;
        if too_deep && !empty && !void {
            self.deeper.push(name.clone());
        }
        let id = self.append(name, range);
        if !empty && !void && !too_deep {
            self.open.push(id);
        }
    }

    fn end(&mut self, name: &str) {
        let last_deep = self.deeper.len().saturating_sub(limits::DEPTH);
        if let Some(found) = self.deeper[last_deep..].iter().rposition(|open| open == name) {
            self.deeper.truncate(last_deep + found);
            return;
        }
        // Content that follows an early `</body>` still belongs to the page.
        if self.dialect == Dialect::Html && matches!(name, "body" | "html") {
            return;
        }
        if let Some(found) = self.open[1..]
            .iter()
            .rposition(|open| self.nodes[*open as usize].string == name)
        {
            self.deeper.clear();
            self.open.truncate(found + 1);
        }
    }

    /// What does not belong into a `head` ends it.
    fn end_head(&mut self, name: &str) {
        let in_head = |open: &u32| local(&self.nodes[*open as usize].string) == "head";
        let belongs = matches!(
            name,
            "title" | "meta" | "link" | "style" | "script" | "base" | "noscript" | "template" | "object"
        );
        if self.dialect == Dialect::Html
            && !belongs
            && self.open.len() > 1
            && self.open.last().is_some_and(in_head)
        {
            self.open.pop();
        }
    }

    /// Ends the elements that the start of `name` ends where end tags are missing.
    fn end_implied(&mut self, name: &str) {
        let (ended, within): (&[&str], &[&str]) = match (self.dialect, name) {
            (
                Dialect::Html,
                "p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "hr" | "section" | "article",
            ) if self.sloppy_paragraph() => (&["p"], &[]),
            (Dialect::Html, "li") => (&["li"], &["ul", "ol", "menu"]),
            (Dialect::Html, "dt" | "dd") => (&["dt", "dd"], &["dl"]),
            (Dialect::Html, "tr") => (&["tr"], &["table"]),
            (Dialect::Html, "td" | "th") => (&["td", "th"], &["tr", "table"]),
            (Dialect::Fb2, "p" | "v" | "empty-line" | "subtitle") => (&["p", "v", "subtitle"], &["td", "th"]),
            (Dialect::Fb2, "stanza") => (&["stanza", "p", "v"], &["poem"]),
            (Dialect::Fb2, "section") => (
                &[
                    "p",
                    "v",
                    "stanza",
                    "poem",
                    "cite",
                    "epigraph",
                    "annotation",
                    "title",
                    "subtitle",
                ],
                &["section", "body"],
            ),
            (Dialect::Fb2, "body" | "binary") => (&["section", "body", "description"], &["fictionbook"]),
            _ => return,
        };
        let names = |open: &u32| local(&self.nodes[*open as usize].string);
        let floor = self
            .open
            .iter()
            .rposition(|open| within.contains(&names(open)))
            .unwrap_or(0);
        let inner = &self.open[floor.max(1).min(self.open.len())..];
        let found = match name {
            // All of them, from the outermost.
            "section" | "stanza" | "body" | "binary" => {
                inner.iter().position(|open| ended.contains(&names(open)))
            }
            _ => inner.iter().rposition(|open| ended.contains(&names(open))),
        };
        if let Some(found) = found {
            self.open.truncate(floor.max(1) + found);
            self.deeper.clear();
        }
    }

    /// Whether the innermost open elements are a paragraph and, at most, inline elements in it.
    fn sloppy_paragraph(&self) -> bool {
        let block = |open: &&u32| !is_inline(local(&self.nodes[**open as usize].string));
        self.open
            .iter()
            .rev()
            .find(block)
            .is_some_and(|open| local(&self.nodes[*open as usize].string) == "p")
    }
}

fn is_void(dialect: Dialect, name: &str) -> bool {
    match dialect {
        Dialect::Xml => false,
        Dialect::Html => matches!(
            name,
            "br" | "hr"
                | "img"
                | "input"
                | "meta"
                | "link"
                | "area"
                | "base"
                | "col"
                | "embed"
                | "source"
                | "track"
                | "wbr"
                | "param"
        ),
        Dialect::Fb2 => matches!(name, "empty-line" | "image" | "br" | "hr" | "img"),
    }
}

fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "b"
            | "i"
            | "em"
            | "strong"
            | "span"
            | "font"
            | "small"
            | "big"
            | "sub"
            | "sup"
            | "u"
            | "s"
            | "code"
            | "tt"
            | "cite"
            | "q"
            | "abbr"
            | "dfn"
            | "kbd"
            | "samp"
            | "var"
            | "del"
            | "ins"
            | "bdi"
            | "bdo"
            | "mark"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(source: &str, dialect: Dialect) -> String {
        fn show(element: Element<'_, '_>, out: &mut String) {
            for node in element.nodes() {
                match node {
                    Node::Text(text) => out.push_str(text),
                    Node::Element(child) => {
                        out.push_str(child.name());
                        out.push('(');
                        show(child, out);
                        out.push(')');
                    }
                }
            }
        }
        let document = Document::parse(source, dialect);
        let mut out = String::new();
        show(document.root(), &mut out);
        out
    }

    #[test]
    fn crossed_and_unclosed_elements_keep_the_order_of_the_text() {
        assert_eq!(
            shown("<p><b>a<i>b</b>c</i><p>d", Dialect::Html),
            "p(b(ai(b))c)p(d)"
        );
        assert_eq!(
            shown("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", Dialect::Html),
            "ul(li(a)li(bul(li(c)))li(d))"
        );
    }

    #[test]
    fn an_fb2_section_ends_what_was_left_open_in_the_one_before() {
        assert_eq!(
            shown(
                "<body><section><title><p>a<p>b</section><section><p>c<br>d</section></body>",
                Dialect::Fb2
            ),
            "body(section(title(p(a)p(b)))section(p(cbr()d)))"
        );
        assert_eq!(
            shown("<section><p>a<section><p>b</section></section>", Dialect::Fb2),
            "section(p(a)section(p(b)))"
        );
    }

    #[test]
    fn a_short_text_is_the_beginning_of_the_whole() {
        let document = Document::parse("<a>вот<b> и</b> весь текст</a>", Dialect::Xml);
        assert_eq!(document.root().short_text(1_000), document.root().text());
        assert_eq!(document.root().short_text(14), "вот и ве");
        assert_eq!(document.root().short_text(0), "");
    }

    #[test]
    fn prefixes_do_not_matter_to_names() {
        let document = Document::parse("<opf:item XLINK:href='a' href='b'/>", Dialect::Xml);
        let item = document.first("item").unwrap();
        assert_eq!(
            (item.any_attribute("href"), item.attribute("xlink:href")),
            (Some("b"), Some("a"))
        );
    }

    #[test]
    fn ten_thousand_levels_do_not_nest_deeper_than_the_limit() {
        let source = format!("{}x{}y", "<div>".repeat(10_000), "</div>".repeat(10_000));
        let document = Document::parse(&source, Dialect::Xml);
        assert_eq!(document.root().text(), "xy");
        let deepest = document.root().descendants().map(|mut element| {
            let mut depth = 0;
            while let Some(parent) = element.parent() {
                element = parent;
                depth += 1;
            }
            depth
        });
        assert!(deepest.max().unwrap() <= limits::DEPTH + 1);
        assert!(matches!(document.root().nodes().last(), Some(Node::Text("y"))));
    }

    proptest! {
        #[test]
        fn any_string_parses_and_plain_text_survives(
            source in "[<>/!?a-z&;='\" \\-\\[\\]я]{0,80}",
            plain in "[a-zа-я ]{1,20}",
        ) {
            for dialect in [Dialect::Xml, Dialect::Html, Dialect::Fb2] {
                Document::parse(&source, dialect);
                prop_assert_eq!(Document::parse(&plain, dialect).root().text(), plain.clone());
            }
        }
    }
}
