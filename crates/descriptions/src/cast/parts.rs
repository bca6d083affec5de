//! Words of a name become its parts.

use linguistics::{Language, Token};

use super::{
    name::{Name, Title},
    names::{GivenNames, given_in_any_case, masculine, patronymic, spoken_patronymic},
    titles,
};
use crate::Gender;

/// A name and how a reader would quote it, in the nominative.
pub(super) struct Parts {
    pub(super) name: Name,
    pub(super) shown: String,
}

/// Reads the parts of a name; `normal` are its last words in the nominative, as far as the analysis knows them.
pub(super) fn read(
    language: Language,
    text: &str,
    tokens: &[Token],
    is_titled: bool,
    normal: Vec<String>,
) -> Option<Parts> {
    let (title, named) = tokens.split_at(usize::from(is_titled));
    let parts = match language {
        Language::English => english(text, title.first(), named),
        Language::Russian => russian(text, title.first(), named, &normal),
    };
    (parts.name.parts() > 0).then_some(parts)
}

/// The given name a token is a form of, in the nominative.
pub(super) fn given(language: Language, token: &Token, lower: &str) -> Option<String> {
    let names = GivenNames::of(language);
    let word = match language {
        Language::English => bare(lower).to_owned(),
        Language::Russian if names.full(&token.lemma).is_empty() => given_in_any_case(lower)?,
        Language::Russian => token.lemma.to_string(),
    };
    (!names.full(&word).is_empty()).then_some(word)
}

/// Without the possessive.
fn bare(word: &str) -> &str {
    word.trim_end_matches("'s").trim_end_matches("’s")
}

fn russian(text: &str, title: Option<&Token>, tokens: &[Token], normal: &[String]) -> Parts {
    let mut name = Name::default();
    let mut shown: Vec<String> = Vec::new();
    if let Some(title) = title
        && let Some((kind, gender)) = titles::title(Language::Russian, &title.lemma)
    {
        name.title = Some(kind);
        name.gender = gender;
        shown.push(title.lemma.to_string());
    }
    for (at, token) in tokens.iter().enumerate() {
        let surface = &text[token.range.clone()];
        let lower = surface.to_lowercase();
        let alone = tokens.len() == 1;
        let spoken = || spoken_patronymic(&lower).filter(|_| at > 0);
        if let Some(patronymic) = patronymic(&lower).filter(|_| at > 0 || alone).or_else(spoken) {
            name.gender = Some(patronymic.gender);
            shown.push(capitalised(&patronymic.said, surface));
            name.patronymic = Some(patronymic.full);
            continue;
        }
        let gender = grammatical(token);
        if name.given.is_empty()
            && let Some(word) = given(Language::Russian, token, &lower)
        {
            shown.push(capitalised(&word, surface));
            take_given(Language::Russian, &mut name, word, gender);
            continue;
        }
        let word = token.lemma.to_string();
        let by_form = masculine(&lower);
        let adjective = by_form.0.ends_with("кий");
        let (mut surname, has_two_forms) = if adjective { by_form } else { masculine(&word) };
        if has_two_forms {
            name.gender = name.gender.or(gender);
        } else {
            // The lemma of a word that no dictionary knows is a guess; its cases are folded when all of them are read.
            surname = lower;
        }
        let feminine = name.gender == Some(Gender::Female);
        let nominative = (at + normal.len())
            .checked_sub(tokens.len())
            .and_then(|at| normal.get(at))
            .filter(|_| feminine);
        let said = if token.features.is("Case", "Nom") {
            surface.to_owned()
        } else {
            nominative.cloned().unwrap_or_else(|| capitalised(&word, surface))
        };
        shown.push(said);
        name.surname = Some(surname);
    }
    Parts {
        name,
        shown: shown.join(" "),
    }
}

fn english(text: &str, title: Option<&Token>, tokens: &[Token]) -> Parts {
    let mut name = Name::default();
    let mut shown: Vec<&str> = Vec::new();
    if let Some(title) = title {
        let surface = &text[title.range.clone()];
        let said = titles::title(Language::English, surface);
        name.title = said.map(|(kind, _)| kind);
        name.gender = said.and_then(|(_, gender)| gender);
        shown.push(surface);
    }
    let words: Vec<&str> = tokens
        .iter()
        .map(|token| bare(&text[token.range.clone()]))
        .collect();
    shown.extend(&words);
    let names = GivenNames::of(Language::English);
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let is_given = |word: &&String| !names.full(word).is_empty();
    match lower.as_slice() {
        [] => {}
        [only] => {
            let by_surname = matches!(name.title, Some(Title::Mister | Title::Missis));
            if is_given(&only) && !by_surname {
                take_given(Language::English, &mut name, only.clone(), None);
            } else {
                name.surname = Some(only.clone());
            }
        }
        // `Long John`
        [.., last] if is_given(&last) && !lower[..lower.len() - 1].iter().any(|word| is_given(&word)) => {
            take_given(Language::English, &mut name, last.clone(), None);
        }
        [first, between @ .., last] => {
            let listed = std::iter::once(first).chain(between).find(is_given);
            take_given(
                Language::English,
                &mut name,
                listed.unwrap_or(first).clone(),
                None,
            );
            name.surname = Some(last.clone());
        }
    }
    Parts {
        name,
        shown: shown.join(" "),
    }
}

/// The full names a form may stand for; the gender they agree on, else the grammatical one.
fn take_given(language: Language, name: &mut Name, form: String, grammatical: Option<Gender>) {
    let full = GivenNames::of(language).full(&form);
    let mut genders = full.iter().map(|(_, gender)| *gender);
    let first = genders.next();
    let settled = if genders.all(|gender| Some(gender) == first) {
        first
    } else {
        grammatical
    };
    name.gender = name.gender.or(settled);
    name.given = full
        .iter()
        .filter(|(_, gender)| name.gender.is_none_or(|known| known == *gender))
        .map(|(full, _)| full.to_lowercase())
        .collect();
    if name.given.is_empty() {
        name.given.push(form.clone());
    }
    name.form = Some(form);
}

/// What a token's form says.
pub(super) fn grammatical(token: &Token) -> Option<Gender> {
    match token.features.get("Gender") {
        Some("Fem") => Some(Gender::Female),
        Some("Masc") => Some(Gender::Male),
        _ => None,
    }
}

/// The word with the surface's initial capital, and after hyphens too.
fn capitalised(word: &str, surface: &str) -> String {
    let hyphens = surface.contains('-');
    let mut upper = true;
    word.chars()
        .map(|letter| {
            let shown = if upper {
                letter.to_uppercase().next().unwrap_or(letter)
            } else {
                letter
            };
            upper = hyphens && letter == '-';
            shown
        })
        .collect()
}
