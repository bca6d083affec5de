//! Long chapters cut between blocks, for delivery only.

use super::links::{Marks, added};
use crate::flow::Draft;
use crate::served::Served;
use crate::{Part, limits};

/// The parts of a chapter: one, unless its HTML is larger than [`limits::PART_BYTES`].
pub(super) fn cut(served: &Served, draft: &Draft, marks: &Marks) -> Vec<Part> {
    let end = served.html.len();
    let mut parts = vec![Part {
        html: 0..end,
        start: 0,
    }];
    if end <= limits::PART_BYTES || served.changed {
        return parts;
    }
    let added = added(draft, marks);
    let mut inserts = draft.inserts.iter().zip(added).peekable();
    let mut moved = 0;
    let mut previous = None;
    for top in &draft.tops {
        while let Some((_, bytes)) = inserts.next_if(|(insert, _)| insert.position < top.html) {
            moved += bytes;
        }
        let position = top.html + moved;
        // The part before ends at the last boundary within the limit.
        if let Some((boundary, start)) = previous {
            let begun = parts.last().map_or(0, |part| part.html.start);
            if position - begun > limits::PART_BYTES && boundary > begun {
                split(&mut parts, boundary, start);
            }
        }
        previous = Some((position, top.utf16));
    }
    if let Some((boundary, start)) = previous {
        let begun = parts.last().map_or(0, |part| part.html.start);
        if end - begun > limits::PART_BYTES && boundary > begun {
            split(&mut parts, boundary, start);
        }
    }
    parts
}

fn split(parts: &mut Vec<Part>, boundary: usize, start: usize) {
    if let Some(last) = parts.last_mut() {
        let end = last.html.end;
        last.html.end = boundary;
        parts.push(Part {
            html: boundary..end,
            start,
        });
    }
}
