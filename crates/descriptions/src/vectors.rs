//! Word vectors, brought to about unit variance.

use std::sync::LazyLock;

use linguistics::{Language, Models};
use rustc_hash::FxHashMap;

/// One over the standard deviation of navec's numbers.
const RUSSIAN_SCALE: f32 = 3.1;
/// Numbers in one of navec's vectors.
#[cfg(feature = "training")]
const RUSSIAN_DIMENSION: usize = 300;
/// Numbers in an English vector.
pub(crate) const ENGLISH_DIMENSION: usize = 48;
/// Steps of the 8-bit English table in one standard deviation.
pub(crate) const ENGLISH_STEPS: f32 = 32.0;

/// The length of the word list, the words in order, then for each word its numbers; `model/CARD.md` tells where they are from.
const ENGLISH: &[u8] = include_bytes!("../model/en-words.bin");

static ENGLISH_ROWS: LazyLock<FxHashMap<&'static str, &'static [u8]>> =
    LazyLock::new(|| english_rows(ENGLISH).expect("the committed table is read by a test"));

/// The vector of a lower-case word; `None` when the language's table does not have it or is not installed.
pub(crate) fn of_word(models: &Models, language: Language, word: &str) -> Option<Vec<f32>> {
    match language {
        Language::Russian => models
            .vector(word)
            .map(|vector| vector.iter().map(|value| value * RUSSIAN_SCALE).collect()),
        Language::English => ENGLISH_ROWS.get(word).map(|row| {
            row.iter()
                .map(|&step| f32::from(step as i8) / ENGLISH_STEPS)
                .collect()
        }),
    }
}

/// Numbers in a vector of the language.
#[cfg(feature = "training")]
pub(crate) fn dimension(language: Language) -> usize {
    match language {
        Language::Russian => RUSSIAN_DIMENSION,
        Language::English => ENGLISH_DIMENSION,
    }
}

fn english_rows(table: &[u8]) -> Option<FxHashMap<&str, &[u8]>> {
    let (length, rest) = table.split_first_chunk::<4>()?;
    let (words, rows) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    let words: Vec<&str> = std::str::from_utf8(words).ok()?.lines().collect();
    let rows = rows.chunks_exact(ENGLISH_DIMENSION);
    (rows.len() == words.len() && rows.remainder().is_empty()).then(|| words.into_iter().zip(rows).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_english_table_is_whole() {
        let rows = english_rows(ENGLISH).unwrap();
        assert!(rows.len() > 10_000);
        assert!(rows.contains_key("forest"));
        assert!(english_rows(&ENGLISH[..ENGLISH.len() - 1]).is_none());
    }

    #[test]
    fn colours_are_nearer_to_each_other_than_to_a_verb_of_thought() {
        let vector = |word: &str| -> Vec<f32> {
            ENGLISH_ROWS[word]
                .iter()
                .map(|&step| f32::from(step as i8))
                .collect()
        };
        let near = |one: &str, other: &str| {
            let (one, other) = (vector(one), vector(other));
            let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
            dot(&one, &other) / (dot(&one, &one) * dot(&other, &other)).sqrt()
        };
        assert!(near("red", "blue") > near("red", "suppose"));
    }
}
