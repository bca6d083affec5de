//! One chapter over several files: a page that no entry of the table of contents leads to, between pages that have
//! one, goes on with the chapter before it.

use std::collections::HashSet;

use super::super::navigation::Navigation;
use super::Spine;
use crate::assemble::{Hint, SourceDocument};
use crate::flow::plain_text;

/// UTF-16 units below which a page may be a title page, a dedication or a picture with a line.
const PAGE: usize = 1_500;
/// Bytes of HTML in which the first word of a page stands.
const BEGINNING: usize = 400;

/// Marks the pages that continue the one before.
pub(super) fn mark(documents: &mut [SourceDocument], spine: &Spine, navigation: &Navigation) {
    let listed: HashSet<usize> = navigation
        .targets()
        .into_iter()
        .filter_map(|path| spine.index(path))
        .collect();
    let Some(last) = listed.iter().max().filter(|_| listed.len() > 1) else {
        return;
    };
    let mut in_chapter = false;
    for (index, document) in documents.iter_mut().enumerate() {
        let is_story = matches!(document.hint, None | Some(Hint::Body));
        let is_long = document.draft.utf16 >= PAGE;
        if listed.contains(&index) {
            in_chapter = is_story && is_long;
        } else if !document.draft.html.is_empty() && !document.continues {
            document.continues = in_chapter
                && is_story
                && document.draft.headings.is_empty()
                && ((is_long && index < *last) || begins_inside_a_sentence(&document.draft.html));
            in_chapter &= document.continues;
        }
    }
}

fn begins_inside_a_sentence(html: &str) -> bool {
    let beginning = plain_text(&html[..html.floor_char_boundary(BEGINNING)]);
    beginning.trim_start().starts_with(char::is_lowercase)
}
