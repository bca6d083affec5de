//! Normal forms of names: each word in the nominative, letter case as in the text.

use super::characters::{is_lower, is_upper};
use super::dictionary::Dictionary;
use super::dictionary::tags::Grammar;
use super::surfaces::folded;
use crate::{Features, Upos};

/// A token of a name.
pub(super) struct NameToken<'a> {
    pub(super) text: &'a str,
    pub(super) pos: Upos,
    pub(super) features: &'a Features,
    pub(super) grammar: &'a Grammar,
    /// Characters between the previous token and this one.
    pub(super) space_before: usize,
    /// Index in the name of the token this one depends on, when it is inside.
    pub(super) head: Option<usize>,
}

/// The normal form of a person or a place: every word is inflected.
pub(super) fn of_name(tokens: &[NameToken<'_>], dictionary: &Dictionary) -> String {
    join(tokens, |token| inflected(&tokens[token], dictionary))
}

/// The normal form of an organisation: only its head words and their adjectives are, `Министерства обороны`
/// becomes `Министерство обороны`.
pub(super) fn of_organisation(tokens: &[NameToken<'_>], dictionary: &Dictionary) -> String {
    let inflects = inflecting(tokens);
    let all = !inflects.contains(&true);
    join(tokens, |token| {
        if all || inflects[token] {
            inflected(&tokens[token], dictionary)
        } else {
            tokens[token].text.to_owned()
        }
    })
}

fn inflecting(tokens: &[NameToken<'_>]) -> Vec<bool> {
    let mut inflects: Vec<bool> = tokens.iter().map(|token| token.head.is_none()).collect();
    let mut found = true;
    while found {
        found = false;
        for (index, token) in tokens.iter().enumerate() {
            let follows = matches!(token.pos, Upos::Adjective | Upos::Verb);
            if follows && !inflects[index] && token.head.is_some_and(|head| inflects[head]) {
                inflects[index] = true;
                found = true;
            }
        }
    }
    inflects
}

fn join(tokens: &[NameToken<'_>], word: impl Fn(usize) -> String) -> String {
    let mut name = String::new();
    for (index, token) in tokens.iter().enumerate() {
        if index > 0 {
            name.extend(std::iter::repeat_n(' ', token.space_before));
        }
        name.push_str(&with_case_of(&word(index), token.text));
    }
    name
}

/// The word in the nominative, in lower case.
fn inflected(token: &NameToken<'_>, dictionary: &Dictionary) -> String {
    let word = folded(token.text);
    let inflects = matches!(
        token.pos,
        Upos::ProperNoun | Upos::Noun | Upos::Adjective | Upos::Verb
    );
    if !inflects || token.features.is("Case", "Nom") {
        return word;
    }
    let parses = dictionary.parse(&word);
    let reading = parses
        .iter()
        .find(|parse| dictionary.grammar(parse.tag).agrees(token.grammar));
    match reading.and_then(|reading| dictionary.nominative(reading)) {
        Some(nominative) => folded(&nominative.word),
        None => word,
    }
}

/// A word with the letter case of an example, part by part; as it is when the parts do not correspond.
fn with_case_of(word: &str, example: &str) -> String {
    if word.to_lowercase() == example.to_lowercase() {
        return example.to_owned();
    }
    let (parts, examples) = (parts(word), parts(example));
    if parts.len() != examples.len() {
        return word.to_owned();
    }
    let cased = parts
        .iter()
        .zip(&examples)
        .map(|(part, example)| part_with_case_of(part, example));
    cased
        .collect::<Option<String>>()
        .unwrap_or_else(|| word.to_owned())
}

fn part_with_case_of(part: &str, example: &str) -> Option<String> {
    let letters = |part: &str| part.chars().next().is_some_and(is_cased_letter);
    if letters(part) != letters(example) {
        return None;
    }
    if !letters(part) {
        return Some(part.to_owned());
    }
    if is_lower(example.chars()) {
        return Some(part.to_lowercase());
    }
    if is_upper(example.chars()) {
        return Some(part.to_uppercase());
    }
    let mut rest = example.chars();
    let titled = rest.next().is_some_and(|first| is_upper([first])) && is_lower(rest);
    let mut letters = part.chars();
    let first = letters.next()?;
    titled.then(|| {
        first
            .to_uppercase()
            .chain(letters.flat_map(char::to_lowercase))
            .collect()
    })
}

fn is_cased_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || super::characters::is_russian(c)
}

/// Runs of letters and of anything else.
fn parts(word: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let kind = is_cased_letter(first);
        let end = rest.find(|c| is_cased_letter(c) != kind).unwrap_or(rest.len());
        let (part, tail) = rest.split_at(end);
        parts.push(part);
        rest = tail;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::with_case_of;

    #[test]
    fn letter_case_follows_the_example_part_by_part() {
        assert_eq!(with_case_of("анна", "Анны"), "Анна");
        assert_eq!(with_case_of("мамин-сибиряк", "Мамина-Сибиряка"), "Мамин-Сибиряк");
        assert_eq!(with_case_of("орел", "ОРЛА"), "ОРЕЛ");
        assert_eq!(with_case_of("федор", "Фёдор"), "Федор");
    }

    #[test]
    fn an_example_that_does_not_fit_leaves_the_word() {
        assert_eq!(with_case_of("макдональд", "МакДональда"), "макдональд");
        assert_eq!(with_case_of("иван-царевич", "Ивана"), "иван-царевич");
        assert_eq!(with_case_of("и", "И"), "И");
    }
}
