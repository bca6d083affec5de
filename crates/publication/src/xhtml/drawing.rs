//! SVG in a page: the picture, and the words that are drawn in it as text of the book.

use super::{Reader, Setting};
use crate::flow::BlockContext;
use crate::markup::Element;

/// Reads an `svg` element: the pictures it wraps, or else the drawing itself, then its words.
pub(super) fn read(reader: &mut Reader<'_, '_>, svg: Element<'_, '_>, setting: &Setting) {
    let mut wrapped = svg
        .descendants()
        .filter(|child| child.name() == "image")
        .peekable();
    if wrapped.peek().is_some() {
        for image in wrapped {
            let source = image.any_attribute("href").or_else(|| image.attribute("src"));
            if let Some(index) = reader.picture(source.unwrap_or("").trim()) {
                reader.place(index, image.attribute("alt").unwrap_or(""));
            }
        }
    } else if let Some(index) = reader.surroundings.pictures.add_drawing(svg) {
        let said = ["title", "desc"].into_iter().find_map(|name| svg.child(name));
        let alt = said.map(|said| said.short_text(ALT_BYTES)).unwrap_or_default();
        reader.place(index, alt.trim());
    }
    // Words in the middle of a paragraph belong to it: an initial, for example.
    if svg.parent().is_some_and(|parent| !holds_blocks(parent)) {
        return words(reader, svg, setting);
    }
    reader.flow.enter(BlockContext {
        tag: "p",
        ..BlockContext::default()
    });
    words(reader, svg, setting);
    reader.flow.leave();
}

fn holds_blocks(element: Element<'_, '_>) -> bool {
    matches!(
        element.name(),
        "" | "html"
            | "body"
            | "div"
            | "section"
            | "article"
            | "main"
            | "figure"
            | "blockquote"
            | "aside"
            | "center"
    )
}

/// Bytes of a drawing's title that describe it.
const ALT_BYTES: usize = 1_000;

/// The words of a drawing; what is HTML in it is read as such.
pub(super) fn words(reader: &mut Reader<'_, '_>, element: Element<'_, '_>, setting: &Setting) {
    for child in element.elements() {
        match child.name() {
            "text" => {
                reader.flow.text(" ");
                reader.flow.text(&child.text());
            }
            "foreignobject" => reader.children(child, setting),
            "title" | "desc" | "metadata" | "style" | "script" | "image" => {}
            // Several forms of the same; the first one with words will do.
            "switch" => {
                if let Some(form) = child.elements().find(|form| form.has_text()) {
                    words_of_form(reader, form, setting);
                }
            }
            _ => words(reader, child, setting),
        }
    }
}

fn words_of_form(reader: &mut Reader<'_, '_>, form: Element<'_, '_>, setting: &Setting) {
    match form.name() {
        "text" => reader.flow.text(&form.text()),
        "foreignobject" => reader.children(form, setting),
        _ => words(reader, form, setting),
    }
}
