//! Universal parts of speech.

use std::fmt;
use std::str::FromStr;

macro_rules! upos {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// A universal part of speech (Universal Dependencies, `u/pos`).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Upos { $($(#[$doc])* $variant,)* }

        impl Upos {
            /// Every part of speech, in the alphabetical order of its UD name.
            pub const ALL: &'static [Upos] = &[$(Upos::$variant,)*];

            /// The UD name: `NOUN`.
            pub fn as_str(self) -> &'static str {
                match self { $(Upos::$variant => $name,)* }
            }
        }
    };
}

upos! {
    /// Adjective.
    Adjective = "ADJ",
    /// Preposition or postposition.
    Adposition = "ADP",
    /// Adverb.
    Adverb = "ADV",
    /// Auxiliary verb.
    Auxiliary = "AUX",
    /// Coordinating conjunction.
    CoordinatingConjunction = "CCONJ",
    /// Determiner.
    Determiner = "DET",
    /// Interjection.
    Interjection = "INTJ",
    /// Common noun.
    Noun = "NOUN",
    /// Numeral.
    Numeral = "NUM",
    /// Particle.
    Particle = "PART",
    /// Pronoun.
    Pronoun = "PRON",
    /// Proper noun.
    ProperNoun = "PROPN",
    /// Punctuation.
    Punctuation = "PUNCT",
    /// Subordinating conjunction.
    SubordinatingConjunction = "SCONJ",
    /// Symbol.
    Symbol = "SYM",
    /// Verb.
    Verb = "VERB",
    /// Anything else.
    Other = "X",
}

impl Upos {
    /// Whether the word names something: a common or a proper noun.
    pub fn is_nominal(self) -> bool {
        matches!(self, Upos::Noun | Upos::ProperNoun)
    }
}

impl fmt::Display for Upos {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Upos {
    type Err = UnknownUpos;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Upos::ALL
            .iter()
            .copied()
            .find(|upos| upos.as_str() == name)
            .ok_or_else(|| UnknownUpos(name.to_owned()))
    }
}

/// A name that is none of the seventeen parts of speech.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not a universal part of speech")]
pub struct UnknownUpos(String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        for &upos in Upos::ALL {
            assert_eq!(upos.as_str().parse::<Upos>().unwrap(), upos);
        }
        assert!("PRCL".parse::<Upos>().is_err());
    }
}
