//! Named places.

use std::{collections::BTreeMap, ops::Range};

use linguistics::{Analysis, EntityKind};

use crate::{ChapterText, Mention, Place};

/// One place where a place is named.
pub(super) struct PlaceMention {
    chapter: usize,
    range: Range<usize>,
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

/// Places by name, most often named first.
pub(super) fn join(mentions: &[PlaceMention]) -> Vec<Place> {
    let mut places: BTreeMap<String, Place> = BTreeMap::new();
    for mention in mentions {
        let place = places
            .entry(mention.name.to_lowercase())
            .or_insert_with(|| Place {
                name: mention.name.clone(),
                mentions: Vec::new(),
            });
        place.mentions.push(Mention {
            chapter: mention.chapter,
            range: mention.range.clone(),
            name: mention.name.clone(),
        });
    }
    let mut places: Vec<Place> = places.into_values().collect();
    places.sort_by_key(|place| std::cmp::Reverse(place.mentions.len()));
    places
}
