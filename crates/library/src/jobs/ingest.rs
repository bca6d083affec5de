//! A file becomes chapters, pictures and a table of contents.

use std::collections::HashSet;

use bytes::Bytes;
use publication::Publication;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
};
use uuid::Uuid;

use crate::books::{BookStatus, set_card, stored};
use crate::chapters::StoredPart;
use crate::ids::PublicationId;
use crate::jobs::context::{Finished, JobContext, JobError};
use crate::jobs::{Work, queue};
use crate::storage::StorageError;
use crate::storage::blobs::{self, StoredBlob};
use crate::storage::entity::{
    chapter, character, description, export, picture, publication as row, resource,
};

/// Rows inserted by one statement: far below SQLite's bound on parameters.
const BATCH: usize = 100;

/// Reads the file again from the store, so that nothing is lost when the process that received it dies.
pub(super) async fn run(context: &JobContext, id: PublicationId) -> Result<Finished, JobError> {
    let library = &context.library;
    let connection = library.db().read();
    let publication = row::Entity::find_by_id(id.0)
        .one(connection)
        .await?
        .ok_or_else(gone)?;
    context.reporter.at(0.05, "reading");
    let (bytes, _) = library.blobs().load(connection, publication.blob_id).await?;
    let read = import(context, bytes, publication.file_name.clone()).await?;
    let pictures = store_resources(context, &read).await?;

    context.reporter.at(0.9, "storing");
    let transaction = library.db().write().await?;
    forget_earlier_reading(&transaction, id).await?;
    insert_chapters(&transaction, id, &read).await?;
    insert_resources(context, &transaction, id, &read, &pictures).await?;
    update_publication(context, &transaction, publication, &read).await?;
    let next = Work::Describe { publication: id };
    queue::enqueue(library, &transaction, &next, context.user(), next.priority()).await?;
    context.finish(transaction).await
}

fn gone() -> JobError {
    JobError::GiveUp {
        code: "removed".into(),
        detail: "the book was removed before it was read".into(),
    }
}

async fn import(
    context: &JobContext,
    bytes: Bytes,
    file_name: Option<String>,
) -> Result<Publication, JobError> {
    let read = context
        .compute(move || publication::import(&bytes, file_name.as_deref()))
        .await?;
    read.map_err(|error| JobError::GiveUp {
        code: error.code().to_owned(),
        detail: error.to_string(),
    })
}

async fn store_resources(context: &JobContext, read: &Publication) -> Result<Vec<StoredBlob>, JobError> {
    let library = &context.library;
    let mut stored = Vec::with_capacity(read.resources.len());
    for (number, resource) in read.resources.iter().enumerate() {
        context.reporter.at(
            0.3 + 0.6 * number as f64 / read.resources.len() as f64,
            "pictures",
        );
        let bytes = Bytes::copy_from_slice(&resource.bytes);
        stored.push(
            library
                .blobs()
                .store(library.db().read(), bytes, library.fresh_id())
                .await?,
        );
    }
    Ok(stored)
}

/// A publication may be read again, by a later release: what the earlier reading brought goes with it.
async fn forget_earlier_reading(
    transaction: &impl ConnectionTrait,
    id: PublicationId,
) -> Result<(), StorageError> {
    chapter::Entity::delete_many()
        .filter(chapter::Column::PublicationId.eq(id.0))
        .exec(transaction)
        .await?;
    resource::Entity::delete_many()
        .filter(resource::Column::PublicationId.eq(id.0))
        .exec(transaction)
        .await?;
    export::Entity::delete_many()
        .filter(export::Column::PublicationId.eq(id.0))
        .exec(transaction)
        .await?;
    picture::Entity::delete_many()
        .filter(picture::Column::PublicationId.eq(id.0))
        .exec(transaction)
        .await?;
    description::Entity::delete_many()
        .filter(description::Column::PublicationId.eq(id.0))
        .exec(transaction)
        .await?;
    character::Entity::delete_many()
        .filter(character::Column::PublicationId.eq(id.0))
        .exec(transaction)
        .await?;
    Ok(())
}

async fn insert_chapters(
    transaction: &impl ConnectionTrait,
    id: PublicationId,
    read: &Publication,
) -> Result<(), StorageError> {
    let mut start = 0;
    let mut rows = Vec::with_capacity(read.chapters.len());
    for (number, one) in read.chapters.iter().enumerate() {
        rows.push(chapter_row(id.0, number, start, one)?);
        start += one.length;
    }
    for batch in rows.chunks(BATCH) {
        chapter::Entity::insert_many(batch.to_vec())
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}

fn chapter_row(
    publication: Uuid,
    number: usize,
    start: usize,
    read: &publication::Chapter,
) -> Result<chapter::ActiveModel, StorageError> {
    let parts: Vec<StoredPart> = read
        .parts
        .iter()
        .map(|part| StoredPart {
            from: part.html.start,
            to: part.html.end,
            start: part.start,
        })
        .collect();
    let kind = match serde_json::to_value(read.kind)? {
        serde_json::Value::String(name) => name,
        other => return Err(StorageError::Damaged(format!("chapter kind {other}"))),
    };
    Ok(chapter::ActiveModel {
        publication_id: Set(publication),
        number: Set(stored(number)),
        title: Set(read.title.clone()),
        kind: Set(kind),
        length: Set(stored(read.length)),
        start_offset: Set(stored(start)),
        parts: Set(serde_json::to_value(parts)?),
        html: Set(read.html.clone()),
        body: Set(read.text.clone()),
    })
}

async fn insert_resources(
    context: &JobContext,
    transaction: &impl ConnectionTrait,
    id: PublicationId,
    read: &Publication,
    pictures: &[StoredBlob],
) -> Result<(), StorageError> {
    let mut names = HashSet::new();
    for (one, blob) in read.resources.iter().zip(pictures) {
        if !names.insert(&one.name) {
            continue;
        }
        let blob_id = blobs::record(transaction, blob, context.library.now()).await?;
        let row = resource::ActiveModel {
            publication_id: Set(id.0),
            name: Set(one.name.clone()),
            blob_id: Set(blob_id),
            media_type: Set(one.media_type.clone()),
            width: Set(one.width.map(i64::from)),
            height: Set(one.height.map(i64::from)),
        };
        resource::Entity::insert(row)
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}

async fn update_publication(
    context: &JobContext,
    transaction: &impl ConnectionTrait,
    publication: row::Model,
    read: &Publication,
) -> Result<(), JobError> {
    // It may have been purged meanwhile; the lock keeps that from happening before the commit.
    row::Entity::find_by_id(publication.id)
        .lock_exclusive()
        .one(transaction)
        .await?
        .ok_or_else(gone)?;
    let mut change: row::ActiveModel = publication.into();
    set_card(&mut change, read)?;
    change.status = Set(BookStatus::Describing.name().to_owned());
    change.failure_code = Set(None);
    change.failure_detail = Set(None);
    change.revision = Set(Some(read.revision.clone()));
    change.contents = Set(serde_json::to_value(&read.contents)?);
    change.cover_resource = Set(read
        .cover
        .and_then(|cover| read.resources.get(cover))
        .map(|cover| cover.name.clone()));
    change.chapter_count = Set(stored(read.chapters.len()));
    change.length = Set(stored(read.chapters.iter().map(|chapter| chapter.length).sum()));
    change.start_chapter = Set(stored(read.start));
    change.description_count = Set(0);
    change.picture_count = Set(0);
    change.updated_at = Set(context.library.now());
    change.update(transaction).await?;
    Ok(())
}
