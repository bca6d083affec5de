//! Who is in a book, and where: mentions of a chapter are found, then joined over what was read so far.

mod appearance;
mod gender;
mod join;
mod mention;
mod name;
mod names;
mod normal;
mod parts;
mod person;
mod places;
mod scenes;
mod titles;

use std::ops::Range;

use linguistics::{Analysis, Language};

use crate::{ChapterText, Character, Gender, Place, extract::Span, people};
pub(crate) use appearance::Appearance;
use join::Used;
use mention::NameMention;
use places::PlaceMention;

/// A person named fewer times in a book is not counted among its characters.
const FEWEST: usize = 2;

/// Gathers what the chapters say; they are read in the order of the book.
pub(crate) struct Cast {
    language: Language,
    /// In the order of the book.
    mentions: Vec<NameMention>,
    used: Used,
    /// For each mention with whom it was known to be one, by that person's first mention, and from which chapter on.
    known: Vec<Vec<(usize, usize)>>,
    places: Vec<PlaceMention>,
    appearances: Vec<Appearance>,
}

/// Somebody as known up to a chapter's end.
pub(crate) struct Acquaintance {
    /// By which the book's pictures know the person: the place where it was first named.
    pub(crate) first: (usize, usize),
    /// Indexes of mentions, rising.
    mentions: Vec<usize>,
    /// Indexes of appearances, rising.
    appearances: Vec<usize>,
}

/// The people of the chapters read so far.
pub(crate) struct Acquaintances {
    people: Vec<Acquaintance>,
    /// For each mention whose it is.
    of: Vec<Option<usize>>,
}

/// The people and places of a whole book.
pub(crate) struct People {
    pub(crate) characters: Vec<Character>,
    pub(crate) places: Vec<Place>,
    /// For each mention its character, when it is one's.
    pub(crate) character_of: Vec<Option<usize>>,
    /// For each place where a place is named, which.
    pub(crate) place_of: Vec<usize>,
}

impl Cast {
    pub(crate) fn new(language: Language) -> Self {
        Self {
            language,
            mentions: Vec::new(),
            used: Used::new(),
            known: Vec::new(),
            places: Vec::new(),
            appearances: Vec::new(),
        }
    }

    /// Takes in a chapter; the people as known at its end.
    pub(crate) fn read(
        &mut self,
        chapter: &ChapterText<'_>,
        analysis: &Analysis,
        spans: &[Span],
    ) -> Acquaintances {
        let first = self.mentions.len();
        self.mentions
            .extend(mention::find(self.language, chapter, analysis));
        self.places.extend(places::find(chapter, analysis));
        let mentions = &self.mentions[first..];
        self.appearances
            .extend(appearance::find(chapter, analysis, spans, mentions, first));
        for mention in mentions {
            let places = self.used.entry(mention.name.clone()).or_default();
            places.push((mention.chapter, mention.range.start));
        }
        let known = self.acquaintances();
        self.remember(chapter.index, &known);
        known
    }

    fn acquaintances(&self) -> Acquaintances {
        let of = join::join(self.language, &self.used);
        let count = of.iter().flatten().max().map_or(0, |last| last + 1);
        let mut people: Vec<Acquaintance> = (0..count)
            .map(|_| Acquaintance {
                first: (0, 0),
                mentions: Vec::new(),
                appearances: Vec::new(),
            })
            .collect();
        for (at, person) in of.iter().enumerate() {
            if let Some(person) = person {
                people[*person].mentions.push(at);
            }
        }
        for (at, appearance) in self.appearances.iter().enumerate() {
            if let Some(person) = of[appearance.mention] {
                people[person].appearances.push(at);
            }
        }
        for person in &mut people {
            if let Some(&first) = person.mentions.first() {
                let first = &self.mentions[first];
                person.first = (first.chapter, first.range.start);
            }
        }
        Acquaintances { people, of }
    }

    fn remember(&mut self, chapter: usize, known: &Acquaintances) {
        self.known.resize(self.mentions.len(), Vec::new());
        for (at, person) in known.of.iter().enumerate() {
            let Some(first) = person.and_then(|person| known.people[person].mentions.first()) else {
                continue;
            };
            let before = &mut self.known[at];
            if before.last().is_none_or(|(last, _)| last != first) {
                before.push((*first, chapter));
            }
        }
    }

    /// Indexes of the mentions of people in a range of a chapter, and of the mentions whose looks are told there.
    pub(crate) fn named_in(&self, chapter: usize, range: &Range<usize>) -> Vec<usize> {
        let place = |at: usize| (chapter, at);
        let from = self
            .mentions
            .partition_point(|mention| (mention.chapter, mention.range.end) <= place(range.start));
        let to = self
            .mentions
            .partition_point(|mention| (mention.chapter, mention.range.start) < place(range.end));
        let first = self
            .appearances
            .partition_point(|look| (look.chapter, look.range.end) <= place(range.start));
        let looks = self.appearances[first..]
            .iter()
            .take_while(|look| (look.chapter, look.range.start) < place(range.end));
        let mut named: Vec<usize> = (from..to).chain(looks.map(|look| look.mention)).collect();
        named.sort_unstable();
        named.dedup();
        named
    }

    /// Indexes of the places named in a range of a chapter.
    pub(crate) fn places_in(&self, chapter: usize, range: &Range<usize>) -> Range<usize> {
        let from = self
            .places
            .partition_point(|place| (place.chapter, place.range.end) <= (chapter, range.start));
        let to = self
            .places
            .partition_point(|place| (place.chapter, place.range.start) < (chapter, range.end));
        from..to
    }

    /// The gender of a person as the text showed it up to byte `offset` of `chapter`.
    pub(crate) fn gender_at(&self, person: &Acquaintance, chapter: usize, offset: usize) -> Option<Gender> {
        let told = person.mentions.iter().map(|&at| &self.mentions[at]);
        people::majority(
            told.take_while(|mention| (mention.chapter, mention.range.end) <= (chapter, offset))
                .filter_map(|mention| mention.gender),
        )
    }

    /// What was told of a person's looks up to byte `offset` of `chapter`.
    pub(crate) fn looks_at<'a>(
        &'a self,
        person: &'a Acquaintance,
        chapter: usize,
        offset: usize,
    ) -> impl Iterator<Item = &'a Appearance> {
        let looks = person.appearances.iter().map(|&at| &self.appearances[at]);
        looks.take_while(move |look| (look.chapter, look.range.end) <= (chapter, offset))
    }

    /// The chapter from which on a mention is known to be the person's whose first mention is given.
    fn known_from(&self, mention: usize, first: usize) -> usize {
        let known = &self.known[mention];
        let since = known.iter().rev().find(|(person, _)| *person == first);
        since.map_or(self.mentions[mention].chapter, |(_, chapter)| *chapter)
    }

    /// The people of the whole book, most often named first.
    pub(crate) fn finish(self) -> People {
        let Acquaintances { mut people, .. } = self.acquaintances();
        people.retain(|person| {
            let mentions: Vec<&NameMention> = person.mentions.iter().map(|&at| &self.mentions[at]).collect();
            mentions.len() >= FEWEST && !person::is_animal(&mentions)
        });
        people.sort_by_key(|person| (std::cmp::Reverse(person.mentions.len()), person.first));
        let mut character_of = vec![None; self.mentions.len()];
        let mut characters = Vec::with_capacity(people.len());
        for person in &people {
            let first = person.mentions[0];
            let mentions: Vec<(&NameMention, usize)> = person
                .mentions
                .iter()
                .map(|&at| (&self.mentions[at], self.known_from(at, first)))
                .collect();
            let looks: Vec<(&Appearance, usize)> = person
                .appearances
                .iter()
                .map(|&at| &self.appearances[at])
                .map(|look| (look, self.known_from(look.mention, first)))
                .collect();
            for &at in &person.mentions {
                character_of[at] = Some(characters.len());
            }
            characters.push(person::character(&mentions, &looks));
        }
        let (places, place_of) = places::join(&self.places);
        People {
            characters,
            places,
            character_of,
            place_of,
        }
    }
}

impl Acquaintances {
    /// The people behind some mentions, each once, in the order in which the book named them first.
    pub(crate) fn of(&self, mentions: &[usize]) -> Vec<&Acquaintance> {
        let mut people: Vec<usize> = mentions.iter().filter_map(|&at| self.of[at]).collect();
        people.sort_unstable();
        people.dedup();
        let mut people: Vec<&Acquaintance> = people.into_iter().map(|at| &self.people[at]).collect();
        people.sort_by_key(|person| person.first);
        people
    }
}

/// The word a prompt uses for people of a gender.
pub(crate) fn noun(gender: Option<Gender>) -> &'static str {
    match gender {
        Some(Gender::Male) => "man",
        Some(Gender::Female) => "woman",
        None => "person",
    }
}
