//! Tokens that are no Russian words: numbers, punctuation, Roman numerals, foreign words.

use crate::russian::characters;

use super::{Parse, Session};

impl Session<'_> {
    /// The reading of a token by its characters alone.
    pub(super) fn by_shape(&self, word: &str) -> Vec<Parse> {
        let tags: &[&str] = if is_number(word) {
            &["NUMB,intg"]
        } else if is_punctuation(word) {
            &["PNCT"]
        } else {
            match (is_roman(word), is_latin(word)) {
                (true, true) => &["ROMN", "LATN"],
                (true, false) => &["ROMN"],
                (false, true) => &["LATN"],
                (false, false) => &[],
            }
        };
        tags.iter()
            .map(|tag| Parse::of_shape(word, self.dictionary.shape_tag(tag)))
            .collect()
    }
}

/// Whether Python's `int` or `float` (with a decimal comma) reads it.
fn is_number(word: &str) -> bool {
    let unsigned = word.strip_prefix(['+', '-']).unwrap_or(word);
    if matches!(unsigned, "nan" | "inf" | "infinity") {
        return true;
    }
    let (mantissa, exponent) = match unsigned.split_once('e') {
        Some((mantissa, exponent)) => (
            mantissa,
            Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)),
        ),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once(['.', ',']) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let fraction_fits = fraction.is_none_or(|digits| digits.is_empty() || is_digits(digits));
    let whole_fits = is_digits(whole) || whole.is_empty() && fraction.is_some_and(is_digits);
    whole_fits && fraction_fits && exponent.is_none_or(is_digits)
}

/// Decimal digits of any script, single underscores between them.
fn is_digits(text: &str) -> bool {
    text.split('_')
        .all(|group| !group.is_empty() && group.chars().all(characters::is_decimal))
}

fn is_punctuation(word: &str) -> bool {
    !word.is_empty() && word.chars().all(characters::is_punctuation)
}

fn is_latin(word: &str) -> bool {
    let mut letters = word.chars().filter(|&c| characters::is_letter(c)).peekable();
    letters.peek().is_some() && letters.all(characters::is_latin)
}

/// Roman numerals up to 4999 in either letter case.
fn is_roman(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let thousands = lower.trim_start_matches('m');
    if word.is_empty() || lower.len() - thousands.len() > 4 {
        return false;
    }
    let rest = [
        ("cm", "cd", 'd', 'c'),
        ("xc", "xl", 'l', 'x'),
        ("ix", "iv", 'v', 'i'),
    ]
    .into_iter()
    .fold(thousands, |rest, (nine, four, five, one)| {
        digit(rest, nine, four, five, one)
    });
    rest.is_empty()
}

/// Takes one Roman digit off the front.
fn digit<'a>(text: &'a str, nine: &str, four: &str, five: char, one: char) -> &'a str {
    if let Some(rest) = text.strip_prefix(nine).or_else(|| text.strip_prefix(four)) {
        return rest;
    }
    let mut rest = text.strip_prefix(five).unwrap_or(text);
    for _ in 0..3 {
        rest = rest.strip_prefix(one).unwrap_or(rest);
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_what_python_reads_as_numbers() {
        for number in [
            "12", "-5", "+7", "3,14", "2.5", ".5", "5.", "1e5", "1_000", "٣", "inf",
        ] {
            assert!(is_number(number), "{number}");
        }
        for other in ["", "-", ".", "1__0", "1e", "12.04.1812", "5-й", "x1", ","] {
            assert!(!is_number(other), "{other}");
        }
    }

    #[test]
    fn roman_numerals() {
        for numeral in ["i", "iv", "ix", "xiv", "xl", "mdcccxii", "MMXXVI", "mmmm"] {
            assert!(is_roman(numeral), "{numeral}");
        }
        for other in ["", "iiii", "vx", "mmmmm", "х"] {
            assert!(!is_roman(other), "{other}");
        }
    }

    #[test]
    fn scripts() {
        assert!(is_latin("café") && is_latin("h2o") && !is_latin("42") && !is_latin("дом-x"));
        assert!(is_punctuation("…»") && is_punctuation("?!") && !is_punctuation("$") && !is_punctuation(""));
    }
}
