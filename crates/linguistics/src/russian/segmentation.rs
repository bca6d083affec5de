//! Lines, sentences and tokens of a text.

use std::ops::Range;

use super::characters::is_space;
use super::line::Line;
use super::sentences::sentences;
use super::tokens::Tokenizer;
use crate::Unit;

/// Tokens after which the lines of [`Unit::Line`] are handed on; more only keep memory busy.
const ENOUGH: usize = 4096;

/// The lines of a text that are still to be read.
pub(super) struct Lines<'a> {
    text: &'a str,
    at: usize,
    number: usize,
    done: bool,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Lines<'a> {
        Lines {
            text,
            at: 0,
            number: 0,
            done: false,
        }
    }
}

impl<'a> Iterator for Lines<'a> {
    /// Number of the line, its first byte, its characters.
    type Item = (usize, usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let rest = &self.text[self.at..];
        let line = rest.split('\n').next().unwrap_or_default();
        let item = (self.number, self.at, line);
        self.done = line.len() == rest.len();
        self.at += line.len() + 1;
        self.number += 1;
        Some(item)
    }
}

/// A token's place in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct TokenSpan {
    pub(super) start: u32,
    pub(super) end: u32,
}

impl TokenSpan {
    pub(super) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A sentence's place in the text, and its tokens.
#[derive(Debug, Clone)]
pub(super) struct SentenceSpan {
    pub(super) range: Range<usize>,
    pub(super) paragraph: usize,
    pub(super) tokens: Range<usize>,
}

/// Some lines of a text in sentences and tokens.
#[derive(Default)]
pub(super) struct Segmentation {
    pub(super) tokens: Vec<TokenSpan>,
    pub(super) sentences: Vec<SentenceSpan>,
    /// For each token, whether a sentence begins at it.
    pub(super) begins_sentence: Vec<bool>,
    /// For each token, whether a sequence of names begins at it.
    pub(super) begins_names: Vec<bool>,
}

impl Segmentation {
    fn clear(&mut self) {
        self.tokens.clear();
        self.sentences.clear();
        self.begins_sentence.clear();
        self.begins_names.clear();
    }

    /// The sequences over which names are decoded.
    pub(super) fn name_sequences(&self) -> impl Iterator<Item = Range<usize>> {
        let starts = (0..self.tokens.len()).filter(|&token| self.begins_names[token]);
        let ends = (1..self.tokens.len()).filter(|&token| self.begins_names[token]);
        starts
            .zip(ends.chain([self.tokens.len()]))
            .map(|(start, end)| start..end)
    }
}

/// Reads lines, keeping its memory between them.
#[derive(Default)]
pub(super) struct Segmenter {
    pub(super) found: Segmentation,
    tokenizer: Tokenizer,
    line: Line,
    token_places: Vec<(u32, u32)>,
    sentence_places: Vec<(u32, u32)>,
}

impl Segmenter {
    /// Reads the whole text, or lines enough to be worth tagging; `false` when nothing is left.
    pub(super) fn read(&mut self, lines: &mut Lines<'_>, unit: Unit) -> bool {
        self.found.clear();
        for (number, start, line) in lines.by_ref() {
            self.read_line(number, start, line, unit);
            if unit == Unit::Line && self.found.tokens.len() >= ENOUGH {
                return true;
            }
        }
        !self.found.tokens.is_empty()
    }

    fn read_line(&mut self, number: usize, start: usize, line: &str, unit: Unit) {
        if line.chars().all(is_space) {
            return;
        }
        self.line.read(line, start);
        self.token_places.clear();
        self.tokenizer.tokenize(&self.line, &mut self.token_places);
        self.sentence_places.clear();
        sentences(&self.line.characters, &mut self.sentence_places);

        let offsets = &self.line.offsets;
        let found = &mut self.found;
        let first_of_line = found.tokens.len();
        let begins_document = unit == Unit::Line || first_of_line == 0;
        let mut tokens = self.token_places.iter().peekable();
        for &(first, last) in &self.sentence_places {
            let before = found.tokens.len();
            while let Some(&(start, end)) = tokens.next_if(|(_, end)| *end <= last) {
                found.begins_sentence.push(found.tokens.len() == before);
                found.begins_names.push(false);
                let (start, end) = (offsets[start as usize], offsets[end as usize]);
                found.tokens.push(TokenSpan { start, end });
            }
            if found.tokens.len() > before {
                found.sentences.push(SentenceSpan {
                    range: offsets[first as usize] as usize..offsets[last as usize] as usize,
                    paragraph: number,
                    tokens: before..found.tokens.len(),
                });
            }
        }
        if let Some(begins) = found.begins_names.get_mut(first_of_line) {
            *begins = begins_document;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_numbers_and_places() {
        let lines: Vec<_> = Lines::new("а\n\nбв\n").collect();
        assert_eq!(lines, [(0, 0, "а"), (1, 3, ""), (2, 4, "бв"), (3, 9, "")]);
        assert_eq!(Lines::new("").count(), 1);
    }

    #[test]
    fn no_sentence_crosses_a_line() {
        let mut segmenter = Segmenter::default();
        assert!(segmenter.read(
            &mut Lines::new("Глава I\n\n Был вечер. Шёл снег.\n"),
            Unit::Chapter
        ));
        let sentences: Vec<_> = segmenter
            .found
            .sentences
            .iter()
            .map(|s| (s.range.clone(), s.paragraph, s.tokens.clone()))
            .collect();
        assert_eq!(
            sentences,
            [(0..12, 0, 0..2), (15..33, 2, 2..5), (34..50, 2, 5..8)]
        );
        assert!(segmenter.found.name_sequences().eq(std::iter::once(0..8)));
    }

    #[test]
    fn each_line_may_be_a_document_of_its_own() {
        let mut segmenter = Segmenter::default();
        assert!(segmenter.read(&mut Lines::new("Раз.\n \t\nДва. Три."), Unit::Line));
        assert_eq!(segmenter.found.name_sequences().collect::<Vec<_>>(), [0..2, 2..6]);
    }

    #[test]
    fn blank_text_holds_nothing() {
        for text in ["", " ", "\n\n", "\u{1c}\n\t"] {
            assert!(
                !Segmenter::default().read(&mut Lines::new(text), Unit::Chapter),
                "{text:?}"
            );
        }
    }
}
