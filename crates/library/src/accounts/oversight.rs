//! What moderators and administrators do to other accounts. Each act is in the audit log.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};

use crate::accounts::{Role, User};
use crate::audit::{self, Act, Actor};
use crate::books::Page;
use crate::ids::UserId;
use crate::storage::StorageError;
use crate::storage::entity::{session_family, user};
use crate::{Library, LookupError};

/// Longest reason of a suspension that is kept, in characters.
const LONGEST_REASON: usize = 500;

/// Why an account was left as it is.
#[derive(Debug, thiserror::Error)]
pub enum OversightError {
    /// There is no such account.
    #[error("there is no such account")]
    NotFound,
    /// Nobody does this to their own account: somebody else must be there to undo it.
    #[error("you cannot do this to your own account")]
    OwnAccount,
    /// Moderators act on readers only.
    #[error("only an administrator may do this to such an account")]
    HigherRank,
    /// Storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<sea_orm::DbErr> for OversightError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Storage(error.into())
    }
}

/// An account as those see it who look after accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overseen {
    /// The account.
    pub user: User,
    /// When it was suspended and why.
    pub suspension: Option<(DateTime<Utc>, String)>,
}

impl Overseen {
    fn from_row(row: user::Model) -> Result<Self, StorageError> {
        let suspension = row
            .suspended_at
            .map(|at| (at, row.suspension_reason.clone().unwrap_or_default()));
        Ok(Self {
            suspension,
            user: User::from_row(row)?,
        })
    }
}

/// Accounts, latest first; with a text those whose address or name holds it.
///
/// # Errors
/// When storage fails.
pub async fn search(
    library: &Library,
    text: Option<&str>,
    page: u64,
    per_page: u64,
) -> Result<Page<Overseen>, StorageError> {
    let mut select = user::Entity::find();
    if let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) {
        let holds = Condition::any()
            .add(user::Column::EmailFolded.contains(text.to_lowercase()))
            .add(user::Column::FullName.contains(text));
        select = select.filter(holds);
    }
    let connection = library.db().read();
    let total = select.clone().count(connection).await?;
    let rows = select
        .order_by_desc(user::Column::Id)
        .offset(page.saturating_sub(1).saturating_mul(per_page))
        .limit(per_page)
        .all(connection)
        .await?;
    let items = rows
        .into_iter()
        .map(Overseen::from_row)
        .collect::<Result<_, _>>()?;
    Ok(Page {
        items,
        total,
        page,
        per_page,
    })
}

/// One account.
///
/// # Errors
/// [`LookupError::NotFound`] when there is none.
pub async fn oversee(library: &Library, id: UserId) -> Result<Overseen, LookupError> {
    let row = user::Entity::find_by_id(id.0)
        .one(library.db().read())
        .await?
        .ok_or(LookupError::NotFound)?;
    Ok(Overseen::from_row(row)?)
}

/// Changes what an account may do, and signs it out everywhere: tokens tell the role.
///
/// # Errors
/// See [`OversightError`].
pub async fn set_role(
    library: &Library,
    actor: Actor,
    id: UserId,
    role: Role,
) -> Result<Overseen, OversightError> {
    let transaction = library.db().write().await?;
    let row = take(&transaction, actor, id).await?;
    if !actor.outranks(role) {
        return Err(OversightError::HigherRank);
    }
    let mut row: user::ActiveModel = row.into();
    row.role = Set(role.name().to_owned());
    row.updated_at = Set(library.now());
    let row = row.update(&transaction).await?;
    sign_out(&transaction, id).await?;
    audit::append(library, &transaction, actor, &Act::RoleChanged { user: id, role }).await?;
    transaction.commit().await?;
    Ok(Overseen::from_row(row)?)
}

/// Shuts an account out, and signs it out everywhere. It keeps what it has.
///
/// # Errors
/// See [`OversightError`].
pub async fn suspend(
    library: &Library,
    actor: Actor,
    id: UserId,
    reason: &str,
) -> Result<Overseen, OversightError> {
    let reason: String = reason.trim().chars().take(LONGEST_REASON).collect();
    let transaction = library.db().write().await?;
    let mut row: user::ActiveModel = take(&transaction, actor, id).await?.into();
    row.suspended_at = Set(Some(library.now()));
    row.suspension_reason = Set(Some(reason.clone()));
    let row = row.update(&transaction).await?;
    sign_out(&transaction, id).await?;
    audit::append(library, &transaction, actor, &Act::Suspended { user: id, reason }).await?;
    transaction.commit().await?;
    Ok(Overseen::from_row(row)?)
}

/// Lets an account in again.
///
/// # Errors
/// See [`OversightError`].
pub async fn restore(library: &Library, actor: Actor, id: UserId) -> Result<Overseen, OversightError> {
    let transaction = library.db().write().await?;
    let mut row: user::ActiveModel = take(&transaction, actor, id).await?.into();
    row.suspended_at = Set(None);
    row.suspension_reason = Set(None);
    let row = row.update(&transaction).await?;
    audit::append(library, &transaction, actor, &Act::Restored { user: id }).await?;
    transaction.commit().await?;
    Ok(Overseen::from_row(row)?)
}

/// The account, locked, when this actor may act on it.
async fn take(
    transaction: &impl ConnectionTrait,
    actor: Actor,
    id: UserId,
) -> Result<user::Model, OversightError> {
    let row = user::Entity::find_by_id(id.0)
        .lock_exclusive()
        .one(transaction)
        .await?
        .ok_or(OversightError::NotFound)?;
    if actor.is(id) {
        return Err(OversightError::OwnAccount);
    }
    if !actor.outranks(Role::from_name(&row.role)?) {
        return Err(OversightError::HigherRank);
    }
    Ok(row)
}

async fn sign_out(transaction: &impl ConnectionTrait, id: UserId) -> Result<(), StorageError> {
    session_family::Entity::delete_many()
        .filter(session_family::Column::UserId.eq(id.0))
        .exec(transaction)
        .await?;
    Ok(())
}
