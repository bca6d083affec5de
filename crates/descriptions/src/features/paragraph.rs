//! Where in its paragraph a sentence stands, and what paragraph it is.

use linguistics::Sentence;

use super::SentenceFeatures;

/// Number of features.
pub(super) const WIDTH: usize = 6;

/// Adds the features of the paragraph to each sentence's; `things` says which of those is how much visible there is.
pub(super) fn add(text: &str, sentences: &[Sentence], features: &mut [SentenceFeatures], things: usize) {
    let mut start = 0;
    for paragraph in sentences.chunk_by(|one, next| one.paragraph == next.paragraph) {
        let own = &mut features[start..start + paragraph.len()];
        start += paragraph.len();
        let length = own.len() as f32;
        let visible = own.iter().map(|sentence| sentence.dense[things]).sum::<f32>() / length;
        let spoken = text[paragraph[0].range.clone()].starts_with(['—', '–', '-', '"', '“', '„', '«']);
        let mut depth = 0_usize;
        for (at, (sentence, features)) in paragraph.iter().zip(own).enumerate() {
            let yes = |holds: bool| f32::from(u8::from(holds));
            features.dense.extend([
                at.min(5) as f32 / 5.0,
                length.ln(),
                yes(spoken),
                yes(depth > 0),
                yes(paragraph.len() == 1),
                visible,
            ]);
            let quotes = &text[sentence.range.clone()];
            depth = (depth + quotes.matches(['“', '«']).count())
                .saturating_sub(quotes.matches(['”', '»']).count());
        }
    }
}
