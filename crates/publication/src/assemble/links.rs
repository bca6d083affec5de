//! Links, notes and ids: what only is known once every document has been read.

use std::collections::{HashMap, HashSet};

use super::reading_order::Places;
use super::{Place, Unit};
use crate::flow::{Classes, Draft, InsertKind, NoteLink, Target, escape_attribute};

/// What is to be written into one draft besides its own attributes.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Ids by insert; several source ids at one place share one.
    ids: HashMap<usize, String>,
    /// Inserts that are notes.
    notes: HashSet<usize>,
    /// Attributes of links by insert.
    links: HashMap<usize, String>,
    /// More paragraphs without indent than with: it is the book's normal look.
    without_indent: bool,
}

/// Finds the target of every link.
pub(super) fn resolve(units: &[Unit], places: &Places) -> Vec<Marks> {
    let mut marks: Vec<Marks> = units
        .iter()
        .map(|unit| Marks {
            without_indent: mostly_unindented(&unit.draft),
            ..Marks::default()
        })
        .collect();
    let blocks: Vec<Vec<usize>> = units.iter().map(|unit| enclosing_blocks(&unit.draft)).collect();
    let notes = note_targets(units, places, &blocks);
    let mut names = vec![Names::default(); units.len()];
    for (chapter, unit) in units.iter().enumerate() {
        for (index, insert) in unit.draft.inserts.iter().enumerate() {
            let InsertKind::Link(link) = &insert.kind else {
                continue;
            };
            let attributes = match &link.target {
                Target::Outside(address) => outside(address),
                Target::Inside { document, id } => {
                    let found = id.as_deref().and_then(|id| Some((id, places.id(*document, id)?)));
                    let place = found
                        .map(|(_, (place, _))| place)
                        .or_else(|| places.document(*document));
                    let Some(place) = place else { continue };
                    let anchor = found.and_then(|(id, (place, insert))| {
                        let insert = insert?;
                        let names = &mut names[place.chapter];
                        Some(
                            marks[place.chapter]
                                .ids
                                .entry(insert)
                                .or_insert_with(|| names.name(id))
                                .clone(),
                        )
                    });
                    let block = |(_, (place, insert)): (_, (Place, Option<usize>))| {
                        Some((place.chapter, blocks[place.chapter][insert?]))
                    };
                    let target = found.and_then(block);
                    inside(place, anchor.as_deref(), note_role(link.note, target, &notes))
                }
            };
            marks[chapter].links.insert(index, attributes);
        }
    }
    for (chapter, insert) in notes {
        marks[chapter].notes.insert(insert);
    }
    marks
}

/// The places that references to notes lead to.
fn note_targets(units: &[Unit], places: &Places, blocks: &[Vec<usize>]) -> HashSet<(usize, usize)> {
    let mut targets = HashSet::new();
    for (chapter, unit) in units.iter().enumerate() {
        for (index, insert) in unit.draft.inserts.iter().enumerate() {
            let InsertKind::Link(link) = &insert.kind else {
                continue;
            };
            let Target::Inside {
                document,
                id: Some(id),
            } = &link.target
            else {
                continue;
            };
            let Some((place, Some(target))) = places.id(*document, id) else {
                continue;
            };
            let forward = (place.chapter, target) > (chapter, index);
            if link.note == NoteLink::Yes || (link.note == NoteLink::Likely && forward) {
                let block = blocks[place.chapter][target];
                targets.insert((place.chapter, block));
            }
        }
    }
    targets
}

/// The block that carries each insert: itself, or for a place inside a block the block's own insert.
fn enclosing_blocks(draft: &Draft) -> Vec<usize> {
    let mut block = 0;
    let inserts = draft.inserts.iter().enumerate();
    inserts
        .map(|(index, insert)| {
            if matches!(insert.kind, InsertKind::Block(_)) {
                block = index;
            }
            block
        })
        .collect()
}

fn note_role(
    note: NoteLink,
    target: Option<(usize, usize)>,
    notes: &HashSet<(usize, usize)>,
) -> Option<&'static str> {
    let to_note = target.is_some_and(|target| notes.contains(&target));
    match note {
        NoteLink::Yes => Some("class=\"note-ref\" role=\"doc-noteref\""),
        NoteLink::Likely if to_note => Some("class=\"note-ref\" role=\"doc-noteref\""),
        NoteLink::Likely | NoteLink::Back => Some("class=\"backlink\" role=\"doc-backlink\""),
        NoteLink::No => None,
    }
}

fn inside(place: Place, id: Option<&str>, role: Option<&str>) -> String {
    let fragment = id.map(|id| format!("#{id}")).unwrap_or_default();
    let role = role.map(|role| format!(" {role}")).unwrap_or_default();
    let Place { chapter, utf16 } = place;
    format!(" href=\"{chapter}.html{fragment}\" data-chapter=\"{chapter}\" data-offset=\"{utf16}\"{role}")
}

fn outside(address: &str) -> String {
    let mut attributes = String::from(" href=\"");
    escape_attribute(address, &mut attributes);
    attributes.push_str("\" rel=\"external noopener noreferrer nofollow\"");
    attributes
}

/// The ids of a chapter that are given away.
#[derive(Debug, Clone, Default)]
struct Names {
    taken: HashSet<String>,
    /// The last number that made an id unlike others, by the id without it.
    numbers: HashMap<String, usize>,
}

impl Names {
    /// A safe id for a source id, unlike all others of its chapter.
    fn name(&mut self, id: &str) -> String {
        let allowed = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let safe: String = id.chars().filter(allowed).take(60).collect();
        let plain = format!("b-{safe}");
        if !safe.is_empty() && self.taken.insert(plain.clone()) {
            return plain;
        }
        let number = self.numbers.entry(plain.clone()).or_insert(1);
        loop {
            *number += 1;
            let numbered = format!("{plain}.{number}");
            if self.taken.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
}

fn mostly_unindented(draft: &Draft) -> bool {
    let flat = Classes::of("indent-none");
    let (mut blocks, mut without) = (0, 0);
    for insert in &draft.inserts {
        if let InsertKind::Block(attributes) = &insert.kind {
            blocks += 1;
            without += usize::from(attributes.classes.contains(flat));
        }
    }
    without * 2 > blocks
}

/// The draft's HTML with everything in its place.
pub(super) fn write(draft: &Draft, marks: &Marks) -> String {
    let mut html = String::with_capacity(draft.html.len() + 64 * marks.links.len() + 4096);
    let mut from = 0;
    for (index, insert) in draft.inserts.iter().enumerate() {
        html.push_str(&draft.html[from..insert.position]);
        from = insert.position;
        attributes(index, &insert.kind, marks, &mut html);
    }
    html.push_str(&draft.html[from..]);
    html
}

/// How many bytes `write` adds at each insert; positions of the draft move by their sum.
pub(super) fn added(draft: &Draft, marks: &Marks) -> Vec<usize> {
    let mut text = String::new();
    let inserts = draft.inserts.iter().enumerate();
    inserts
        .map(|(index, insert)| {
            text.clear();
            attributes(index, &insert.kind, marks, &mut text);
            text.len()
        })
        .collect()
}

fn attributes(index: usize, kind: &InsertKind, marks: &Marks, html: &mut String) {
    let id = marks.ids.get(&index);
    match kind {
        InsertKind::Link(_) => html.push_str(marks.links.get(&index).map_or("", String::as_str)),
        InsertKind::Anchor => {
            if let Some(id) = id {
                html.push_str("<span id=\"");
                html.push_str(id);
                html.push_str("\"></span>");
            }
        }
        InsertKind::Block(block) => {
            let is_note = marks.notes.contains(&index);
            let mut classes = block.classes;
            if marks.without_indent {
                classes = classes.without(Classes::of("indent-none"));
            }
            if is_note {
                classes = classes.with(Classes::of("note"));
            }
            if let Some(id) = id {
                push(html, "id", id);
            }
            if !classes.is_empty() {
                push(html, "class", &classes.names());
            }
            if let Some(role) = block.role.or(is_note.then_some("doc-footnote")) {
                push(html, "role", role);
            }
            if let Some(language) = &block.language {
                push(html, "lang", language);
            }
            if block.right_to_left {
                push(html, "dir", "rtl");
            }
            for (name, value) in &block.stated {
                push(html, name, value);
            }
        }
    }
}

fn push(html: &mut String, name: &str, value: &str) {
    html.push(' ');
    html.push_str(name);
    html.push_str("=\"");
    html.push_str(value);
    html.push('"');
}
