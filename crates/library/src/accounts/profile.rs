//! What an account says of itself, and its end.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use crate::accounts::password::check_strength;
use crate::accounts::register::check_name;
use crate::accounts::{AuthenticateError, Language, RegisterError, Role, User, fold_email};
use crate::audit::{self, Act, Actor};
use crate::books;
use crate::ids::{SessionId, UserId};
use crate::mail::{self, Letter};
use crate::storage::StorageError;
use crate::storage::entity::{book, session_family, user};
use crate::{Library, LookupError};

/// The user with this id.
///
/// # Errors
/// [`LookupError::NotFound`] when there is none.
pub async fn get(library: &Library, id: UserId) -> Result<User, LookupError> {
    let row = user::Entity::find_by_id(id.0)
        .one(library.db().read())
        .await?
        .ok_or(LookupError::NotFound)?;
    Ok(User::from_row(row)?)
}

/// The user with this address, in any letter case.
///
/// # Errors
/// When storage fails.
pub async fn find(library: &Library, email: &str) -> Result<Option<User>, StorageError> {
    let row = user::Entity::find()
        .filter(user::Column::EmailFolded.eq(fold_email(email)))
        .one(library.db().read())
        .await?;
    row.map(User::from_row).transpose()
}

/// Every account, oldest first: for administrators.
///
/// # Errors
/// When storage fails.
pub async fn list(library: &Library) -> Result<Vec<User>, StorageError> {
    let rows = user::Entity::find()
        .order_by_asc(user::Column::Id)
        .all(library.db().read())
        .await?;
    rows.into_iter().map(User::from_row).collect()
}

/// Changes the name to show, or the language of letters.
///
/// # Errors
/// [`RegisterError::InvalidName`], or `None` when there is no such user.
pub async fn change(
    library: &Library,
    id: UserId,
    full_name: Option<&str>,
    language: Option<Language>,
) -> Result<Option<User>, RegisterError> {
    full_name.map_or(Ok(()), check_name)?;
    let transaction = library.db().write().await?;
    let Some(row) = user::Entity::find_by_id(id.0).one(&transaction).await? else {
        return Ok(None);
    };
    let mut row: user::ActiveModel = row.into();
    if let Some(full_name) = full_name {
        row.full_name = Set(full_name.trim().to_owned());
    }
    if let Some(language) = language {
        row.language = Set(language.name().to_owned());
    }
    row.updated_at = Set(library.now());
    let row = row.update(&transaction).await?;
    transaction.commit().await?;
    Ok(Some(User::from_row(row)?))
}

/// Changes the password and ends every sign-in but `keep`.
///
/// # Errors
/// [`AuthenticateError::WrongCredentials`] when the old password is wrong; the outer error when the new one is weak.
pub async fn change_password(
    library: &Library,
    id: UserId,
    old: &str,
    new: &str,
    keep: Option<SessionId>,
) -> Result<Result<(), AuthenticateError>, RegisterError> {
    let row = user::Entity::find_by_id(id.0).one(library.db().read()).await?;
    let stored = row.as_ref().map(|row| row.password_hash.as_str());
    let matches = library.hashers().verify(old, stored).await?;
    let Some(row) = row.filter(|_| matches) else {
        return Ok(Err(AuthenticateError::WrongCredentials));
    };
    check_strength(new, &row.email)?;
    let hash = library.hashers().hash(new).await?;
    let transaction = library.db().write().await?;
    let mut row: user::ActiveModel = row.into();
    row.password_hash = Set(hash);
    row.updated_at = Set(library.now());
    let row = row.update(&transaction).await?;
    let actor = Actor::Account(id, Role::from_name(&row.role)?);
    tell(library, &transaction, &row, Letter::PasswordChanged {}).await?;
    let mut others = session_family::Entity::delete_many().filter(session_family::Column::UserId.eq(id.0));
    if let Some(kept) = keep {
        others = others.filter(session_family::Column::Id.ne(kept.0));
    }
    others.exec(&transaction).await?;
    audit::append(library, &transaction, actor, &Act::PasswordChanged { user: id }).await?;
    transaction.commit().await?;
    library.announce_work();
    Ok(Ok(()))
}

/// Orders a letter to an account's own address.
pub(super) async fn tell(
    library: &Library,
    transaction: &impl ConnectionTrait,
    row: &user::Model,
    letter: Letter,
) -> Result<(), StorageError> {
    if row.synthetic {
        return Ok(());
    }
    let order = mail::Order {
        user: Some(UserId(row.id)),
        recipient: &row.email,
        language: Language::from_name(&row.language)?,
        letter,
    };
    mail::order(library, transaction, order).await
}

/// Removes an account with its shelf, positions and sign-ins. Publications that nobody holds any more are purged later.
///
/// # Errors
/// [`LookupError::NotFound`] when there is none.
pub async fn remove(library: &Library, id: UserId) -> Result<(), LookupError> {
    let transaction = library.db().write().await?;
    let row = user::Entity::find_by_id(id.0)
        .one(&transaction)
        .await?
        .ok_or(LookupError::NotFound)?;
    let shelf: Vec<Uuid> = book::Entity::find()
        .select_only()
        .column(book::Column::PublicationId)
        .filter(book::Column::UserId.eq(id.0))
        .into_tuple()
        .all(&transaction)
        .await?;
    books::touch(library, &transaction, &shelf).await?;
    user::Entity::delete_by_id(id.0).exec(&transaction).await?;
    let actor = Actor::Account(id, Role::from_name(&row.role)?);
    audit::append(library, &transaction, actor, &Act::AccountRemoved { user: id }).await?;
    Ok(transaction.commit().await?)
}
