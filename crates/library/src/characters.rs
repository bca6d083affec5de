//! The people of a story, as a reader knows them who has read up to a place. Places are UTF-16 code units.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::access::visible_publication;
use crate::ids::{BookId, CharacterId};
use crate::storage::StorageError;
use crate::storage::entity::character;
use crate::{Library, LookupError, Viewer};

/// A person of a story.
#[derive(Clone, Debug, PartialEq)]
pub struct Character {
    /// Who.
    pub id: CharacterId,
    /// The fullest name read so far.
    pub name: String,
    /// Other names read so far.
    pub aliases: Vec<String>,
    /// `male` or `female`, as the text's grammar shows it.
    pub gender: Option<String>,
    /// How often the person was named so far.
    pub mention_count: usize,
    /// What was said of their looks so far.
    pub looks: Vec<Look>,
}

/// One thing the text says of a person's looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// Index of the chapter.
    pub chapter: usize,
    /// Where the sentence begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The sentence.
    pub text: String,
}

/// Everybody a reader has met who has read up to `until` (chapter, offset), or everybody of the book; the most often
/// named first.
///
/// # Errors
/// [`LookupError::NotFound`] when the viewer may not see the book.
pub async fn list(
    library: &Library,
    viewer: Viewer,
    book: BookId,
    until: Option<(usize, usize)>,
) -> Result<Vec<Character>, LookupError> {
    let publication = visible_publication(library, viewer, book).await?;
    let rows = character::Entity::find()
        .filter(character::Column::PublicationId.eq(publication.id))
        .order_by_asc(character::Column::Ordinal)
        .all(library.db().read())
        .await?;
    let (chapter, offset) = until.unwrap_or((usize::MAX, usize::MAX));
    let mut known = Vec::new();
    for row in rows {
        let id = CharacterId(row.id);
        if let Some(person) = found(row)?.known_at(chapter, offset) {
            known.push(Character::from_found(id, person));
        }
    }
    known.sort_by_key(|person| std::cmp::Reverse(person.mention_count));
    Ok(known)
}

fn found(row: character::Model) -> Result<::descriptions::Character, StorageError> {
    Ok(::descriptions::Character {
        name: row.name,
        aliases: serde_json::from_value(row.aliases)?,
        gender: row
            .gender
            .map(|gender| serde_json::from_value(gender.into()))
            .transpose()?,
        mentions: serde_json::from_value(row.mentions)?,
        looks: serde_json::from_value(row.looks)?,
    })
}

impl Character {
    fn from_found(id: CharacterId, person: ::descriptions::Character) -> Self {
        let looks = person.looks.into_iter().map(|look| Look {
            chapter: look.chapter,
            start: look.range.start,
            end: look.range.end,
            text: look.text,
        });
        Self {
            id,
            name: person.name,
            aliases: person.aliases,
            gender: person.gender.map(|gender| gender_name(gender).to_owned()),
            mention_count: person.mentions.len(),
            looks: looks.collect(),
        }
    }
}

pub(crate) fn gender_name(gender: ::descriptions::Gender) -> &'static str {
    match gender {
        ::descriptions::Gender::Male => "male",
        ::descriptions::Gender::Female => "female",
    }
}
