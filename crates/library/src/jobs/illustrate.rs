//! A description becomes a picture: drawn by the first illustrator that can, and kept in several widths.

use pictures::provider::Reach;
use pictures::{Brief, Picture, ProviderError, Style, Subject};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::Library;
use crate::ids::{DescriptionId, PublicationId};
use crate::illustration::{alt_text, concepts};
use crate::jobs::context::{Finished, JobContext, JobError};
use crate::jobs::sizes::{File, Sizes};
use crate::pictures::settings;
use crate::storage::StorageError;
use crate::storage::blobs::{self, StoredBlob};
use crate::storage::entity::{description, picture, picture_file, publication};

pub(super) async fn run(
    context: &JobContext,
    id: DescriptionId,
    style: Style,
    seed: u64,
) -> Result<Finished, JobError> {
    let library = &context.library;
    let row = description::Entity::find_by_id(id.0)
        .one(library.db().read())
        .await?
        .ok_or_else(gone)?;
    context.reporter.at(0.05, "drawing");
    let drawn = draw(context, &row, &brief(library, &row, style, seed)?).await?;
    context.reporter.at(0.6, "resizing");
    let provider = drawn.provider.clone();
    let sizes = context
        .compute(move || Sizes::of(&drawn))
        .await?
        .map_err(|error| JobError::Retry {
            code: "not-the-picture",
            error: anyhow::Error::new(error).context("the picture cannot be encoded"),
        })?;
    context.reporter.at(0.9, "storing");
    let mut stored = Vec::with_capacity(sizes.files.len());
    for file in &sizes.files {
        stored.push(
            library
                .blobs()
                .store(library.db().read(), file.bytes.clone(), library.fresh_id())
                .await?,
        );
    }
    let transaction = library.db().write().await?;
    insert(
        library,
        &transaction,
        &row,
        (style, seed, provider),
        &sizes,
        &stored,
    )
    .await?;
    context.finish(transaction).await
}

fn gone() -> JobError {
    JobError::GiveUp {
        code: "removed".into(),
        detail: "the passage was removed before it was drawn".into(),
    }
}

/// What the description says, as an order for an illustrator.
fn brief(
    library: &Library,
    row: &description::Model,
    style: Style,
    seed: u64,
) -> Result<Brief, StorageError> {
    let config = &library.config().illustrations;
    let named: Vec<::descriptions::Concept> = serde_json::from_value(row.concepts.clone())?;
    let subject: Subject = serde_json::from_value(row.kind.clone().into())?;
    Ok(Brief {
        prompt: row.prompt.clone(),
        original: row.passage.clone(),
        negative: row.negative.clone(),
        subject,
        concepts: concepts(named),
        style,
        seed,
        width: config.width,
        height: config.height,
    })
}

/// The services of the configuration draw when the reader who asked lets the book's words go there; else the house does.
async fn draw(context: &JobContext, row: &description::Model, brief: &Brief) -> Result<Picture, JobError> {
    let library = &context.library;
    let publication = PublicationId(row.publication_id);
    match library.online_illustrators() {
        Some(online) if settings::may_go_online(library, context.user(), publication).await? => {
            let drawn = online.illustrate(brief, Reach::Online).await.map_err(judge)?;
            Ok(drawn.picture)
        }
        _ => draw_at_home(library, brief).await,
    }
}

/// Asks one illustrator after the other. The job is tried again later when the last one's reason may pass.
async fn draw_at_home(library: &Library, brief: &Brief) -> Result<Picture, JobError> {
    let mut last = JobError::GiveUp {
        code: "no-illustrator".into(),
        detail: "no illustrator is configured".into(),
    };
    for illustrator in library.illustrators() {
        match illustrator.illustrate(brief).await {
            Ok(picture) => return Ok(picture),
            Err(error) => {
                tracing::warn!(%error, illustrator = illustrator.name(), "an illustrator gave no picture");
                last = judge(error);
            }
        }
    }
    Err(last)
}

fn judge(error: ProviderError) -> JobError {
    if error.is_passing() {
        JobError::Retry {
            code: error.code(),
            error: error.into(),
        }
    } else {
        JobError::GiveUp {
            code: error.code().to_owned(),
            detail: error.to_string(),
        }
    }
}

async fn insert(
    library: &Library,
    transaction: &impl ConnectionTrait,
    row: &description::Model,
    (style, seed, provider): (Style, u64, String),
    sizes: &Sizes,
    stored: &[StoredBlob],
) -> Result<(), JobError> {
    // The lock keeps the passage from being removed before the commit.
    description::Entity::find_by_id(row.id)
        .lock_exclusive()
        .one(transaction)
        .await?
        .ok_or_else(gone)?;
    let id = library.fresh_id();
    let new = picture::ActiveModel {
        id: Set(id),
        description_id: Set(row.id),
        publication_id: Set(row.publication_id),
        style: Set(style.name().to_owned()),
        seed: Set(seed.cast_signed()),
        provider: Set(provider),
        width: Set(i64::from(sizes.width)),
        height: Set(i64::from(sizes.height)),
        placeholder: Set(sizes.placeholder.clone()),
        alt: Set(alt_text(&row.passage)),
        created_at: Set(library.now()),
        withdrawn_at: Set(None),
    };
    let inserted = picture::Entity::insert(new)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(transaction)
        .await?;
    if inserted == 0 {
        return Ok(());
    }
    for (file, blob) in sizes.files.iter().zip(stored) {
        let blob_id = blobs::record(transaction, blob, library.now()).await?;
        picture_file::Entity::insert(file_row(id, blob_id, file))
            .exec_without_returning(transaction)
            .await?;
    }
    publication::Entity::update_many()
        .col_expr(
            publication::Column::PictureCount,
            Expr::col(publication::Column::PictureCount).add(1),
        )
        .filter(publication::Column::Id.eq(row.publication_id))
        .exec(transaction)
        .await?;
    Ok(())
}

fn file_row(picture_id: uuid::Uuid, blob_id: uuid::Uuid, file: &File) -> picture_file::ActiveModel {
    picture_file::ActiveModel {
        picture_id: Set(picture_id),
        size: Set(file.size.clone()),
        blob_id: Set(blob_id),
        media_type: Set(file.media_type.to_owned()),
        width: Set(i64::from(file.width)),
        height: Set(i64::from(file.height)),
    }
}
