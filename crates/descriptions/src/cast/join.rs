//! Joins mentions into people.
//!
//! Names are taken from the fullest to the barest. A name joins the only person it fits, or the one of several who is named
//! far more often; a bare name that fits several is settled mention by mention: whoever was named last.

use std::collections::BTreeMap;

use super::{
    appearance::Appearance,
    mention::{Name, NameMention},
};
use crate::{Character, Gender, Look, Mention};

/// A person named fewer times in a book is not counted among its characters.
const FEWEST: usize = 2;
/// A person is taken for the bearer of a name that fits others too when named this many times as often.
const DOMINANT: usize = 2;
/// The same for a name of several parts that shares only some of them.
const FAR_AHEAD: usize = 10;

/// One person: which mentions are theirs.
pub(super) struct Person {
    /// Indexes into the book's mentions, rising.
    pub(super) mentions: Vec<usize>,
    gender: Option<Gender>,
}

struct Candidate {
    names: Vec<Name>,
    count: usize,
}

/// The people, most often named first.
pub(super) fn join(mentions: &[NameMention]) -> Vec<Person> {
    let mut counts: BTreeMap<&Name, usize> = BTreeMap::new();
    for mention in mentions {
        *counts.entry(&mention.name).or_default() += 1;
    }
    let mut often: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, count) in &counts {
        if let Some(surname) = name.surname.as_deref().filter(|_| name.parts() == 1) {
            *often.entry(surname).or_default() += count;
        }
    }
    let mut order: Vec<(&Name, usize)> = counts.into_iter().collect();
    order.sort_by(|(one, times), (other, often)| {
        (other.parts(), often, *one).cmp(&(one.parts(), times, *other))
    });
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut fits: BTreeMap<&Name, Vec<usize>> = BTreeMap::new();
    for (name, count) in order {
        let fitting = if is_chance(name, count, &often) {
            Vec::new()
        } else {
            settle(name, &candidates)
        };
        match fitting.as_slice() {
            [] if is_chance(name, count, &often) => {
                fits.insert(name, Vec::new());
            }
            [] => {
                fits.insert(name, vec![candidates.len()]);
                candidates.push(Candidate {
                    names: vec![name.clone()],
                    count,
                });
            }
            [only] => {
                candidates[*only].names.push(name.clone());
                candidates[*only].count += count;
                fits.insert(name, fitting);
            }
            _ => {
                fits.insert(name, fitting);
            }
        }
    }
    assign(mentions, &fits, &candidates)
}

/// Whether two people's names only happened to stand side by side: seen once, though the surname is common by itself.
fn is_chance(name: &Name, count: usize, often: &BTreeMap<&str, usize>) -> bool {
    let alone = name
        .surname
        .as_deref()
        .and_then(|surname| often.get(surname))
        .copied()
        .unwrap_or_default();
    name.patronymic.is_some() && count == 1 && alone >= 20
}

/// The candidates a name may belong to: several only when none of them is far ahead.
fn settle(name: &Name, candidates: &[Candidate]) -> Vec<usize> {
    let mut fitting: Vec<usize> = (0..candidates.len())
        .filter(|&at| candidates[at].names.iter().all(|known| agree(known, name)))
        .collect();
    let shared = |at: &usize| {
        candidates[*at]
            .names
            .iter()
            .map(|known| shared(known, name))
            .max()
            .unwrap_or(0)
    };
    let most = fitting.iter().map(shared).max().unwrap_or(0);
    fitting.retain(|at| most > 0 && shared(at) == most);
    fitting.sort_by_key(|&at| std::cmp::Reverse(candidates[at].count));
    let by_given_name_alone = name.parts() > 1 && name.title.is_none();
    let ahead = if by_given_name_alone { FAR_AHEAD } else { DOMINANT };
    if let [first, second, ..] = fitting[..]
        && candidates[first].count >= ahead * candidates[second].count
    {
        fitting.truncate(1);
    }
    fitting
}

/// Whether two names can be one person's.
fn agree(one: &Name, other: &Name) -> bool {
    let differ = |a: &Option<String>, b: &Option<String>| a.is_some() && b.is_some() && a != b;
    let given = one.given.is_empty()
        || other.given.is_empty()
        || one.given.iter().any(|full| other.given.contains(full));
    let gender = one.female.is_none() || other.female.is_none() || one.female == other.female;
    let title = one.title.is_none()
        || other.title.is_none()
        || one.title == other.title
        || one.parts() + other.parts() > 2;
    given
        && gender
        && title
        && !differ(&one.patronymic, &other.patronymic)
        && !differ(&one.surname, &other.surname)
}

/// Number of parts two names have in common.
fn shared(one: &Name, other: &Name) -> usize {
    let same = |a: &Option<String>, b: &Option<String>| usize::from(a.is_some() && a == b);
    usize::from(one.given.iter().any(|full| other.given.contains(full)))
        + same(&one.patronymic, &other.patronymic)
        + same(&one.surname, &other.surname)
}

fn assign(
    mentions: &[NameMention],
    fits: &BTreeMap<&Name, Vec<usize>>,
    candidates: &[Candidate],
) -> Vec<Person> {
    let mut persons: Vec<Person> = candidates
        .iter()
        .map(|candidate| Person {
            mentions: Vec::new(),
            gender: gender(candidate),
        })
        .collect();
    let mut last_named = vec![None; candidates.len()];
    for (at, mention) in mentions.iter().enumerate() {
        let fitting = &fits[&mention.name];
        let recent = fitting
            .iter()
            .copied()
            .max_by_key(|&person| (last_named[person], candidates[person].count));
        let Some(person) = recent else { continue };
        persons[person].mentions.push(at);
        last_named[person] = Some(at);
    }
    persons.retain(|person| person.mentions.len() >= FEWEST);
    persons.sort_by_key(|person| (std::cmp::Reverse(person.mentions.len()), person.mentions[0]));
    persons
}

fn gender(candidate: &Candidate) -> Option<Gender> {
    candidate.names.iter().find_map(Name::gender)
}

impl Person {
    /// The person as the book's readers see it.
    pub(super) fn character(&self, mentions: &[NameMention], appearances: &[Appearance]) -> Character {
        let own = || self.mentions.iter().map(|&at| &mentions[at]);
        let mut counts: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
        for (order, mention) in own().enumerate() {
            let count = counts
                .entry(&mention.shown)
                .or_insert((mention.name.parts(), 0, order));
            count.1 += 1;
        }
        let enough = (self.mentions.len() / 100).max(2);
        let best = |least: usize| {
            let usual = counts.iter().filter(|(_, (_, times, _))| *times >= least);
            usual.max_by_key(|(_, (parts, times, order))| (*parts, *times, std::cmp::Reverse(*order)))
        };
        let name = best(enough)
            .or_else(|| best(1))
            .map(|(name, _)| (*name).to_owned())
            .unwrap_or_default();
        let mut aliases: Vec<(&str, usize)> = counts
            .iter()
            .filter(|(alias, _)| **alias != name)
            .map(|(alias, (_, times, _))| (*alias, *times))
            .collect();
        aliases.sort_by_key(|&(alias, times)| (std::cmp::Reverse(times), alias));
        Character {
            name,
            aliases: aliases.into_iter().map(|(alias, _)| alias.to_owned()).collect(),
            gender: self.gender,
            mentions: own()
                .map(|mention| Mention {
                    chapter: mention.chapter,
                    range: mention.range.clone(),
                    name: mention.shown.clone(),
                })
                .collect(),
            looks: appearances
                .iter()
                .map(|appearance| Look {
                    chapter: appearance.chapter,
                    range: appearance.range.clone(),
                    text: appearance.text.clone(),
                    concepts: appearance.concepts.clone(),
                })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A mention of a name written `given patronymic surname`, `-` for a part that is not said.
    fn mention(name: &str, female: bool) -> NameMention {
        let part = |at: usize| {
            name.split(' ')
                .nth(at)
                .filter(|part| *part != "-")
                .map(str::to_owned)
        };
        NameMention {
            chapter: 0,
            range: 0..1,
            name: Name {
                title: None,
                given: part(0).into_iter().collect(),
                patronymic: part(1),
                surname: part(2),
                female: Some(female),
            },
            shown: name.to_owned(),
        }
    }

    fn people(mentions: &[(&str, usize)]) -> Vec<(String, usize)> {
        let mentions: Vec<NameMention> = mentions
            .iter()
            .flat_map(|&(name, times)| vec![mention(name, false); times])
            .collect();
        let persons = join(&mentions);
        persons
            .iter()
            .map(|person| (person.character(&mentions, &[]).name, person.mentions.len()))
            .collect()
    }

    #[test]
    fn a_full_name_joins_its_parts() {
        let found = people(&[
            ("петр андреевич -", 9),
            ("- - гринев", 7),
            ("петр андреевич гринев", 2),
            ("петр - -", 3),
        ]);
        assert_eq!(found, [("петр андреевич гринев".to_owned(), 21)]);
    }

    #[test]
    fn a_common_given_name_does_not_join_two_people() {
        let found = people(&[
            ("иван кузьмич -", 50),
            ("иван иванович зурин", 2),
            ("иван - зурин", 2),
            ("- - зурин", 20),
        ]);
        assert_eq!(
            found,
            [
                ("иван кузьмич -".to_owned(), 50),
                ("иван иванович зурин".to_owned(), 24)
            ]
        );
    }

    #[test]
    fn names_that_once_stood_side_by_side_do_not_join_two_people() {
        let found = people(&[
            ("- - пугачев", 90),
            ("иван игнатьич -", 30),
            ("иван игнатьич пугачев", 1),
        ]);
        assert_eq!(
            found,
            [("- - пугачев".to_owned(), 90), ("иван игнатьич -".to_owned(), 30)]
        );
    }

    #[test]
    fn a_man_and_a_woman_of_one_surname_are_two() {
        let mentions = [
            vec![mention("- - каренин", false); 5],
            vec![mention("- - каренин", true); 6],
        ]
        .concat();
        assert_eq!(join(&mentions).len(), 2);
    }
}
