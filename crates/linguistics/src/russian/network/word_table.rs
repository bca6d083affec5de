//! From a word to its number: a hash table that is used where it lies, in the mapped file.

use crate::ModelError;
use crate::model_file::{ModelFile, Section};

const EMPTY: u32 = u32::MAX;

/// The parts of a table before it is written.
pub(crate) struct Built {
    pub(crate) slots: Vec<u32>,
    pub(crate) starts: Vec<u32>,
    pub(crate) text: Vec<u8>,
}

/// Builds the table of distinct words; a word's number is its place in the list.
pub(crate) fn build(words: &[&str]) -> Built {
    let size = (words.len() * 2).next_power_of_two();
    let mut slots = vec![EMPTY; size];
    let mut starts = Vec::with_capacity(words.len() + 1);
    let mut text = Vec::new();
    for (id, word) in words.iter().enumerate() {
        let mut slot = hash(word.as_bytes()) & (size - 1);
        while slots[slot] != EMPTY {
            slot = (slot + 1) & (size - 1);
        }
        slots[slot] = id as u32;
        starts.push(text.len() as u32);
        text.extend(word.as_bytes());
    }
    starts.push(text.len() as u32);
    Built { slots, starts, text }
}

/// A table in an open model file.
#[derive(Clone)]
pub(crate) struct WordTable {
    slots: Section<u32>,
    starts: Section<u32>,
    text: Section<u8>,
}

impl WordTable {
    pub(crate) fn open(file: &ModelFile) -> Result<WordTable, ModelError> {
        let table = WordTable {
            slots: file.section("words.slots")?,
            starts: file.section("words.starts")?,
            text: file.section("words.text")?,
        };
        let (slots, words) = (table.slots.len(), table.len());
        if !slots.is_power_of_two() || words == 0 || words >= slots {
            return Err(file.damaged("its word table has no free slot"));
        }
        Ok(table)
    }

    /// Number of words.
    pub(crate) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The number of a word.
    pub(crate) fn get(&self, word: &str) -> Option<u32> {
        let (slots, starts, text) = (&*self.slots, &*self.starts, &*self.text);
        let mask = slots.len() - 1;
        let first = hash(word.as_bytes()) & mask;
        for step in 0..slots.len() {
            let id = slots[(first + step) & mask];
            if id == EMPTY {
                return None;
            }
            let bounds = starts.get(id as usize..id as usize + 2)?;
            if text.get(bounds[0] as usize..bounds[1] as usize)? == word.as_bytes() {
                return Some(id);
            }
        }
        None
    }
}

/// A hash that must not change: installed files depend on it.
fn hash(word: &[u8]) -> usize {
    const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut state = word.len() as u64;
    for chunk in word.chunks(8) {
        let mut eight = [0u8; 8];
        eight[..chunk.len()].copy_from_slice(chunk);
        state = (state ^ u64::from_le_bytes(eight)).wrapping_mul(MULTIPLIER);
        state ^= state >> 29;
    }
    (state.wrapping_mul(MULTIPLIER) >> 32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model_file::ModelWriter;

    #[test]
    fn every_word_is_found_and_no_other() {
        let words: Vec<String> = (0..1000).map(|n| format!("слово{}", n * n)).collect();
        let built = build(&words.iter().map(String::as_str).collect::<Vec<_>>());
        let mut model = ModelWriter::default();
        model.numbers("words.slots", &built.slots);
        model.numbers("words.starts", &built.starts);
        model.bytes("words.text", built.text);
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("words.model");
        std::fs::write(&path, model.finish()).unwrap();

        let table = WordTable::open(&ModelFile::open(&path).unwrap()).unwrap();
        assert_eq!(table.len(), 1000);
        for (id, word) in words.iter().enumerate() {
            assert_eq!(table.get(word), Some(id as u32));
        }
        assert_eq!(table.get("слово2"), None);
        assert_eq!(table.get(""), None);
    }
}
