//! A description becomes a picture: drawn by the first illustrator that can, and kept in several widths.

use pictures::provider::Reach;
use pictures::{Brief, Picture, ProviderError, Subject};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::Library;
use crate::ids::{DescriptionId, PublicationId};
use crate::illustration::{alt_text, concepts};
use crate::jobs::context::{Finished, JobContext, JobError};
use crate::jobs::sizes::{File, Sizes};
use crate::pictures::order::Manner;
use crate::pictures::settings;
use crate::plans::charges;
use crate::storage::StorageError;
use crate::storage::blobs::{self, StoredBlob};
use crate::storage::entity::{description, picture, picture_file, publication};
use crate::storage::fold::fold;

pub(super) async fn run(
    context: &JobContext,
    id: DescriptionId,
    manner: Manner,
    seed: u64,
) -> Result<Finished, JobError> {
    let library = &context.library;
    let row = description::Entity::find_by_id(id.0)
        .one(library.db().read())
        .await?
        .ok_or_else(gone)?;
    context.reporter.at(0.05, "drawing");
    let order = brief(library, &row, &manner, seed)?;
    let drawn = draw(context, &row, &order, manner.online).await?;
    context.reporter.at(0.6, "resizing");
    let (provider, cost_micros) = (drawn.provider.clone(), drawn.cost_micros);
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
    let made = Made {
        manner,
        seed,
        provider,
        sizes,
        stored,
    };
    let transaction = library.db().write().await?;
    context.hold(&transaction).await?;
    insert(context, &transaction, &row, &made).await?;
    charges::settle(&transaction, context.job(), cost_micros).await?;
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
    manner: &Manner,
    seed: u64,
) -> Result<Brief, StorageError> {
    let config = &library.config().illustrations;
    let named: Vec<::descriptions::Concept> = serde_json::from_value(row.concepts.clone())?;
    let subject: Subject = serde_json::from_value(row.kind.clone().into())?;
    Ok(Brief {
        prompt: ::descriptions::prompt::without_style(&row.prompt).to_owned(),
        original: row.passage.clone(),
        negative: row.negative.clone(),
        subject,
        concepts: concepts(named),
        style: manner.style,
        words: manner.words.clone(),
        seed,
        width: config.width,
        height: config.height,
    })
}

/// The services of the configuration draw when the order says so, the money is set aside, and the reader who asked still
/// lets the book's words go there; else the house does.
async fn draw(
    context: &JobContext,
    row: &description::Model,
    brief: &Brief,
    is_online: bool,
) -> Result<Picture, JobError> {
    let library = &context.library;
    let publication = PublicationId(row.publication_id);
    if is_online
        && let Some(online) = library.online_illustrators()
        && charges::set_aside(library.db().read(), context.job()).await? >= Some(online.dearest_micros())
        && settings::may_go_online(library, context.user(), publication).await?
    {
        let drawn = online.illustrate(brief, Reach::Online).await.map_err(judge)?;
        return Ok(drawn.picture);
    }
    draw_at_home(library, brief).await
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

/// A picture with its files, before it has rows.
struct Made {
    manner: Manner,
    seed: u64,
    provider: String,
    sizes: Sizes,
    stored: Vec<StoredBlob>,
}

async fn insert(
    context: &JobContext,
    transaction: &impl ConnectionTrait,
    row: &description::Model,
    made: &Made,
) -> Result<(), JobError> {
    let (library, sizes) = (&context.library, &made.sizes);
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
        style: Set(made.manner.style.name().to_owned()),
        words: Set(made.manner.words.clone()),
        online: Set(made.manner.online),
        seed: Set(made.seed.cast_signed()),
        provider: Set(made.provider.clone()),
        user_id: Set(context.user().map(|user| user.0)),
        width: Set(i64::from(sizes.width)),
        height: Set(i64::from(sizes.height)),
        placeholder: Set(sizes.placeholder.clone()),
        alt: Set(alt_text(&row.passage)),
        alt_folded: Set(fold(&alt_text(&row.passage))),
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
    for (file, blob) in sizes.files.iter().zip(&made.stored) {
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
