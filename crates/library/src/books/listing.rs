//! Which books a viewer sees.

use std::collections::HashMap;

use sea_orm::sea_query::{Alias, Expr, ExprTrait, LikeExpr, Query};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType, Order, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, RelationDef, Select,
};
use uuid::Uuid;

use crate::books::book::{Book, BookRow, BookStatus, Page};
use crate::ids::{BookId, JobId};
use crate::jobs::{JobKind, JobState};
use crate::storage::StorageError;
use crate::storage::entity::{book, job, position, publication};
use crate::storage::fold::contains_pattern;
use crate::{Library, LookupError, Viewer};

/// Most items of a page.
pub(crate) const LONGEST_PAGE: u64 = 100;

/// Which shelf.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// The viewer's own.
    Own,
    /// The public catalogue.
    Catalogue,
    /// Both, each publication once.
    #[default]
    All,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BookSort {
    /// By title.
    Title,
    /// By authors' names.
    Author,
    /// By the time of adding.
    #[default]
    Added,
    /// By the time of last reading; never opened ones count as opened when they were added.
    Opened,
}

/// Which books to list.
#[derive(Clone, Debug, Default)]
pub struct BookQuery {
    /// Which shelf.
    pub scope: Scope,
    /// Words of title, series or author, whatever their case.
    pub text: Option<String>,
    /// Language tag; `ru` finds `ru-RU` too.
    pub language: Option<String>,
    /// In which order.
    pub sort: BookSort,
    /// Backwards.
    pub descending: bool,
    /// Which page, from 1; 0 is the first.
    pub page: u64,
    /// Items a page, at most 100; 0 is 20.
    pub per_page: u64,
}

/// The books of a shelf that the viewer may see.
///
/// # Errors
/// When storage fails.
pub async fn list(library: &Library, viewer: Viewer, query: &BookQuery) -> Result<Page<Book>, StorageError> {
    let (page, per_page) = bounds(query.page, query.per_page);
    let connection = library.db().read();
    let matching = matching(viewer, query);
    let total = matching.clone().count(connection).await?;
    let order = if query.descending { Order::Desc } else { Order::Asc };
    let rows = columns(sorted(matching, query.sort, order))
        .offset((page - 1) * per_page)
        .limit(per_page)
        .into_model::<BookRow>()
        .all(connection)
        .await?;
    let mut jobs = running_jobs(library, &rows).await?;
    let items = rows
        .into_iter()
        .map(|row| {
            let job = jobs.remove(&row.publication_id);
            row.into_book(viewer, job)
        })
        .collect::<Result<_, _>>()?;
    Ok(Page {
        items,
        total,
        page,
        per_page,
    })
}

/// One book.
///
/// # Errors
/// [`LookupError::NotFound`] when there is none or the viewer may not see it.
pub async fn get(library: &Library, viewer: Viewer, id: BookId) -> Result<Book, LookupError> {
    let visible = joined(viewer)
        .filter(viewer.may_see())
        .filter(book::Column::Id.eq(id.0));
    let row = columns(visible)
        .into_model::<BookRow>()
        .one(library.db().read())
        .await?
        .ok_or(LookupError::NotFound)?;
    let job = running_jobs(library, std::slice::from_ref(&row))
        .await?
        .remove(&row.publication_id);
    Ok(row.into_book(viewer, job)?)
}

/// Page and page length within their bounds.
pub(crate) fn bounds(page: u64, per_page: u64) -> (u64, u64) {
    let per_page = if per_page == 0 {
        20
    } else {
        Ord::min(per_page, LONGEST_PAGE)
    };
    // Far beyond any shelf, and its product with the length still fits the database's integers.
    (page.clamp(1, 1_000_000_000), per_page)
}

/// Books with their publication and the viewer's position.
fn joined(viewer: Viewer) -> Select<book::Entity> {
    let reader = viewer.user().map_or(Uuid::nil(), |user| user.0);
    let to_publication: RelationDef = book::Entity::belongs_to(publication::Entity)
        .from(book::Column::PublicationId)
        .to(publication::Column::Id)
        .into();
    let to_position: RelationDef = book::Entity::belongs_to(position::Entity)
        .from(book::Column::PublicationId)
        .to(position::Column::PublicationId)
        .on_condition(move |_, positions| {
            Condition::all().add(Expr::col((positions, position::Column::UserId)).eq(reader))
        })
        .into();
    book::Entity::find()
        .join(JoinType::InnerJoin, to_publication)
        .join(JoinType::LeftJoin, to_position)
}

fn matching(viewer: Viewer, query: &BookQuery) -> Select<book::Entity> {
    let own = viewer.user().map_or(Uuid::nil(), |user| user.0);
    let is_own = book::Column::UserId.eq(own);
    let mut books = match query.scope {
        Scope::Own => joined(viewer).filter(is_own),
        Scope::Catalogue => joined(viewer).filter(book::Column::InCatalogue.eq(true)),
        Scope::All => {
            let mine = Query::select()
                .expr(Expr::col((Alias::new("mine"), book::Column::PublicationId)))
                .from_as(book::Entity, Alias::new("mine"))
                .and_where(Expr::col((Alias::new("mine"), book::Column::UserId)).eq(own))
                .to_owned();
            let others = Condition::all()
                .add(book::Column::InCatalogue.eq(true))
                .add(book::Column::PublicationId.not_in_subquery(mine));
            joined(viewer).filter(Condition::any().add(is_own).add(others))
        }
    };
    if let Some(text) = query.text.as_deref().filter(|text| !text.trim().is_empty()) {
        let like = || LikeExpr::new(contains_pattern(text)).escape('\\');
        books = books.filter(
            Condition::any()
                .add(Expr::col((publication::Entity, publication::Column::TitleFolded)).like(like()))
                .add(Expr::col((publication::Entity, publication::Column::AuthorsFolded)).like(like())),
        );
    }
    if let Some(language) = query.language.as_deref().filter(|language| !language.is_empty()) {
        let regional = format!("{}-%", language.replace(['%', '_', '\\'], ""));
        books = books.filter(
            Condition::any()
                .add(publication::Column::Language.eq(language))
                .add(publication::Column::Language.like(regional)),
        );
    }
    books
}

fn sorted(books: Select<book::Entity>, sort: BookSort, order: Order) -> Select<book::Entity> {
    let opened = Expr::col((position::Entity, position::Column::UpdatedAt))
        .if_null(Expr::col((book::Entity, book::Column::AddedAt)));
    let sorted = match sort {
        BookSort::Title => books.order_by(publication::Column::TitleFolded, order.clone()),
        BookSort::Author => books.order_by(publication::Column::AuthorsFolded, order.clone()),
        BookSort::Added => books.order_by(book::Column::AddedAt, order.clone()),
        BookSort::Opened => books.order_by(opened, order.clone()),
    };
    // Pages neither repeat nor lose a book whose neighbours sort alike.
    sorted.order_by(book::Column::Id, order)
}

fn columns(books: Select<book::Entity>) -> Select<book::Entity> {
    use publication::Column as P;
    books
        .select_only()
        .columns([
            book::Column::Id,
            book::Column::UserId,
            book::Column::PublicationId,
            book::Column::InCatalogue,
            book::Column::AddedAt,
        ])
        .columns([
            P::Title,
            P::Authors,
            P::Language,
            P::Series,
            P::SeriesPosition,
            P::Description,
            P::Format,
            P::Status,
            P::FailureCode,
            P::FailureDetail,
            P::Revision,
            P::ChapterCount,
            P::Length,
            P::StartChapter,
            P::CoverResource,
            P::DescriptionCount,
            P::PictureCount,
        ])
        .column_as(position::Column::Chapter, "position_chapter")
        .column_as(position::Column::StartOffset, "position_offset")
        .column_as(position::Column::Fraction, "position_fraction")
}

/// The jobs that import or describe these books' publications, by publication.
async fn running_jobs(library: &Library, rows: &[BookRow]) -> Result<HashMap<Uuid, JobId>, StorageError> {
    let busy: Vec<Uuid> = rows
        .iter()
        .filter(|row| {
            [BookStatus::Importing.name(), BookStatus::Describing.name()].contains(&row.status.as_str())
        })
        .map(|row| row.publication_id)
        .collect();
    if busy.is_empty() {
        return Ok(HashMap::new());
    }
    let jobs = job::Entity::find()
        .filter(job::Column::PublicationId.is_in(busy))
        .filter(job::Column::Kind.is_in([JobKind::Ingest.name(), JobKind::Describe.name()]))
        .filter(job::Column::State.is_in([JobState::Queued.name(), JobState::Running.name()]))
        .all(library.db().read())
        .await?;
    Ok(jobs
        .into_iter()
        .filter_map(|job| Some((job.publication_id?, JobId(job.id))))
        .collect())
}
