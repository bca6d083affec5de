//! A book and its pictures become an illustrated EPUB.

use std::collections::HashSet;

use ::publication::epub::write::{self, EpubBook, EpubChapter, Illustration};
use ::publication::{Resource, offsets};
use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::Library;
use crate::books::{Card, size, stored};
use crate::ids::PublicationId;
use crate::jobs::context::{Finished, JobContext, JobError};
use crate::pictures::ORIGINAL;
use crate::storage::StorageError;
use crate::storage::blobs;
use crate::storage::entity::{chapter, description, export, picture, picture_file, publication, resource};

pub(super) async fn run(context: &JobContext, id: PublicationId) -> Result<Finished, JobError> {
    let library = &context.library;
    let row = publication::Entity::find_by_id(id.0)
        .one(library.db().read())
        .await?
        .ok_or_else(gone)?;
    context.reporter.at(0.05, "gathering");
    let book = gather(library, row).await?;
    let picture_count = book.illustrations.len();
    context.reporter.at(0.4, "writing");
    let written = context
        .compute(move || write::write(&book))
        .await?
        .map_err(|error| JobError::GiveUp {
            code: "export".into(),
            detail: error.to_string(),
        })?;
    context.reporter.at(0.9, "storing");
    let blob = library
        .blobs()
        .store(library.db().read(), written.into(), library.fresh_id())
        .await?;
    let transaction = library.db().write().await?;
    publication::Entity::find_by_id(id.0)
        .lock_exclusive()
        .one(&transaction)
        .await?
        .ok_or_else(gone)?;
    let blob_id = blobs::record(&transaction, &blob, library.now()).await?;
    let row = export::ActiveModel {
        publication_id: Set(id.0),
        blob_id: Set(blob_id),
        picture_count: Set(stored(picture_count)),
        created_at: Set(library.now()),
    };
    let replaced = [
        export::Column::BlobId,
        export::Column::PictureCount,
        export::Column::CreatedAt,
    ];
    export::Entity::insert(row)
        .on_conflict(
            OnConflict::column(export::Column::PublicationId)
                .update_columns(replaced)
                .to_owned(),
        )
        .exec_without_returning(&transaction)
        .await?;
    context.finish(transaction).await
}

fn gone() -> JobError {
    JobError::GiveUp {
        code: "removed".into(),
        detail: "the book was removed before it was exported".into(),
    }
}

/// The book with the latest picture of each description placed after its passage.
async fn gather(library: &Library, row: publication::Model) -> Result<EpubBook, StorageError> {
    let chapters = chapter::Entity::find()
        .filter(chapter::Column::PublicationId.eq(row.id))
        .order_by_asc(chapter::Column::Number)
        .all(library.db().read())
        .await?;
    let mut resources = inner_resources(library, row.id).await?;
    let cover = resources
        .iter()
        .position(|one| Some(&one.name) == row.cover_resource.as_ref());
    let illustrations = illustrate(library, row.id, &chapters, &mut resources).await?;
    let card: Card = serde_json::from_value(row.metadata)?;
    Ok(EpubBook {
        identifier: format!("urn:uuid:{}", row.id),
        modified: timestamp(library.now()),
        chapters: chapters.into_iter().map(epub_chapter).collect::<Result<_, _>>()?,
        contents: serde_json::from_value(row.contents)?,
        resources,
        cover,
        illustrations,
        start: size(row.start_chapter),
        layout: card.layout,
        metadata: card.metadata,
    })
}

fn epub_chapter(row: chapter::Model) -> Result<EpubChapter, StorageError> {
    Ok(EpubChapter {
        title: row.title,
        kind: serde_json::from_value(row.kind.into())?,
        html: row.html,
    })
}

async fn inner_resources(library: &Library, publication: Uuid) -> Result<Vec<Resource>, StorageError> {
    let connection = library.db().read();
    let rows = resource::Entity::find()
        .filter(resource::Column::PublicationId.eq(publication))
        .order_by_asc(resource::Column::Name)
        .all(connection)
        .await?;
    let mut resources = Vec::with_capacity(rows.len());
    for row in rows {
        let (bytes, _) = library.blobs().load(connection, row.blob_id).await?;
        let pixels = |side: Option<i64>| side.and_then(|side| u32::try_from(side).ok());
        resources.push(Resource {
            width: pixels(row.width),
            height: pixels(row.height),
            name: row.name,
            media_type: row.media_type,
            bytes: bytes.into(),
        });
    }
    Ok(resources)
}

/// Adds the pictures to the resources and says where they belong.
async fn illustrate(
    library: &Library,
    publication: Uuid,
    chapters: &[chapter::Model],
    resources: &mut Vec<Resource>,
) -> Result<Vec<Illustration>, StorageError> {
    let connection = library.db().read();
    let passages = description::Entity::find()
        .filter(description::Column::PublicationId.eq(publication))
        .order_by_asc(description::Column::Chapter)
        .order_by_asc(description::Column::StartOffset)
        .all(connection)
        .await?;
    let newest_first = picture::Entity::find()
        .filter(picture::Column::PublicationId.eq(publication))
        .filter(picture::Column::WithdrawnAt.is_null())
        // The file is everybody's who has the book; a reader's own words are not.
        .filter(picture::Column::Words.eq(""))
        .order_by_desc(picture::Column::Id)
        .all(connection)
        .await?;
    let mut illustrated = HashSet::new();
    let latest: Vec<picture::Model> = newest_first
        .into_iter()
        .filter(|one| illustrated.insert(one.description_id))
        .collect();
    let mut illustrations = Vec::new();
    for passage in passages {
        let Some(picture) = latest.iter().find(|one| one.description_id == passage.id) else {
            continue;
        };
        let Some(chapter) = chapters.iter().position(|one| one.number == passage.chapter) else {
            continue;
        };
        let last_unit = size(passage.end_offset).saturating_sub(1);
        illustrations.push(Illustration {
            chapter,
            offset: offsets::to_bytes(&chapters[chapter].body, last_unit),
            resource: place(resources, original(library, picture).await?),
            alt: picture.alt.clone(),
            caption: Some(picture.alt.clone()),
        });
    }
    Ok(illustrations)
}

/// The index of a resource, added unless it is there: two passages may have the very same picture.
fn place(resources: &mut Vec<Resource>, new: Resource) -> usize {
    resources
        .iter()
        .position(|one| one.name == new.name)
        .unwrap_or_else(|| {
            resources.push(new);
            resources.len() - 1
        })
}

async fn original(library: &Library, picture: &picture::Model) -> Result<Resource, StorageError> {
    let connection = library.db().read();
    let file = picture_file::Entity::find_by_id((picture.id, ORIGINAL.to_owned()))
        .one(connection)
        .await?
        .ok_or_else(|| StorageError::Damaged(format!("picture {} has no original", picture.id)))?;
    let (bytes, sha256) = library.blobs().load(connection, file.blob_id).await?;
    let extension = file.media_type.rsplit('/').next().unwrap_or("img");
    Ok(Resource {
        // Named by what it shows, so that the name of the book's own picture cannot be met.
        name: format!("illustration-{}.{extension}", &sha256[..16]),
        media_type: file.media_type,
        bytes: bytes.into(),
        width: u32::try_from(file.width).ok(),
        height: u32::try_from(file.height).ok(),
    })
}

/// As EPUB wants it (EPUB 3.3 section 5.5.3.1.4): UTC, whole seconds, `Z`.
fn timestamp(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}
