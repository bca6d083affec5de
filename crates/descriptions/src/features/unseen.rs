//! Words for what cannot be seen: sounds, smells, speech, thought, feeling; `lexicon/unseen.tsv` holds the class, English
//! lemmas, Russian lemmas. They keep a sentence of visible words from being taken for a description.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

const FILE: &str = include_str!("../../lexicon/unseen.tsv");

/// Number of classes.
pub(super) const CLASSES: usize = 9;

/// The lemmas of both languages; they share no letters.
pub(super) struct Unseen(FxHashMap<&'static str, Vec<usize>>);

static LEXICON: LazyLock<Unseen> = LazyLock::new(Unseen::load);

impl Unseen {
    pub(super) fn lexicon() -> &'static Self {
        &LEXICON
    }

    fn load() -> Self {
        let mut lemmas: FxHashMap<&'static str, Vec<usize>> = FxHashMap::default();
        for (class, line) in FILE.lines().enumerate() {
            for lemma in line.split('\t').skip(1).flat_map(|forms| forms.split(',')) {
                let classes = lemmas.entry(lemma).or_default();
                if !classes.contains(&class) {
                    classes.push(class);
                }
            }
        }
        Self(lemmas)
    }

    /// The classes a lemma belongs to.
    pub(super) fn classes(&self, lemma: &str) -> impl Iterator<Item = usize> {
        self.0.get(lemma).into_iter().flatten().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_has_lemmas_of_both_languages() {
        assert_eq!(FILE.lines().count(), CLASSES);
        for line in FILE.lines() {
            let columns: Vec<_> = line.split('\t').collect();
            assert_eq!(columns.len(), 3, "{line}");
            assert!(columns.iter().all(|column| !column.is_empty()), "{line}");
            assert!(!columns[2].contains('ё'), "lemmas are written with е: {line}");
        }
    }
}
