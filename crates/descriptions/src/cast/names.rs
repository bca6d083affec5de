//! Given names and their diminutives: `names/ru.tsv` and `names/en.tsv` hold the full name, `m` or `f`, the other forms.

use std::sync::LazyLock;

use linguistics::Language;
use rustc_hash::FxHashMap;

use crate::Gender;

/// Given names of one language.
pub(super) struct GivenNames {
    /// From a lower-case form to the full names it may stand for.
    forms: FxHashMap<String, Vec<(&'static str, Gender)>>,
}

static RUSSIAN: LazyLock<GivenNames> = LazyLock::new(|| GivenNames::load(include_str!("../../names/ru.tsv")));
static ENGLISH: LazyLock<GivenNames> = LazyLock::new(|| GivenNames::load(include_str!("../../names/en.tsv")));

impl GivenNames {
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::Russian => &RUSSIAN,
            Language::English => &ENGLISH,
        }
    }

    fn load(file: &'static str) -> Self {
        let mut forms: FxHashMap<String, Vec<(&'static str, Gender)>> = FxHashMap::default();
        for line in file.lines() {
            let mut columns = line.split('\t');
            let (Some(full), Some(gender)) = (columns.next(), columns.next()) else {
                continue;
            };
            let gender = if gender == "f" {
                Gender::Female
            } else {
                Gender::Male
            };
            let others = columns
                .next()
                .unwrap_or_default()
                .split(',')
                .filter(|form| !form.is_empty());
            for form in std::iter::once(full).chain(others) {
                forms.entry(form.to_lowercase()).or_default().push((full, gender));
            }
        }
        Self { forms }
    }

    /// Whether a lower-case form is a woman's name and never a man's.
    pub(super) fn is_female(&self, form: &str) -> bool {
        let full = self.full(form);
        !full.is_empty() && full.iter().all(|(_, gender)| *gender == Gender::Female)
    }

    /// The full names a lower-case form may stand for.
    pub(super) fn full(&self, form: &str) -> &[(&'static str, Gender)] {
        self.forms.get(form).map_or(&[], Vec::as_slice)
    }
}

/// A Russian patronymic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Patronymic {
    /// Spelled in full: `аркадьевич`.
    pub(super) full: String,
    /// As the book spells it, in the nominative: `аркадьич`.
    pub(super) said: String,
    pub(super) gender: Gender,
}

const FEMALE_CASES: [&str; 6] = ["ою", "ой", "а", "ы", "е", "у"];
const MALE_CASES: [&str; 6] = ["ем", "ом", "а", "у", "е", ""];

/// The patronymic that a lower-case word is, in whatever case and spelling; `None` when it is not one.
pub(super) fn patronymic(word: &str) -> Option<Patronymic> {
    if word.chars().count() < 5 {
        return None;
    }
    let word = word.replace('ё', "е");
    for stem in without_ending(&word, &FEMALE_CASES) {
        // As it is said: `Николавна`, `Сергевна`, `Кузьминишна`.
        const SPOKEN: [(&str, &str); 6] = [
            ("ишн", "ичн"),
            ("лавн", "лаевн"),
            ("гевн", "геевн"),
            ("твевн", "твеевн"),
            ("древн", "дреевн"),
            ("ксевн", "ксеевн"),
        ];
        let full = respelled(stem, &SPOKEN);
        if ["овн", "евн", "ичн"].iter().any(|female| full.ends_with(female)) {
            return Some(Patronymic {
                full: format!("{full}а"),
                said: format!("{stem}а"),
                gender: Gender::Female,
            });
        }
    }
    for stem in without_ending(&word, &MALE_CASES) {
        const FULL: [&str; 7] = ["ович", "евич", "ьмич", "омич", "укич", "икитич", "аввич"];
        const SPOKEN: [(&str, &str); 8] = [
            ("палыч", "павлович"),
            ("ыч", "ович"),
            ("еич", "еевич"),
            ("аич", "аевич"),
            ("ьич", "ьевич"),
            ("митрич", "митриевич"),
            ("горич", "гориевич"),
            ("узмич", "узьмич"),
        ];
        let full = if stem == "ильич" {
            stem.to_owned()
        } else {
            respelled(stem, &SPOKEN)
        };
        if stem == "ильич" || full != stem || FULL.iter().any(|ending| stem.ends_with(ending)) {
            return Some(Patronymic {
                full,
                said: stem.to_owned(),
                gender: Gender::Male,
            });
        }
    }
    None
}

/// A patronymic spelled like another word, which only a given name before it tells: `Марья Иванна`.
pub(super) fn spoken_patronymic(word: &str) -> Option<Patronymic> {
    let stem = without_ending(word, &FEMALE_CASES)
        .find(|stem| stem.ends_with("анн") && stem.chars().count() > 4 && *stem != "сусанн")?;
    Some(Patronymic {
        full: format!("{}овна", &stem[..stem.len() - "н".len()]),
        said: format!("{stem}а"),
        gender: Gender::Female,
    })
}

fn without_ending<'a>(word: &'a str, endings: &'a [&str]) -> impl Iterator<Item = &'a str> {
    endings.iter().filter_map(|ending| word.strip_suffix(ending))
}

/// The word with the first of the endings that it has replaced.
fn respelled(word: &str, endings: &[(&str, &str)]) -> String {
    let found = endings
        .iter()
        .find_map(|(spoken, full)| Some(format!("{}{full}", word.strip_suffix(spoken)?)));
    found.unwrap_or_else(|| word.to_owned())
}

/// A surname in a man's form, and whether the surname has one for women too.
pub(super) fn masculine(lemma: &str) -> (String, bool) {
    const ADJECTIVE: [&str; 10] = ["ий", "ой", "ого", "ому", "им", "ом", "ая", "ую", "ою", "ие"];
    for stem in without_ending(lemma, &ADJECTIVE) {
        if stem.ends_with("ск") || stem.ends_with("цк") {
            return (format!("{stem}ий"), true);
        }
    }
    if let Some(stem) = lemma.strip_suffix("ая") {
        return (format!("{stem}ый"), true);
    }
    const ENDINGS: [&str; 4] = ["ов", "ев", "ин", "ын"];
    let ends = |word: &str| word.chars().count() > 4 && ENDINGS.iter().any(|ending| word.ends_with(ending));
    match lemma.strip_suffix('а') {
        Some(stem) if ends(stem) => (stem.to_owned(), true),
        _ => (lemma.to_owned(), ends(lemma) || lemma.ends_with("ый")),
    }
}

/// A Russian given name of the list in the nominative, when the lower-case word is a case of one.
pub(super) fn given_in_any_case(word: &str) -> Option<String> {
    const CASES: [&str; 14] = [
        "", "ою", "ой", "ею", "ей", "ем", "ом", "а", "я", "у", "ю", "е", "ы", "и",
    ];
    let names = GivenNames::of(Language::Russian);
    CASES
        .iter()
        .filter_map(|case| word.strip_suffix(case))
        .find_map(|stem| {
            let forms = ["", "а", "я", "й", "ь"].map(|nominative| format!("{stem}{nominative}"));
            forms
                .into_iter()
                .find(|form| form.chars().count() > 2 && !names.full(form).is_empty())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diminutive_leads_to_its_full_name() {
        let names = GivenNames::of(Language::Russian);
        assert_eq!(names.full("стива"), [("степан", Gender::Male)]);
        assert_eq!(names.full("саша").len(), 2);
        assert_eq!(
            GivenNames::of(Language::English).full("lizzy"),
            [("Elizabeth", Gender::Female)]
        );
    }

    fn full(word: &str) -> Option<String> {
        patronymic(word).map(|patronymic| patronymic.full)
    }

    #[test]
    fn patronymics_are_known_in_every_case_and_spelling() {
        let spelled = |words: &[&str], name: &str| {
            for word in words {
                assert_eq!(full(word).as_deref(), Some(name), "{word}");
            }
        };
        spelled(&["аркадьевну", "аркадьевной"], "аркадьевна");
        spelled(&["алексеевичем", "алексеича"], "алексеевич");
        spelled(&["иваныча", "иванович"], "иванович");
        spelled(&["ильич", "ильича"], "ильич");
        spelled(&["васильич", "васильевичу"], "васильевич");
        spelled(&["аркадьич", "аркадьичем", "аркадьевича"], "аркадьевич");
        spelled(&["максимыч", "максимыча", "максимовичу"], "максимович");
        spelled(&["дмитрич", "дмитричу", "дмитриевич"], "дмитриевич");
        spelled(&["кузмич", "кузьмич", "кузмичом"], "кузьмич");
        spelled(&["николавна", "николаевной"], "николаевна");
        spelled(&["кузьминишна", "кузьминична"], "кузьминична");
        assert_eq!(full("кирпич"), None);
    }

    #[test]
    fn a_patronymic_is_shown_as_the_book_spells_it() {
        let said = patronymic("максимычем").map(|patronymic| (patronymic.said, patronymic.gender));
        assert_eq!(said, Some(("максимыч".into(), Gender::Male)));
        let said = spoken_patronymic("иванной").map(|patronymic| (patronymic.said, patronymic.full));
        assert_eq!(said, Some(("иванна".into(), "ивановна".into())));
    }

    #[test]
    fn a_womans_surname_is_her_familys() {
        assert_eq!(masculine("каренина"), ("каренин".into(), true));
        for case in ["лиговская", "лиговской", "лиговскую", "лиговского"]
        {
            assert_eq!(masculine(case), ("лиговский".into(), true));
        }
        assert_eq!(masculine("бэла"), ("бэла".into(), false));
    }

    #[test]
    fn given_names_are_known_in_every_case() {
        assert_eq!(given_in_any_case("марью").as_deref(), Some("марья"));
        assert_eq!(given_in_any_case("василисой").as_deref(), Some("василиса"));
        assert_eq!(given_in_any_case("алексея").as_deref(), Some("алексей"));
        assert_eq!(given_in_any_case("столом"), None);
    }
}
