//! The passages of a book worth a picture. Places are UTF-16 code units of a chapter's text.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::access::{require_visible, visible_publication};
use crate::books::{Page, bounds, size};
use crate::ids::{BookId, DescriptionId, PublicationId};
use crate::pictures::{self, Picture};
use crate::storage::StorageError;
use crate::storage::entity::description;
use crate::{Library, LookupError, Viewer};

/// A passage worth a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Description {
    /// Which.
    pub id: DescriptionId,
    /// What it is a passage of.
    pub publication: PublicationId,
    /// Index of the chapter.
    pub chapter: usize,
    /// Where it begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// `location`, `character`, `atmosphere`, `object` or `action`.
    pub kind: String,
    /// How surely it is a visual description, in 0..=1.
    pub score: f64,
    /// Its words.
    pub text: String,
    /// What an illustrator is asked for, in English.
    pub prompt: String,
    /// Names of the people in it.
    pub characters: Vec<String>,
    /// Names of the places in it.
    pub places: Vec<String>,
    /// The picture the viewer chose, or its latest.
    pub picture: Option<Picture>,
}

/// Which descriptions to list, in the order of the book.
#[derive(Clone, Debug, Default)]
pub struct DescriptionQuery {
    /// Only those of this chapter.
    pub chapter: Option<usize>,
    /// Only these kinds; all when empty.
    pub kinds: Vec<String>,
    /// Only those at least this sure.
    pub min_score: Option<f64>,
    /// Which page, from 1; 0 is the first.
    pub page: u64,
    /// Items a page, at most 100; 0 is 20.
    pub per_page: u64,
}

/// The descriptions of a book.
///
/// # Errors
/// [`LookupError::NotFound`] when the viewer may not see the book.
pub async fn list(
    library: &Library,
    viewer: Viewer,
    book: BookId,
    query: &DescriptionQuery,
) -> Result<Page<Description>, LookupError> {
    use description::Column as C;
    let publication = visible_publication(library, viewer, book).await?;
    let connection = library.db().read();
    let mut matching = description::Entity::find().filter(C::PublicationId.eq(publication.id));
    if let Some(chapter) = query.chapter {
        matching = matching.filter(C::Chapter.eq(i64::try_from(chapter).unwrap_or(i64::MAX)));
    }
    if !query.kinds.is_empty() {
        matching = matching.filter(C::Kind.is_in(query.kinds.iter().map(String::as_str)));
    }
    if let Some(least) = query.min_score {
        matching = matching.filter(C::Score.gte(least));
    }
    let (page, per_page) = bounds(query.page, query.per_page);
    let total = matching.clone().count(connection).await?;
    let rows = matching
        .order_by_asc(C::Chapter)
        .order_by_asc(C::StartOffset)
        .order_by_asc(C::Id)
        .offset((page - 1) * per_page)
        .limit(per_page)
        .all(connection)
        .await?;
    Ok(Page {
        items: with_pictures(library, viewer, rows).await?,
        total,
        page,
        per_page,
    })
}

/// One description.
///
/// # Errors
/// [`LookupError::NotFound`] when there is none or the viewer may not see its book.
pub async fn get(library: &Library, viewer: Viewer, id: DescriptionId) -> Result<Description, LookupError> {
    let row = visible(library, viewer, id).await?;
    with_pictures(library, viewer, vec![row])
        .await?
        .pop()
        .ok_or(LookupError::NotFound)
}

/// The row of a description that the viewer may see.
pub(crate) async fn visible(
    library: &Library,
    viewer: Viewer,
    id: DescriptionId,
) -> Result<description::Model, LookupError> {
    let row = description::Entity::find_by_id(id.0)
        .one(library.db().read())
        .await?
        .ok_or(LookupError::NotFound)?;
    require_visible(library, viewer, row.publication_id).await?;
    Ok(row)
}

async fn with_pictures(
    library: &Library,
    viewer: Viewer,
    rows: Vec<description::Model>,
) -> Result<Vec<Description>, StorageError> {
    let mut latest: HashMap<Uuid, Picture> = HashMap::new();
    for picture in pictures::of_descriptions(library, viewer, &rows).await? {
        latest.insert(picture.description.0, picture);
    }
    rows.into_iter()
        .map(|row| {
            let picture = latest.remove(&row.id);
            Description::from_row(row, picture)
        })
        .collect()
}

impl Description {
    fn from_row(row: description::Model, picture: Option<Picture>) -> Result<Self, StorageError> {
        Ok(Self {
            id: DescriptionId(row.id),
            publication: PublicationId(row.publication_id),
            chapter: size(row.chapter),
            start: size(row.start_offset),
            end: size(row.end_offset),
            kind: row.kind,
            score: row.score,
            text: row.passage,
            prompt: row.prompt,
            characters: serde_json::from_value(row.characters)?,
            places: serde_json::from_value(row.places)?,
            picture,
        })
    }
}
