//! What the English tagger looks at: the word, its ends, its shape, its neighbours and the tags before it.

use super::adjectives;

/// A word prepared for feature extraction.
pub(super) struct Word {
    lower: String,
    shape: u8,
    /// Whether it is a listed adjective.
    adjective: bool,
    /// Byte offsets of the last one to four letters.
    ends: [usize; 4],
    /// Byte offsets after the first one to three letters.
    beginnings: [usize; 3],
}

impl Word {
    pub(super) fn new(form: &str) -> Word {
        let lower: String = form
            .chars()
            .flat_map(char::to_lowercase)
            .map(|c| match c {
                '’' | '‘' => '\'',
                '0'..='9' => '0',
                other => other,
            })
            .collect();
        let boundaries: Vec<usize> = lower
            .char_indices()
            .map(|(at, _)| at)
            .chain([lower.len()])
            .collect();
        let letters = boundaries.len() - 1;
        let end = |count: usize| boundaries[letters.saturating_sub(count)];
        let beginning = |count: usize| boundaries[count.min(letters)];
        Word {
            shape: shape(form),
            adjective: adjectives::is_listed(&lower),
            ends: [end(1), end(2), end(3), end(4)],
            beginnings: [beginning(1), beginning(2), beginning(3)],
            lower,
        }
    }
}

/// Letter case and kind of characters as bits.
fn shape(form: &str) -> u8 {
    let first_upper = form.chars().next().is_some_and(char::is_uppercase);
    let rest_upper = form.chars().skip(1).any(char::is_uppercase);
    let lower = form.chars().any(char::is_lowercase);
    let digit = form.chars().any(|c| c.is_ascii_digit());
    let hyphen = form.chars().skip(1).any(|c| c == '-');
    let other = form.chars().all(|c| !c.is_alphanumeric());
    [first_upper, rest_upper, lower, digit, hyphen, other]
        .into_iter()
        .enumerate()
        .fold(0, |bits, (place, set)| bits | u8::from(set) << place)
}

/// Stands for a tag before the first word.
pub(super) const NO_TAG: u8 = u8::MAX;

/// Appends the features of a word, each a hash, given the tags of the two words before it.
pub(super) fn extract(words: &[Word], at: usize, previous: [u8; 2], features: &mut Vec<u32>) {
    let word = &words[at];
    let lower = |place: Option<usize>| {
        place
            .and_then(|place| words.get(place))
            .map_or(&b""[..], |w| w.lower.as_bytes())
    };
    let (before, after) = (lower(at.checked_sub(1)), lower(Some(at + 1)));
    let (second_before, second_after) = (lower(at.checked_sub(2)), lower(Some(at + 2)));
    let shape = |place: Option<usize>| {
        place
            .and_then(|place| words.get(place))
            .map_or(u8::MAX, |w| w.shape)
    };
    let ending = |place: Option<usize>| {
        place
            .and_then(|place| words.get(place))
            .map_or(&b""[..], |w| &w.lower.as_bytes()[w.ends[2]..])
    };
    let starts = u8::from(at == 0);
    let mut add = |template: u8, parts: &[&[u8]]| features.push(hash(template, parts));
    let (text, shape_of) = (word.lower.as_bytes(), |shape: u8| [shape]);
    let end = |count: usize| &word.lower.as_bytes()[word.ends[count - 1]..];
    add(0, &[]);
    add(1, &[text]);
    for (template, count) in (2..).zip(1..=4) {
        add(template, &[end(count)]);
    }
    for (template, beginning) in (6..).zip(word.beginnings) {
        add(template, &[&text[..beginning]]);
    }
    let own_shape = shape_of(word.shape);
    add(9, &[&own_shape, &[starts]]);
    add(10, &[before]);
    add(11, &[after]);
    add(12, &[second_before]);
    add(13, &[second_after]);
    add(14, &[&previous[..1]]);
    add(15, &[&previous]);
    add(16, &[&previous[..1], text]);
    add(17, &[&previous[..1], after]);
    add(18, &[ending(at.checked_sub(1))]);
    add(19, &[ending(Some(at + 1))]);
    add(20, &[before, text]);
    add(21, &[text, after]);
    add(
        22,
        &[&own_shape, &[shape(at.checked_sub(1))], &[shape(Some(at + 1))]],
    );
    add(23, &[&previous[..1], end(3)]);
    add(24, &[end(2), after]);
    add(25, &[&own_shape, end(3)]);
    let listed = |place: Option<usize>| {
        u8::from(
            place
                .and_then(|place| words.get(place))
                .is_some_and(|word| word.adjective),
        )
    };
    add(26, &[&[listed(Some(at))], &previous[..1], ending(Some(at + 1))]);
    add(
        27,
        &[&[listed(at.checked_sub(1)), listed(Some(at)), listed(Some(at + 1))]],
    );
}

/// FNV-1a over a template's number and its parts. It must not change: the embedded weights depend on it.
fn hash(template: u8, parts: &[&[u8]]) -> u32 {
    let mut state = 0xcbf2_9ce4_8422_2325u64;
    let mut take = |byte: u8| state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    take(template);
    for part in parts {
        part.iter().for_each(|&byte| take(byte));
        take(0xff);
    }
    (state ^ (state >> 32)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn features(sentence: &[&str], at: usize) -> Vec<u32> {
        let words: Vec<Word> = sentence.iter().map(|form| Word::new(form)).collect();
        let mut features = Vec::new();
        extract(&words, at, [NO_TAG; 2], &mut features);
        features
    }

    #[test]
    fn hashes_stay_as_the_embedded_weights_know_them() {
        assert_eq!(hash(1, &[b"moor"]), hash(1, &[b"moor"]));
        assert_ne!(hash(1, &[b"moor"]), hash(2, &[b"moor"]));
        assert_ne!(hash(20, &[b"a", b"bc"]), hash(20, &[b"ab", b"c"]));
        assert_eq!(hash(1, &[b"moor"]), 346_182_162);
    }

    #[test]
    fn neighbours_count() {
        assert_ne!(features(&["the", "run"], 1), features(&["they", "run"], 1));
        assert_eq!(features(&["run"], 0).len(), 28);
    }
}
