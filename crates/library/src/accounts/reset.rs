//! A forgotten password: a letter to whoever reads the mail of the account's address.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter};

use crate::Library;
use crate::accounts::password::check_strength;
use crate::accounts::profile::tell;
use crate::accounts::proof::{self, Purpose};
use crate::accounts::{Language, Role, WeakPassword, fold_email};
use crate::audit::{self, Act, Actor};
use crate::ids::UserId;
use crate::mail::{self, Letter};
use crate::storage::StorageError;
use crate::storage::entity::{session_family, user};

/// Why a password is not replaced.
#[derive(Debug, thiserror::Error)]
pub enum ResetError {
    /// Unknown, used or too old.
    #[error("this link was used or is too old: ask for another letter")]
    SpentProof,
    /// Too easily guessed; the link stays good.
    #[error(transparent)]
    WeakPassword(#[from] WeakPassword),
    /// Storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<DbErr> for ResetError {
    fn from(error: DbErr) -> Self {
        Self::Storage(error.into())
    }
}

/// Orders a letter to the address, whether or not it has an account: that is found out only when the letter leaves, so
/// that neither the answer nor its time tells.
///
/// # Errors
/// When storage fails.
pub async fn forgotten_password(library: &Library, email: &str) -> Result<(), StorageError> {
    let transaction = library.db().write().await?;
    let order = mail::Order {
        user: None,
        recipient: email,
        language: Language::default(),
        letter: Letter::ResetPassword {},
    };
    mail::order(library, &transaction, order).await?;
    transaction.commit().await?;
    library.announce_work();
    Ok(())
}

/// Takes the proof of a letter and sets the password; every sign-in ends. The letter also proves the address.
///
/// # Errors
/// See [`ResetError`].
pub async fn reset_password(library: &Library, token: &str, new: &str) -> Result<(), ResetError> {
    if !proof::is_good(library, Purpose::Password, token).await? {
        return Err(ResetError::SpentProof);
    }
    check_strength(new, "")?;
    let hash = library.hashers().hash(new).await?;
    let transaction = library.db().write().await?;
    let proof = proof::redeem(library, &transaction, Purpose::Password, token)
        .await?
        .ok_or(ResetError::SpentProof)?;
    let row = user::Entity::find_by_id(proof.user_id)
        .one(&transaction)
        .await?
        .filter(|row| row.email_folded == fold_email(&proof.email))
        .ok_or(ResetError::SpentProof)?;
    check_strength(new, &row.email)?;
    proof::forget_all(&transaction, row.id).await?;
    let now = library.now();
    let mut row: user::ActiveModel = row.into();
    row.password_hash = Set(hash);
    row.email_verified_at = Set(Some(now));
    row.updated_at = Set(now);
    let row = row.update(&transaction).await?;
    session_family::Entity::delete_many()
        .filter(session_family::Column::UserId.eq(row.id))
        .exec(&transaction)
        .await?;
    tell(library, &transaction, &row, Letter::PasswordChanged {}).await?;
    let user = UserId(row.id);
    let actor = Actor::Account(user, Role::from_name(&row.role)?);
    audit::append(library, &transaction, actor, &Act::PasswordReset { user }).await?;
    transaction.commit().await?;
    library.announce_work();
    Ok(())
}
