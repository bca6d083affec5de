//! What the network sees of a sentence.

mod paragraph;
mod sentence;
mod token;
mod unseen;

use linguistics::{Analysis, Sentence};

use crate::lexicon::{Found, Lexicon};

pub(crate) use token::FLAGS as TOKEN_FLAGS;

/// Number of features of a sentence.
pub(crate) const SENTENCE_WIDTH: usize = sentence::WIDTH + paragraph::WIDTH;

/// One sentence in numbers.
pub(crate) struct SentenceFeatures {
    /// Shares and counts over the sentence, [`SENTENCE_WIDTH`] of them.
    pub(crate) dense: Vec<f32>,
    /// Its words, and those marks of punctuation that tell something.
    pub(crate) tokens: Vec<TokenFeatures>,
}

/// One word in numbers.
pub(crate) struct TokenFeatures {
    /// The word whose vector stands for it, lower case; empty for names, which must not be learned by heart.
    pub(crate) word: String,
    /// Which of the [`TOKEN_FLAGS`] hold, rising.
    pub(crate) flags: Vec<u8>,
}

/// The features of every sentence of a text.
pub(crate) fn of_text(text: &str, analysis: &Analysis) -> Vec<SentenceFeatures> {
    let lexicon = Lexicon::of(analysis.language);
    let mut earlier = None;
    let mut features: Vec<SentenceFeatures> = analysis
        .sentences
        .iter()
        .map(|sentence| {
            let opens_paragraph = earlier.replace(sentence.paragraph) != Some(sentence.paragraph);
            let found = lexicon.find(text, sentence);
            SentenceFeatures {
                dense: sentence::dense(text, sentence, &found, opens_paragraph),
                tokens: token::tokens(text, sentence, &found),
            }
        })
        .collect();
    paragraph::add(text, &analysis.sentences, &mut features, sentence::THINGS);
    features
}

/// For each token, the set of categories (bit = position in `Category::ALL`) of the form it belongs to.
fn categories(sentence: &Sentence, found: &[Found<'_>]) -> Vec<u32> {
    let mut sets = vec![0; sentence.tokens.len()];
    for form in found {
        let set = form
            .entries()
            .fold(0, |set, entry| set | 1 << entry.category as u32);
        sets[form.token..form.token + form.length].fill(set);
    }
    sets
}
