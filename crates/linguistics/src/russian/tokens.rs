//! Tokens by razdel's rules: atoms of one kind, some of which are joined to their neighbours.

use super::characters::{is_decimal, is_english, is_russian, is_space};
use super::line::Line;

const DASHES: &str = "‑–—−-";
const ENDINGS: &str = ".?!…";

/// Kinds of atoms.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Russian,
    Latin,
    Number,
    Punctuation,
    Other,
}

/// Punctuation of razdel. `{` is not in it: it glues to words, as it does in the reference.
fn is_punctuation(c: char) -> bool {
    matches!(
        c,
        '\\' | '/'
            | '!'
            | '#'
            | '$'
            | '%'
            | '&'
            | '*'
            | '+'
            | ','
            | '.'
            | ':'
            | ';'
            | '<'
            | '='
            | '>'
            | '?'
            | '@'
            | '^'
            | '_'
            | '`'
            | '|'
            | '~'
            | '№'
            | '…'
            | '‑'
            | '–'
            | '—'
            | '−'
            | '-'
            | '«'
            | '“'
            | '‘'
            | '»'
            | '”'
            | '’'
            | '"'
            | '„'
            | '\''
            | '('
            | '['
            | '}'
            | ')'
            | ']'
    )
}

fn kind(c: char) -> Kind {
    if is_russian(c) {
        Kind::Russian
    } else if is_english(c) {
        Kind::Latin
    } else if is_decimal(c) {
        Kind::Number
    } else if is_punctuation(c) {
        Kind::Punctuation
    } else {
        Kind::Other
    }
}

/// A run of letters or digits, or one other character. Places are indices of characters.
#[derive(Clone, Copy)]
struct Atom {
    start: u32,
    end: u32,
    kind: Kind,
    /// The character of an atom that is only one.
    single: Option<char>,
}

/// Memory kept between lines.
#[derive(Default)]
pub(crate) struct Tokenizer {
    atoms: Vec<Atom>,
}

impl Tokenizer {
    /// Appends the tokens of a line as pairs of character indices (start, end).
    pub(crate) fn tokenize(&mut self, line: &Line, tokens: &mut Vec<(u32, u32)>) {
        self.split_atoms(&line.characters);
        let Some(first) = self.atoms.first() else { return };
        let (mut start, mut end) = (first.start, first.end);
        for right in 1..self.atoms.len() {
            let atom = self.atoms[right];
            if end != atom.start || !self.joins(right, &line.characters, start) {
                tokens.push((start, end));
                start = atom.start;
            }
            end = atom.end;
        }
        tokens.push((start, end));
    }

    fn split_atoms(&mut self, characters: &[char]) {
        self.atoms.clear();
        let mut at = 0;
        while let Some(&c) = characters.get(at) {
            let start = at;
            at += 1;
            if is_space(c) {
                continue;
            }
            let kind = kind(c);
            let runs = matches!(kind, Kind::Russian | Kind::Latin | Kind::Number);
            while runs && characters.get(at).is_some_and(|&c| self::kind(c) == kind) {
                at += 1;
            }
            let single = (at - start == 1).then_some(c);
            self.atoms.push(Atom {
                start: start as u32,
                end: at as u32,
                kind,
                single,
            });
        }
    }

    /// Whether the atom before `right` and `right` belong to one token, which begins at `start`.
    fn joins(&self, right: usize, characters: &[char], start: u32) -> bool {
        let (left, next) = (self.atoms[right - 1], self.atoms[right]);
        let plain = |kind: Kind| kind != Kind::Punctuation && kind != Kind::Other;
        if plain(left.kind) && plain(next.kind) {
            return false;
        }
        let words = |a: Kind, b: Kind| a != Kind::Punctuation && b != Kind::Punctuation;
        let numbers = |a: Kind, b: Kind| a == Kind::Number && b == Kind::Number;
        self.joined_by(right, |c| DASHES.contains(c), words)
            || self.joined_by(right, |c| c == '_', words)
            || self.joined_by(right, |c| matches!(c, '.' | ','), numbers)
            || self.joined_by(right, |c| matches!(c, '/' | '\\'), numbers)
            || joins_punctuation(left, next, &characters[start as usize..next.end as usize])
            || joins_others(left.kind, next.kind)
            || is_yahoo(left, next, characters)
    }

    /// Whether one of the two atoms is a delimiter and its neighbours are of kinds it joins.
    fn joined_by(
        &self,
        right: usize,
        is_delimiter: impl Fn(char) -> bool,
        joins: impl Fn(Kind, Kind) -> bool,
    ) -> bool {
        let (left, next) = (self.atoms[right - 1], self.atoms[right]);
        let delimiter = |atom: Atom| atom.single.is_some_and(&is_delimiter);
        let (before, after) = if delimiter(left) {
            (right.checked_sub(2).map(|at| self.atoms[at]), Some(next))
        } else if delimiter(next) {
            (Some(left), self.atoms.get(right + 1).copied())
        } else {
            return false;
        };
        matches!((before, after), (Some(before), Some(after)) if joins(before.kind, after.kind))
    }
}

fn joins_punctuation(left: Atom, next: Atom, token: &[char]) -> bool {
    if left.kind != Kind::Punctuation || next.kind != Kind::Punctuation {
        return false;
    }
    let (Some(a), Some(b)) = (left.single, next.single) else {
        return false;
    };
    is_smile(token) || ENDINGS.contains(a) && ENDINGS.contains(b) || matches!((a, b), ('-', '-') | ('*', '*'))
}

fn joins_others(left: Kind, next: Kind) -> bool {
    let word = |kind: Kind| matches!(kind, Kind::Other | Kind::Russian | Kind::Latin);
    left == Kind::Other && word(next) || word(left) && next == Kind::Other
}

/// The one exception of razdel: the trade mark keeps its exclamation mark.
fn is_yahoo(left: Atom, next: Atom, characters: &[char]) -> bool {
    next.single == Some('!')
        && characters[left.start as usize..left.end as usize]
            .iter()
            .flat_map(|c| c.to_lowercase())
            .eq("yahoo".chars())
}

/// `;)`, `=((`: eyes, an optional nose, one to three mouths.
fn is_smile(token: &[char]) -> bool {
    smile_length(token) == Some(token.len())
}

/// Length of the smile at the beginning of some characters.
pub(crate) fn smile_length(characters: &[char]) -> Option<usize> {
    if !matches!(characters.first()?, '=' | ':' | ';') {
        return None;
    }
    let nose = usize::from(characters.get(1) == Some(&'-'));
    let mouths = characters[1 + nose..]
        .iter()
        .take(3)
        .take_while(|c| matches!(c, '(' | ')'))
        .count();
    (mouths > 0).then_some(1 + nose + mouths)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<String> {
        let mut line = Line::default();
        line.read(text, 0);
        let mut spans = Vec::new();
        Tokenizer::default().tokenize(&line, &mut spans);
        spans
            .iter()
            .map(|&(a, b)| line.characters[a as usize..b as usize].iter().collect())
            .collect()
    }

    #[test]
    fn words_numbers_and_marks() {
        assert_eq!(
            tokens("Был 1812-й год, зима."),
            ["Был", "1812-й", "год", ",", "зима", "."]
        );
        assert_eq!(
            tokens("3,14 и 1/2 в 10:30"),
            ["3,14", "и", "1/2", "в", "10", ":", "30"]
        );
        assert_eq!(tokens("т.е. кто-то"), ["т", ".", "е", ".", "кто-то"]);
    }

    #[test]
    fn marks_that_belong_together() {
        assert_eq!(
            tokens("Что?! -- да... :) **"),
            ["Что", "?!", "--", "да", "...", ":)", "**"]
        );
        assert_eq!(tokens("***"), ["***"]);
        assert_eq!(tokens("»."), ["»", "."]);
    }

    /// A smile grows by one mark at a time, and eyes with a nose are no smile yet.
    #[test]
    fn a_smile_with_a_nose_falls_apart_as_in_the_reference() {
        assert_eq!(tokens(":-)"), [":", "-", ")"]);
    }

    #[test]
    fn a_stress_mark_and_a_brace_glue_to_their_word() {
        assert_eq!(tokens("за\u{301}мок"), ["за\u{301}мок"]);
        assert_eq!(tokens("{дом}"), ["{дом", "}"]);
        assert_eq!(tokens("x1"), ["x", "1"]);
    }

    #[test]
    fn a_dash_between_spaces_stands_alone() {
        assert_eq!(tokens("он - я"), ["он", "-", "я"]);
        assert_eq!(tokens("он -я"), ["он", "-я"]);
    }

    #[test]
    fn nothing_comes_of_nothing() {
        assert!(tokens("").is_empty());
        assert!(tokens(" \u{1c}\t").is_empty());
    }
}
