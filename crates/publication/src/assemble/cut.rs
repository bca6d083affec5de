//! A document that holds several chapters is cut where the table of contents says they begin.

use std::collections::HashMap;

use super::SourceEntry;
use crate::flow::{Draft, IdEntry, Insert, Top};

/// Bytes of HTML from which on a document is cut at any level of the table of contents.
const LONG: usize = 60_000;
/// Bytes of HTML that the pieces of a long document have at least, on average.
const PIECE: usize = 6_000;
/// The same of a shorter one.
const SHORT_PIECE: usize = 200;

/// A piece of a document.
pub(super) struct Piece {
    pub(super) draft: Draft,
    /// Where it began in the document, in UTF-16 code units.
    pub(super) utf16: usize,
    /// How many inserts of the document come before its own.
    pub(super) inserts: usize,
}

/// The beginnings of blocks that chapters of the table of contents begin with, by increasing position.
pub(super) fn cutting_points(
    draft: &Draft,
    ids: &[IdEntry],
    contents: &[SourceEntry],
    document: usize,
) -> Vec<Top> {
    let mut by_depth: Vec<Level<'_>> = Vec::new();
    collect(contents, document, 0, &mut by_depth);
    let mut places: HashMap<&str, usize> = HashMap::new();
    for entry in ids {
        places.entry(&entry.id).or_insert(entry.utf16);
    }
    let top_at = |utf16: &usize| {
        let index = draft.tops.partition_point(|top| top.utf16 < *utf16);
        draft.tops.get(index).filter(|top| top.utf16 == *utf16).copied()
    };
    let at = |level: &Level<'_>, points: &[Top]| {
        let named = level.ids.iter().filter_map(|id| places.get(id));
        let mut found: Vec<Top> = named.filter_map(top_at).collect();
        found.extend(points);
        found.retain(|top| top.html > 0);
        found.sort_unstable_by_key(|top| top.html);
        found.dedup();
        found
    };
    if draft.html.len() < LONG {
        // Only where the highest entries that lead here are several and lead to headings: those are chapters.
        let highest = by_depth.iter().find(|level| level.entries > 0);
        let found = highest
            .filter(|level| level.entries > 1)
            .map(|level| at(level, &[]))
            .unwrap_or_default();
        let chapters = found.iter().all(|top| has_heading(draft, *top));
        return if chapters && draft.html.len() >= SHORT_PIECE * (found.len() + 1) {
            found
        } else {
            Vec::new()
        };
    }
    let mut points: Vec<Top> = Vec::new();
    for level in by_depth {
        let found = at(&level, &points);
        // The highest level of which there are several, unless its pieces would be too small.
        if draft.html.len() < PIECE * (found.len() + 1) {
            break;
        }
        points = found;
        if points.len() > 1 {
            break;
        }
    }
    points
}

/// The entries of one depth that lead to a document.
#[derive(Default)]
struct Level<'e> {
    entries: usize,
    /// The ids they lead to.
    ids: Vec<&'e str>,
}

/// Whether what begins at `top` begins with a heading, or a picture or number and then a heading.
fn has_heading(draft: &Draft, top: Top) -> bool {
    let first = draft.tops.partition_point(|other| other.html < top.html);
    let end = draft.tops.get(first + 2).map_or(draft.utf16, |top| top.utf16);
    let heading = draft
        .headings
        .partition_point(|heading| heading.utf16 < top.utf16);
    draft
        .headings
        .get(heading)
        .is_some_and(|heading| heading.utf16 < end)
}

/// The entries of each depth that lead to `document`.
fn collect<'e>(entries: &'e [SourceEntry], document: usize, depth: usize, by_depth: &mut Vec<Level<'e>>) {
    if by_depth.len() <= depth {
        by_depth.push(Level::default());
    }
    for entry in entries {
        if let Some((target, id)) = &entry.target
            && *target == document
        {
            by_depth[depth].entries += 1;
            by_depth[depth].ids.extend(id.as_deref());
        }
        collect(&entry.children, document, depth + 1, by_depth);
    }
}

/// Cuts a draft before each of the points.
pub(super) fn cut(mut draft: Draft, points: &[Top]) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(points.len() + 1);
    for point in points.iter().rev() {
        let tail = split_off(&mut draft, *point);
        pieces.push(Piece {
            utf16: point.utf16,
            inserts: draft.inserts.len(),
            draft: tail,
        });
    }
    pieces.push(Piece {
        draft,
        utf16: 0,
        inserts: 0,
    });
    pieces.reverse();
    pieces
}

/// Takes everything from `point` on out of the draft; the separator before it is dropped.
fn split_off(draft: &mut Draft, point: Top) -> Draft {
    let mut tail = Draft {
        html: draft.html.split_off(point.html),
        ..Draft::default()
    };
    draft.html.pop();
    tail.utf16 = draft.utf16 - point.utf16;
    draft.utf16 = point.utf16 - 1;
    let first = draft
        .inserts
        .partition_point(|insert| insert.position < point.html);
    let inserts = draft.inserts.split_off(first).into_iter();
    tail.inserts = inserts
        .map(|insert| Insert {
            position: insert.position - point.html,
            ..insert
        })
        .collect();
    let first = draft.tops.partition_point(|top| top.html < point.html);
    let tops = draft.tops.split_off(first).into_iter();
    tail.tops = tops
        .map(|top| Top {
            html: top.html - point.html,
            utf16: top.utf16 - point.utf16,
        })
        .collect();
    let first = draft
        .headings
        .partition_point(|heading| heading.utf16 < point.utf16);
    tail.headings = draft.headings.split_off(first);
    for heading in &mut tail.headings {
        heading.utf16 -= point.utf16;
    }
    tail.images = tail.html.matches("<img ").count();
    draft.images = draft.images.saturating_sub(tail.images);
    tail
}
