//! What can be seen, by name.

use serde::{Deserialize, Serialize};

/// What sort of visible thing a concept is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "each name is its own definition; the lexicon's files show the members"
)]
pub enum Category {
    Place,
    Landscape,
    Building,
    Room,
    Furniture,
    Clothing,
    Face,
    Body,
    Person,
    Light,
    Weather,
    Hour,
    Season,
    Colour,
    Material,
    Animal,
    Vehicle,
    Plant,
    Water,
    Sky,
    Object,
    Food,
    Posture,
    Mood,
}

impl Category {
    /// Every category, in the order of declaration.
    pub const ALL: [Self; 24] = [
        Self::Place,
        Self::Landscape,
        Self::Building,
        Self::Room,
        Self::Furniture,
        Self::Clothing,
        Self::Face,
        Self::Body,
        Self::Person,
        Self::Light,
        Self::Weather,
        Self::Hour,
        Self::Season,
        Self::Colour,
        Self::Material,
        Self::Animal,
        Self::Vehicle,
        Self::Plant,
        Self::Water,
        Self::Sky,
        Self::Object,
        Self::Food,
        Self::Posture,
        Self::Mood,
    ];

    /// The name used in data files and on the wire, such as `clothing`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Landscape => "landscape",
            Self::Building => "building",
            Self::Room => "room",
            Self::Furniture => "furniture",
            Self::Clothing => "clothing",
            Self::Face => "face",
            Self::Body => "body",
            Self::Person => "person",
            Self::Light => "light",
            Self::Weather => "weather",
            Self::Hour => "hour",
            Self::Season => "season",
            Self::Colour => "colour",
            Self::Material => "material",
            Self::Animal => "animal",
            Self::Vehicle => "vehicle",
            Self::Plant => "plant",
            Self::Water => "water",
            Self::Sky => "sky",
            Self::Object => "object",
            Self::Food => "food",
            Self::Posture => "posture",
            Self::Mood => "mood",
        }
    }

    /// The category of that [`name`](Self::name).
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.name() == name)
    }
}

/// A visible thing or quality a passage speaks of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Concept {
    /// English lemma in lower snake case: `forest`, `old_man`, `red`.
    pub name: String,
    /// What sort of thing it is.
    pub category: Category,
    /// How much of the passage is about it, in 0..=1; the weights of a passage's concepts have 1 as their largest.
    pub weight: f32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_category_is_found_by_its_name() {
        for category in Category::ALL {
            assert_eq!(Category::from_name(category.name()), Some(category));
        }
        assert_eq!(Category::from_name("smell"), None);
    }
}
