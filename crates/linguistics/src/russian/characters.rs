//! Classes of characters as Python's `str` and `re` see them, which the reference models were built with.
//!
//! Rust's own classes differ: `char::is_alphabetic` takes in marks and letter-like numbers, `char::is_numeric`
//! is wider than `\d`, and Python's white space has four control characters more.

use unicode_general_category::{GeneralCategory as Category, get_general_category};

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
            get_general_category(c),
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
        _ => get_general_category(c) == Category::DecimalNumber,
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
                    get_general_category(c),
                    Category::DecimalNumber | Category::LetterNumber | Category::OtherNumber
                )
        }
    }
}

/// Unicode punctuation, category `P*`.
pub(crate) fn is_punctuation(c: char) -> bool {
    matches!(
        get_general_category(c),
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

/// Upper-case, or title-case as the digraph `ǅ`: what keeps a word from being lower-case.
fn is_capital(c: char) -> bool {
    c.is_uppercase() || is_titlecase(c)
}

fn is_titlecase(c: char) -> bool {
    !c.is_ascii() && !is_russian(c) && get_general_category(c) == Category::TitlecaseLetter
}

/// `str.islower`: some letter is lower-case and none is a capital.
pub(crate) fn is_lower(word: impl IntoIterator<Item = char>) -> bool {
    let mut found = false;
    for c in word {
        if is_capital(c) {
            return false;
        }
        found |= c.is_lowercase();
    }
    found
}

/// `str.isupper`: some letter is upper-case and none is lower-case.
pub(crate) fn is_upper(word: impl IntoIterator<Item = char>) -> bool {
    let mut found = false;
    for c in word {
        if c.is_lowercase() || is_titlecase(c) {
            return false;
        }
        found |= c.is_uppercase();
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
    fn control_characters_may_be_space() {
        assert!(is_space('\u{1c}') && is_space('\u{a0}') && !is_space('\u{200b}'));
    }

    #[test]
    fn case_ignores_what_has_none() {
        assert!(is_upper("СИЗО-6".chars()) && !is_upper("6".chars()));
        assert!(is_lower("по-русски".chars()) && !is_lower("ǅ".chars()));
    }
}
