//! The models' own output, before anything is repaired: what `annotate` writes as CoNLL-U.

use std::ops::Range;
use std::sync::Arc;

use crate::{Analysis, Entity, EntityKind, Features, Language, Sentence, Upos, tree};

/// What counts as one document, over which names are decoded as one sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Each line that is not blank.
    Line,
    /// The whole text; its lines are still split into sentences one by one.
    Chapter,
}

/// The output of the models for one text. All ranges are bytes into it.
#[derive(Debug, Clone, PartialEq)]
pub struct Annotation {
    /// The language it was annotated as.
    pub language: Language,
    /// Sentences in order.
    pub sentences: Vec<AnnotatedSentence>,
    /// Tokens of all sentences in order.
    pub tokens: Vec<AnnotatedToken>,
    /// Names in order.
    pub entities: Vec<Entity>,
}

/// One sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnotatedSentence {
    /// Where it stands.
    pub range: Range<usize>,
    /// Index of the text's line it belongs to.
    pub paragraph: usize,
    /// Its tokens among [`Annotation::tokens`].
    pub tokens: Range<usize>,
}

/// One token.
#[derive(Debug, Clone, PartialEq)]
pub struct AnnotatedToken {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Dictionary form.
    pub lemma: Arc<str>,
    /// Part of speech.
    pub pos: Upos,
    /// Morphological features.
    pub features: Features,
    /// 0 for a root, else the number of the head in the sentence, counted from 1. Several roots and cycles
    /// are possible.
    pub head: u32,
    /// Relation to the head.
    pub relation: &'static str,
    /// Its place in a name.
    pub name: NameTag,
}

impl AnnotatedToken {
    /// Where it stands.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A token's place in a name (BIO).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NameTag {
    /// In no name.
    #[default]
    Outside,
    /// The first token of a name.
    Begins(EntityKind),
    /// A further token of a name.
    Continues(EntityKind),
}

impl Annotation {
    /// The analysis with the heads of each sentence made a tree.
    pub fn into_analysis(self) -> Analysis {
        let sentences = self.sentences.into_iter().map(|sentence| Sentence {
            range: sentence.range,
            paragraph: sentence.paragraph,
            tokens: tree::repaired(&self.tokens[sentence.tokens]),
        });
        Analysis {
            language: self.language,
            sentences: sentences.collect(),
            entities: self.entities,
        }
    }

    pub(crate) fn new(language: Language) -> Annotation {
        Annotation {
            language,
            sentences: Vec::new(),
            tokens: Vec::new(),
            entities: Vec::new(),
        }
    }

    /// Adds a name over some tokens: marks them and remembers the entity.
    pub(crate) fn add_entity(&mut self, tokens: Range<usize>, kind: EntityKind, normal: String) {
        let Some(named) = self.tokens.get_mut(tokens).filter(|named| !named.is_empty()) else {
            return;
        };
        let range = named[0].start as usize..named[named.len() - 1].end as usize;
        named
            .iter_mut()
            .for_each(|token| token.name = NameTag::Continues(kind));
        named[0].name = NameTag::Begins(kind);
        self.entities.push(Entity { range, kind, normal });
    }
}
