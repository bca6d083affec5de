//! The rows of letters: ordered in the transaction of what they tell, settled with the end of their job.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde::{Deserialize, Serialize};

use crate::Library;
use crate::accounts::{Language, fold_email};
use crate::books::Page;
use crate::ids::{MailId, UserId};
use crate::jobs::{Work, queue};
use crate::mail::Letter;
use crate::storage::StorageError;
use crate::storage::entity::mail;

/// Letters with a proof that one address gets within [`WINDOW`]: nobody's mailbox is flooded through us.
const PROOFS_PER_WINDOW: u64 = 5;
/// See [`PROOFS_PER_WINDOW`].
const WINDOW: TimeDelta = TimeDelta::hours(1);

/// What became of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailState {
    /// Waits for its job.
    Queued,
    /// Handed over.
    Sent,
    /// There was nobody to write to.
    Dropped,
    /// The recipient's server refuses it for good, or nobody took it for days.
    Bounced,
}

impl MailState {
    /// The name in rows.
    pub fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Dropped => "dropped",
            Self::Bounced => "bounced",
        }
    }
}

/// A letter, as an operator sees it: without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Which.
    pub id: MailId,
    /// To whom.
    pub recipient: String,
    /// What it tells, in a word.
    pub kind: String,
    /// What became of it, in a word.
    pub state: String,
    /// When it was ordered.
    pub created_at: DateTime<Utc>,
    /// When it was sent, dropped or given up.
    pub settled_at: Option<DateTime<Utc>>,
}

/// A letter to be written.
pub(crate) struct Order<'a> {
    /// The account; `None` lets the job look for the one that has the address.
    pub(crate) user: Option<UserId>,
    pub(crate) recipient: &'a str,
    pub(crate) language: Language,
    pub(crate) letter: Letter,
}

/// Orders a letter in the caller's transaction. Call [`Library::announce_work`] after the commit.
///
/// An address that has had its share of proofs within the hour gets no more of them; the caller is not told.
pub(crate) async fn order(
    library: &Library,
    transaction: &impl ConnectionTrait,
    order: Order<'_>,
) -> Result<(), StorageError> {
    let recipient_folded = fold_email(order.recipient);
    if order.letter.proof().is_some() && has_had_enough(library, transaction, &recipient_folded).await? {
        tracing::info!(
            kind = order.letter.name(),
            "an address has had its share of letters"
        );
        return Ok(());
    }
    let id = library.fresh_id();
    let row = mail::ActiveModel {
        id: Set(id),
        user_id: Set(order.user.map(|user| user.0)),
        recipient: Set(order.recipient.trim().to_owned()),
        recipient_folded: Set(recipient_folded),
        language: Set(order.language.name().to_owned()),
        kind: Set(order.letter.name().to_owned()),
        letter: Set(serde_json::to_value(&order.letter)?),
        state: Set(MailState::Queued.name().to_owned()),
        created_at: Set(library.now()),
        settled_at: Set(None),
    };
    mail::Entity::insert(row)
        .exec_without_returning(transaction)
        .await?;
    let work = Work::Mail { mail: MailId(id) };
    queue::enqueue(library, transaction, &work, order.user, work.priority()).await?;
    Ok(())
}

async fn has_had_enough(
    library: &Library,
    transaction: &impl ConnectionTrait,
    recipient_folded: &str,
) -> Result<bool, StorageError> {
    let proofs = [Letter::ConfirmAddress {}.name(), Letter::ResetPassword {}.name()];
    let lately = mail::Entity::find()
        .filter(mail::Column::RecipientFolded.eq(recipient_folded))
        .filter(mail::Column::CreatedAt.gt(library.now() - WINDOW))
        .filter(mail::Column::Kind.is_in(proofs))
        .count(transaction)
        .await?;
    Ok(lately >= PROOFS_PER_WINDOW)
}

/// The row of a letter, unless its account is gone.
pub(crate) async fn find(library: &Library, id: MailId) -> Result<Option<mail::Model>, StorageError> {
    Ok(mail::Entity::find_by_id(id.0).one(library.db().read()).await?)
}

/// Says what became of a letter, in the transaction of its job's end.
pub(crate) async fn settle(
    library: &Library,
    transaction: &impl ConnectionTrait,
    id: MailId,
    state: MailState,
) -> Result<(), StorageError> {
    set(transaction, id, state, Some(library.now())).await
}

/// The letter's job is a dead letter.
pub(crate) async fn bounced(
    library: &Library,
    transaction: &impl ConnectionTrait,
    id: MailId,
) -> Result<(), StorageError> {
    settle(library, transaction, id, MailState::Bounced).await
}

/// An operator has the letter's job tried again.
pub(crate) async fn queued_again(transaction: &impl ConnectionTrait, id: MailId) -> Result<(), StorageError> {
    set(transaction, id, MailState::Queued, None).await
}

async fn set(
    transaction: &impl ConnectionTrait,
    id: MailId,
    state: MailState,
    settled_at: Option<DateTime<Utc>>,
) -> Result<(), StorageError> {
    mail::Entity::update_many()
        .col_expr(mail::Column::State, Expr::value(state.name()))
        .col_expr(mail::Column::SettledAt, Expr::value(settled_at))
        .filter(mail::Column::Id.eq(id.0))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Letters, latest first, a page at a time: for operators.
///
/// # Errors
/// When storage fails.
pub async fn page(library: &Library, page: u64, per_page: u64) -> Result<Page<Mail>, StorageError> {
    let connection = library.db().read();
    let total = mail::Entity::find().count(connection).await?;
    let rows = mail::Entity::find()
        .order_by_desc(mail::Column::Id)
        .offset(page.saturating_sub(1).saturating_mul(per_page))
        .limit(per_page)
        .all(connection)
        .await?;
    let seen = |row: mail::Model| Mail {
        id: MailId(row.id),
        recipient: row.recipient,
        kind: row.kind,
        state: row.state,
        created_at: row.created_at,
        settled_at: row.settled_at,
    };
    Ok(Page {
        items: rows.into_iter().map(seen).collect(),
        total,
        page,
        per_page,
    })
}
