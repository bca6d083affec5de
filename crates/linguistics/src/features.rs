//! Morphological features of a word, as Universal Dependencies writes them.

use std::fmt;
use std::sync::Arc;

/// Features of one word: `Case=Nom|Gender=Masc|Number=Sing`.
///
/// Cheap to clone: words with the same features share one string.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Features(Option<Arc<str>>);

impl Features {
    /// No features at all.
    pub const NONE: Features = Features(None);

    /// Features written as in the FEATS column of CoNLL-U; `_` and the empty string mean none.
    pub fn new(written: &str) -> Features {
        match written {
            "" | "_" => Features::NONE,
            written => Features(Some(written.into())),
        }
    }

    /// The value of a feature: `get("Case") == Some("Nom")`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter()
            .find_map(|(key, value)| (key == name).then_some(value))
    }

    /// Whether a feature has a value: `is("Number", "Plur")`.
    pub fn is(&self, name: &str, value: &str) -> bool {
        self.get(name) == Some(value)
    }

    /// All features as (name, value), in the order they are written.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let written = self.0.as_deref().unwrap_or_default();
        written.split('|').filter_map(|pair| pair.split_once('='))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The FEATS column: `_` when there are none.
    pub fn as_str(&self) -> &str {
        self.0.as_deref().unwrap_or("_")
    }
}

impl fmt::Display for Features {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Features {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_is_found_by_its_whole_name() {
        let features = Features::new("Case=Gen|Gender=Fem|NumForm=Digit|Number=Plur");
        assert_eq!(features.get("Number"), Some("Plur"));
        assert_eq!(features.get("Num"), None);
        assert!(features.is("Case", "Gen"));
        assert_eq!(features.iter().count(), 4);
    }

    #[test]
    fn absence_is_an_underscore() {
        assert_eq!(Features::new("_"), Features::NONE);
        assert_eq!(Features::NONE.to_string(), "_");
        assert_eq!(Features::NONE.iter().count(), 0);
    }
}
