//! Which documents make which chapter, and where everything in them ends up.

use std::collections::{HashMap, HashSet};

use super::cut::{cut, cutting_points};
use super::{Place, SourceDocument, SourceEntry, Unit};
use crate::flow::{Draft, Top};

/// The chapters in the making.
pub(super) struct ReadingOrder {
    pub(super) units: Vec<Unit>,
    pub(super) places: Places,
}

/// Where documents and their ids are.
pub(super) struct Places {
    /// By document: its beginning; for an empty document that of the next one.
    documents: Vec<Option<Place>>,
    ids: HashMap<(usize, String), (Place, Option<usize>)>,
}

impl Places {
    /// The beginning of a document.
    pub(super) fn document(&self, document: usize) -> Option<Place> {
        self.documents.get(document).copied().flatten()
    }

    /// An id in a document, or the document's beginning when there is no such id.
    pub(super) fn find(&self, document: usize, id: Option<&str>) -> Option<Place> {
        let found = id.and_then(|id| self.id(document, id)).map(|(place, _)| place);
        found.or_else(|| self.document(document))
    }

    /// Where an id is, and the insert of its chapter's draft that carries it.
    pub(super) fn id(&self, document: usize, id: &str) -> Option<(Place, Option<usize>)> {
        self.ids.get(&(document, id.to_owned())).copied()
    }
}

/// Makes a chapter of every document that has text or pictures; joins those that a converter cut apart, and cuts long
/// ones that hold several chapters.
pub(super) fn join(documents: Vec<SourceDocument>, contents: &[SourceEntry]) -> ReadingOrder {
    let listed = listed(contents);
    let mut units: Vec<Unit> = Vec::new();
    let mut starts = Vec::with_capacity(documents.len());
    let mut ids = HashMap::new();
    for (index, mut document) in documents.into_iter().enumerate() {
        let source_ids = std::mem::take(&mut document.draft.ids);
        let mut note = |id: String, place: Place, insert: Option<usize>| {
            ids.entry((index, id)).or_insert((place, insert));
        };
        if document.draft.html.is_empty() {
            let place = Place {
                chapter: units.len(),
                utf16: 0,
            };
            starts.push(place);
            source_ids
                .into_iter()
                .for_each(|entry| note(entry.id, place, None));
            continue;
        }
        let joins = document.continues && !listed.contains(&index) && document.draft.headings.is_empty();
        if let Some(last) = units.last_mut().filter(|_| joins) {
            let (inserts, utf16) = append(&mut last.draft, document.draft);
            let chapter = units.len() - 1;
            starts.push(Place { chapter, utf16 });
            for entry in source_ids {
                let place = Place {
                    chapter,
                    utf16: entry.utf16 + utf16,
                };
                note(entry.id, place, entry.insert.map(|insert| insert + inserts));
            }
            continue;
        }
        let first = units.len();
        starts.push(Place {
            chapter: first,
            utf16: 0,
        });
        let points = cutting_points(&document.draft, &source_ids, contents, index);
        let pieces = cut(document.draft, &points);
        for entry in source_ids {
            // Ids belong to the piece that their place is in.
            let piece = pieces
                .partition_point(|piece| piece.utf16 <= entry.utf16)
                .saturating_sub(1);
            let place = Place {
                chapter: first + piece,
                utf16: entry.utf16 - pieces[piece].utf16,
            };
            let insert = entry
                .insert
                .and_then(|insert| insert.checked_sub(pieces[piece].inserts));
            note(entry.id, place, insert);
        }
        for (number, piece) in pieces.into_iter().enumerate() {
            let (hint, title) = if number == 0 {
                (document.hint, document.title.take())
            } else {
                (None, None)
            };
            units.push(Unit {
                draft: piece.draft,
                hint,
                title,
            });
        }
    }
    let exists = |place: Place| (place.chapter < units.len()).then_some(place);
    let documents = starts.into_iter().map(exists).collect();
    ids.retain(|_, (place, _)| place.chapter < units.len());
    ReadingOrder {
        units,
        places: Places { documents, ids },
    }
}

/// The documents that the table of contents names.
fn listed(contents: &[SourceEntry]) -> HashSet<usize> {
    let mut listed = HashSet::new();
    let mut stack: Vec<&SourceEntry> = contents.iter().collect();
    while let Some(entry) = stack.pop() {
        listed.extend(entry.target.as_ref().map(|(document, _)| *document));
        stack.extend(&entry.children);
    }
    listed
}

/// Puts `next` behind `draft`; returns how many inserts and UTF-16 units came before it.
fn append(draft: &mut Draft, next: Draft) -> (usize, usize) {
    draft.html.push('\n');
    draft.utf16 += 1;
    let (inserts, html, utf16) = (draft.inserts.len(), draft.html.len(), draft.utf16);
    draft.html.push_str(&next.html);
    draft.utf16 += next.utf16;
    draft.images += next.images;
    draft.linked += next.linked;
    draft.inserts.extend(next.inserts.into_iter().map(|mut insert| {
        insert.position += html;
        insert
    }));
    draft.tops.extend(next.tops.into_iter().map(|top| Top {
        html: top.html + html,
        utf16: top.utf16 + utf16,
    }));
    draft
        .headings
        .extend(next.headings.into_iter().map(|mut heading| {
            heading.utf16 += utf16;
            heading
        }));
    (inserts, utf16)
}
