//! English tokens as the English Web Treebank has them: clitics and most hyphens are tokens of their own.

use std::ops::Range;

/// Abbreviations that keep their full stop.
const ABBREVIATIONS: &str = "mr mrs ms dr prof st rev capt col gen lt sgt maj hon gov sen rep pres messrs mme mlle \
    jr sr esq inc co corp ltd bros no vol ch chap fig vs etc viz approx dept est ft mt ave blvd rd \
    jan feb mar apr jun jul aug sept oct nov dec mon tue tues wed thu thur thurs fri sat sun";

/// Parts before a hyphen that do not stand alone.
const PREFIXES: &str =
    "e co re pre non ex post semi mid un anti sub vice self over under inter multi ultra pro neo";

/// Splits a line; ranges are bytes of it.
pub(super) fn tokenize(line: &str, tokens: &mut Vec<Range<usize>>) {
    let mut at = 0;
    while at < line.len() {
        let rest = &line[at..];
        let first = rest.chars().next().expect("not at the end");
        if first.is_whitespace() || first.is_control() {
            at += first.len_utf8();
            continue;
        }
        let chunk_end = rest
            .find(|c: char| c.is_whitespace() || c.is_control())
            .unwrap_or(rest.len());
        let chunk = at..at + chunk_end;
        if is_address(&line[chunk.clone()]) {
            push_address(line, chunk.clone(), tokens);
            at = chunk.end;
        } else {
            at = next_token(line, at, chunk.end, tokens);
        }
    }
}

fn is_address(chunk: &str) -> bool {
    let mail = chunk
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    mail || chunk.contains("://") || chunk.starts_with("www.")
}

fn push_address(line: &str, chunk: Range<usize>, tokens: &mut Vec<Range<usize>>) {
    let trimmed = line[chunk.clone()].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '>', '"']);
    let end = chunk.start + trimmed.len();
    if end > chunk.start {
        tokens.push(chunk.start..end);
    }
    tokens.extend(
        line[end..chunk.end]
            .char_indices()
            .map(|(at, c)| end + at..end + at + c.len_utf8()),
    );
}

/// Pushes the token at `at` and returns where the next begins.
fn next_token(line: &str, at: usize, limit: usize, tokens: &mut Vec<Range<usize>>) -> usize {
    let rest = &line[at..limit];
    let first = rest.chars().next().expect("not at the end");
    if first.is_alphanumeric() {
        let end = at + word_length(rest);
        push_word(line, at..end, tokens);
        return end;
    }
    if let Some(length) = clitic_length(rest).filter(|_| follows_word(tokens, at)) {
        tokens.push(at..at + length);
        return at + length;
    }
    let repeats = matches!(first, '.' | '-' | '*' | '!' | '?' | '=' | '_' | '\'' | '`');
    let count = if repeats {
        rest.chars().take_while(|&c| c == first).count()
    } else {
        1
    };
    let marks = if first == '\'' || first == '`' {
        count.min(2)
    } else {
        count
    };
    let end = at + marks * first.len_utf8();
    tokens.push(at..end);
    end
}

fn follows_word(tokens: &[Range<usize>], at: usize) -> bool {
    tokens.last().is_some_and(|last| last.end == at)
}

/// Length of `'s`, `’ll`, ... at the beginning.
fn clitic_length(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix(['\'', '’'])?;
    let letters: String = after.chars().take_while(|c| c.is_alphabetic()).collect();
    let known = matches!(
        letters.to_ascii_lowercase().as_str(),
        "s" | "m" | "d" | "re" | "ve" | "ll"
    );
    known.then(|| rest.len() - after.len() + letters.len())
}

/// Length of the word at the beginning: letters, digits and marks, with what joins them inside.
fn word_length(rest: &str) -> usize {
    let mut end = 0;
    let mut previous = ' ';
    let mut characters = rest.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let next = characters.peek().map_or(' ', |(_, next)| *next);
        let digits = previous.is_ascii_digit() && next.is_ascii_digit();
        let letters = previous.is_alphabetic() && next.is_alphabetic();
        let inside = match c {
            '\'' | '’' => letters && clitic_length(&rest[at..]).is_none(),
            '.' => digits || letters && is_acronym(&rest[..at]),
            ',' | ':' | '/' => digits,
            '-' | '‐' => digits || letters && is_prefix(&rest[..at]) || is_numbered(&rest[..at], next),
            '_' => true,
            c => c.is_alphanumeric() || is_mark(c),
        };
        if !inside {
            break;
        }
        end = at + c.len_utf8();
        previous = c;
    }
    match &rest[end..] {
        tail if tail.starts_with('.') && keeps_stop(&rest[..end]) => end + 1,
        _ => end,
    }
}

/// Combining marks belong to the letter before them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}')
}

/// `U.S`, `e.g`: single letters with full stops between.
fn is_acronym(word: &str) -> bool {
    word.split('.')
        .all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic))
}

fn is_prefix(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    PREFIXES.split_ascii_whitespace().any(|prefix| prefix == lower)
}

/// Telephone numbers and the like.
fn is_numbered(word: &str, next: char) -> bool {
    next.is_ascii_digit() && word.chars().all(|c| c.is_ascii_digit() || c == '-')
}

fn keeps_stop(word: &str) -> bool {
    let single_capital = word.chars().count() == 1 && word.chars().all(char::is_uppercase) && word != "I";
    single_capital || word.contains('.') && is_acronym(word) || is_abbreviation(word)
}

/// Whether a word (without its full stop) is a known abbreviation. Words that are also plain ones count only
/// when they are capitalised.
pub(super) fn is_abbreviation(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let known = ABBREVIATIONS
        .split_ascii_whitespace()
        .any(|abbreviation| abbreviation == lower);
    let ambiguous = matches!(
        lower.as_str(),
        "no" | "co"
            | "gen"
            | "rep"
            | "est"
            | "mar"
            | "sat"
            | "sun"
            | "mon"
            | "wed"
            | "fig"
            | "ch"
            | "hon"
            | "pres"
            | "ave"
            | "jun"
            | "fri"
    );
    known && (!ambiguous || matches!(lower.as_str(), "co" | "gen" | "hon") && word != lower)
}

/// Pushes a word, splitting off `n't`, `not` of `cannot`, and clitics.
fn push_word(line: &str, word: Range<usize>, tokens: &mut Vec<Range<usize>>) {
    let text = &line[word.clone()];
    let lower = text.to_lowercase();
    let tail = if lower.len() != text.len() {
        None
    } else if lower.ends_with("n't") && lower.len() > 3 {
        Some(3)
    } else if lower.ends_with("n’t") && lower.len() > 5 {
        Some(5)
    } else {
        matches!(lower.as_str(), "cannot" | "gonna" | "wanna" | "gotta").then_some(if lower == "cannot" {
            3
        } else {
            2
        })
    };
    match tail {
        Some(length) => {
            let split = word.end - length;
            tokens.push(word.start..split);
            tokens.push(split..word.end);
        }
        None => tokens.push(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        tokenize(text, &mut found);
        found.into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn clitics_are_words() {
        assert_eq!(
            tokens("I don't know; it's Tom's."),
            ["I", "do", "n't", "know", ";", "it", "'s", "Tom", "'s", "."]
        );
        assert_eq!(
            tokens("We’ll see, can’t we?"),
            ["We", "’ll", "see", ",", "ca", "n’t", "we", "?"]
        );
        assert_eq!(tokens("cannot"), ["can", "not"]);
        assert_eq!(tokens("O'Brien"), ["O'Brien"]);
    }

    #[test]
    fn abbreviations_keep_their_stop() {
        assert_eq!(
            tokens("Mr. Holmes of the U.S. came."),
            ["Mr.", "Holmes", "of", "the", "U.S.", "came", "."]
        );
        assert_eq!(tokens("J. Watson said no."), ["J.", "Watson", "said", "no", "."]);
    }

    #[test]
    fn hyphens_and_dashes() {
        assert_eq!(
            tokens("a well-known co-worker"),
            ["a", "well", "-", "known", "co-worker"]
        );
        assert_eq!(
            tokens("Wait--no… “Yes!”"),
            ["Wait", "--", "no", "…", "“", "Yes", "!", "”"]
        );
    }

    #[test]
    fn numbers_and_addresses() {
        assert_eq!(
            tokens("3.5 of 1,000 at 10:30"),
            ["3.5", "of", "1,000", "at", "10:30"]
        );
        assert_eq!(tokens("write to a@b.org."), ["write", "to", "a@b.org", "."]);
    }

    #[test]
    fn nothing_comes_of_nothing() {
        assert!(tokens(" \t\u{0}").is_empty());
    }
}
