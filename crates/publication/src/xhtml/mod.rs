//! A page of HTML or XHTML into the flow of a chapter.

mod drawing;
mod elements;
mod formula;
mod stylesheet;
mod table;

use std::cell::Cell;
use std::collections::HashMap;

use stylesheet::style_of;
pub(crate) use stylesheet::{Stylesheet, declarations};

use crate::element_attributes;
use crate::flow::{
    BlockContext, Classes, Container, Flow, Inline, Link, NoteLink, Picture, Shift, Style, Target,
};
use crate::limits;
use crate::markup::{Element, Node};
use crate::pictures::Pictures;
use elements::Role;

/// What a page needs to know of the book around it.
pub(crate) struct Surroundings<'s> {
    /// Where a link of this page leads; none drops the link and keeps its text.
    pub(crate) link: &'s dyn Fn(&str) -> Option<Target>,
    /// The index of a picture that this page refers to.
    pub(crate) image: &'s mut dyn FnMut(&str, &mut Pictures) -> Option<usize>,
    pub(crate) pictures: &'s mut Pictures,
    /// How many style rules may still be tried on elements of this book.
    pub(crate) style_checks: &'s Cell<usize>,
    /// Style sheets, the weakest first.
    pub(crate) sheets: Vec<&'s Stylesheet>,
}

/// Reads the words of a drawing that is a page of its own into `flow`.
pub(crate) fn read_drawing(root: Element<'_, '_>, flow: &mut Flow, surroundings: &mut Surroundings<'_>) {
    let mut reader = Reader {
        flow,
        surroundings,
        images: HashMap::new(),
    };
    drawing::words(&mut reader, root, &Setting::default());
}

/// Reads a page (its `body`, or everything when there is none or when text stands outside it) into `flow`.
pub(crate) fn read(root: Element<'_, '_>, flow: &mut Flow, surroundings: &mut Surroundings<'_>) {
    let mut reader = Reader {
        flow,
        surroundings,
        images: HashMap::new(),
    };
    let body = root
        .descendants()
        .find(|element| matches!(element.name(), "body"));
    let html = root.descendants().find(|element| element.name() == "html");
    let mut setting = Setting::default();
    for element in [html, body].into_iter().flatten() {
        setting = reader.setting_of(element, &setting);
    }
    setting.language = None;
    let whole = html.filter(|html| has_text_outside_body(*html));
    reader.children(whole.or(body).or(html).unwrap_or(root), &setting);
}

fn has_text_outside_body(html: Element<'_, '_>) -> bool {
    html.nodes().any(|node| match node {
        Node::Text(text) => !text.trim().is_empty(),
        Node::Element(element) => !matches!(element.name(), "head" | "body") && element.has_text(),
    })
}

/// What an element hands down to its content.
#[derive(Debug, Clone, Default)]
struct Setting {
    style: Style,
    language: Option<String>,
    /// The language that the enclosing elements already say.
    inherited_language: Option<String>,
    right_to_left: bool,
    verse: bool,
}

struct Reader<'r, 's> {
    flow: &'r mut Flow,
    surroundings: &'r mut Surroundings<'s>,
    /// Pictures of this page by reference.
    images: HashMap<String, Option<usize>>,
}

impl Reader<'_, '_> {
    fn children(&mut self, element: Element<'_, '_>, setting: &Setting) {
        for node in element.nodes() {
            match node {
                Node::Text(text) => self.flow.text(text),
                Node::Element(child) => self.element(child, setting),
            }
        }
    }

    fn element(&mut self, element: Element<'_, '_>, setting: &Setting) {
        if let Some(id) = element.attribute("id").or_else(|| element.attribute("xml:id")) {
            self.note_id(element, id.trim());
        }
        // The older form of an anchor.
        if let Some(name) = element.attribute("name").filter(|_| element.name() == "a") {
            self.note_id(element, name.trim());
        }
        match elements::role(element) {
            Role::Nothing => {}
            Role::Transparent => self.children(element, setting),
            Role::Break => self.flow.line_break(),
            Role::Rule => self.flow.rule(),
            Role::Image => self.image(element, setting),
            Role::Drawing => drawing::read(self, element, setting),
            Role::Formula => formula::read(self.flow, element),
            Role::Switch => {
                let shown = element.child("default").or_else(|| element.child("case"));
                self.children(shown.unwrap_or(element), setting);
            }
            Role::Table => table::read(self, element, setting),
            Role::Block(tag) => self.block(element, tag, setting),
            Role::Container(tag) => self.container(element, tag, setting),
            Role::Note(tag) => self.note(element, tag, setting),
            Role::Inline(tag) => self.inline(element, tag, setting),
            Role::Link => self.link(element, setting),
        }
    }

    /// Ids of containers belong to the container, all others to the next text.
    fn note_id(&mut self, element: Element<'_, '_>, id: &str) {
        if !matches!(elements::role(element), Role::Container(_) | Role::Note(_)) {
            self.flow.id(id);
        }
    }

    fn ids(element: Element<'_, '_>) -> Vec<String> {
        let id = element.attribute("id").or_else(|| element.attribute("xml:id"));
        id.map(|id| id.trim().to_owned())
            .filter(|id| !id.is_empty() && id.len() <= 500)
            .into_iter()
            .collect()
    }

    fn style(&self, element: Element<'_, '_>) -> Style {
        style_of(&self.surroundings.sheets, element, self.surroundings.style_checks)
    }

    /// What `element` hands down, itself being in `outer`.
    fn setting_of(&self, element: Element<'_, '_>, outer: &Setting) -> Setting {
        let own = self.style(element);
        let inherited = Style {
            shift: None,
            underline: None,
            strike: None,
            ..outer.style
        };
        let language =
            language_of(element).filter(|language| outer.inherited_language.as_ref() != Some(language));
        Setting {
            style: inherited.overlaid(own),
            inherited_language: language.clone().or_else(|| outer.inherited_language.clone()),
            language: language.or_else(|| outer.language.clone()),
            right_to_left: direction_of(element).unwrap_or(outer.right_to_left),
            verse: outer.verse || elements::is_verse(element),
        }
    }

    fn context(&self, element: Element<'_, '_>, tag: &'static str, setting: &Setting) -> BlockContext {
        let mut classes = elements::classes(element);
        let mut style = setting.style;
        if tag == "p" && setting.verse {
            classes = classes.with(Classes::of("verse"));
        }
        if tag != "p" {
            // A heading is bold and has no indent as it is.
            style = Style {
                bold: None,
                no_indent: None,
                preserve_space: None,
                ..style
            };
        }
        BlockContext {
            tag,
            classes,
            style,
            language: setting.language.clone(),
            right_to_left: setting.right_to_left,
            stated: Vec::new(),
        }
    }

    fn block(&mut self, element: Element<'_, '_>, tag: &'static str, outer: &Setting) {
        let setting = self.setting_of(element, outer);
        self.flow.enter(self.context(element, tag, &setting));
        self.children(element, &setting);
        self.flow.leave();
    }

    fn container(&mut self, element: Element<'_, '_>, tag: &'static str, outer: &Setting) {
        let classes = elements::classes(element);
        self.flow.open(Container {
            tag,
            classes,
            role: None,
            ids: Self::ids(element),
            stated: element_attributes::of(element),
        });
        let setting = self.setting_of(element, outer);
        self.flow.enter(BlockContext {
            classes: Classes::default(),
            ..self.context(element, "p", &setting)
        });
        self.children(element, &setting);
        self.flow.leave();
        self.flow.close();
    }

    fn note(&mut self, element: Element<'_, '_>, tag: &'static str, outer: &Setting) {
        let role = Some("doc-footnote");
        self.flow.open(Container {
            tag,
            classes: Classes::of("note"),
            role,
            ids: Self::ids(element),
            stated: element_attributes::of(element),
        });
        let setting = self.setting_of(element, outer);
        self.flow.enter(BlockContext {
            classes: Classes::default(),
            ..self.context(element, "p", &setting)
        });
        self.children(element, &setting);
        self.flow.leave();
        self.flow.close();
    }

    fn inline(&mut self, element: Element<'_, '_>, tag: &'static str, outer: &Setting) {
        let setting = self.setting_of(element, outer);
        let mut wrappers = Vec::new();
        if !tag.is_empty() || (setting.language.is_some() && setting.language != outer.language) {
            let language = setting
                .language
                .clone()
                .filter(|_| setting.language != outer.language);
            let tag = if tag.is_empty() { "span" } else { tag };
            let right_to_left = setting.right_to_left && !outer.right_to_left;
            wrappers.push(Inline {
                tag,
                language,
                right_to_left,
                ..Inline::default()
            });
        }
        wrappers.extend(style_wrappers(setting.style, outer.style, tag));
        let count = wrappers.len();
        for wrapper in wrappers {
            self.flow.begin(wrapper);
        }
        self.children(element, &setting);
        for _ in 0..count {
            self.flow.end();
        }
    }

    fn link(&mut self, element: Element<'_, '_>, setting: &Setting) {
        let target = element
            .any_attribute("href")
            .and_then(|href| (self.surroundings.link)(href));
        let Some(target) = target else {
            return self.inline(element, "", setting);
        };
        let note = note_link(element, self.is_raised(element));
        self.flow.begin(Inline {
            tag: "a",
            link: Some(Link { target, note }),
            ..Inline::default()
        });
        self.inline(element, "", setting);
        self.flow.end();
    }

    /// Whether a link stands above the line, by its own element, the one around it or one in it, or by a style of them.
    fn is_raised(&self, link: Element<'_, '_>) -> bool {
        let raised = |element: Element<'_, '_>| {
            element.name() == "sup" || self.style(element).shift == Some(Shift::Super)
        };
        raised(link) || link.parent().is_some_and(raised) || link.descendants().take(8).any(raised)
    }

    fn image(&mut self, element: Element<'_, '_>, setting: &Setting) {
        let source = ["src", "data"]
            .into_iter()
            .find_map(|name| element.attribute(name));
        let source = source
            .or_else(|| element.any_attribute("href"))
            .unwrap_or("")
            .trim();
        let index = self.picture(source);
        match index {
            Some(index) => self.place(index, element.attribute("alt").unwrap_or("")),
            // What an `object` holds is shown when it cannot be.
            None => self.children(element, setting),
        }
    }

    fn picture(&mut self, source: &str) -> Option<usize> {
        if source.is_empty() {
            return None;
        }
        if let Some(known) = self.images.get(source) {
            return *known;
        }
        let pictures = &mut *self.surroundings.pictures;
        let index = match data_address(source) {
            Some(bytes) => pictures.add(&bytes, "a picture in a page"),
            None => (self.surroundings.image)(source, pictures),
        };
        self.images.insert(source.to_owned(), index);
        index
    }

    fn place(&mut self, index: usize, alt: &str) {
        let resource = self.surroundings.pictures.get(index);
        let alt: String = alt.chars().take(1_000).collect();
        self.flow.picture(&Picture {
            name: &resource.name,
            size: resource.width.zip(resource.height),
            alt: &alt,
        });
    }
}

/// The inline elements that make up the difference between two styles.
fn style_wrappers(style: Style, outer: Style, tag: &str) -> Vec<Inline> {
    let mut wrappers = Vec::new();
    let mut wrap = |tag: &'static str, class: &str| {
        let class = if class.is_empty() {
            Classes::default()
        } else {
            Classes::of(class)
        };
        wrappers.push(Inline {
            tag,
            class,
            ..Inline::default()
        });
    };
    let turned_on = |now: Option<bool>, before: Option<bool>| now == Some(true) && before != Some(true);
    if turned_on(style.italic, outer.italic) && !matches!(tag, "i" | "em" | "cite") {
        wrap("i", "");
    }
    if style.italic == Some(false) && outer.italic == Some(true) {
        wrap("span", "upright");
    }
    if turned_on(style.bold, outer.bold) && !matches!(tag, "b" | "strong") {
        wrap("b", "");
    }
    if turned_on(style.small_caps, outer.small_caps) {
        wrap("span", "small-caps");
    }
    if turned_on(style.letter_spaced, outer.letter_spaced) {
        wrap("span", "letter-spaced");
    }
    if turned_on(style.underline, outer.underline) && tag != "u" {
        wrap("u", "");
    }
    if turned_on(style.strike, outer.strike) && tag != "s" {
        wrap("s", "");
    }
    match style.shift {
        Some(Shift::Super) if tag != "sup" => wrap("sup", ""),
        Some(Shift::Sub) if tag != "sub" => wrap("sub", ""),
        _ => {}
    }
    wrappers
}

fn language_of(element: Element<'_, '_>) -> Option<String> {
    let tag = element
        .attribute("xml:lang")
        .or_else(|| element.attribute("lang"))?
        .trim();
    let valid = (2..=35).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    valid.then(|| tag.to_owned())
}

fn direction_of(element: Element<'_, '_>) -> Option<bool> {
    match element.attribute("dir")?.trim() {
        "rtl" | "RTL" => Some(true),
        "ltr" | "LTR" => Some(false),
        _ => None,
    }
}

/// Whether a link refers to a note, by what the book says or by how it looks.
fn note_link(element: Element<'_, '_>, raised: bool) -> NoteLink {
    let kind = element.attribute("epub:type").unwrap_or("");
    let role = element.attribute("role").unwrap_or("");
    if kind.contains("noteref") || role.contains("noteref") {
        return NoteLink::Yes;
    }
    if kind.contains("backlink") || role.contains("backlink") {
        return NoteLink::Back;
    }
    let text = element.short_text(limits::NOTE_MARK_BYTES);
    let text = text.trim();
    if text.chars().count() > 8 {
        return NoteLink::No;
    }
    if matches!(text, "↩" | "↩︎" | "↑" | "^" | "⏎" | "«" | "←" | "[←]") {
        return NoteLink::Back;
    }
    let inner = text.trim_matches(['[', ']', '(', ')', '{', '}']);
    let number = !inner.is_empty()
        && inner
            .chars()
            .all(|c| c.is_numeric() || matches!(c, '*' | '†' | '‡' | '§'));
    let bracketed = inner.len() < text.len() || inner.starts_with(['*', '†', '‡']);
    if number && (bracketed || raised || has_note_class(element)) {
        NoteLink::Likely
    } else {
        NoteLink::No
    }
}

fn has_note_class(element: Element<'_, '_>) -> bool {
    let class = element.attribute("class").unwrap_or("").to_ascii_lowercase();
    ["note", "fn"].iter().any(|part| class.contains(part))
}

/// The bytes of a base64 `data:` address.
fn data_address(source: &str) -> Option<Vec<u8>> {
    let scheme = source
        .get(..5)
        .filter(|scheme| scheme.eq_ignore_ascii_case("data:"))?;
    let (head, body) = source[scheme.len()..].split_once(',')?;
    let bytes: Vec<u8> = percent_encoding::percent_decode_str(body).collect();
    if head.trim_end().to_ascii_lowercase().ends_with("base64") {
        return crate::base64_lenient::decode(&String::from_utf8_lossy(&bytes));
    }
    Some(bytes)
}
