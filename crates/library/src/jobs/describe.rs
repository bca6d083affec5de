//! Chapters become descriptions and people; the best descriptions are given to the illustrators.

use ::descriptions::{BookDescriptions, Candidate, ChapterText, Character, Description};
use ::publication::offsets::Cursor;
use linguistics::{Language, Models};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::books::{BookStatus, size, stored};
use crate::characters::gender_name;
use crate::ids::{DescriptionId, PublicationId};
use crate::jobs::context::{Finished, JobContext, JobError};
use crate::jobs::{Work, queue};
use crate::pictures::order::Manner;
use crate::plans::charges;
use crate::storage::StorageError;
use crate::storage::entity::{chapter, character, description, picture, publication};

/// Rows inserted by one statement: far below the engines' bounds on parameters.
const BATCH: usize = 100;
/// Without models they are looked for again after this long.
const LOOK_FOR_MODELS_SECONDS: i64 = 60;

pub(super) async fn run(context: &JobContext, id: PublicationId) -> Result<Finished, JobError> {
    let library = &context.library;
    let connection = library.db().read();
    let book = publication::Entity::find_by_id(id.0)
        .one(connection)
        .await?
        .ok_or_else(gone)?;
    let models = open_models(context).await?;
    let chapters = chapter::Entity::find()
        .filter(chapter::Column::PublicationId.eq(id.0))
        .order_by_asc(chapter::Column::Number)
        .all(connection)
        .await?;
    let language = language_of(&book, &chapters)?;
    let (chapters, found) = describe(context, models, language, chapters).await?;

    context.reporter.at(0.98, "storing");
    let transaction = library.db().write().await?;
    let book = publication::Entity::find_by_id(id.0)
        .lock_exclusive()
        .one(&transaction)
        .await?
        .ok_or_else(gone)?;
    forget_earlier(&transaction, id).await?;
    let drawable = insert_descriptions(context, &transaction, id, &chapters, &found).await?;
    insert_characters(context, &transaction, id, &chapters, &found).await?;
    let mut change: publication::ActiveModel = book.into();
    change.status = Set(BookStatus::Ready.name().to_owned());
    change.failure_code = Set(None);
    change.failure_detail = Set(None);
    change.description_count = Set(stored(drawable.len()));
    change.picture_count = Set(0);
    change.updated_at = Set(library.now());
    change.update(&transaction).await?;
    order_pictures(context, &transaction, id, &drawable).await?;
    context.finish(transaction).await
}

fn gone() -> JobError {
    JobError::GiveUp {
        code: "removed".into(),
        detail: "the book was removed before it was described".into(),
    }
}

/// Without models the book can be read all the same, and is described once they are installed.
async fn open_models(context: &JobContext) -> Result<Models, JobError> {
    let library = context.library.clone();
    context
        .compute(move || library.models().open())
        .await?
        .map_err(|error| JobError::Wait {
            code: "models-missing",
            detail: error.to_string(),
            seconds: LOOK_FOR_MODELS_SECONDS,
        })
}

/// What the book declares; only when it declares nothing, what its text looks like.
fn language_of(book: &publication::Model, chapters: &[chapter::Model]) -> Result<Language, JobError> {
    let longest = chapters.iter().max_by_key(|chapter| chapter.length);
    let language = match book.language.as_str() {
        "" => longest.and_then(|chapter| linguistics::detect(&chapter.body)),
        declared => Language::from_tag(declared),
    };
    language.ok_or_else(|| JobError::GiveUp {
        code: "language".into(),
        detail: "descriptions are found in Russian and English books only; this one can be read without"
            .into(),
    })
}

async fn describe(
    context: &JobContext,
    models: Models,
    language: Language,
    chapters: Vec<chapter::Model>,
) -> Result<(Vec<chapter::Model>, BookDescriptions), JobError> {
    let reporter = context.reporter.clone();
    context
        .compute(move || {
            let texts: Vec<ChapterText<'_>> = chapters
                .iter()
                .map(|chapter| ChapterText {
                    index: size(chapter.number),
                    text: &chapter.body,
                    is_body: chapter.kind == "body",
                })
                .collect();
            // By length, not by number: chapters differ.
            let total = chapters.iter().map(|chapter| chapter.length).sum::<i64>().max(1) as f64;
            let found = ::descriptions::describe(&models, language, &texts, &mut |done| {
                let read: i64 = chapters.iter().take(done).map(|chapter| chapter.length).sum();
                reporter.at(0.02 + 0.95 * read as f64 / total, "describing");
            });
            drop(texts);
            (chapters, found)
        })
        .await
}

/// A stored description, as far as the choice of pictures needs to know it.
struct Drawable {
    id: DescriptionId,
    seed: u64,
    candidate: Candidate,
}

/// Inserts the descriptions batch by batch: the rows of a whole novel take more memory than everything before them.
async fn insert_descriptions(
    context: &JobContext,
    transaction: &impl ConnectionTrait,
    id: PublicationId,
    chapters: &[chapter::Model],
    found: &BookDescriptions,
) -> Result<Vec<Drawable>, StorageError> {
    let mut drawable = Vec::new();
    for (chapter, in_chapter) in chapters.iter().zip(&found.chapters) {
        let mut cursor = Cursor::new(&chapter.body);
        for batch in in_chapter.descriptions.chunks(BATCH) {
            let rows = batch
                .iter()
                .map(|one| description_row(context, id, chapter, &mut cursor, found, one))
                .collect::<Result<Vec<_>, _>>()?;
            drawable.extend(rows.iter().map(|row| Drawable {
                id: DescriptionId(*row.id.as_ref()),
                seed: row.seed.as_ref().cast_unsigned(),
                candidate: Candidate {
                    place: size(chapter.start_offset + row.start_offset.as_ref()),
                    score: *row.score.as_ref() as f32,
                },
            }));
            description::Entity::insert_many(rows)
                .exec_without_returning(transaction)
                .await?;
        }
    }
    Ok(drawable)
}

fn description_row(
    context: &JobContext,
    id: PublicationId,
    chapter: &chapter::Model,
    cursor: &mut Cursor<'_>,
    found: &BookDescriptions,
    one: &Description,
) -> Result<description::ActiveModel, StorageError> {
    let passage = chapter.body.get(one.range.clone()).ok_or_else(|| {
        StorageError::Damaged(format!(
            "a description at {:?} of chapter {}",
            one.range, chapter.number
        ))
    })?;
    let characters: Vec<&str> = one
        .characters
        .iter()
        .filter_map(|&at| found.characters.get(at))
        .map(|person| person.name.as_str())
        .collect();
    let places: Vec<&str> = one
        .places
        .iter()
        .filter_map(|&at| found.places.get(at))
        .map(|place| place.name.as_str())
        .collect();
    Ok(description::ActiveModel {
        id: Set(context.library.fresh_id()),
        publication_id: Set(id.0),
        chapter: Set(chapter.number),
        start_offset: Set(stored(cursor.utf16(one.range.start))),
        end_offset: Set(stored(cursor.utf16(one.range.end))),
        kind: Set(one.kind.name().to_owned()),
        score: Set(f64::from(one.score)),
        passage: Set(passage.to_owned()),
        prompt: Set(one.prompt.text.clone()),
        negative: Set(one.prompt.negative.clone()),
        seed: Set(one.prompt.seed.cast_signed()),
        concepts: Set(serde_json::to_value(&one.concepts)?),
        characters: Set(serde_json::to_value(characters)?),
        places: Set(serde_json::to_value(places)?),
    })
}

/// Inserts people as they were found, with every place turned from bytes into UTF-16 code units.
async fn insert_characters(
    context: &JobContext,
    transaction: &impl ConnectionTrait,
    id: PublicationId,
    chapters: &[chapter::Model],
    found: &BookDescriptions,
) -> Result<(), StorageError> {
    let mut cursors: Vec<Cursor<'_>> = chapters
        .iter()
        .map(|chapter| Cursor::new(&chapter.body))
        .collect();
    for (ordinal, person) in found.characters.iter().enumerate() {
        // One by one: a hero is named many thousand times.
        let row = character_row(context, id, &mut cursors, ordinal, person)?;
        character::Entity::insert(row)
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}

fn character_row(
    context: &JobContext,
    id: PublicationId,
    cursors: &mut [Cursor<'_>],
    ordinal: usize,
    person: &Character,
) -> Result<character::ActiveModel, StorageError> {
    let mut mentions = person.mentions.clone();
    for mention in &mut mentions {
        mention.range = in_utf16(cursors, mention.chapter, &mention.range);
    }
    let mut looks = person.looks.clone();
    for look in &mut looks {
        look.range = in_utf16(cursors, look.chapter, &look.range);
    }
    Ok(character::ActiveModel {
        id: Set(context.library.fresh_id()),
        publication_id: Set(id.0),
        ordinal: Set(stored(ordinal)),
        name: Set(person.name.clone()),
        aliases: Set(serde_json::to_value(&person.aliases)?),
        gender: Set(person.gender.map(|gender| gender_name(gender).to_owned())),
        mentions: Set(serde_json::to_value(mentions)?),
        looks: Set(serde_json::to_value(looks)?),
    })
}

fn in_utf16(
    cursors: &mut [Cursor<'_>],
    chapter: usize,
    bytes: &std::ops::Range<usize>,
) -> std::ops::Range<usize> {
    // Chapters are handed in by number, so the number is the place in the list.
    cursors
        .get_mut(chapter)
        .map_or(0..0, |cursor| cursor.utf16(bytes.start)..cursor.utf16(bytes.end))
}

/// The job may have been done before, by an earlier release.
async fn forget_earlier(transaction: &impl ConnectionTrait, id: PublicationId) -> Result<(), StorageError> {
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

/// The best descriptions get a picture without being asked for.
async fn order_pictures(
    context: &JobContext,
    transaction: &impl ConnectionTrait,
    id: PublicationId,
    drawable: &[Drawable],
) -> Result<(), StorageError> {
    let library = &context.library;
    let candidates: Vec<Candidate> = drawable.iter().map(|one| one.candidate).collect();
    let count = library.config().illustrations.pictures_per_book;
    let manner = match context.user() {
        Some(user) => Manner::of(library, user, id, None).await?,
        None => Manner::of_house(library),
    };
    for index in ::descriptions::best(&candidates, count) {
        let Drawable {
            id: description,
            seed,
            ..
        } = drawable[index];
        let work = Work::illustrate(id, description, manner.clone(), seed);
        order(context, transaction, &work, &manner).await?;
    }
    Ok(())
}

/// Nobody asked for this picture, so no reader's plan counts it; when the installation's money does not suffice, the house
/// draws it.
async fn order(
    context: &JobContext,
    transaction: &impl ConnectionTrait,
    work: &Work,
    manner: &Manner,
) -> Result<(), StorageError> {
    let library = &context.library;
    let placed = queue::place(library, transaction, work, context.user(), work.priority()).await?;
    if placed.is_new && manner.online {
        charges::take_for_house(library, transaction, placed.id, manner.price_micros(library)).await?;
    }
    Ok(())
}
