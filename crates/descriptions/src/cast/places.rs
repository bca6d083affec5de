//! Named places.

use std::{collections::BTreeMap, ops::Range};

use linguistics::{Analysis, EntityKind};

use crate::{ChapterText, Mention, Place};

/// One place where a place is named.
pub(super) struct PlaceMention {
    pub(super) chapter: usize,
    pub(super) range: Range<usize>,
    name: String,
}

pub(super) fn find(chapter: &ChapterText<'_>, analysis: &Analysis) -> Vec<PlaceMention> {
    let places = analysis
        .entities
        .iter()
        .filter(|entity| entity.kind == EntityKind::Location);
    places
        .map(|entity| PlaceMention {
            chapter: chapter.index,
            range: entity.range.clone(),
            name: entity.normal.clone(),
        })
        .collect()
}

/// Places by name, most often named first, and for each mention which it names.
pub(super) fn join(mentions: &[PlaceMention]) -> (Vec<Place>, Vec<usize>) {
    let mut named: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, mention) in mentions.iter().enumerate() {
        named.entry(mention.name.to_lowercase()).or_default().push(at);
    }
    let mut named: Vec<Vec<usize>> = named.into_values().collect();
    named.sort_by_key(|places| std::cmp::Reverse(places.len()));
    let mut place_of = vec![0; mentions.len()];
    for (place, of) in named.iter().enumerate() {
        of.iter().for_each(|&at| place_of[at] = place);
    }
    let mention = |at: &usize| Mention {
        chapter: mentions[*at].chapter,
        range: mentions[*at].range.clone(),
        name: mentions[*at].name.clone(),
        gender: None,
        known_from: mentions[*at].chapter,
    };
    let places = named
        .iter()
        .map(|of| Place {
            name: mentions[of[0]].name.clone(),
            mentions: of.iter().map(mention).collect(),
        })
        .collect();
    (places, place_of)
}
