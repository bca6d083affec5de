//! The address of an account: confirmed, or changed, by the link in a letter.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, DbErr, EntityTrait, SqlErr};

use crate::accounts::profile::tell;
use crate::accounts::proof::{self, Purpose};
use crate::accounts::register::check_address;
use crate::accounts::{Language, Role, User, fold_email};
use crate::audit::{self, Act, Actor};
use crate::ids::UserId;
use crate::mail::{self, Letter};
use crate::storage::StorageError;
use crate::storage::entity::user;
use crate::{Library, LookupError};

/// Why an address is not confirmed or changed.
#[derive(Debug, thiserror::Error)]
pub enum AddressError {
    /// Not an address.
    #[error("give an address of the form name@example.org")]
    InvalidEmail,
    /// The password that proves who asks is wrong.
    #[error("this is not your current password")]
    WrongPassword,
    /// Unknown, used or too old.
    #[error("this link was used or is too old: ask for another letter")]
    SpentProof,
    /// Another account got this address in the meantime.
    #[error("this address belongs to another account")]
    EmailTaken,
    /// Storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<DbErr> for AddressError {
    fn from(error: DbErr) -> Self {
        Self::Storage(error.into())
    }
}

/// Writes to the account's address for a confirmation, unless it is confirmed.
///
/// # Errors
/// [`LookupError::NotFound`] when there is no such account.
pub async fn ask_to_confirm(library: &Library, id: UserId) -> Result<(), LookupError> {
    let transaction = library.db().write().await?;
    let row = user::Entity::find_by_id(id.0)
        .one(&transaction)
        .await?
        .ok_or(LookupError::NotFound)?;
    if row.email_verified_at.is_none() {
        tell(library, &transaction, &row, Letter::ConfirmAddress {}).await?;
    }
    transaction.commit().await?;
    library.announce_work();
    Ok(())
}

/// Writes to a new address, which takes the place of the old one when its reader follows the link.
///
/// That somebody else has the address is not said: then no letter leaves.
///
/// # Errors
/// See [`AddressError`].
pub async fn change_address(
    library: &Library,
    id: UserId,
    password: &str,
    new_address: &str,
) -> Result<(), AddressError> {
    check_address(new_address).map_err(|_| AddressError::InvalidEmail)?;
    let row = user::Entity::find_by_id(id.0).one(library.db().read()).await?;
    let stored = row.as_ref().map(|row| row.password_hash.as_str());
    let matches = library.hashers().verify(password, stored).await?;
    let row = row.filter(|_| matches).ok_or(AddressError::WrongPassword)?;
    let transaction = library.db().write().await?;
    let order = mail::Order {
        user: Some(id),
        recipient: new_address,
        language: Language::from_name(&row.language)?,
        letter: Letter::ConfirmAddress {},
    };
    mail::order(library, &transaction, order).await?;
    transaction.commit().await?;
    library.announce_work();
    Ok(())
}

/// Takes the proof of a letter: its address is the account's, from now on and for sure.
///
/// # Errors
/// See [`AddressError`].
pub async fn confirm_address(library: &Library, token: &str) -> Result<User, AddressError> {
    let transaction = library.db().write().await?;
    let proof = proof::redeem(library, &transaction, Purpose::Address, token)
        .await?
        .ok_or(AddressError::SpentProof)?;
    let row = user::Entity::find_by_id(proof.user_id)
        .one(&transaction)
        .await?
        .ok_or(AddressError::SpentProof)?;
    let is_new = row.email_folded != fold_email(&proof.email);
    if is_new {
        let letter = Letter::AddressChanged {
            new_address: proof.email.clone(),
        };
        tell(library, &transaction, &row, letter).await?;
        let actor = Actor::Account(UserId(row.id), Role::from_name(&row.role)?);
        audit::append(
            library,
            &transaction,
            actor,
            &Act::AddressChanged { user: UserId(row.id) },
        )
        .await?;
        // A link to the old address must not bring that one back.
        proof::forget_all(&transaction, row.id).await?;
    }
    let mut row: user::ActiveModel = row.into();
    row.email_folded = Set(fold_email(&proof.email));
    row.email = Set(proof.email);
    row.email_verified_at = Set(Some(library.now()));
    row.updated_at = Set(library.now());
    let row = match row.update(&transaction).await {
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
            return Err(AddressError::EmailTaken);
        }
        other => other?,
    };
    transaction.commit().await?;
    library.announce_work();
    Ok(User::from_row(row)?)
}
