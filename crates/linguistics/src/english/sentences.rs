//! English sentences: the rules for Russian, which know quotes, brackets and bullets, and English
//! abbreviations on top.

use std::ops::Range;

use super::tokens::is_abbreviation;
use crate::russian::line::Line;
use crate::russian::sentences::sentences as split;

/// Memory kept between lines.
#[derive(Default)]
pub(super) struct Sentences {
    line: Line,
    places: Vec<(u32, u32)>,
}

impl Sentences {
    /// The sentences of a line as ranges of bytes, without space at their ends.
    pub(super) fn split(&mut self, line: &str) -> Vec<Range<usize>> {
        self.line.read(line, 0);
        self.places.clear();
        split(&self.line.characters, &mut self.places);
        let mut sentences: Vec<Range<usize>> = Vec::new();
        for &(start, end) in &self.places {
            let range = self.line.offsets[start as usize] as usize..self.line.offsets[end as usize] as usize;
            match sentences.last_mut() {
                Some(last) if ends_with_abbreviation(&line[last.clone()]) => last.end = range.end,
                _ => sentences.push(range),
            }
        }
        sentences
    }
}

/// `Capt.`, `St.`: titles and the like, after which a name follows.
fn ends_with_abbreviation(sentence: &str) -> bool {
    let Some(before) = sentence.strip_suffix('.') else {
        return false;
    };
    let word = before
        .rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let before_name = word.chars().next().is_some_and(char::is_uppercase);
    let ends_anyway = matches!(word, "Jr" | "Sr" | "Esq" | "Inc" | "Co" | "Corp" | "Ltd" | "Bros");
    before_name && !ends_anyway && is_abbreviation(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        Sentences::default()
            .split(text)
            .into_iter()
            .map(|range| &text[range])
            .collect()
    }

    #[test]
    fn titles_do_not_end_sentences() {
        assert_eq!(
            split("I saw Capt. Smith. He ran."),
            ["I saw Capt. Smith.", "He ran."]
        );
        assert_eq!(
            split("Mr. Holmes sat. Dr. Watson rose."),
            ["Mr. Holmes sat.", "Dr. Watson rose."]
        );
    }

    #[test]
    fn speech_stays_with_its_speaker() {
        assert_eq!(
            split("“Stop!” he cried. “Why?” She ran."),
            ["“Stop!” he cried.", "“Why?”", "She ran."]
        );
    }
}
