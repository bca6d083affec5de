//! Who is it?

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::Library;
use crate::accounts::synthetic::is_synthetic;
use crate::accounts::{User, fold_email};
use crate::storage::StorageError;
use crate::storage::entity::user;

/// Why nobody was recognised.
#[derive(Debug, thiserror::Error)]
pub enum AuthenticateError {
    /// Unknown address or wrong password: which of them is not said.
    #[error("the address or the password is wrong")]
    WrongCredentials,
    /// The account is shut out; told only to who knows its password.
    #[error("this account is suspended: write to the administrator")]
    Suspended,
    /// Storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Recognises a user by address and password; an unknown address takes as long as a wrong password.
///
/// A synthetic account is recognised only while its address is reserved by the configuration.
///
/// # Errors
/// See [`AuthenticateError`].
pub async fn authenticate(library: &Library, email: &str, password: &str) -> Result<User, AuthenticateError> {
    let row = user::Entity::find()
        .filter(user::Column::EmailFolded.eq(fold_email(email)))
        .one(library.db().read())
        .await
        .map_err(StorageError::from)?
        .filter(|row| !row.synthetic || is_synthetic(&library.config().accounts, &row.email));
    let stored = row.as_ref().map(|row| row.password_hash.as_str());
    let matches = library.hashers().verify(password, stored).await?;
    match row {
        Some(row) if matches && row.suspended_at.is_some() => Err(AuthenticateError::Suspended),
        Some(row) if matches => Ok(User::from_row(row)?),
        _ => Err(AuthenticateError::WrongCredentials),
    }
}
