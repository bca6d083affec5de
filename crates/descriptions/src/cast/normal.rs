//! Names as the whole of what was read tells how to read them.

use std::collections::BTreeMap;

use linguistics::Language;

use super::{join::Used, name::Name};
use crate::Gender;

/// A name and how often it is used.
type Counted = (Name, usize);

/// A feminine surname so many times rarer than the masculine one, and never with a given name, is a misread case of it.
const MISREAD: usize = 6;

/// The same names: other cases of a surname folded into it, first names told from surnames by their use.
pub(super) fn names(language: Language, used: &Used) -> Used {
    let mut names: Vec<Counted> = used
        .iter()
        .map(|(name, places)| (name.clone(), places.len()))
        .collect();
    match language {
        Language::Russian => {
            fold_cases(&mut names);
            part_neighbours(&mut names);
            correct_gender(&mut names);
        }
        Language::English => first_names(&mut names),
    }
    let mut normal = Used::new();
    for ((name, _), places) in names.into_iter().zip(used.values()) {
        normal.entry(name).or_default().extend(places);
    }
    normal.values_mut().for_each(|places| places.sort_unstable());
    normal
}

/// A surname the dictionary does not know is left in its case: `штольца` is `штольц`.
fn fold_cases(names: &mut [Counted]) {
    const ENDINGS: [&str; 16] = [
        "ами", "ою", "ой", "ею", "ей", "ем", "ом", "ым", "а", "я", "у", "ю", "е", "ы", "и", "",
    ];
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (name, times) in names.iter() {
        if let Some(surname) = &name.surname {
            *counts.entry(surname.clone()).or_default() += times;
        }
    }
    let mut folded: BTreeMap<&str, &str> = BTreeMap::new();
    for (word, count) in &counts {
        let stems = ENDINGS.iter().filter_map(|ending| word.strip_suffix(ending));
        let best = stems
            .filter(|stem| stem.chars().count() > 2)
            .flat_map(|stem| ["", "а", "я", "й", "ь", "о"].map(|ending| format!("{stem}{ending}")))
            .filter_map(|other| counts.get_key_value(other.as_str()))
            .filter(|(other, often)| *other != word && (**often, other.as_str()) > (*count, word.as_str()))
            .max_by_key(|(_, often)| **often);
        if let Some((other, _)) = best {
            folded.insert(word, other);
        }
    }
    for (name, _) in names {
        let other = name.surname.as_deref().and_then(|word| folded.get(word));
        if let Some(other) = other {
            name.surname = Some((*other).to_owned());
        }
    }
}

/// A first name and a surname that stood side by side once or twice are two people's when others bear the surname, or the first
/// name another one, much more often.
fn part_neighbours(names: &mut [Counted]) {
    type First = (Option<String>, Option<String>);
    let first = |name: &Name| -> First { (name.given.first().cloned(), name.patronymic.clone()) };
    let mut of_surname: BTreeMap<String, BTreeMap<First, usize>> = BTreeMap::new();
    let mut of_first: BTreeMap<First, BTreeMap<String, usize>> = BTreeMap::new();
    for (name, times) in names.iter().filter(|(name, _)| name.parts() > 1) {
        if let Some(surname) = &name.surname {
            let bearers = of_surname.entry(surname.clone()).or_default();
            *bearers.entry(first(name)).or_default() += times;
            let surnames = of_first.entry(first(name)).or_default();
            *surnames.entry(surname.clone()).or_default() += times;
        }
    }
    let compatible = |one: &First, other: &First| {
        let same = |a: &Option<String>, b: &Option<String>| a.is_none() || b.is_none() || a == b;
        same(&one.0, &other.0) && same(&one.1, &other.1)
    };
    let is_chance = |own: &First, surname: &str| {
        let (mut times, mut others) = (0, 0);
        for (bearer, often) in &of_surname[surname] {
            // One who may be either says nothing: `Алексей Вронский` of `Алексей Александрович Вронский`.
            if bearer == own {
                times += often;
            } else if !compatible(bearer, own) {
                others = others.max(*often);
            }
        }
        let surnames = of_first[own].iter().filter(|(other, _)| *other != surname);
        let most = surnames.map(|(_, often)| *often).max().unwrap_or_default();
        times <= 2 && others.max(most) >= 2 * times
    };
    let chances: Vec<usize> = (0..names.len())
        .filter(|&at| {
            let (name, times) = &names[at];
            let surname = name
                .surname
                .as_deref()
                .filter(|_| name.parts() > 1 && *times <= 2);
            surname.is_some_and(|surname| is_chance(&first(name), surname))
        })
        .collect();
    for at in chances {
        names[at].0.surname = None;
    }
}

/// `Обломова` is a man's genitive where no woman of the name is known.
fn correct_gender(names: &mut [Counted]) {
    let mut bare: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    let mut women: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, times) in names.iter() {
        let Some(surname) = name.surname.as_deref() else {
            continue;
        };
        let is_female = name.gender == Some(Gender::Female);
        if name.is_surname_alone() && name.title.is_none() {
            bare.entry(surname).or_default()[usize::from(is_female)] += times;
        } else if is_female {
            *women.entry(surname).or_default() += times;
        }
    }
    let misread: Vec<String> = bare
        .into_iter()
        .filter(|(surname, [male, female])| {
            let known = women.get(surname).copied().unwrap_or_default();
            *female > 0 && *male >= MISREAD * *female && known * 2 < *female
        })
        .map(|(surname, _)| surname.to_owned())
        .collect();
    for (name, _) in names {
        let is_misread = name
            .surname
            .as_ref()
            .is_some_and(|surname| misread.contains(surname));
        if is_misread && name.is_surname_alone() && name.title.is_none() {
            name.gender = Some(Gender::Male);
        }
    }
}

/// A word that more often begins a name of two words than ends one is a given name, listed or not; one that more often ends
/// names, or follows a title, is a surname.
fn first_names(names: &mut [Counted]) {
    let mut uses: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for (name, times) in names.iter() {
        if let Some(form) = name.form.as_ref().filter(|_| name.parts() > 1) {
            uses.entry(form.clone()).or_default()[0] += times;
        }
        if let Some(surname) = name.surname.as_ref().filter(|_| !is_bare(name)) {
            uses.entry(surname.clone()).or_default()[1] += times;
        }
    }
    let used = |word: &Option<String>| word.as_ref().and_then(|word| uses.get(word)).copied();
    for (name, _) in names.iter_mut().filter(|(name, _)| is_bare(name)) {
        if used(&name.surname).is_some_and(|[first, last]| first > last) {
            name.given.extend(name.surname.clone());
            name.form = name.surname.take();
        } else if used(&name.form).is_some_and(|[first, last]| last > first) {
            name.surname = name.form.take();
            name.given.clear();
            name.gender = None;
        }
    }
}

fn is_bare(name: &Name) -> bool {
    name.parts() == 1 && name.title.is_none()
}
