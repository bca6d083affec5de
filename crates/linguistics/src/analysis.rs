//! What an analysis says about a text, in terms of Universal Dependencies.

use std::ops::Range;
use std::sync::Arc;

use crate::{Features, Language, Upos};

/// The analysis of one text (usually a chapter). All ranges are bytes into that text.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    /// The language it was analysed as.
    pub language: Language,
    /// Sentences in order; none crosses a line of the text.
    pub sentences: Vec<Sentence>,
    /// Names of people, places and organisations, in order, not overlapping.
    pub entities: Vec<Entity>,
}

/// One sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// Where it stands, without the white space around it.
    pub range: Range<usize>,
    /// Index of the line (paragraph) of the text it belongs to; empty lines count.
    pub paragraph: usize,
    /// Its tokens in order.
    pub tokens: Vec<Token>,
}

/// A word or a mark of punctuation.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// Where it stands.
    pub range: Range<usize>,
    /// Dictionary form, lower case; Russian `ё` is written `е`.
    pub lemma: Arc<str>,
    /// Part of speech.
    pub pos: Upos,
    /// Morphological features.
    pub features: Features,
    /// Index in the sentence of the token this one depends on; `None` for the root.
    ///
    /// A tree: from every token the way up ends at the one root. There is no English parser: in English only
    /// the modifiers of nouns and the prepositions before them are linked, everything else hangs on the root
    /// with the relation `dep`.
    pub head: Option<usize>,
    /// Universal dependency relation to the head: `amod`, `nsubj`, `root`.
    pub relation: &'static str,
}

/// A name in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Where it stands.
    pub range: Range<usize>,
    /// What it names.
    pub kind: EntityKind,
    /// The name in its normal form: Russian names in the nominative, letter case as in the text.
    pub normal: String,
}

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityKind {
    /// A person or a personal being.
    Person,
    /// A place.
    Location,
    /// An organisation.
    Organisation,
}

impl EntityKind {
    /// The short name annotation schemes use: `PER`, `LOC`, `ORG`.
    pub fn as_str(self) -> &'static str {
        match self {
            EntityKind::Person => "PER",
            EntityKind::Location => "LOC",
            EntityKind::Organisation => "ORG",
        }
    }
}

impl Analysis {
    /// All tokens of the text in order.
    pub fn tokens(&self) -> impl Iterator<Item = &Token> {
        self.sentences.iter().flat_map(|sentence| &sentence.tokens)
    }
}

impl Sentence {
    /// Tokens that depend directly on the token `head`, with their indices.
    pub fn children(&self, head: usize) -> impl Iterator<Item = (usize, &Token)> {
        self.tokens
            .iter()
            .enumerate()
            .filter(move |(_, token)| token.head == Some(head))
    }

    /// The token the sentence hangs on.
    pub fn root(&self) -> Option<usize> {
        self.tokens.iter().position(|token| token.head.is_none())
    }
}
