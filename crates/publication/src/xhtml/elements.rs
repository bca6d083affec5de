//! What each element of HTML is to a chapter.

use crate::flow::Classes;
use crate::markup::Element;

/// How an element is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Neither it nor its content is text of the book.
    Nothing,
    /// Only its content counts.
    Transparent,
    Break,
    Rule,
    Image,
    Drawing,
    Formula,
    /// One content in several forms, of which one is for readers that know no others.
    Switch,
    Table,
    /// A paragraph, heading or the like; `p` also for boxes that only hold paragraphs.
    Block(&'static str),
    /// An element around blocks that is kept.
    Container(&'static str),
    /// A foot- or endnote.
    Note(&'static str),
    /// An element inside a block; the empty name only brings its style.
    Inline(&'static str),
    Link,
}

/// How `element` is read.
pub(super) fn role(element: Element<'_, '_>) -> Role {
    let name = element.name();
    match name {
        "p" | "div" | "section" | "article" | "main" | "header" | "footer" | "hgroup" | "address"
        | "center" | "pre" | "form" | "fieldset" | "legend" | "details" | "summary" | "body" | "html"
        | "dir" | "menu" | "textarea" | "noscript" | "option" | "optgroup" | "select" | "dialog"
        | "search" | "frameset" | "noframes" | "marquee" | "xmp" | "listing" | "plaintext" => block(element),
        "aside" if is_note(element) => Role::Note("aside"),
        "aside" => Role::Block("p"),
        "nav" if is_machinery(element) => Role::Nothing,
        "nav" => Role::Block("p"),
        "h1" => Role::Block("h1"),
        "h2" => Role::Block("h2"),
        "h3" => Role::Block("h3"),
        "h4" => Role::Block("h4"),
        "h5" => Role::Block("h5"),
        "h6" => Role::Block("h6"),
        "blockquote" => Role::Container("blockquote"),
        "ul" => Role::Container("ul"),
        "ol" => Role::Container("ol"),
        "li" => item(element),
        "dl" => Role::Container("dl"),
        "dt" if in_list(element) => Role::Block("dt"),
        "dd" if in_list(element) => Role::Container("dd"),
        "dt" | "dd" => Role::Block("p"),
        "figure" => Role::Container("figure"),
        "figcaption" if has_parent(element, &["figure"]) => Role::Block("figcaption"),
        "figcaption" | "caption" | "tr" | "thead" | "tbody" | "tfoot" | "td" | "th" => Role::Block("p"),
        "table" => Role::Table,
        "br" => Role::Break,
        "hr" => Role::Rule,
        "img" | "image" | "object" => Role::Image,
        "svg" => Role::Drawing,
        "math" => Role::Formula,
        "a" => Role::Link,
        "i" => Role::Inline("i"),
        "em" => Role::Inline("em"),
        "b" => Role::Inline("b"),
        "strong" => Role::Inline("strong"),
        "cite" => Role::Inline("cite"),
        "dfn" | "var" => Role::Inline("i"),
        "u" | "ins" => Role::Inline("u"),
        "s" | "strike" | "del" => Role::Inline("s"),
        "small" => Role::Inline("small"),
        "sub" => Role::Inline("sub"),
        "sup" => Role::Inline("sup"),
        "code" | "kbd" | "samp" | "tt" => Role::Inline("code"),
        "q" => Role::Inline("q"),
        "abbr" | "acronym" => Role::Inline("abbr"),
        "bdi" => Role::Inline("bdi"),
        "bdo" => Role::Inline("bdo"),
        "ruby" => Role::Inline("ruby"),
        "rt" if has_parent(element, &["ruby", "rtc"]) => Role::Inline("rt"),
        "rp" if has_parent(element, &["ruby"]) => Role::Inline("rp"),
        "span" if is_page_break(element) => Role::Nothing,
        "span" | "font" | "big" | "mark" | "time" | "label" | "button" => Role::Inline(""),
        "head" | "title" | "script" | "style" | "template" | "iframe" | "frame" | "embed" | "input"
        | "link" | "meta" | "source" | "track" | "param" | "area" | "base" | "col" | "colgroup"
        | "datalist" => Role::Nothing,
        "switch" => Role::Switch,
        _ => Role::Transparent,
    }
}

fn block(element: Element<'_, '_>) -> Role {
    if is_page_break(element) {
        Role::Nothing
    } else if is_note(element) && element.name() != "p" {
        Role::Note("aside")
    } else if element.name() == "div" && !container_classes(element).is_empty() {
        Role::Container("div")
    } else {
        Role::Block("p")
    }
}

fn item(element: Element<'_, '_>) -> Role {
    match (has_parent(element, &["ul", "ol", "menu"]), is_note(element)) {
        (true, true) => Role::Note("li"),
        (true, false) => Role::Container("li"),
        (false, true) => Role::Note("aside"),
        (false, false) => Role::Block("p"),
    }
}

fn in_list(element: Element<'_, '_>) -> bool {
    has_parent(element, &["dl"])
}

fn has_parent(element: Element<'_, '_>, names: &[&str]) -> bool {
    element
        .parent()
        .is_some_and(|parent| names.contains(&parent.name()))
}

fn kinds<'d>(element: Element<'d, '_>) -> impl Iterator<Item = &'d str> {
    let kind = element.attribute("epub:type").unwrap_or("");
    kind.split_ascii_whitespace()
        .chain(element.attribute("role").unwrap_or("").split_ascii_whitespace())
}

fn is_note(element: Element<'_, '_>) -> bool {
    kinds(element).any(|kind| {
        matches!(
            kind,
            "footnote" | "endnote" | "rearnote" | "note" | "doc-footnote" | "doc-endnote"
        )
    })
}

/// A page's number in a printed edition, and nothing else: text of the book may have been marked as one by mistake.
fn is_page_break(element: Element<'_, '_>) -> bool {
    kinds(element).any(|kind| matches!(kind, "pagebreak" | "doc-pagebreak"))
        && element.short_text(64).trim().chars().count() <= 12
}

/// Navigation that is meant for programs: lists of pages and landmarks.
fn is_machinery(element: Element<'_, '_>) -> bool {
    kinds(element).any(|kind| matches!(kind, "page-list" | "landmarks" | "doc-pagelist"))
}

/// Whether an element and all in it is verse.
pub(super) fn is_verse(element: Element<'_, '_>) -> bool {
    kinds(element).any(|kind| {
        let kind = kind.strip_prefix("z3998:").unwrap_or(kind);
        matches!(kind, "verse" | "poem" | "song" | "hymn" | "lyrics")
    }) || class_words(element).any(|word| {
        matches!(
            word.as_str(),
            "verse" | "poem" | "poetry" | "stanza" | "stih" | "poema" | "v"
        )
    })
}

fn class_words(element: Element<'_, '_>) -> impl Iterator<Item = String> {
    element
        .attribute("class")
        .unwrap_or("")
        .split_ascii_whitespace()
        .take(16)
        .map(str::to_ascii_lowercase)
}

/// Classes of the vocabulary that make a box worth keeping.
fn container_classes(element: Element<'_, '_>) -> Classes {
    class_words(element).fold(Classes::default(), |all, word| match word.as_str() {
        "epigraph" => all.with(Classes::of("epigraph")),
        "cite" => all.with(Classes::of("cite")),
        "annotation" => all.with(Classes::of("annotation")),
        "poem" | "poetry" => all.with(Classes::of("poem")),
        "stanza" => all.with(Classes::of("stanza")),
        _ => all,
    })
}

/// The classes of the vocabulary that an element's own classes and kinds mean.
pub(super) fn classes(element: Element<'_, '_>) -> Classes {
    let own = match element.name() {
        "div" | "blockquote" => container_classes(element),
        _ => Classes::default(),
    };
    let own = kinds(element).fold(own, |all, kind| match kind {
        "epigraph" | "doc-epigraph" => all.with(Classes::of("epigraph")),
        "subtitle" | "doc-subtitle" if element.name() == "p" => all.with(Classes::of("subtitle")),
        "z3998:signature" | "z3998:sender" => all.with(Classes::of("text-author")),
        _ => all,
    });
    if element.name() != "p" && element.name() != "div" {
        return own;
    }
    class_words(element).fold(own, |all, word| match word.as_str() {
        "subtitle" => all.with(Classes::of("subtitle")),
        "text-author" | "textauthor" | "epigraph_author" | "epigraph-author" => {
            all.with(Classes::of("text-author"))
        }
        "scene-break" | "scenebreak" => all.with(Classes::of("scene-break")),
        _ => all,
    })
}
