//! What a publication says of the job that works on it when that job dies, or is started again.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::Library;
use crate::books::BookStatus;
use crate::ids::PublicationId;
use crate::jobs::Work;
use crate::mail;
use crate::storage::StorageError;
use crate::storage::entity::publication;

impl Work {
    /// The job is a dead letter. Without chapters a book has failed; without descriptions it can be read all the same.
    pub(crate) async fn mourn(
        &self,
        library: &Library,
        transaction: &impl ConnectionTrait,
        code: &str,
        detail: &str,
    ) -> Result<(), StorageError> {
        let failure = Some((code, detail));
        match self {
            Self::Ingest { publication } => {
                set(library, transaction, *publication, BookStatus::Failed, failure).await
            }
            Self::Describe { publication } => {
                set(library, transaction, *publication, BookStatus::Ready, failure).await
            }
            Self::Mail { mail } => mail::bounced(library, transaction, *mail).await,
            Self::Illustrate { .. } | Self::Export { .. } | Self::Purge {} => Ok(()),
        }
    }

    /// The job is to be tried again, from the start.
    pub(crate) async fn revive(
        &self,
        library: &Library,
        transaction: &impl ConnectionTrait,
    ) -> Result<(), StorageError> {
        match self {
            Self::Ingest { publication } => {
                set(library, transaction, *publication, BookStatus::Importing, None).await
            }
            Self::Describe { publication } => {
                set(library, transaction, *publication, BookStatus::Describing, None).await
            }
            Self::Mail { mail } => mail::queued_again(transaction, *mail).await,
            Self::Illustrate { .. } | Self::Export { .. } | Self::Purge {} => Ok(()),
        }
    }
}

async fn set(
    library: &Library,
    transaction: &impl ConnectionTrait,
    id: PublicationId,
    status: BookStatus,
    failure: Option<(&str, &str)>,
) -> Result<(), StorageError> {
    let (code, detail) = failure
        .map(|(code, detail)| (code.to_owned(), detail.to_owned()))
        .unzip();
    publication::Entity::update_many()
        .col_expr(publication::Column::Status, Expr::value(status.name()))
        .col_expr(publication::Column::FailureCode, Expr::value(code))
        .col_expr(publication::Column::FailureDetail, Expr::value(detail))
        .col_expr(publication::Column::UpdatedAt, Expr::value(library.now()))
        .filter(publication::Column::Id.eq(id.0))
        .exec(transaction)
        .await?;
    Ok(())
}
