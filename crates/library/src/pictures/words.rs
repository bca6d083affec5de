//! A reader's own words for the style of a book.

use std::fmt;

/// The longest, in characters: beside a prompt of the usual length it still fits into what services take.
pub const LONGEST: usize = 200;

/// A reader's own words for the style of a book: one line, not empty, at most [`LONGEST`] characters.
#[derive(Clone, PartialEq, Eq)]
pub struct StyleWords(String);

/// Why words cannot be a style.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StyleWordsError {
    /// Nothing but blanks.
    #[error("says nothing")]
    Empty,
    /// Too long.
    #[error("is longer than {LONGEST} characters")]
    TooLong,
    /// A line break, a tab or another control character.
    #[error("has control characters")]
    Control,
}

impl StyleWords {
    /// Takes words, with the blanks around and between them made single.
    ///
    /// # Errors
    /// See [`StyleWordsError`].
    pub fn new(words: &str) -> Result<Self, StyleWordsError> {
        if words.chars().any(char::is_control) {
            return Err(StyleWordsError::Control);
        }
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            return Err(StyleWordsError::Empty);
        }
        if words.chars().count() > LONGEST {
            return Err(StyleWordsError::TooLong);
        }
        Ok(Self(words))
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// They are part of prompts, which no log tells.
impl fmt::Debug for StyleWords {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "StyleWords({} characters)", self.0.chars().count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_one_line_of_bounded_length() {
        let words = StyleWords::new("  как у   Билибина, плоский цвет ").unwrap();
        assert_eq!(words.as_str(), "как у Билибина, плоский цвет");
        assert!(!format!("{words:?}").contains("Билибин"));
        assert_eq!(StyleWords::new(" "), Err(StyleWordsError::Empty));
        assert_eq!(StyleWords::new("a\nb"), Err(StyleWordsError::Control));
        assert!(StyleWords::new(&"ж".repeat(LONGEST)).is_ok());
        assert_eq!(
            StyleWords::new(&"ж".repeat(LONGEST + 1)),
            Err(StyleWordsError::TooLong)
        );
    }
}
