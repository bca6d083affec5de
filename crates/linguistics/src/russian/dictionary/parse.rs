//! One reading of a word.

use std::rc::Rc;

/// A reading: which word it may be a form of, and which form.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Parse {
    /// The word as the dictionary spells it (with `ё`).
    pub(crate) word: String,
    /// Number of its tag.
    pub(crate) tag: u16,
    /// The word's normal form.
    pub(crate) normal: String,
    /// How the reading was found, enough to build the other forms.
    pub(crate) origin: Origin,
}

/// How a reading was found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Origin {
    /// It does not inflect: a number, a foreign word, punctuation, an adverb.
    Shape,
    /// A form of a paradigm, of a listed word or of one that ends like listed words.
    Paradigm {
        /// Number of the paradigm.
        paradigm: u16,
        /// Number of the form in it.
        form: u16,
    },
    /// A reading of the word without its prefix of this many bytes.
    Prefixed(usize, Rc<Origin>),
    /// A reading of the word without its particle of this many bytes.
    WithParticle(usize, Rc<Origin>),
    /// A compound whose left part, of this many bytes with the hyphen, does not inflect.
    FixedLeft(usize, Rc<Origin>),
    /// A compound both parts of which inflect.
    BothInflect(Rc<Origin>, Rc<Origin>),
}

impl Parse {
    pub(crate) fn of_shape(word: &str, tag: u16) -> Parse {
        Parse {
            word: word.to_owned(),
            tag,
            normal: word.to_owned(),
            origin: Origin::Shape,
        }
    }
}

impl Origin {
    /// What tells two readings with the same word and tag apart: the paradigm, or for compounds the reading
    /// of the right part.
    pub(crate) fn key(&self) -> Origin {
        match self {
            Origin::Shape => Origin::Shape,
            Origin::Paradigm { paradigm, .. } => Origin::Paradigm {
                paradigm: *paradigm,
                form: 0,
            },
            Origin::Prefixed(_, inner) | Origin::WithParticle(_, inner) => inner.key(),
            Origin::FixedLeft(_, right) | Origin::BothInflect(_, right) => {
                Origin::FixedLeft(0, Rc::clone(right))
            }
        }
    }
}
