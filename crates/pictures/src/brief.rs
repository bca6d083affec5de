//! What to draw: the order an illustrator is given.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// An order for one picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Brief {
    /// English words for a model that draws from words; the offline illustrator reads them too when
    /// `concepts` are few.
    pub prompt: String,
    /// The passage itself, in the book's language.
    pub original: String,
    /// What the picture must not show, in English.
    pub negative: String,
    /// What the picture is about.
    pub subject: Subject,
    /// What the passage names, heaviest first or in any order.
    pub concepts: Vec<Concept>,
    /// The manner of drawing.
    pub style: Style,
    /// The reader's own words for the manner, which services are told in place of those of `style`; empty without.
    #[serde(default)]
    pub words: String,
    /// The same brief and seed give the same offline picture, byte for byte.
    pub seed: u64,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// What a picture is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A place: landscape, town, room.
    Location,
    /// A person, drawn as a portrait.
    Character,
    /// Weather, light, mood.
    Atmosphere,
    /// A thing, drawn large.
    Object,
    /// People doing something somewhere.
    Action,
}

/// One thing or quality the passage names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Concept {
    /// An English lemma in lower snake case: `forest`, `old_man`, `red`.
    pub name: String,
    /// The family of the name in lower snake case: `landscape`, `person`, `colour`. Names nobody taught the
    /// offline illustrator are drawn by it.
    pub category: String,
    /// Importance, at or above zero; 1 is ordinary.
    pub weight: f32,
}

impl Concept {
    /// A concept of ordinary weight.
    pub fn new(name: impl Into<String>, category: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            category: category.into(),
            weight: 1.0,
        }
    }
}

/// The manner of drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// Pen drawing: hatching, lines of varied weight, a diluted wash.
    #[default]
    Ink,
    /// Washes on grained paper.
    Watercolour,
    /// Bold black with carved lines and one or two tints.
    Woodcut,
}

impl Style {
    /// Every style, in the order they are offered.
    pub const ALL: [Style; 3] = [Style::Ink, Style::Watercolour, Style::Woodcut];

    /// The name in configuration, addresses and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Style::Ink => "ink",
            Style::Watercolour => "watercolour",
            Style::Woodcut => "woodcut",
        }
    }

    /// English words that ask a model for this manner.
    pub fn words(self) -> &'static str {
        match self {
            Style::Ink => "pen and ink drawing, fine hatching, sepia wash, 19th century book illustration",
            Style::Watercolour => {
                "watercolour painting, soft washes, bleeding edges, textured paper, 19th century book illustration"
            }
            Style::Woodcut => {
                "woodcut print, bold black shapes, carved lines, limited palette, 19th century book illustration"
            }
        }
    }
}

impl fmt::Display for Style {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// No style has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown style `{0}`: use ink, watercolour or woodcut")]
pub struct UnknownStyle(pub String);

impl FromStr for Style {
    type Err = UnknownStyle;

    fn from_str(name: &str) -> Result<Self, UnknownStyle> {
        Style::ALL
            .into_iter()
            .find(|style| style.name() == name)
            .ok_or_else(|| UnknownStyle(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_is_read_back_from_its_name_and_its_json() {
        for style in Style::ALL {
            assert_eq!(style.to_string().parse(), Ok(style));
            let json = serde_json::to_string(&style).unwrap();
            assert_eq!(json, format!("\"{style}\""));
            assert_eq!(serde_json::from_str::<Style>(&json).unwrap(), style);
        }
        assert_eq!("oil".parse::<Style>(), Err(UnknownStyle("oil".into())));
    }
}
