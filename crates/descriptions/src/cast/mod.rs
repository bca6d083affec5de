//! Who is in a book, and where: mentions of a chapter are found, then joined over the whole book.

mod appearance;
mod join;
mod mention;
mod names;
mod places;

use linguistics::{Analysis, Language};

use crate::{ChapterText, Character, Gender, Place, extract::Span};
pub(crate) use appearance::Appearance;
use mention::NameMention;
use places::PlaceMention;

/// Gathers what the chapters say; they are read in the order of the book.
pub(crate) struct Cast {
    language: Language,
    mentions: Vec<NameMention>,
    places: Vec<PlaceMention>,
    appearances: Vec<Appearance>,
}

/// The people and places of a whole book.
pub(crate) struct People {
    pub(crate) characters: Vec<Character>,
    /// For each character the appearances behind its looks, in the same order.
    pub(crate) appearances: Vec<Vec<Appearance>>,
    pub(crate) places: Vec<Place>,
}

impl Cast {
    pub(crate) fn new(language: Language) -> Self {
        Self {
            language,
            mentions: Vec::new(),
            places: Vec::new(),
            appearances: Vec::new(),
        }
    }

    /// Takes in a chapter.
    pub(crate) fn read(&mut self, chapter: &ChapterText<'_>, analysis: &Analysis, spans: &[Span]) {
        let first = self.mentions.len();
        self.mentions
            .extend(mention::find(self.language, chapter, analysis));
        self.places.extend(places::find(chapter, analysis));
        let mentions = &self.mentions[first..];
        self.appearances
            .extend(appearance::find(chapter, analysis, spans, mentions, first));
    }

    /// Joins what was gathered.
    pub(crate) fn finish(self) -> People {
        let persons = join::join(&self.mentions);
        let mut characters = Vec::with_capacity(persons.len());
        let mut appearances = Vec::with_capacity(persons.len());
        for person in &persons {
            let own: Vec<Appearance> = self
                .appearances
                .iter()
                .filter(|appearance| person.mentions.binary_search(&appearance.mention).is_ok())
                .cloned()
                .collect();
            characters.push(person.character(&self.mentions, &own));
            appearances.push(own);
        }
        People {
            characters,
            appearances,
            places: places::join(&self.places),
        }
    }
}

/// The word a language uses for people of a gender, for a prompt.
pub(crate) fn noun(gender: Option<Gender>) -> &'static str {
    match gender {
        Some(Gender::Male) => "man",
        Some(Gender::Female) => "woman",
        None => "person",
    }
}
