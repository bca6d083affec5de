//! Word vectors (`navec`): a word's number, and its vector out of quanta.

use super::dimensions::{CENTROIDS, CODES, QUANTA, QUANTUM, VECTOR};
use super::word_table::WordTable;
use crate::ModelError;
use crate::model_file::{ModelFile, Section};

/// The vocabulary and its vectors.
#[derive(Clone)]
pub(crate) struct Vectors {
    words: WordTable,
    unknown: u32,
    indexes: Section<u8>,
    codes: Section<f32>,
}

impl Vectors {
    pub(crate) fn open(file: &ModelFile) -> Result<Vectors, ModelError> {
        let words = WordTable::open(file)?;
        let unknown = words
            .get("<unk>")
            .ok_or_else(|| file.damaged("its words lack the unknown one"))?;
        Ok(Vectors {
            indexes: file.sized("vectors.indexes", words.len() * QUANTA)?,
            codes: file.sized("vectors.codes", CODES)?,
            unknown,
            words,
        })
    }

    /// Number of words.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// The number of a lower-case word; unknown words share one.
    pub(crate) fn id(&self, word: &str) -> u32 {
        self.words.get(word).unwrap_or(self.unknown)
    }

    /// The vector of a word known in lower case.
    pub(crate) fn of_word(&self, word: &str) -> Option<[f32; VECTOR]> {
        let id = self
            .words
            .get(&word.to_lowercase())
            .filter(|&id| id < self.unknown)?;
        let mut vector = [0.0; VECTOR];
        self.write(id, &mut vector);
        Some(vector)
    }

    /// Writes the vector of a word by its number.
    pub(crate) fn write(&self, id: u32, vector: &mut [f32]) {
        let first = id as usize * QUANTA;
        let indexes = &self.indexes[first..first + QUANTA];
        for (quantum, (&index, target)) in indexes.iter().zip(vector.chunks_exact_mut(QUANTUM)).enumerate() {
            let code = (quantum * CENTROIDS + usize::from(index)) * QUANTUM;
            target.copy_from_slice(&self.codes[code..code + QUANTUM]);
        }
    }
}
