//! The visual lexicon: which words name something that can be seen.
//!
//! The data are tab-separated files, one a category, in `lexicon/`: concept, English forms, Russian forms. A form is a lemma or
//! a phrase of up to three lemmas; forms are separated by commas; the concept's own name is an English form too. The first
//! concept that lists a form gets it, in the order of [`Category::ALL`]'s files below.

use std::sync::LazyLock;

use linguistics::{Language, Sentence};
use rustc_hash::FxHashMap;

use crate::Category;

/// Longest phrase, in words.
const LONGEST: usize = 3;

const FILES: [(Category, &str); 24] = [
    (Category::Clothing, include_str!("../lexicon/clothing.tsv")),
    (Category::Face, include_str!("../lexicon/face.tsv")),
    (Category::Body, include_str!("../lexicon/body.tsv")),
    (Category::Furniture, include_str!("../lexicon/furniture.tsv")),
    (Category::Room, include_str!("../lexicon/room.tsv")),
    (Category::Building, include_str!("../lexicon/building.tsv")),
    (Category::Place, include_str!("../lexicon/place.tsv")),
    (Category::Landscape, include_str!("../lexicon/landscape.tsv")),
    (Category::Water, include_str!("../lexicon/water.tsv")),
    (Category::Sky, include_str!("../lexicon/sky.tsv")),
    (Category::Weather, include_str!("../lexicon/weather.tsv")),
    (Category::Light, include_str!("../lexicon/light.tsv")),
    (Category::Hour, include_str!("../lexicon/hour.tsv")),
    (Category::Season, include_str!("../lexicon/season.tsv")),
    (Category::Colour, include_str!("../lexicon/colour.tsv")),
    (Category::Material, include_str!("../lexicon/material.tsv")),
    (Category::Animal, include_str!("../lexicon/animal.tsv")),
    (Category::Vehicle, include_str!("../lexicon/vehicle.tsv")),
    (Category::Plant, include_str!("../lexicon/plant.tsv")),
    (Category::Object, include_str!("../lexicon/object.tsv")),
    (Category::Food, include_str!("../lexicon/food.tsv")),
    (Category::Person, include_str!("../lexicon/person.tsv")),
    (Category::Posture, include_str!("../lexicon/posture.tsv")),
    (Category::Mood, include_str!("../lexicon/mood.tsv")),
];

/// One concept of the lexicon.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) name: &'static str,
    pub(crate) category: Category,
}

/// The forms of one language.
pub(crate) struct Lexicon {
    entries: Vec<Entry>,
    /// From a form's first word to the forms that begin with it, longest first: the words that follow, and the entries.
    forms: FxHashMap<String, Vec<Form>>,
}

struct Form {
    rest: Vec<String>,
    /// One for each category that lists the form, in the order of the files.
    entries: Vec<usize>,
}

/// A form found in a sentence.
pub(crate) struct Found<'a> {
    /// Index of its first token.
    pub(crate) token: usize,
    /// Number of tokens.
    pub(crate) length: usize,
    lexicon: &'a Lexicon,
    entries: &'a [usize],
}

impl<'a> Found<'a> {
    /// What it may mean, the first reading first; no two of one category.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &'a Entry> {
        let lexicon = self.lexicon;
        self.entries.iter().map(move |&entry| &lexicon.entries[entry])
    }
}

static RUSSIAN: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::load(Language::Russian));
static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::load(Language::English));

impl Lexicon {
    /// The lexicon of a language, read once.
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::Russian => &RUSSIAN,
            Language::English => &ENGLISH,
        }
    }

    fn load(language: Language) -> Self {
        let mut lexicon = Self {
            entries: Vec::new(),
            forms: FxHashMap::default(),
        };
        for (category, file) in FILES {
            for line in file.lines() {
                let mut columns = line.split('\t');
                let (Some(name), Some(english), Some(russian)) =
                    (columns.next(), columns.next(), columns.next())
                else {
                    continue;
                };
                lexicon.entries.push(Entry { name, category });
                match language {
                    Language::Russian => russian.split(',').for_each(|form| lexicon.add(form)),
                    Language::English => {
                        english.split(',').for_each(|form| lexicon.add(form));
                        lexicon.add(&name.replace('_', " "));
                    }
                }
            }
        }
        for forms in lexicon.forms.values_mut() {
            forms.sort_by_key(|form| std::cmp::Reverse(form.rest.len()));
        }
        lexicon
    }

    /// Adds a form of the entry that was pushed last.
    fn add(&mut self, form: &str) {
        let entry = self.entries.len() - 1;
        let mut words = form.split_whitespace().map(fold);
        let Some(first) = words.next() else { return };
        let rest: Vec<String> = words.collect();
        let forms = self.forms.entry(first).or_default();
        let Some(known) = forms.iter_mut().find(|known| known.rest == rest) else {
            forms.push(Form {
                rest,
                entries: vec![entry],
            });
            return;
        };
        let category = self.entries[entry].category;
        if known
            .entries
            .iter()
            .all(|&known| self.entries[known].category != category)
        {
            known.entries.push(entry);
        }
    }

    /// The forms in a sentence of `text`, longest first at each token, not overlapping.
    pub(crate) fn find<'a>(&'a self, text: &str, sentence: &Sentence) -> Vec<Found<'a>> {
        let tokens = &sentence.tokens;
        let word = |at: usize, expected: &str| {
            tokens.get(at).is_some_and(|token| {
                *token.lemma == *expected || text[token.range.clone()].eq_ignore_ascii_case(expected)
            })
        };
        let mut found = Vec::new();
        let mut at = 0;
        let mut surface = String::new();
        while at < tokens.len() {
            surface.clear();
            let spelled = self.forms.get(&*tokens[at].lemma).or_else(|| {
                surface.extend(
                    text[tokens[at].range.clone()]
                        .chars()
                        .flat_map(char::to_lowercase)
                        .map(plain),
                );
                self.forms.get(&surface)
            });
            let form = spelled.and_then(|forms| {
                forms.iter().find(|form| {
                    form.rest
                        .iter()
                        .enumerate()
                        .all(|(i, next)| word(at + 1 + i, next))
                })
            });
            let Some(form) = form else {
                at += 1;
                continue;
            };
            let length = 1 + form.rest.len();
            debug_assert!(length <= LONGEST, "the lexicon's test allows no longer phrase");
            found.push(Found {
                token: at,
                length,
                lexicon: self,
                entries: &form.entries,
            });
            at += length;
        }
        found
    }
}

/// As lemmas are written: lower case, `е` for `ё`.
fn fold(word: &str) -> String {
    word.chars().flat_map(char::to_lowercase).map(plain).collect()
}

fn plain(letter: char) -> char {
    if letter == 'ё' { 'е' } else { letter }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn every_line_has_three_columns_and_every_phrase_is_short() {
        for (category, file) in FILES {
            for line in file.lines() {
                let columns: Vec<_> = line.split('\t').collect();
                assert_eq!(columns.len(), 3, "{}: {line}", category.name());
                for form in columns[1].split(',').chain(columns[2].split(',')) {
                    assert!(
                        form.split_whitespace().count() <= LONGEST,
                        "{}: {form}",
                        category.name()
                    );
                }
            }
        }
    }

    #[test]
    fn a_concept_is_listed_once() {
        let mut seen = BTreeMap::new();
        for (category, file) in FILES {
            for line in file.lines() {
                let name = line.split('\t').next().unwrap_or_default();
                let earlier = seen.insert(name, category.name());
                assert_eq!(earlier, None, "{name} is in {} too", category.name());
            }
        }
    }

    #[test]
    fn every_category_has_a_file() {
        for category in Category::ALL {
            assert!(
                FILES.iter().any(|(of_file, _)| *of_file == category),
                "{}",
                category.name()
            );
        }
    }
}
