//! The English model as it is embedded in the program: weights of the tagger and words for the lemmatiser.
//!
//! ```text
//! u32 length, then text: tags, one a line: UPOS, a space, XPOS, a space, FEATS
//! u32 length, then text: base forms of verbs, space-separated
//! u32 length, then text: lemmas the rules miss: form, a space, UPOS, a space, lemma a line
//! u32 length, then text: features of words their tag does not tell: form, UPOS, XPOS, FEATS a line
//! u32 features; that many u32 hashes in order; that many u8 counts of weights
//! u32 weights; that many u8 tags; that many i16 weights
//! ```
//! All numbers are little-endian.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{Features, Upos};

static EMBEDDED: &[u8] = include_bytes!("../../data/english.model");

/// The embedded model, read when first used.
pub(super) static MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::read(EMBEDDED).expect("the embedded model is what the trainer wrote"));

/// A tag of the tagger: part of speech, the Penn Treebank's tag, the features that go with them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tag {
    pub(super) pos: Upos,
    pub(super) penn: String,
    pub(super) features: Features,
}

#[derive(Debug)]
pub(super) struct Model {
    pub(super) tags: Vec<Tag>,
    pub(super) verbs: FxHashSet<String>,
    pub(super) lemmas: FxHashMap<(String, Upos), String>,
    /// By lower-case form and number of the tag.
    form_features: FxHashMap<(String, u8), Features>,
    /// Start and length of each feature's weights.
    features: FxHashMap<u32, (u32, u8)>,
    weight_tags: Vec<u8>,
    weights: Vec<i16>,
}

impl Model {
    /// Reads a model; `None` when the bytes are not one.
    pub(super) fn read(bytes: &[u8]) -> Option<Model> {
        let mut reader = Reader(bytes);
        let tags = reader
            .text()?
            .lines()
            .map(Tag::read)
            .collect::<Option<Vec<Tag>>>()?;
        let verbs = reader
            .text()?
            .split_ascii_whitespace()
            .map(str::to_owned)
            .collect();
        let lemmas = reader
            .text()?
            .lines()
            .map(read_lemma)
            .collect::<Option<FxHashMap<_, _>>>()?;
        let form_features = reader
            .text()?
            .lines()
            .map(|line| read_form(line, &tags))
            .collect::<Option<_>>()?;
        let count = reader.number()? as usize;
        let hashes = reader.take(count * 4)?;
        let lengths = reader.take(count)?;
        let mut start = 0u32;
        let mut features = FxHashMap::with_capacity_and_hasher(count, Default::default());
        for (hash, &length) in hashes.chunks_exact(4).zip(lengths) {
            features.insert(u32::from_le_bytes(hash.try_into().ok()?), (start, length));
            start += u32::from(length);
        }
        let total = reader.number()? as usize;
        let weight_tags = reader.take(total)?.to_vec();
        let weights = reader
            .take(total * 2)?
            .chunks_exact(2)
            .map(|two| i16::from_le_bytes([two[0], two[1]]))
            .collect();
        let fits = start as usize == total && weight_tags.iter().all(|&tag| usize::from(tag) < tags.len());
        (fits && !tags.is_empty()).then_some(Model {
            tags,
            verbs,
            lemmas,
            form_features,
            features,
            weight_tags,
            weights,
        })
    }

    /// The morphological features of a word under a tag.
    pub(super) fn word_features(&self, form: &str, tag: u8) -> Features {
        let known = (form.to_lowercase().replace('’', "'"), tag);
        self.form_features
            .get(&known)
            .unwrap_or(&self.tags[usize::from(tag)].features)
            .clone()
    }

    /// Adds a feature's weights to the scores of tags.
    pub(super) fn add_scores(&self, feature: u32, scores: &mut [i32]) {
        let Some(&(start, length)) = self.features.get(&feature) else {
            return;
        };
        let weights = start as usize..start as usize + usize::from(length);
        for (&tag, &weight) in self.weight_tags[weights.clone()]
            .iter()
            .zip(&self.weights[weights])
        {
            scores[usize::from(tag)] += i32::from(weight);
        }
    }
}

impl Tag {
    fn read(line: &str) -> Option<Tag> {
        let (pos, rest) = line.split_once(' ')?;
        let (penn, features) = rest.split_once(' ')?;
        Some(Tag {
            pos: pos.parse().ok()?,
            penn: penn.to_owned(),
            features: Features::new(features),
        })
    }
}

fn read_lemma(line: &str) -> Option<((String, Upos), String)> {
    let mut parts = line.split(' ');
    let (form, pos, lemma) = (parts.next()?, parts.next()?, parts.next()?);
    Some(((form.to_owned(), pos.parse().ok()?), lemma.to_owned()))
}

fn read_form(line: &str, tags: &[Tag]) -> Option<((String, u8), Features)> {
    let mut parts = line.split(' ');
    let (form, upos, penn, features) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let tag = tags
        .iter()
        .position(|tag| tag.pos.as_str() == upos && tag.penn == penn)?;
    Some(((form.to_owned(), tag as u8), Features::new(features)))
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = self.number()? as usize;
        std::str::from_utf8(self.take(length)?).ok()
    }
}
