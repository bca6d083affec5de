//! Several pictures of one passage: all of them, the one a reader prefers, those they never want to see again, and
//! those that nobody shall see.

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query, SelectStatement};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait,
    PaginatorTrait, QueryFilter,
};
use uuid::Uuid;

use crate::access::require_visible;
use crate::ids::{DescriptionId, PictureId, UserId};
use crate::pictures::Picture;
use crate::storage::entity::{
    book, export, picture, picture_choice, picture_report, picture_setting, publication,
};
use crate::{Library, LookupError, Viewer};

const CHOSEN: &str = "chosen";
const DISCARDED: &str = "discarded";

/// The pictures of a passage, oldest first, the chosen one last.
///
/// # Errors
/// [`LookupError::NotFound`] when the viewer may not see the passage.
pub async fn of_description(
    library: &Library,
    viewer: Viewer,
    id: DescriptionId,
) -> Result<Vec<Picture>, LookupError> {
    let row = crate::descriptions::visible(library, viewer, id).await?;
    Ok(super::of_descriptions(library, viewer, &[row]).await?)
}

/// Shows this picture of its passage to this reader from now on, whatever is drawn later.
///
/// # Errors
/// [`LookupError::NotFound`] when they may not see it or it is withdrawn.
pub async fn choose(library: &Library, user: UserId, id: PictureId) -> Result<(), LookupError> {
    let row = shown(library, Viewer::User(user), id).await?;
    let transaction = library.db().write().await?;
    let siblings = Query::select()
        .column(picture::Column::Id)
        .from(picture::Entity)
        .and_where(picture::Column::DescriptionId.eq(row.description_id))
        .to_owned();
    picture_choice::Entity::delete_many()
        .filter(picture_choice::Column::UserId.eq(user.0))
        .filter(picture_choice::Column::Verdict.eq(CHOSEN))
        .filter(picture_choice::Column::PictureId.in_subquery(siblings))
        .exec(&transaction)
        .await?;
    decide(&transaction, user, id.0, CHOSEN).await?;
    Ok(transaction.commit().await?)
}

/// Takes a picture away from this reader. When nobody else has the book it is removed altogether.
///
/// # Errors
/// [`LookupError::NotFound`] when they may not see it.
pub async fn discard(library: &Library, user: UserId, id: PictureId) -> Result<(), LookupError> {
    let row = shown(library, Viewer::User(user), id).await?;
    let transaction = library.db().write().await?;
    let others = book::Entity::find()
        .filter(book::Column::PublicationId.eq(row.publication_id))
        .filter(
            Condition::any()
                .add(book::Column::UserId.ne(user.0))
                .add(book::Column::InCatalogue.eq(true)),
        )
        .count(&transaction)
        .await?;
    if others > 0 {
        decide(&transaction, user, id.0, DISCARDED).await?;
    } else {
        let removed = picture::Entity::delete_by_id(id.0).exec(&transaction).await?;
        count_fewer(&transaction, row.publication_id, removed.rows_affected).await?;
    }
    Ok(transaction.commit().await?)
}

/// Withdraws a picture at once, for everybody, and keeps why.
///
/// # Errors
/// [`LookupError::NotFound`] when the reader may not see it or it is withdrawn already.
pub async fn report(
    library: &Library,
    user: UserId,
    id: PictureId,
    reason: String,
) -> Result<(), LookupError> {
    let row = shown(library, Viewer::User(user), id).await?;
    let transaction = library.db().write().await?;
    let now = library.now();
    let withdrawn = picture::Entity::update_many()
        .col_expr(picture::Column::WithdrawnAt, Expr::value(now))
        .filter(picture::Column::Id.eq(id.0))
        .filter(picture::Column::WithdrawnAt.is_null())
        .exec(&transaction)
        .await?;
    count_fewer(&transaction, row.publication_id, withdrawn.rows_affected).await?;
    // The illustrated EPUB may hold it: the next one will not.
    export::Entity::delete_by_id(row.publication_id)
        .exec(&transaction)
        .await?;
    let report = picture_report::ActiveModel {
        id: Set(library.fresh_id()),
        picture_id: Set(id.0),
        user_id: Set(Some(user.0)),
        reason: Set(reason),
        created_at: Set(now),
    };
    report.insert(&transaction).await?;
    Ok(transaction.commit().await?)
}

/// The row of a picture that the viewer may see and that is not withdrawn.
pub(super) async fn shown(
    library: &Library,
    viewer: Viewer,
    id: PictureId,
) -> Result<picture::Model, LookupError> {
    let row = picture::Entity::find_by_id(id.0)
        .filter(picture::Column::WithdrawnAt.is_null())
        .filter(match viewer {
            Viewer::Administrator(_) => Condition::all(),
            _ => viewer
                .user()
                .map_or_else(|| Condition::all().add(picture::Column::Words.eq("")), open_to),
        })
        .one(library.db().read())
        .await?
        .ok_or(LookupError::NotFound)?;
    require_visible(library, viewer, row.publication_id).await?;
    Ok(row)
}

/// The rows of `pictures` that the viewer may see and wants to: neither withdrawn nor discarded, and not drawn to the
/// words of another reader.
pub(super) fn kept(viewer: Viewer) -> Condition {
    let standing = Condition::all().add(picture::Column::WithdrawnAt.is_null());
    match viewer.user() {
        Some(user) => standing
            .add(picture::Column::Id.not_in_subquery(judged(user, DISCARDED)))
            .add(open_to(user)),
        None => standing.add(picture::Column::Words.eq("")),
    }
}

/// A picture drawn to a reader's own words is theirs, and that of readers with the same words.
fn open_to(user: UserId) -> Condition {
    let own_words = Query::select()
        .column((picture_setting::Entity, picture_setting::Column::Words))
        .from(picture_setting::Entity)
        .inner_join(
            book::Entity,
            Expr::col((book::Entity, book::Column::Id))
                .equals((picture_setting::Entity, picture_setting::Column::BookId)),
        )
        .and_where(Expr::col((book::Entity, book::Column::UserId)).eq(user.0))
        .and_where(Expr::col((picture_setting::Entity, picture_setting::Column::Words)).is_not_null())
        .to_owned();
    Condition::any()
        .add(picture::Column::Words.eq(""))
        .add(picture::Column::UserId.eq(user.0))
        .add(picture::Column::Words.in_subquery(own_words))
}

/// Which of these pictures the viewer chose.
pub(super) async fn chosen(
    library: &Library,
    viewer: Viewer,
    ids: impl Iterator<Item = Uuid>,
) -> Result<Vec<Uuid>, DbErr> {
    let Some(user) = viewer.user() else {
        return Ok(Vec::new());
    };
    let rows = picture_choice::Entity::find()
        .filter(picture_choice::Column::UserId.eq(user.0))
        .filter(picture_choice::Column::Verdict.eq(CHOSEN))
        .filter(picture_choice::Column::PictureId.is_in(ids))
        .all(library.db().read())
        .await?;
    Ok(rows.into_iter().map(|row| row.picture_id).collect())
}

/// Who asks for a discarded picture again wants to see it again.
pub(super) async fn restore(library: &Library, user: UserId, id: PictureId) -> Result<(), DbErr> {
    let transaction = library.db().write().await?;
    picture_choice::Entity::delete_many()
        .filter(picture_choice::Column::UserId.eq(user.0))
        .filter(picture_choice::Column::PictureId.eq(id.0))
        .filter(picture_choice::Column::Verdict.eq(DISCARDED))
        .exec(&transaction)
        .await?;
    transaction.commit().await
}

fn judged(user: UserId, verdict: &str) -> SelectStatement {
    Query::select()
        .column(picture_choice::Column::PictureId)
        .from(picture_choice::Entity)
        .and_where(picture_choice::Column::UserId.eq(user.0))
        .and_where(picture_choice::Column::Verdict.eq(verdict))
        .to_owned()
}

async fn decide(
    transaction: &impl ConnectionTrait,
    user: UserId,
    picture: Uuid,
    verdict: &str,
) -> Result<(), DbErr> {
    let row = picture_choice::ActiveModel {
        user_id: Set(user.0),
        picture_id: Set(picture),
        verdict: Set(verdict.to_owned()),
    };
    let replace = OnConflict::columns([picture_choice::Column::UserId, picture_choice::Column::PictureId])
        .update_column(picture_choice::Column::Verdict)
        .to_owned();
    picture_choice::Entity::insert(row)
        .on_conflict(replace)
        .exec_without_returning(transaction)
        .await
        .map(drop)
}

async fn count_fewer(transaction: &impl ConnectionTrait, publication: Uuid, fewer: u64) -> Result<(), DbErr> {
    let fewer = i64::try_from(fewer).unwrap_or(0);
    publication::Entity::update_many()
        .col_expr(
            publication::Column::PictureCount,
            Expr::col(publication::Column::PictureCount).sub(fewer),
        )
        .filter(publication::Column::Id.eq(publication))
        .exec(transaction)
        .await
        .map(drop)
}
