//! A person as the book's readers see it.

use std::collections::BTreeMap;

use super::{appearance::Appearance, mention::NameMention};
use crate::{Character, Look, Mention, people};

/// Share of a name's places beside an animal's word that makes its bearer an animal.
const ANIMAL: f32 = 0.05;

/// Whether the mentions are an animal's.
pub(super) fn is_animal(mentions: &[&NameMention]) -> bool {
    let beside = mentions.iter().filter(|mention| mention.is_animal).count();
    beside >= 2 && beside as f32 >= ANIMAL * mentions.len() as f32
}

/// The character behind mentions and appearances, each with the chapter from which it is known to be the same person's.
pub(super) fn character(
    mentions: &[(&NameMention, usize)],
    appearances: &[(&Appearance, usize)],
) -> Character {
    let name = usual_name(mentions);
    let mut aliases: BTreeMap<&str, usize> = BTreeMap::new();
    for (mention, _) in mentions.iter().filter(|(mention, _)| mention.shown != name) {
        *aliases.entry(&mention.shown).or_default() += 1;
    }
    let mut aliases: Vec<(&str, usize)> = aliases.into_iter().collect();
    aliases.sort_by_key(|&(alias, times)| (std::cmp::Reverse(times), alias));
    let mention = |&(mention, known_from): &(&NameMention, usize)| Mention {
        chapter: mention.chapter,
        range: mention.range.clone(),
        name: mention.shown.clone(),
        gender: mention.gender,
        known_from,
    };
    let look = |&(appearance, known_from): &(&Appearance, usize)| Look {
        chapter: appearance.chapter,
        range: appearance.range.clone(),
        text: appearance.text.clone(),
        concepts: appearance.concepts.clone(),
        known_from,
    };
    let mentions: Vec<Mention> = mentions.iter().map(mention).collect();
    Character {
        name,
        aliases: aliases.into_iter().map(|(alias, _)| alias.to_owned()).collect(),
        gender: people::gender(&mentions),
        mentions,
        looks: appearances.iter().map(look).collect(),
    }
}

/// The fullest name among those used more than by chance.
fn usual_name(mentions: &[(&NameMention, usize)]) -> String {
    let mut counts: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    for (order, (mention, _)) in mentions.iter().enumerate() {
        let parts = mention.name.parts();
        counts.entry(&mention.shown).or_insert((parts, 0, order)).1 += 1;
    }
    let enough = (mentions.len() / 100).max(2);
    let best = |least: usize| {
        let usual = counts.iter().filter(|(_, (_, times, _))| *times >= least);
        usual.max_by_key(|(_, (parts, times, order))| (*parts, *times, std::cmp::Reverse(*order)))
    };
    best(enough)
        .or_else(|| best(1))
        .map(|(name, _)| (*name).to_owned())
        .unwrap_or_default()
}
