//! Sentences by razdel's rules: at each mark that may end a sentence, the first rule that knows decides.

use super::abbreviations::{is_abbreviation, is_first_name, is_pair, pair_stands_before, stands_before};
use super::characters::{is_decimal, is_digit, is_letter, is_lower, is_space, is_upper, is_word};
use super::tokens::smile_length;

const ENDINGS: &str = ".?!…";
const DASHES: &str = "‑–—−-";
const CLOSE_QUOTES: &str = "»”’";
const GENERIC_QUOTES: &str = "\"„'";
const CLOSE_BRACKETS: &str = ")]}";
const BULLETS: &str = "§абвгдеabcdef";

/// Characters on each side of a mark that the rules look at.
const WINDOW: usize = 10;
/// Longest list bullet: `VIII. 2)`.
const LONGEST_BULLET: usize = 20;

/// Appends the sentences of some characters as pairs of indices (start, end), without space at their ends.
pub(crate) fn sentences(characters: &[char], found: &mut Vec<(u32, u32)>) {
    let mut start = 0;
    let mut at = 0;
    while at < characters.len() {
        let Some(length) = mark_length(&characters[at..]) else {
            at += 1;
            continue;
        };
        let end = at + length;
        let mark = Mark {
            before: &characters[start..at],
            left: &characters[at.saturating_sub(WINDOW)..at],
            mark: &characters[at..end],
            right: &characters[end..(end + WINDOW).min(characters.len())],
        };
        if mark.ends_sentence() {
            push_trimmed(characters, start, end, found);
            start = end;
        }
        at = end;
    }
    push_trimmed(characters, start, characters.len(), found);
}

fn push_trimmed(characters: &[char], mut start: usize, mut end: usize, found: &mut Vec<(u32, u32)>) {
    while start < end && is_space(characters[start]) {
        start += 1;
    }
    while end > start && is_space(characters[end - 1]) {
        end -= 1;
    }
    if start < end {
        found.push((start as u32, end as u32));
    }
}

/// Length of the mark that may end a sentence at the beginning of some characters.
fn mark_length(characters: &[char]) -> Option<usize> {
    match characters[0] {
        '=' | ':' => smile_length(characters),
        ';' => Some(smile_length(characters).unwrap_or(1)),
        c => is_mark(c).then_some(1),
    }
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '.' | '?' | '!' | '…' | ';' | '"' | '„' | '\'' | '»' | '”' | '’' | ')' | ']' | '}'
    )
}

/// A mark and its surroundings.
struct Mark<'a> {
    /// The sentence so far.
    before: &'a [char],
    left: &'a [char],
    mark: &'a [char],
    right: &'a [char],
}

impl Mark<'_> {
    fn ends_sentence(&self) -> bool {
        let (Some(left), Some(right)) = (last_token(self.left), first_token(self.right)) else {
            return false;
        };
        let joins = !self.right.first().copied().is_some_and(is_space)
            || is_lower_word(right)
            || self.before_another_mark(right)
            || self.is('.') && self.after_abbreviation(left, right)
            || self.after_bullet()
            || self.closes_inside(left)
            || self.before_words_of_author(right);
        !joins
    }

    fn is(&self, mark: char) -> bool {
        self.mark == [mark]
    }

    fn single(&self) -> Option<char> {
        match self.mark {
            [mark] => Some(*mark),
            _ => None,
        }
    }

    /// `?!`, `...`, `!»`: the last mark decides. An opening generic quote is no mark.
    fn before_another_mark(&self, right: &[char]) -> bool {
        match right {
            [c] if GENERIC_QUOTES.contains(*c) => false,
            [c] if is_mark(*c) => true,
            _ => {
                let spaces = self.right.iter().take_while(|&&c| is_space(c)).count();
                smile_length(&self.right[spaces..]).is_some()
            }
        }
    }

    fn after_abbreviation(&self, left: &[char], right: &[char]) -> bool {
        let (left_word, right_word) = (lower(left), lower(right));
        self.after_listed_abbreviation(&left_word, right)
            || is_pair(&left_word, &right_word)
            || left.len() == 1 && is_upper(left.iter().copied())
            || is_first_name(&left_word)
    }

    fn after_listed_abbreviation(&self, left: &str, right: &[char]) -> bool {
        if let Some((first, second)) = last_pair(self.left) {
            if pair_stands_before(&first, &second) {
                return true;
            }
            if is_pair(&first, &second) {
                return may_follow_abbreviation(right);
            }
        }
        stands_before(left) || is_abbreviation(left) && may_follow_abbreviation(right)
    }

    /// `1.`, `а)`, `IV.` at the beginning of a sentence.
    fn after_bullet(&self) -> bool {
        matches!(self.single(), Some('.' | ')'))
            && self.before.len() <= LONGEST_BULLET
            && tokens(self.before).all(is_bullet)
    }

    /// A closing quote or bracket ends a sentence only after a mark that does.
    fn closes_inside(&self, left: &[char]) -> bool {
        let Some(mark) = self.single() else { return false };
        let after_ending = matches!(left, [c] if ENDINGS.contains(*c));
        if CLOSE_QUOTES.contains(mark) || CLOSE_BRACKETS.contains(mark) {
            return !after_ending;
        }
        if GENERIC_QUOTES.contains(mark) {
            return self.left.last().copied().is_some_and(is_space) || !after_ending;
        }
        false
    }

    /// `«Да!» – сказал он.`
    fn before_words_of_author(&self, right: &[char]) -> bool {
        matches!(right, [c] if DASHES.contains(*c)) && first_word(self.right).is_some_and(is_lower_word)
    }
}

fn is_bullet(token: &[char]) -> bool {
    token.iter().all(|&c| is_digit(c))
        || matches!(token, ['.' | ')'])
        || token.len() == 1 && BULLETS.contains(&lower(token))
        || token.iter().all(|c| matches!(c, 'I' | 'V' | 'X' | 'M' | 'L'))
}

/// What may follow an abbreviation without beginning a sentence: anything but a capitalised word.
fn may_follow_abbreviation(token: &[char]) -> bool {
    token.iter().all(|&c| is_digit(c))
        || !token.iter().all(|&c| is_letter(c))
        || is_lower(token.iter().copied())
}

fn is_lower_word(token: &[char]) -> bool {
    token.iter().all(|&c| is_letter(c)) && is_lower(token.iter().copied())
}

fn lower(token: &[char]) -> String {
    token.iter().collect::<String>().to_lowercase()
}

/// Kinds of characters inside the window: a token is a run of letters, a run of digits or one other mark.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Space,
    Word,
    Digit,
    Mark,
}

fn kind(c: char) -> Kind {
    match c {
        'а'..='я' | 'А'..='Я' | 'a'..='z' | 'A'..='Z' => Kind::Word,
        _ if is_space(c) => Kind::Space,
        _ if is_decimal(c) => Kind::Digit,
        _ if is_word(c) => Kind::Word,
        _ => Kind::Mark,
    }
}

/// Length of the token at the beginning of characters that are no space.
fn token_length(characters: &[char]) -> usize {
    match kind(characters[0]) {
        Kind::Mark => 1,
        first => characters.iter().take_while(|&&c| kind(c) == first).count(),
    }
}

fn tokens(mut characters: &[char]) -> impl Iterator<Item = &[char]> {
    std::iter::from_fn(move || {
        let spaces = characters.iter().take_while(|&&c| kind(c) == Kind::Space).count();
        characters = &characters[spaces..];
        if characters.is_empty() {
            return None;
        }
        let (token, rest) = characters.split_at(token_length(characters));
        characters = rest;
        Some(token)
    })
}

fn first_token(characters: &[char]) -> Option<&[char]> {
    tokens(characters).next()
}

fn first_word(characters: &[char]) -> Option<&[char]> {
    tokens(characters).find(|token| kind(token[0]) != Kind::Mark)
}

fn last_token(characters: &[char]) -> Option<&[char]> {
    let end = characters.iter().rposition(|&c| kind(c) != Kind::Space)? + 1;
    let last = kind(characters[end - 1]);
    let length = match last {
        Kind::Mark => 1,
        _ => characters[..end]
            .iter()
            .rev()
            .take_while(|&&c| kind(c) == last)
            .count(),
    };
    Some(&characters[end - length..end])
}

/// The two letters of `т. е` at the end of the characters, in lower case.
fn last_pair(characters: &[char]) -> Option<(String, String)> {
    let mut rest = characters;
    let mut take = |wanted: fn(char) -> bool| {
        let end = rest.iter().rposition(|&c| !is_space(c))?;
        let (head, tail) = rest.split_at(end);
        rest = head;
        wanted(tail[0]).then(|| lower(&tail[..1]))
    };
    let second = take(is_word)?;
    take(|c| c == '.')?;
    Some((take(is_word)?, second))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<String> {
        let characters: Vec<char> = text.chars().collect();
        let mut found = Vec::new();
        sentences(&characters, &mut found);
        found
            .iter()
            .map(|&(a, b)| characters[a as usize..b as usize].iter().collect())
            .collect()
    }

    #[test]
    fn marks_end_sentences() {
        assert_eq!(
            split("Шёл снег. Было тихо! Кто там? "),
            ["Шёл снег.", "Было тихо!", "Кто там?"]
        );
        assert_eq!(split("Он ждал... Никто не шёл."), ["Он ждал...", "Никто не шёл."]);
        assert_eq!(split("Он ждал... никто не шёл."), ["Он ждал... никто не шёл."]);
    }

    #[test]
    fn abbreviations_do_not() {
        assert_eq!(split("Жил в г. Орле."), ["Жил в г. Орле."]);
        assert_eq!(
            split("Книги, тетради и т. д. Потом ушёл."),
            ["Книги, тетради и т. д.", "Потом ушёл."]
        );
        assert_eq!(split("А. С. Пушкин приехал."), ["А. С. Пушкин приехал."]);
        assert_eq!(split("В 5 тыс. шагов."), ["В 5 тыс. шагов."]);
    }

    #[test]
    fn direct_speech_stays_with_its_author() {
        assert_eq!(split("«Да!» – сказал он."), ["«Да!» – сказал он."]);
        assert_eq!(split("«Иди!» Он пошёл."), ["«Иди!»", "Он пошёл."]);
        assert_eq!(split("Дом (старый) Стоял."), ["Дом (старый) Стоял."]);
    }

    #[test]
    fn bullets_belong_to_their_items() {
        assert_eq!(split("IV. Бал"), ["IV. Бал"]);
        assert_eq!(split("1) Дом. 2) Сад."), ["1) Дом.", "2) Сад."]);
    }

    #[test]
    fn space_alone_is_no_sentence() {
        assert!(split("").is_empty());
        assert!(split(" \t ").is_empty());
    }
}
