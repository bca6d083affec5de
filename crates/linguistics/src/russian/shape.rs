//! The shape of a word, the second thing after its vector that the networks see.

use rustc_hash::FxHashMap;

use super::characters::{is_decimal, is_english, is_lower, is_russian, is_upper};

const OUTLINES: usize = 7;
const RUSSIAN: u8 = 1;
const ENGLISH: u8 = RUSSIAN + OUTLINES as u8;

/// Numbers of word shapes.
pub(crate) struct Shapes {
    punctuation: FxHashMap<char, u8>,
    other_punctuation: u8,
    number: u8,
    other: u8,
}

impl Shapes {
    /// From the names of shapes in the order of their numbers; a name that is absent counts as the first.
    pub(crate) fn new(names: &[String]) -> Shapes {
        let place = |wanted: &str| names.iter().position(|name| name == wanted).unwrap_or_default() as u8;
        let single = |(id, name): (usize, &String)| {
            let mut mark = name.strip_prefix("PUNCT_")?.chars();
            let first = mark.next()?;
            mark.next().is_none().then_some((first, id as u8))
        };
        Shapes {
            punctuation: names.iter().enumerate().filter_map(single).collect(),
            other_punctuation: place("PUNCT_OTHER"),
            number: place("NUM"),
            other: place("OTHER"),
        }
    }

    /// The shape of a word: its script or kind by its beginning, the letter case of all of it.
    pub(crate) fn of(&self, word: &str) -> u8 {
        let mut characters = word.chars();
        let (Some(first), second) = (characters.next(), characters.next()) else {
            return self.other;
        };
        if is_russian(first) {
            return RUSSIAN + outline(word);
        }
        if is_english(first) {
            return ENGLISH + outline(word);
        }
        if is_decimal(first) || matches!(first, '+' | '-') && second.is_some_and(is_decimal) {
            return self.number;
        }
        match self.punctuation.get(&first) {
            Some(&mark) if second.is_none() => mark,
            Some(_) => self.other_punctuation,
            None => self.other,
        }
    }
}

/// `X`, `x`, `XX`, `xx`, `Xx`, `Xx-Xx` or anything else.
fn outline(word: &str) -> u8 {
    let upper = is_upper(word.chars());
    if word.chars().nth(1).is_none() {
        return if upper { 0 } else { 1 };
    }
    if upper {
        2
    } else if is_lower(word.chars()) {
        3
    } else if is_title(word) {
        4
    } else if word
        .split_once('-')
        .is_some_and(|(left, right)| is_title(left) && is_title(right))
    {
        5
    } else {
        6
    }
}

fn is_title(word: &str) -> bool {
    let mut characters = word.chars();
    characters.next().is_some_and(|first| is_upper([first])) && is_lower(characters)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(word: &str) -> u8 {
        let names = ["<pad>", "PUNCT_-", "PUNCT_…", "PUNCT_OTHER", "NUM", "OTHER"].map(str::to_owned);
        Shapes::new(&names).of(word)
    }

    #[test]
    fn letter_case() {
        let outlines = ["Я", "я", "СССР", "дом", "Дом", "Мамин-Сибиряк", "МакДональд"];
        for (number, word) in outlines.iter().enumerate() {
            assert_eq!(shape(word), RUSSIAN + number as u8, "{word}");
        }
        assert_eq!(shape("Paris"), ENGLISH + 4);
        assert_eq!(shape("СИЗО-6"), RUSSIAN + 2);
    }

    #[test]
    fn numbers_and_marks() {
        assert_eq!((shape("-"), shape("…"), shape("--")), (1, 2, 3));
        assert_eq!((shape("1812"), shape("-5"), shape("+7")), (4, 4, 4));
        assert_eq!((shape("♥"), shape("")), (5, 5));
    }
}
