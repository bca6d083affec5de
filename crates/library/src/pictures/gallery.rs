//! The pictures of all books that a viewer has.

use pictures_crate::Style;
use sea_orm::sea_query::{Expr, ExprTrait, LikeExpr, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use uuid::Uuid;

use ::pictures as pictures_crate;

use crate::books::{Page, bounds};
use crate::ids::{BookId, UserId};
use crate::pictures::{Picture, PictureRow, columns, joined, variants, with_widths};
use crate::storage::StorageError;
use crate::storage::entity::{book, description, picture, picture_share, publication};
use crate::storage::fold::contains_pattern;
use crate::{Library, Viewer};

/// Which pictures, the newest first.
#[derive(Clone, Debug, Default)]
pub struct GalleryQuery {
    /// Only those in this style.
    pub style: Option<Style>,
    /// Only those of these kinds of passages; all when empty.
    pub kinds: Vec<String>,
    /// Only those of this book.
    pub book: Option<BookId>,
    /// Only those that the reader shows to others.
    pub shared: bool,
    /// Only those whose passage, or whose book's title or author, has these words, whatever their case.
    pub text: Option<String>,
    /// Which page, from 1; 0 is the first.
    pub page: u64,
    /// Items a page, at most 100; 0 is 20.
    pub per_page: u64,
}

/// A picture and the book on the reader's shelf that it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct Hanging {
    /// The picture.
    pub picture: Picture,
    /// The book.
    pub book: BookId,
    /// The book's title.
    pub title: String,
    /// Whether the reader shows it to people without an account.
    pub shared: bool,
}

/// The pictures of the books on a reader's shelf.
///
/// # Errors
/// When storage fails.
pub async fn of_shelf(
    library: &Library,
    user: UserId,
    query: &GalleryQuery,
) -> Result<Page<Hanging>, StorageError> {
    let connection = library.db().read();
    let (page, per_page) = bounds(query.page, query.per_page);
    let matching = joined().filter(matches(user, query));
    let total = matching.clone().count(connection).await?;
    let rows = columns(matching)
        .order_by_desc(picture::Column::Id)
        .offset((page - 1) * per_page)
        .limit(per_page)
        .into_model::<PictureRow>()
        .all(connection)
        .await?;
    let publications: Vec<_> = rows.iter().map(|row| row.publication_id).collect();
    let pictures = with_widths(library, rows).await?;
    let items = hang(library, user, pictures, &publications).await?;
    Ok(Page {
        items,
        total,
        page,
        per_page,
    })
}

fn matches(user: UserId, query: &GalleryQuery) -> Condition {
    let mut held = Query::select();
    held.column(book::Column::PublicationId)
        .from(book::Entity)
        .and_where(book::Column::UserId.eq(user.0));
    if let Some(id) = query.book {
        held.and_where(book::Column::Id.eq(id.0));
    }
    let mut all = variants::kept(Viewer::User(user)).add(picture::Column::PublicationId.in_subquery(held));
    if let Some(style) = query.style {
        all = all.add(picture::Column::Style.eq(style.name()));
    }
    if !query.kinds.is_empty() {
        all = all.add(description::Column::Kind.is_in(query.kinds.iter().map(String::as_str)));
    }
    if query.shared {
        all = all.add(picture::Column::Id.in_subquery(shares_of(user)));
    }
    if let Some(text) = &query.text {
        let passage = Expr::col((picture::Entity, picture::Column::AltFolded))
            .like(LikeExpr::new(contains_pattern(text)).escape('\\'));
        all = all.add(
            Condition::any()
                .add(passage)
                .add(picture::Column::PublicationId.in_subquery(named_like(text))),
        );
    }
    all
}

fn shares_of(user: UserId) -> SelectStatement {
    Query::select()
        .column(picture_share::Column::PictureId)
        .from(picture_share::Entity)
        .and_where(picture_share::Column::UserId.eq(user.0))
        .to_owned()
}

fn named_like(text: &str) -> SelectStatement {
    let contains = |column| {
        Expr::col((publication::Entity, column)).like(LikeExpr::new(contains_pattern(text)).escape('\\'))
    };
    Query::select()
        .column(publication::Column::Id)
        .from(publication::Entity)
        .cond_where(
            Condition::any()
                .add(contains(publication::Column::TitleFolded))
                .add(contains(publication::Column::AuthorsFolded)),
        )
        .to_owned()
}

/// Puts each picture beside its book.
async fn hang(
    library: &Library,
    user: UserId,
    pictures: Vec<Picture>,
    publications: &[Uuid],
) -> Result<Vec<Hanging>, StorageError> {
    let connection = library.db().read();
    let books = book::Entity::find()
        .filter(book::Column::UserId.eq(user.0))
        .filter(book::Column::PublicationId.is_in(publications.iter().copied()))
        .all(connection)
        .await?;
    let titles = publication::Entity::find()
        .filter(publication::Column::Id.is_in(publications.iter().copied()))
        .all(connection)
        .await?;
    let shared: Vec<Uuid> = picture_share::Entity::find()
        .select_only()
        .column(picture_share::Column::PictureId)
        .filter(picture_share::Column::UserId.eq(user.0))
        .filter(picture_share::Column::PictureId.is_in(pictures.iter().map(|one| one.id.0)))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(pictures
        .into_iter()
        .zip(publications)
        .filter_map(|(picture, id)| {
            let book = books.iter().find(|book| book.publication_id == *id)?;
            let named = titles.iter().find(|publication| publication.id == *id)?;
            Some(Hanging {
                shared: shared.contains(&picture.id.0),
                picture,
                book: BookId(book.id),
                title: named.title.clone(),
            })
        })
        .collect())
}
