//! Classes of characters as Python's `str` and `re` see them, which the reference models were built with.
//!
//! Rust's own classes differ: `char::is_alphabetic` takes in marks and letter-like numbers, `char::is_numeric`
//! is wider than `\d`, and Python's white space has four control characters more. Python 3.11 also knows Unicode
//! 14.0 only: what came later is unassigned to it.

use unicode_general_category::{GeneralCategory as Category, get_general_category};

/// Letters, digits and punctuation that came after Unicode 14.0.
const LATER: [(u32, u32); 31] = [
    (0x1b4e, 0x1b4f),
    (0x1b7f, 0x1b7f),
    (0x1c89, 0x1c8a),
    (0xa7cb, 0xa7cf),
    (0xa7d2, 0xa7d2),
    (0xa7d4, 0xa7d4),
    (0xa7da, 0xa7f1),
    (0x105c0, 0x105f3),
    (0x10d40, 0x10d85),
    (0x10ec2, 0x10ec4),
    (0x1123f, 0x11240),
    (0x11380, 0x113d8),
    (0x116d0, 0x116e3),
    (0x11b00, 0x11bf9),
    (0x11f02, 0x11f59),
    (0x1342f, 0x1342f),
    (0x13441, 0x143fa),
    (0x16100, 0x16139),
    (0x16d40, 0x16d79),
    (0x16ea0, 0x16ed3),
    (0x18cff, 0x18cff),
    (0x1b132, 0x1b132),
    (0x1b155, 0x1b155),
    (0x1ccf0, 0x1ccf9),
    (0x1d2c0, 0x1d2d3),
    (0x1df25, 0x1df2a),
    (0x1e030, 0x1e06d),
    (0x1e4d0, 0x1e5ff),
    (0x2b739, 0x2b739),
    (0x2ebf0, 0x2ee5d),
    (0x31350, 0x323af),
];

fn is_later(c: char) -> bool {
    u32::from(c) >= LATER[0].0 && within(c, &LATER)
}

fn category(c: char) -> Category {
    if is_later(c) {
        return Category::Unassigned;
    }
    get_general_category(c)
}

/// `str.lower`.
pub(crate) fn lower(word: &str) -> String {
    if !word.chars().any(is_later) {
        return word.to_lowercase();
    }
    let mut lower = String::with_capacity(word.len());
    for c in word.chars() {
        match is_later(c) {
            true => lower.push(c),
            false => lower.extend(c.to_lowercase()),
        }
    }
    lower
}

/// `str.isspace` and `\s`.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

/// `str.isalpha`: letters, no marks or numbers.
pub(crate) fn is_letter(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё' => true,
        '\0'..='\u{7f}' => false,
        _ => matches!(
            category(c),
            Category::UppercaseLetter
                | Category::LowercaseLetter
                | Category::TitlecaseLetter
                | Category::ModifierLetter
                | Category::OtherLetter
        ),
    }
}

/// `\d` and `str.isdecimal`: decimal digits of any script.
pub(crate) fn is_decimal(c: char) -> bool {
    match c {
        '0'..='9' => true,
        '\0'..='\u{7f}' => false,
        _ => category(c) == Category::DecimalNumber,
    }
}

/// `str.isdigit`: decimal digits, superscripts and numbers in circles.
pub(crate) fn is_digit(c: char) -> bool {
    const OTHERS: [(u32, u32); 20] = [
        (0xb2, 0xb3),
        (0xb9, 0xb9),
        (0x1369, 0x1371),
        (0x19da, 0x19da),
        (0x2070, 0x2070),
        (0x2074, 0x2079),
        (0x2080, 0x2089),
        (0x2460, 0x2468),
        (0x2474, 0x247c),
        (0x2488, 0x2490),
        (0x24ea, 0x24ea),
        (0x24f5, 0x24fd),
        (0x24ff, 0x24ff),
        (0x2776, 0x277e),
        (0x2780, 0x2788),
        (0x278a, 0x2792),
        (0x10a40, 0x10a43),
        (0x10e60, 0x10e68),
        (0x11052, 0x1105a),
        (0x1f100, 0x1f10a),
    ];
    is_decimal(c) || within(c, &OTHERS)
}

/// `\w`: letters, numbers of every kind and the underscore.
pub(crate) fn is_word(c: char) -> bool {
    match c {
        '_' | '0'..='9' => true,
        '\0'..='\u{7f}' => is_letter(c),
        _ => {
            is_letter(c)
                || matches!(
                    category(c),
                    Category::DecimalNumber | Category::LetterNumber | Category::OtherNumber
                )
        }
    }
}

/// Unicode punctuation, category `P*`.
pub(crate) fn is_punctuation(c: char) -> bool {
    matches!(
        category(c),
        Category::ConnectorPunctuation
            | Category::DashPunctuation
            | Category::OpenPunctuation
            | Category::ClosePunctuation
            | Category::InitialPunctuation
            | Category::FinalPunctuation
            | Category::OtherPunctuation
    )
}

/// A letter whose Unicode name says Latin.
pub(crate) fn is_latin(c: char) -> bool {
    const RANGES: [(u32, u32); 24] = [
        (0x41, 0x7a),
        (0xc0, 0x2af),
        (0x1d00, 0x1d25),
        (0x1d62, 0x1d65),
        (0x1d6b, 0x1d77),
        (0x1d79, 0x1d9a),
        (0x1e00, 0x1eff),
        (0x2071, 0x209c),
        (0x2184, 0x2184),
        (0x2c2e, 0x2c2e),
        (0x2c5e, 0x2c5e),
        (0x2c60, 0x2c7c),
        (0x2c7e, 0x2c7f),
        (0xa722, 0xa76f),
        (0xa771, 0xa787),
        (0xa78b, 0xa7d9),
        (0xa7f5, 0xa7f7),
        (0xa7fa, 0xa7ff),
        (0xab30, 0xab5a),
        (0xab60, 0xab64),
        (0xab66, 0xab68),
        (0xfb00, 0xfb06),
        (0xff21, 0xff5a),
        (0x1df00, 0x1df1e),
    ];
    is_letter(c) && within(c, &RANGES)
}

/// `[а-яё]` without regard to case: modern Russian letters and seven old shapes of them.
pub(crate) fn is_russian(c: char) -> bool {
    matches!(c, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё' | '\u{1c80}'..='\u{1c86}')
}

/// `[a-z]` without regard to case: the English letters and four letters that fold to them.
pub(crate) fn is_english(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{130}' | '\u{131}' | '\u{17f}' | '\u{212a}')
}

/// Lower-case by the properties of Unicode 14.0.
fn is_lowercase(c: char) -> bool {
    match c {
        '\u{295}' => true,
        '\u{10fc}' | '\u{a7f2}'..='\u{a7f4}' | '\u{ab69}' => false,
        _ => c.is_lowercase() && !is_later(c),
    }
}

fn is_uppercase(c: char) -> bool {
    c.is_uppercase() && !is_later(c)
}

/// Upper-case, or title-case as the digraph `ǅ`: what keeps a word from being lower-case.
fn is_capital(c: char) -> bool {
    is_uppercase(c) || is_titlecase(c)
}

fn is_titlecase(c: char) -> bool {
    !c.is_ascii() && !is_russian(c) && category(c) == Category::TitlecaseLetter
}

/// `str.islower`: some letter is lower-case and none is a capital.
pub(crate) fn is_lower(word: impl IntoIterator<Item = char>) -> bool {
    let mut found = false;
    for c in word {
        if is_capital(c) {
            return false;
        }
        found |= is_lowercase(c);
    }
    found
}

/// `str.isupper`: some letter is upper-case and none is lower-case.
pub(crate) fn is_upper(word: impl IntoIterator<Item = char>) -> bool {
    let mut found = false;
    for c in word {
        if is_lowercase(c) || is_titlecase(c) {
            return false;
        }
        found |= is_uppercase(c);
    }
    found
}

fn within(c: char, ranges: &[(u32, u32)]) -> bool {
    let c = u32::from(c);
    ranges.iter().any(|&(first, last)| (first..=last).contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stress_marks_are_neither_letters_nor_word_characters() {
        assert!(!is_letter('\u{301}') && !is_word('\u{301}'));
    }

    #[test]
    fn numbers_that_are_no_decimal_digits_are_word_characters() {
        for c in ['½', 'Ⅳ', '²'] {
            assert!(is_word(c) && !is_decimal(c) && !is_letter(c), "{c}");
        }
        assert!(is_digit('²') && !is_digit('½') && is_decimal('٣'));
    }

    #[test]
    fn what_came_after_unicode_14_is_nothing_yet() {
        for c in ['\u{1c89}', '\u{1c8a}', '\u{323af}', '\u{1e5f8}'] {
            assert!(
                !is_letter(c) && !is_word(c) && !is_upper([c]) && !is_lower([c]),
                "{c}"
            );
        }
        assert_eq!(lower("АБ\u{1c89}"), "аб\u{1c89}");
        assert!(is_lower(['\u{295}']) && !is_lower(['\u{10fc}']));
    }

    #[test]
    fn control_characters_may_be_space() {
        assert!(is_space('\u{1c}') && is_space('\u{a0}') && !is_space('\u{200b}'));
    }

    #[test]
    fn case_ignores_what_has_none() {
        assert!(is_upper("СИЗО-6".chars()) && !is_upper("6".chars()));
        assert!(is_lower("по-русски".chars()) && !is_lower("ǅ".chars()));
    }
}
