//! The people and places of a book, and what a reader knows of them at a given place.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::Concept;

/// A person of the book.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Character {
    /// The fullest usual name, in the nominative.
    pub name: String,
    /// Other forms by which the text calls the same person.
    pub aliases: Vec<String>,
    /// As the text's grammar shows it.
    pub gender: Option<Gender>,
    /// Where the person is named, in the order of the book.
    pub mentions: Vec<Mention>,
    /// What the text says of the person's looks, in the order of the book.
    pub looks: Vec<Look>,
}

/// Grammatical gender of a person's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Gender {
    Male,
    Female,
}

/// A named place of the book.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The usual name, in the nominative.
    pub name: String,
    /// Where it is named, in the order of the book.
    pub mentions: Vec<Mention>,
}

/// One place where a person or place is named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// The chapter's number.
    pub chapter: usize,
    /// Bytes of the chapter's text.
    pub range: Range<usize>,
    /// The name used there, in the nominative.
    pub name: String,
}

/// One thing the text says of a person's looks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Look {
    /// The chapter's number.
    pub chapter: usize,
    /// Bytes of the chapter's text: the sentence that says it.
    pub range: Range<usize>,
    /// The sentence, verbatim.
    pub text: String,
    /// What it shows: face, body, clothing, colours.
    pub concepts: Vec<Concept>,
}

impl Character {
    /// The person as a reader knows it who has read up to byte `offset` of `chapter`: only names, mentions and looks that end there
    /// or before. The name is the fullest of those read.
    /// `None` when the person has not been named yet.
    #[must_use]
    pub fn known_at(&self, chapter: usize, offset: usize) -> Option<Self> {
        let read = |at: usize, range: &Range<usize>| (at, range.end) <= (chapter, offset);
        let mentions: Vec<_> = self
            .mentions
            .iter()
            .filter(|mention| read(mention.chapter, &mention.range))
            .cloned()
            .collect();
        if mentions.is_empty() {
            return None;
        }
        let looks = self
            .looks
            .iter()
            .filter(|look| read(look.chapter, &look.range))
            .cloned()
            .collect();
        let mut names: Vec<String> = Vec::new();
        for mention in &mentions {
            if !names.contains(&mention.name) {
                names.push(mention.name.clone());
            }
        }
        let fullest = if names.contains(&self.name) {
            self.name.clone()
        } else {
            fullest(&names)?.to_owned()
        };
        names.retain(|name| *name != fullest);
        Some(Self {
            name: fullest,
            aliases: names,
            gender: self.gender,
            mentions,
            looks,
        })
    }
}

/// The name with the most words, then the most letters; the first of equals.
fn fullest(names: &[String]) -> Option<&str> {
    let size = |name: &&String| (name.split_whitespace().count(), name.chars().count());
    names.iter().rev().max_by_key(size).map(String::as_str)
}

/// Everyone a reader has met who has read up to byte `offset` of `chapter`, with what was said of them so far.
#[must_use]
pub fn known_at(characters: &[Character], chapter: usize, offset: usize) -> Vec<Character> {
    characters
        .iter()
        .filter_map(|character| character.known_at(chapter, offset))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn person(places: &[(usize, usize, bool)]) -> Character {
        let mut places = places.to_vec();
        places.sort_unstable();
        let mention = |&(chapter, start, full): &(usize, usize, bool)| Mention {
            chapter,
            range: start..start + 4,
            name: if full { "Anna Karenina" } else { "Anna" }.to_owned(),
        };
        let look = |&(chapter, start, _): &(usize, usize, bool)| Look {
            chapter,
            range: start..start + 9,
            text: "grey eyes".to_owned(),
            concepts: Vec::new(),
        };
        Character {
            name: "Anna Karenina".to_owned(),
            aliases: vec!["Anna".to_owned()],
            gender: Some(Gender::Female),
            mentions: places.iter().map(mention).collect(),
            looks: places.iter().map(look).collect(),
        }
    }

    #[test]
    fn a_name_is_not_known_before_it_is_told() {
        let anna = person(&[(0, 10, false), (2, 5, true)]);
        assert_eq!(anna.known_at(0, 13), None);
        assert_eq!(
            anna.known_at(1, 0).map(|known| (known.name, known.aliases)),
            Some(("Anna".into(), vec![]))
        );
        assert_eq!(
            anna.known_at(2, 9).map(|known| known.name),
            Some("Anna Karenina".into())
        );
    }

    proptest! {
        #[test]
        fn nothing_is_known_from_after_the_place(
            places in proptest::collection::vec((0..4_usize, 0..50_usize, any::<bool>()), 0..12),
            chapter in 0..5_usize,
            offset in 0..70_usize,
        ) {
            let whole = person(&places);
            let here = (chapter, offset);
            let known = known_at(std::slice::from_ref(&whole), chapter, offset);
            for person in &known {
                prop_assert!(person.mentions.iter().all(|mention| (mention.chapter, mention.range.end) <= here));
                prop_assert!(person.looks.iter().all(|look| (look.chapter, look.range.end) <= here));
                for name in person.aliases.iter().chain([&person.name]) {
                    prop_assert!(person.mentions.iter().any(|mention| mention.name == *name));
                }
            }
            let told = |range: &Range<usize>, at: usize| (at, range.end) <= here;
            let looks = whole.looks.iter().filter(|look| told(&look.range, look.chapter)).count();
            prop_assert_eq!(known.iter().map(|person| person.looks.len()).sum::<usize>(), looks_if_named(&whole, here, looks));
        }
    }

    /// Looks are known only of a person who has been named.
    fn looks_if_named(person: &Character, here: (usize, usize), looks: usize) -> usize {
        let named = person
            .mentions
            .iter()
            .any(|mention| (mention.chapter, mention.range.end) <= here);
        if named { looks } else { 0 }
    }
}
