//! Tables: one line of text per row, unless the table is only there to lay out a page.

use super::{Reader, Setting};
use crate::element_attributes;
use crate::flow::{BlockContext, Classes, Container};
use crate::markup::{Element, Node};

/// Reads a table.
pub(super) fn read(reader: &mut Reader<'_, '_>, table: Element<'_, '_>, outer: &Setting) {
    let setting = reader.setting_of(table, outer);
    if is_layout(table) || reader.flow.in_lines() {
        reader.flow.enter(reader.context(table, "p", &setting));
        reader.children(table, &setting);
        reader.flow.leave();
        return;
    }
    if let Some(caption) = table.child("caption") {
        reader.block(caption, "p", &setting);
    }
    reader.flow.open(container("table"));
    reader.flow.open(container("tbody"));
    rows(reader, table, &setting);
    reader.flow.close();
    reader.flow.close();
}

fn rows(reader: &mut Reader<'_, '_>, element: Element<'_, '_>, setting: &Setting) {
    for node in element.nodes() {
        match node {
            Node::Element(row) if row.name() == "tr" => cells(reader, row, setting),
            Node::Element(group) if matches!(group.name(), "thead" | "tbody" | "tfoot") => {
                rows(reader, group, setting)
            }
            Node::Element(other) if matches!(other.name(), "caption" | "col" | "colgroup") => {}
            Node::Element(other) => stray(
                reader,
                &mut |reader| reader.element(other, setting),
                other.has_text(),
            ),
            Node::Text(text) => stray(
                reader,
                &mut |reader| reader.flow.text(text),
                !text.trim().is_empty(),
            ),
        }
    }
}

fn cells(reader: &mut Reader<'_, '_>, row: Element<'_, '_>, outer: &Setting) {
    if let Some(id) = row.attribute("id") {
        reader.flow.id(id);
    }
    let setting = reader.setting_of(row, outer);
    reader.flow.open(container("tr"));
    for node in row.nodes() {
        match node {
            Node::Element(cell) if matches!(cell.name(), "td" | "th") => {
                let setting = reader.setting_of(cell, &setting);
                let tag = if cell.name() == "th" { "th" } else { "td" };
                if let Some(id) = cell.attribute("id") {
                    reader.flow.id(id);
                }
                let context = reader.context(cell, tag, &setting);
                reader.flow.enter(BlockContext {
                    classes: context.classes.with(vertical_alignment(cell, row)),
                    stated: element_attributes::of(cell),
                    ..context
                });
                reader.flow.force();
                reader.children(cell, &setting);
                reader.flow.leave();
            }
            Node::Element(other) => in_cell(
                reader,
                &mut |reader| reader.element(other, &setting),
                other.has_text(),
            ),
            Node::Text(text) => in_cell(
                reader,
                &mut |reader| reader.flow.text(text),
                !text.trim().is_empty(),
            ),
        }
    }
    reader.flow.close();
}

/// A cell's own, else its row's.
fn vertical_alignment(cell: Element<'_, '_>, row: Element<'_, '_>) -> Classes {
    let own = element_attributes::vertical_alignment(cell);
    if own.is_empty() {
        element_attributes::vertical_alignment(row)
    } else {
        own
    }
}

/// Text between rows becomes a row.
fn stray(reader: &mut Reader<'_, '_>, read: &mut dyn FnMut(&mut Reader<'_, '_>), has_text: bool) {
    if has_text {
        reader.flow.open(container("tr"));
        in_cell(reader, read, has_text);
        reader.flow.close();
    }
}

/// Text between cells becomes a cell.
fn in_cell(reader: &mut Reader<'_, '_>, read: &mut dyn FnMut(&mut Reader<'_, '_>), has_text: bool) {
    if has_text {
        reader.flow.enter(BlockContext {
            tag: "td",
            ..BlockContext::default()
        });
        read(reader);
        reader.flow.leave();
    }
}

fn container(tag: &'static str) -> Container {
    Container {
        tag,
        ..Container::default()
    }
}

/// A table of one column, or with headings, tables or many paragraphs in a cell, is a page and not a table.
fn is_layout(table: Element<'_, '_>) -> bool {
    let mut widest = 0;
    for row in table.descendants().filter(|element| element.name() == "tr") {
        let mut columns = 0;
        for cell in row.elements().filter(|cell| matches!(cell.name(), "td" | "th")) {
            columns += 1;
            let mut paragraphs = 0;
            for inner in cell.descendants() {
                match inner.name() {
                    "table" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "hr" => return true,
                    "p" | "div" | "li" => paragraphs += 1,
                    _ => {}
                }
            }
            if paragraphs > 8 {
                return true;
            }
        }
        widest = widest.max(columns);
    }
    widest < 2
}
