//! The people of a story.

use garde::Validate;
use library::characters;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// The people of a story, as far as the reader knows them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Characters {
    pub(crate) items: Vec<Character>,
}

/// A person of a story.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Character {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    /// Other names the text has for them.
    pub(crate) aliases: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) gender: Option<String>,
    pub(crate) mention_count: usize,
    /// What the text says of their looks.
    pub(crate) looks: Vec<Look>,
}

/// What the text says of somebody's looks, and where; UTF-16 code units of the chapter's text.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Look {
    pub(crate) chapter: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) text: String,
}

/// How far the reader is: nothing that is said later is told.
#[derive(Debug, Default, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(crate) struct CharacterQuery {
    /// The chapter that is being read; the whole book when absent.
    #[garde(inner(range(max = 1_000_000)))]
    #[param(maximum = 1_000_000, nullable = false)]
    until_chapter: Option<u32>,
    /// UTF-16 code units into that chapter's text; its beginning when absent.
    #[garde(inner(range(max = 1_000_000_000)))]
    #[param(maximum = 1_000_000_000, nullable = false)]
    until_offset: Option<u32>,
}

impl CharacterQuery {
    /// The place up to which the reader may know, if that is limited.
    pub(crate) fn until(&self) -> Option<(usize, usize)> {
        let offset = self.until_offset.unwrap_or(0) as usize;
        self.until_chapter.map(|chapter| (chapter as usize, offset))
    }
}

impl From<characters::Character> for Character {
    fn from(character: characters::Character) -> Self {
        Self {
            id: character.id.0,
            name: character.name,
            aliases: character.aliases,
            gender: character.gender,
            mention_count: character.mention_count,
            looks: character.looks.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<characters::Look> for Look {
    fn from(look: characters::Look) -> Self {
        Self {
            chapter: look.chapter,
            start: look.start,
            end: look.end,
            text: look.text,
        }
    }
}
