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

    /// The full names a lower-case form may stand for.
    pub(super) fn full(&self, form: &str) -> &[(&'static str, Gender)] {
        self.forms.get(form).map_or(&[], Vec::as_slice)
    }
}

/// A Russian patronymic in the nominative, spelled in full, and its bearer's gender; `None` when the lower-case word, in whatever
/// case, is not one.
pub(super) fn patronymic(word: &str) -> Option<(String, Gender)> {
    if word.chars().count() < 5 {
        return None;
    }
    for ending in ["ою", "ой", "а", "ы", "е", "у"] {
        let Some(stem) = word.strip_suffix(ending) else {
            continue;
        };
        if ["овн", "евн", "ичн", "инишн"]
            .iter()
            .any(|female| stem.ends_with(female))
        {
            return Some((format!("{stem}а"), Gender::Female));
        }
    }
    for ending in ["ем", "ом", "а", "у", "е", ""] {
        let Some(stem) = word.strip_suffix(ending) else {
            continue;
        };
        let full = [
            ("аныч", "анович"),
            ("еич", "еевич"),
            ("ипыч", "ипович"),
            ("аич", "аевич"),
            ("иныч", "инович"),
        ];
        if let Some((stem, full)) = full
            .iter()
            .find_map(|(spoken, full)| Some((stem.strip_suffix(spoken)?, full)))
        {
            return Some((format!("{stem}{full}"), Gender::Male));
        }
        if ["ович", "евич", "ьич", "мич", "тич", "кич"]
            .iter()
            .any(|male| stem.ends_with(male))
        {
            return Some((stem.to_owned(), Gender::Male));
        }
    }
    None
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

    #[test]
    fn patronymics_are_known_in_every_case_and_spelled_in_full() {
        assert_eq!(
            patronymic("аркадьевну"),
            Some(("аркадьевна".into(), Gender::Female))
        );
        assert_eq!(
            patronymic("алексеевичем"),
            Some(("алексеевич".into(), Gender::Male))
        );
        assert_eq!(patronymic("иваныча"), Some(("иванович".into(), Gender::Male)));
        assert_eq!(patronymic("ильич"), Some(("ильич".into(), Gender::Male)));
        assert_eq!(patronymic("кирпич"), None);
    }

    #[test]
    fn given_names_are_known_in_every_case() {
        assert_eq!(given_in_any_case("марью").as_deref(), Some("марья"));
        assert_eq!(given_in_any_case("василисой").as_deref(), Some("василиса"));
        assert_eq!(given_in_any_case("алексея").as_deref(), Some("алексей"));
        assert_eq!(given_in_any_case("столом"), None);
    }
}
