//! The English tagger: an averaged perceptron that goes from left to right.

use super::features::{NO_TAG, Word, extract};
use super::model::Model;

/// Memory kept between sentences.
#[derive(Default)]
pub(super) struct Tagger {
    words: Vec<Word>,
    features: Vec<u32>,
    scores: Vec<i32>,
}

impl Tagger {
    /// The numbers of the tags of a sentence's words.
    pub(super) fn tag<'w>(&mut self, model: &Model, forms: impl Iterator<Item = &'w str>) -> Vec<u8> {
        self.words.clear();
        self.words.extend(forms.map(Word::new));
        let mut tags = Vec::with_capacity(self.words.len());
        let mut previous = [NO_TAG; 2];
        for at in 0..self.words.len() {
            self.features.clear();
            extract(&self.words, at, previous, &mut self.features);
            self.scores.clear();
            self.scores.resize(model.tags.len(), 0);
            for &feature in &self.features {
                model.add_scores(feature, &mut self.scores);
            }
            let tag = greatest(&self.scores);
            tags.push(tag);
            previous = [tag, previous[0]];
        }
        tags
    }
}

/// The first tag with the greatest score.
fn greatest(scores: &[i32]) -> u8 {
    let mut best = 0;
    for (tag, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = tag;
        }
    }
    best as u8
}
