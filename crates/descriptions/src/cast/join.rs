//! Joins mentions into people.
//!
//! Names are taken from the fullest to the barest. A name joins the person it fits best; a bare given name only one who is
//! named in the same scenes. A bare name that fits several is settled mention by mention: whoever was named last.

use std::collections::BTreeMap;

use linguistics::Language;
use rustc_hash::FxHashMap;

use super::{
    name::{Name, Title},
    normal,
    scenes::{self, Place},
};
use crate::Gender;

/// A person is taken for the bearer of a name that fits others too when named this many times as often.
const DOMINANT: usize = 2;
/// Share of scenes that a given name and a fuller one of the same person have in common.
const SAME_SCENES: f32 = 0.4;
/// A given name used fewer times joins whom it fits wherever it stands.
const RARE: usize = 12;
/// A person while names are joined.
struct Candidate<'a> {
    names: Vec<&'a Name>,
    /// In the order of the book.
    places: Vec<Place>,
}

/// Names with the places where they are used, in the order of the book.
pub(super) type Used = BTreeMap<Name, Vec<Place>>;

/// Candidates by a part of their names.
#[derive(Default)]
struct Index<'a>(FxHashMap<&'a str, Vec<usize>>);

/// For each mention, in the order of the book, the person it belongs to; `None` when it is nobody's.
pub(super) fn join(language: Language, used: &Used) -> Vec<Option<usize>> {
    let used = normal::names(language, used);
    let mut order: Vec<&Name> = used.keys().collect();
    order.sort_by_key(|name| {
        let size = (name.parts(), name.title.is_some(), used[*name].len());
        (std::cmp::Reverse(size), *name)
    });
    let mut candidates: Vec<Candidate<'_>> = Vec::new();
    let mut index = Index::default();
    let mut fits: Vec<(&Name, Vec<usize>)> = Vec::with_capacity(order.len());
    for name in order {
        let places = &used[name];
        let mut fitting = settle(language, name, places, &candidates, index.sharing(name));
        match fitting.as_slice() {
            [] => {
                fitting.push(candidates.len());
                index.add(name, candidates.len());
                candidates.push(Candidate {
                    names: vec![name],
                    places: places.clone(),
                });
            }
            [only] => {
                index.add(name, *only);
                candidates[*only].take(name, places);
            }
            _ => {}
        }
        fits.push((name, fitting));
    }
    assign(&used, &fits, &candidates)
}

impl<'a> Index<'a> {
    fn add(&mut self, name: &'a Name, candidate: usize) {
        for part in parts(name) {
            let known = self.0.entry(part).or_default();
            if !known.contains(&candidate) {
                known.push(candidate);
            }
        }
    }

    /// The candidates that have a part in common with a name, rising.
    fn sharing(&self, name: &Name) -> Vec<usize> {
        let mut sharing: Vec<usize> = parts(name)
            .filter_map(|part| self.0.get(part))
            .flatten()
            .copied()
            .collect();
        sharing.sort_unstable();
        sharing.dedup();
        sharing
    }
}

fn parts(name: &Name) -> impl Iterator<Item = &str> {
    let given = name.given.iter().map(String::as_str);
    given
        .chain(name.patronymic.as_deref())
        .chain(name.surname.as_deref())
}

impl<'a> Candidate<'a> {
    fn take(&mut self, name: &'a Name, places: &[Place]) {
        self.names.push(name);
        self.places.extend(places);
        self.places.sort_unstable();
    }

    fn fits(&self, name: &Name) -> bool {
        let fuller = |known: &Name| known.parts() > 1 && known.shares_only_a_common_name(name);
        let alike = self.names.iter().any(|known| known.likeness(name) > 4);
        self.names.iter().all(|known| known.agrees(name))
            && (alike || !self.names.iter().any(|known| fuller(known)))
    }

    fn likeness(&self, name: &Name) -> usize {
        self.names
            .iter()
            .map(|known| known.likeness(name))
            .max()
            .unwrap_or(0)
    }

    fn is_female(&self) -> bool {
        self.names.iter().any(|name| name.gender == Some(Gender::Female))
    }

    fn is_married(&self) -> bool {
        self.names.iter().any(|name| name.title == Some(Title::Missis))
    }
}

/// The candidates a name may belong to: several only when none of them is far ahead.
fn settle(
    language: Language,
    name: &Name,
    places: &[Place],
    candidates: &[Candidate<'_>],
    mut fitting: Vec<usize>,
) -> Vec<usize> {
    let likeness = |at: &usize| candidates[*at].likeness(name);
    fitting.retain(|at| likeness(at) > 0 && candidates[*at].fits(name));
    if name.is_given_alone() && places.len() >= RARE {
        fitting.retain(|&at| scenes::shared(places, &candidates[at].places) >= SAME_SCENES);
    }
    if name.is_surname_alone() {
        of_surname(language, name, places, candidates, &mut fitting);
    }
    let most = fitting.iter().map(likeness).max().unwrap_or(0);
    fitting.retain(|at| likeness(at) == most);
    fitting.sort_by_key(|&at| std::cmp::Reverse(candidates[at].places.len()));
    if let [first, second, ..] = fitting[..]
        && candidates[first].places.len() >= DOMINANT * candidates[second].places.len()
    {
        fitting.truncate(1);
    }
    fitting
}

/// Of a family, those whom its surname alone may mean.
fn of_surname(
    language: Language,
    name: &Name,
    places: &[Place],
    candidates: &[Candidate<'_>],
    fitting: &mut Vec<usize>,
) {
    if name.title == Some(Title::Missis) {
        let same = |at: &usize| {
            candidates[*at].is_married() || scenes::shared(places, &candidates[*at].places) >= SAME_SCENES
        };
        let known = |at: &usize| {
            candidates[*at]
                .names
                .iter()
                .all(|name| name.title != Some(Title::Miss))
        };
        fitting.retain(|at| same(at) && known(at));
        if fitting.iter().any(|&at| candidates[at].is_married()) {
            fitting.retain(|&at| candidates[at].is_married());
        }
    }
    // English calls men by the bare surname, women hardly ever.
    let bare = name.title.is_none() && name.gender.is_none();
    if language == Language::English && bare && fitting.iter().any(|&at| !candidates[at].is_female()) {
        fitting.retain(|&at| !candidates[at].is_female());
    }
}

fn assign(used: &Used, fits: &[(&Name, Vec<usize>)], candidates: &[Candidate<'_>]) -> Vec<Option<usize>> {
    let mut calls: Vec<(Place, &[usize])> = Vec::new();
    for (name, fitting) in fits {
        calls.extend(used[*name].iter().map(|place| (*place, fitting.as_slice())));
    }
    calls.sort_unstable();
    let mut last_named = vec![None; candidates.len()];
    let person = |(at, (_, fitting)): (usize, (Place, &[usize]))| {
        let person = fitting
            .iter()
            .copied()
            .max_by_key(|&person| (last_named[person], candidates[person].places.len()))?;
        last_named[person] = Some(at);
        Some(person)
    };
    calls.into_iter().enumerate().map(person).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A man's name written `given patronymic surname`, `-` for a part that is not said.
    fn name(written: &str) -> Name {
        let part = |at: usize| {
            let part = written.split(' ').nth(at);
            part.filter(|part| *part != "-").map(str::to_owned)
        };
        Name {
            form: part(0),
            given: part(0).into_iter().collect(),
            patronymic: part(1),
            surname: part(2),
            gender: Some(Gender::Male),
            ..Name::default()
        }
    }

    /// Every name used so many times, one after another, this far apart: how many people they are.
    fn people(used: &[(&str, usize)], apart: usize) -> usize {
        let mut at = 0;
        let mut places = |times: usize| -> Vec<Place> {
            let place = |_| {
                at += apart;
                (0, at)
            };
            (0..times).map(place).collect()
        };
        let used: Used = used
            .iter()
            .map(|&(written, times)| (name(written), places(times)))
            .collect();
        let persons = join(Language::Russian, &used);
        let named: std::collections::BTreeSet<usize> = persons.into_iter().flatten().collect();
        named.len()
    }

    #[test]
    fn a_full_name_joins_its_parts() {
        let names = [
            ("петр андреевич -", 9),
            ("- - гринев", 7),
            ("петр андреевич гринев", 1),
            ("петр - -", 3),
        ];
        assert_eq!(people(&names, 1_000), 1);
    }

    #[test]
    fn a_common_given_name_does_not_join_two_people() {
        let names = [
            ("иван кузьмич -", 50),
            ("иван иванович зурин", 2),
            ("иван - зурин", 2),
            ("- - зурин", 20),
        ];
        assert_eq!(people(&names, 1_000), 2);
    }

    #[test]
    fn a_child_is_not_the_grown_up_namesake_of_other_scenes() {
        let names = [("сергей иванович -", 30), ("сергей - -", 20)];
        assert_eq!(people(&names, 31_000), 2);
        assert_eq!(people(&names, 500), 1);
    }

    #[test]
    fn a_man_and_a_woman_of_one_surname_are_two() {
        let woman = Name {
            gender: Some(Gender::Female),
            ..name("- - каренин")
        };
        let used = Used::from([
            (name("- - каренин"), vec![(0, 1), (0, 2)]),
            (woman, vec![(0, 3), (0, 4)]),
        ]);
        assert_eq!(
            join(Language::Russian, &used),
            [Some(0), Some(0), Some(1), Some(1)]
        );
    }
}
