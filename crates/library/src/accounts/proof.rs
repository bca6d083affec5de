//! Proofs that somebody reads the mail of an address: tokens of 256 random bits, stored hashed, each good for one use.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::Library;
use crate::storage::StorageError;
use crate::storage::entity::address_proof;

/// What a proof is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To make the address the account's own.
    Address,
    /// To choose a new password.
    Password,
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Password => "password",
        }
    }

    fn lifetime(self) -> TimeDelta {
        match self {
            Self::Address => TimeDelta::days(2),
            Self::Password => TimeDelta::hours(1),
        }
    }
}

/// A fresh token, for the letter that is about to leave.
pub(crate) async fn issue_proof(
    library: &Library,
    purpose: Purpose,
    user: Uuid,
    email: &str,
) -> Result<String, StorageError> {
    let token = URL_SAFE_NO_PAD.encode(library.randomness().bytes::<32>());
    let row = address_proof::ActiveModel {
        token_hash: Set(hash(&token)),
        user_id: Set(user),
        purpose: Set(purpose.name().to_owned()),
        email: Set(email.trim().to_owned()),
        expires_at: Set(library.now() + purpose.lifetime()),
    };
    let transaction = library.db().write().await?;
    address_proof::Entity::insert(row)
        .exec_without_returning(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(token)
}

/// Whether the token would be taken now: to refuse a bad one before work is done for it.
pub(super) async fn is_good(library: &Library, purpose: Purpose, token: &str) -> Result<bool, StorageError> {
    let row = address_proof::Entity::find_by_id(hash(token))
        .filter(address_proof::Column::Purpose.eq(purpose.name()))
        .filter(address_proof::Column::ExpiresAt.gt(library.now()))
        .one(library.db().read())
        .await?;
    Ok(row.is_some())
}

/// Takes the token, once: of two requests at once, one gets the row. What is looked up is a hash, so the time it takes
/// tells nothing of the tokens that exist.
pub(super) async fn redeem(
    library: &Library,
    transaction: &impl ConnectionTrait,
    purpose: Purpose,
    token: &str,
) -> Result<Option<address_proof::Model>, StorageError> {
    let taken = address_proof::Entity::delete_many()
        .filter(address_proof::Column::TokenHash.eq(hash(token)))
        .filter(address_proof::Column::Purpose.eq(purpose.name()))
        .filter(address_proof::Column::ExpiresAt.gt(library.now()))
        .exec_with_returning(transaction)
        .await?;
    Ok(taken.into_iter().next())
}

/// Makes every other proof of the account worthless.
pub(super) async fn forget_all(transaction: &impl ConnectionTrait, user: Uuid) -> Result<(), StorageError> {
    address_proof::Entity::delete_many()
        .filter(address_proof::Column::UserId.eq(user))
        .exec(transaction)
        .await?;
    Ok(())
}

fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}
