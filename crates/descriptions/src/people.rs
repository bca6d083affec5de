//! The people and places of a book, and what a reader knows of them at a given place.

use std::{cmp::Ordering, ops::Range};

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
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
    /// What this place says of the person's gender: the name's form, a verb, a pronoun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gender: Option<Gender>,
    /// The chapter by whose end the book has told that this name is the same person's.
    #[serde(default)]
    pub known_from: usize,
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
    /// The chapter by whose end the book has told that it is the same person.
    #[serde(default)]
    pub known_from: usize,
}

impl Character {
    /// The person as a reader knows it who has read up to byte `offset` of `chapter`: only names, mentions and looks that end there
    /// or before, and that the chapters up to there show to be one person's. The name is the fullest of those read; the gender
    /// is what those places say.
    /// `None` when the person has not been named yet.
    #[must_use]
    pub fn known_at(&self, chapter: usize, offset: usize) -> Option<Self> {
        let read = |at: usize, range: &Range<usize>, known_from: usize| {
            (at, range.end) <= (chapter, offset) && known_from <= chapter
        };
        let mentions: Vec<_> = self
            .mentions
            .iter()
            .filter(|mention| read(mention.chapter, &mention.range, mention.known_from))
            .cloned()
            .collect();
        if mentions.is_empty() {
            return None;
        }
        let looks = self
            .looks
            .iter()
            .filter(|look| read(look.chapter, &look.range, look.known_from))
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
            gender: gender(&mentions),
            mentions,
            looks,
        })
    }
}

/// The gender most of the mentions that tell one agree on.
pub(crate) fn gender(mentions: &[Mention]) -> Option<Gender> {
    majority(mentions.iter().filter_map(|mention| mention.gender))
}

/// The more frequent gender; `None` when there is no more frequent one.
pub(crate) fn majority(genders: impl Iterator<Item = Gender>) -> Option<Gender> {
    let (mut male, mut female) = (0, 0);
    for gender in genders {
        match gender {
            Gender::Male => male += 1,
            Gender::Female => female += 1,
        }
    }
    match usize::cmp(&male, &female) {
        Ordering::Greater => Some(Gender::Male),
        Ordering::Less => Some(Gender::Female),
        Ordering::Equal => None,
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
            gender: full.then_some(Gender::Female),
            known_from: chapter,
        };
        let look = |&(chapter, start, _): &(usize, usize, bool)| Look {
            chapter,
            range: start..start + 9,
            text: "grey eyes".to_owned(),
            concepts: Vec::new(),
            known_from: chapter,
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

    #[test]
    fn the_gender_is_not_known_before_a_place_tells_it() {
        let anna = person(&[(0, 10, false), (2, 5, true)]);
        let gender = |chapter, offset| anna.known_at(chapter, offset).and_then(|known| known.gender);
        assert_eq!(gender(2, 0), None);
        assert_eq!(gender(2, 9), Some(Gender::Female));
    }

    #[test]
    fn a_name_is_another_persons_until_the_book_tells_it_is_the_same() {
        let mut anna = person(&[(0, 10, false), (1, 5, true), (3, 0, true)]);
        anna.mentions[1].known_from = 3;
        let known = anna.known_at(2, 0).unwrap();
        assert_eq!((known.name.as_str(), known.mentions.len()), ("Anna", 1));
        assert_eq!(anna.known_at(3, 4).unwrap().mentions.len(), 3);
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
                let told = person.mentions.iter().any(|mention| mention.gender == person.gender);
                prop_assert!(person.gender.is_none() || told);
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
