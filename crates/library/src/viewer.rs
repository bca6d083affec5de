//! Who looks, and what they may see: denied unless a rule here allows it.

use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition};

use crate::ids::UserId;
use crate::storage::entity::book;

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// Nobody in particular: sees the public catalogue.
    Anonymous,
    /// A signed-in reader: sees their own shelf and the catalogue.
    User(UserId),
    /// Sees every book.
    Administrator(UserId),
}

impl Viewer {
    /// The user behind the viewer, when there is one.
    pub fn user(self) -> Option<UserId> {
        match self {
            Self::Anonymous => None,
            Self::User(id) | Self::Administrator(id) => Some(id),
        }
    }

    /// The rows of `books` that this viewer may see.
    pub(crate) fn may_see(self) -> Condition {
        match self {
            Self::Anonymous => Condition::all().add(book::Column::InCatalogue.eq(true)),
            Self::User(id) => Condition::any()
                .add(book::Column::UserId.eq(id.0))
                .add(book::Column::InCatalogue.eq(true)),
            Self::Administrator(_) => Condition::all(),
        }
    }

    /// The publications behind those rows, as a subquery.
    pub(crate) fn visible_publications(self) -> SelectStatement {
        let mut query = Query::select();
        query
            .column(book::Column::PublicationId)
            .from(book::Entity)
            .cond_where(self.may_see());
        query
    }
}
