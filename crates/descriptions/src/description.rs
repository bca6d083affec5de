//! The outcome of reading a book for what can be drawn.

use std::{fmt, ops::Range, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{Character, Concept, Place};

/// One chapter as it is handed in.
#[derive(Clone, Copy, Debug)]
pub struct ChapterText<'a> {
    /// Number of the chapter in its book, from 0; chapters are handed in rising order.
    pub index: usize,
    /// The text, one paragraph a line.
    pub text: &'a str,
    /// Whether it belongs to the story; front matter, back matter and notes are not searched.
    pub is_body: bool,
}

/// Everything found in a book.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BookDescriptions {
    /// One entry for each chapter handed in, in the same order.
    pub chapters: Vec<ChapterDescriptions>,
    /// The people, most often mentioned first.
    pub characters: Vec<Character>,
    /// The named places, most often mentioned first.
    pub places: Vec<Place>,
}

/// The descriptions of one chapter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChapterDescriptions {
    /// The chapter's number, as handed in.
    pub index: usize,
    /// In the order of the text; their ranges do not overlap.
    pub descriptions: Vec<Description>,
}

/// A run of sentences from which an illustrator could draw something that the text itself shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Description {
    /// Bytes of the chapter's text, from the first letter of the first sentence to the end of the last.
    pub range: Range<usize>,
    /// What is shown.
    pub kind: Kind,
    /// Probability in 0..=1 that people would call the passage a visual description.
    pub score: f32,
    /// The people concerned, as indexes into [`BookDescriptions::characters`], rising.
    pub characters: Vec<usize>,
    /// The named places concerned, as indexes into [`BookDescriptions::places`], rising.
    pub places: Vec<usize>,
    /// What is seen, the most important first.
    pub concepts: Vec<Concept>,
    /// What an image model is asked for.
    pub prompt: Prompt,
}

/// What a description shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A place or landscape, indoors or outdoors.
    Location,
    /// How a person looks.
    Character,
    /// Light, weather, season, hour.
    Atmosphere,
    /// One thing.
    Object,
    /// A scene in motion that could be frozen.
    Action,
}

impl Kind {
    /// Every kind, in the order of declaration.
    pub const ALL: [Self; 5] = [
        Self::Location,
        Self::Character,
        Self::Atmosphere,
        Self::Object,
        Self::Action,
    ];

    /// The name used on the wire, such as `location`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Location => "location",
            Self::Character => "character",
            Self::Atmosphere => "atmosphere",
            Self::Object => "object",
            Self::Action => "action",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// No kind of description has this name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownKind(pub String);

impl fmt::Display for UnknownKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not location, character, atmosphere, object or action",
            self.0
        )
    }
}

impl std::error::Error for UnknownKind {}

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(name: &str) -> Result<Self, UnknownKind> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == name)
            .ok_or_else(|| UnknownKind(name.to_owned()))
    }
}

/// What an image model is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prompt {
    /// In English; says nothing the book has not said before the passage's end.
    pub text: String,
    /// The passage's own words, cut at a word's end when long.
    pub original: String,
    /// What the picture must not show.
    pub negative: String,
    /// The same for the same book and people, so that they keep their looks from picture to picture.
    pub seed: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_back_from_its_name() {
        for kind in Kind::ALL {
            assert_eq!(kind.to_string().parse(), Ok(kind));
        }
        assert_eq!("smell".parse::<Kind>(), Err(UnknownKind("smell".into())));
    }
}
