//! Which lines of a plain text are headings.

/// Words that begin the heading of a chapter, with a number or a name after them.
const NUMBERED: &[&str] = &[
    "глава",
    "часть",
    "книга",
    "том",
    "раздел",
    "действие",
    "акт",
    "сцена",
    "явление",
    "песнь",
    "письмо",
    "рассказ",
    "эпизод",
    "chapter",
    "part",
    "book",
    "volume",
    "act",
    "scene",
    "canto",
    "letter",
    "section",
    "episode",
];

/// Headings by themselves.
const ALONE: &[&str] = &[
    "пролог",
    "эпилог",
    "предисловие",
    "послесловие",
    "введение",
    "вступление",
    "заключение",
    "от автора",
    "примечания",
    "содержание",
    "оглавление",
    "посвящение",
    "интерлюдия",
    "интермедия",
    "prologue",
    "epilogue",
    "preface",
    "foreword",
    "introduction",
    "afterword",
    "contents",
    "notes",
    "interlude",
    "conclusion",
    "dedication",
    "the end",
];

/// Levels of headings: parts hold chapters.
const HIGHER: &[&str] = &["часть", "книга", "том", "part", "book", "volume"];

/// The level of a heading (1 for parts, 2 for chapters), none for ordinary text. `alone` says that there are empty
/// lines around it.
pub(super) fn level(line: &str, alone: bool) -> Option<u8> {
    let line = line.trim();
    let characters = line.chars().count();
    if characters == 0 || characters > 100 {
        return None;
    }
    let folded = line.to_lowercase();
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
    let mut words = bare.split_whitespace();
    let first = words.next()?.trim_matches(|c: char| !c.is_alphanumeric());
    if ALONE.contains(&bare) && alone {
        return Some(2);
    }
    if NUMBERED.contains(&first) {
        let next = words
            .next()
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
        let numbered = next.is_some_and(is_number);
        let shouted = line.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        let sentence = line.ends_with([',', ';']) || (line.ends_with('.') && characters > 60);
        if (numbered || (next.is_some() && shouted && alone)) && !sentence {
            return Some(if HIGHER.contains(&first) { 1 } else { 2 });
        }
        return None;
    }
    (alone && characters <= 12 && is_bare_number(line)).then_some(2)
}

/// `12`, `XIV`, `первая`, `twenty`: what counts chapters.
fn is_number(word: &str) -> bool {
    let digits = !word.is_empty() && word.chars().all(|c| c.is_ascii_digit());
    digits || is_roman(word) || is_ordinal(word)
}

fn is_roman(word: &str) -> bool {
    // Cyrillic letters stand in for Latin ones in many files.
    !word.is_empty()
        && word.chars().count() <= 9
        && word
            .chars()
            .all(|c| "ivxlcdmivxхсм".contains(c) || "IVXLCDMХСМ".contains(c))
}

fn is_ordinal(word: &str) -> bool {
    const STEMS: &[&str] = &[
        "перв",
        "втор",
        "трет",
        "четв",
        "пят",
        "шест",
        "седьм",
        "восьм",
        "девят",
        "десят",
        "одиннадц",
        "двенадц",
        "тринадц",
        "четырнадц",
        "пятнадц",
        "шестнадц",
        "семнадц",
        "восемнадц",
        "девятнадц",
        "двадц",
        "тридц",
        "сорок",
        "пятьдесят",
        "последн",
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twent",
        "thirt",
        "fort",
        "fift",
        "the",
    ];
    STEMS.iter().any(|stem| word.starts_with(stem))
}

fn is_bare_number(line: &str) -> bool {
    let number = line.trim_matches(|c: char| !c.is_alphanumeric());
    let digits = !number.is_empty() && number.len() <= 3 && number.chars().all(|c| c.is_ascii_digit());
    digits || (is_roman(number) && number.chars().all(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_and_parts_in_both_languages() {
        for line in [
            "Глава 1",
            "ГЛАВА ПЕРВАЯ. Утро",
            "Глава XIV",
            "Chapter 12",
            "CHAPTER THE FIRST",
            "Chapter Twenty-One: Home",
        ] {
            assert_eq!(level(line, false), Some(2), "{line}");
        }
        for line in ["Часть вторая", "BOOK II", "Том 3"] {
            assert_eq!(level(line, false), Some(1), "{line}");
        }
    }

    #[test]
    fn numbers_and_prologues_count_only_when_they_stand_alone() {
        for line in ["XIV", "12", "III.", "Пролог", "— 7 —", "Epilogue"] {
            assert_eq!((level(line, true), level(line, false)), (Some(2), None), "{line}");
        }
    }

    #[test]
    fn sentences_are_no_headings() {
        for line in [
            "Часть первая была прочитана вслух, и все остались довольны,",
            "Часть людей ушла.",
            "Глава семьи молчал",
            "— Да",
            "I",
            "Book your flight",
        ] {
            assert_eq!(level(line, false), None, "{line}");
        }
    }
}
