//! Layer 1 of the networks, computed once per word.
//!
//! The first convolution is linear in the word's vector, so its products with the weights of all networks are
//! kept per word: a token then costs additions. The cache holds a fixed number of words and forgets the ones
//! not used lately (second chance).

use super::dimensions::{PROJECTION, TAPPED, VECTOR};
use super::matrix::{Shape, multiply};
use super::vectors::Vectors;

/// Words kept: 9 KiB each.
const KEPT: usize = 2048;
/// Words projected in one product.
const BATCH: usize = 256;
const ABSENT: u16 = u16::MAX;

/// The most distinct words one call of [`Projections::ensure`] may ask for.
pub(super) const MOST_AT_ONCE: usize = KEPT;

pub(super) struct Projections {
    slot_of_word: Vec<u16>,
    word_of_slot: Vec<u32>,
    used: Vec<Use>,
    hand: usize,
    rows: Vec<f32>,
    vectors: Vec<f32>,
    products: Vec<f32>,
    missing: Vec<u32>,
}

/// When a slot was used.
#[derive(Clone, Copy, PartialEq)]
enum Use {
    /// Not since the hand passed.
    LongAgo,
    /// Since the hand passed.
    Lately,
    /// By the current call: not to be reused.
    Now,
}

impl Projections {
    pub(super) fn new(words: usize) -> Projections {
        Projections {
            slot_of_word: vec![ABSENT; words],
            word_of_slot: Vec::new(),
            used: Vec::new(),
            hand: 0,
            rows: Vec::new(),
            vectors: vec![0.0; BATCH * VECTOR],
            products: vec![0.0; BATCH * PROJECTION],
            missing: Vec::new(),
        }
    }

    /// Makes sure that all these words are there until the next call.
    pub(super) fn ensure(&mut self, vectors: &Vectors, weights: &[f32], words: impl Iterator<Item = u32>) {
        for used in &mut self.used {
            if *used == Use::Now {
                *used = Use::Lately;
            }
        }
        let mut missing = std::mem::take(&mut self.missing);
        for word in words {
            match self.slot_of_word[word as usize] {
                ABSENT => missing.push(word),
                slot => self.used[usize::from(slot)] = Use::Now,
            }
        }
        missing.sort_unstable();
        missing.dedup();
        for batch in missing.chunks(BATCH) {
            self.project(vectors, weights, batch);
        }
        missing.clear();
        self.missing = missing;
    }

    fn project(&mut self, vectors: &Vectors, weights: &[f32], words: &[u32]) {
        for (&word, vector) in words.iter().zip(self.vectors.chunks_exact_mut(VECTOR)) {
            vectors.write(word, vector);
        }
        let shape = Shape {
            rows: words.len(),
            inner: VECTOR,
            columns: PROJECTION,
        };
        multiply(
            shape,
            &self.vectors,
            VECTOR,
            weights,
            &mut self.products,
            PROJECTION,
        );
        for (row, &word) in words.iter().enumerate() {
            let slot = self.free_slot();
            self.slot_of_word[word as usize] = slot as u16;
            self.word_of_slot[slot] = word;
            self.used[slot] = Use::Now;
            let product = &self.products[row * PROJECTION..(row + 1) * PROJECTION];
            self.rows[slot * PROJECTION..(slot + 1) * PROJECTION].copy_from_slice(product);
        }
    }

    /// A new slot while there is room, else the first not used lately.
    fn free_slot(&mut self) -> usize {
        if self.used.len() < KEPT {
            self.used.push(Use::Now);
            self.word_of_slot.push(u32::MAX);
            self.rows.resize(self.used.len() * PROJECTION, 0.0);
            return self.used.len() - 1;
        }
        loop {
            let slot = self.hand;
            self.hand = (self.hand + 1) % KEPT;
            match self.used[slot] {
                Use::LongAgo => {
                    self.slot_of_word[self.word_of_slot[slot] as usize] = ABSENT;
                    return slot;
                }
                Use::Lately => self.used[slot] = Use::LongAgo,
                Use::Now => {}
            }
        }
    }

    /// A word's products for one network and tap.
    pub(super) fn get(&self, word: u32, network: usize) -> &[f32] {
        let slot = usize::from(self.slot_of_word[word as usize]);
        let first = slot * PROJECTION + network * TAPPED;
        &self.rows[first..first + TAPPED]
    }
}
