//! Sign-ins: opaque refresh tokens, stored hashed, each good for one use.
//!
//! A token that comes a second time was stolen or copied: the whole sign-in it belongs to ends (RFC 9700 section 4.14.2).
//! A browser may send the same token twice within moments, from two tabs; within [`REUSE_GRACE`] that is forgiven.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter,
    QueryOrder,
};
use sha2::{Digest, Sha256};

use crate::ids::{SessionId, UserId};
use crate::storage::StorageError;
use crate::storage::entity::{refresh_token, session_family, user};
use crate::{Library, LookupError};

/// A used token is still taken for this long, for two tabs that refresh at once.
const REUSE_GRACE: TimeDelta = TimeDelta::seconds(10);
/// Longest device name that is kept, in characters.
const LONGEST_DEVICE: usize = 120;

/// A sign-in and the token that prolongs it.
#[derive(Clone)]
pub struct Session {
    /// Which sign-in.
    pub id: SessionId,
    /// Whose.
    pub user: UserId,
    /// The token in the clear: shown once, never stored.
    pub refresh_token: String,
    /// When the sign-in ends unless it is prolonged.
    pub expires_at: DateTime<Utc>,
}

/// Why a sign-in was not prolonged.
#[derive(Debug, thiserror::Error)]
pub enum RotateError {
    /// Unknown, expired or ended.
    #[error("this sign-in has ended: sign in again")]
    Ended,
    /// The token had been used before: its whole sign-in has been ended.
    #[error("this token was used before, so its sign-in was ended: sign in again")]
    Reused,
    /// Storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<DbErr> for RotateError {
    fn from(error: DbErr) -> Self {
        Self::Storage(error.into())
    }
}

/// Signs a user in on a device.
///
/// # Errors
/// When storage fails.
pub async fn begin(library: &Library, user: UserId, device: &str) -> Result<Session, StorageError> {
    let now = library.now();
    let expires_at = expiry(library, now);
    let id = SessionId(library.fresh_id());
    let transaction = library.db().write().await?;
    let family = session_family::ActiveModel {
        id: Set(id.0),
        user_id: Set(user.0),
        device: Set(device.chars().take(LONGEST_DEVICE).collect()),
        created_at: Set(now),
        expires_at: Set(expires_at),
        ended_at: Set(None),
    };
    family.insert(&transaction).await?;
    let refresh_token = issue(library, &transaction, id, now).await?;
    transaction.commit().await?;
    Ok(Session {
        id,
        user,
        refresh_token,
        expires_at,
    })
}

/// Takes a token and gives the next one.
///
/// # Errors
/// See [`RotateError`].
pub async fn rotate(library: &Library, token: &str) -> Result<Session, RotateError> {
    let now = library.now();
    let transaction = library.db().write().await?;
    let Some((row, family)) = find(&transaction, token).await? else {
        return Err(RotateError::Ended);
    };
    let is_over = family.ended_at.is_some() || family.expires_at <= now;
    if is_over || is_suspended(&transaction, UserId(family.user_id)).await? {
        return Err(RotateError::Ended);
    }
    // Marking the token as used is the decision: of two requests at once, one changes the row.
    let first_use = refresh_token::Entity::update_many()
        .col_expr(refresh_token::Column::UsedAt, Expr::value(now))
        .filter(refresh_token::Column::TokenHash.eq(&row.token_hash))
        .filter(refresh_token::Column::UsedAt.is_null())
        .exec(&transaction)
        .await?
        .rows_affected
        == 1;
    let is_forgiven = row.used_at.is_none_or(|used| now - used <= REUSE_GRACE);
    let expires_at = expiry(library, now);
    let mut family: session_family::ActiveModel = family.into();
    if !first_use && !is_forgiven {
        family.ended_at = Set(Some(now));
        family.update(&transaction).await?;
        transaction.commit().await?;
        return Err(RotateError::Reused);
    }
    family.expires_at = Set(expires_at);
    let family = family.update(&transaction).await?;
    let id = SessionId(family.id);
    let refresh_token = issue(library, &transaction, id, now).await?;
    transaction.commit().await?;
    Ok(Session {
        id,
        user: UserId(family.user_id),
        refresh_token,
        expires_at,
    })
}

/// Signs out: ends the sign-in that the token belongs to. An unknown token is no error.
///
/// # Errors
/// When storage fails.
pub async fn end(library: &Library, token: &str) -> Result<(), StorageError> {
    let transaction = library.db().write().await?;
    if let Some((_, family)) = find(&transaction, token).await? {
        session_family::Entity::delete_by_id(family.id)
            .exec(&transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// A device that a user is signed in on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// Which sign-in.
    pub id: SessionId,
    /// What the device said of itself, as a browser's `User-Agent`; may be empty.
    pub device: String,
    /// When it signed in.
    pub created_at: DateTime<Utc>,
    /// When it ends unless it is prolonged.
    pub expires_at: DateTime<Utc>,
}

/// The devices that a user is signed in on, latest first.
///
/// # Errors
/// When storage fails.
pub async fn list(library: &Library, user: UserId) -> Result<Vec<SignIn>, StorageError> {
    let rows = session_family::Entity::find()
        .filter(session_family::Column::UserId.eq(user.0))
        .filter(session_family::Column::EndedAt.is_null())
        .filter(session_family::Column::ExpiresAt.gt(library.now()))
        .order_by_desc(session_family::Column::Id)
        .all(library.db().read())
        .await?;
    let sign_in = |row: session_family::Model| SignIn {
        id: SessionId(row.id),
        device: row.device,
        created_at: row.created_at,
        expires_at: row.expires_at,
    };
    Ok(rows.into_iter().map(sign_in).collect())
}

/// Signs a user out on one device.
///
/// # Errors
/// [`LookupError::NotFound`] when the user has no such sign-in.
pub async fn end_one(library: &Library, user: UserId, session: SessionId) -> Result<(), LookupError> {
    let transaction = library.db().write().await?;
    let ended = session_family::Entity::delete_by_id(session.0)
        .filter(session_family::Column::UserId.eq(user.0))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    if ended.rows_affected == 0 {
        return Err(LookupError::NotFound);
    }
    Ok(())
}

/// Signs a user out everywhere but, when one is given, on the device that asks for it.
///
/// # Errors
/// When storage fails.
pub async fn end_all(library: &Library, user: UserId, keep: Option<SessionId>) -> Result<(), StorageError> {
    let transaction = library.db().write().await?;
    let mut ended = session_family::Entity::delete_many().filter(session_family::Column::UserId.eq(user.0));
    if let Some(kept) = keep {
        ended = ended.filter(session_family::Column::Id.ne(kept.0));
    }
    ended.exec(&transaction).await?;
    transaction.commit().await?;
    Ok(())
}

/// Is this sign-in of this user still good? For access tokens that carry its id.
///
/// # Errors
/// When storage fails.
pub async fn is_alive(library: &Library, user: UserId, session: SessionId) -> Result<bool, StorageError> {
    let family = session_family::Entity::find_by_id(session.0)
        .filter(session_family::Column::UserId.eq(user.0))
        .one(library.db().read())
        .await?;
    let is_good = family.is_some_and(|family| family.ended_at.is_none() && family.expires_at > library.now());
    Ok(is_good && !is_suspended(library.db().read(), user).await?)
}

/// A sign-in may have begun in the moment in which its account was suspended.
async fn is_suspended(connection: &impl ConnectionTrait, user: UserId) -> Result<bool, DbErr> {
    let row = user::Entity::find_by_id(user.0).one(connection).await?;
    Ok(row.is_none_or(|row| row.suspended_at.is_some()))
}

async fn find(
    connection: &impl ConnectionTrait,
    token: &str,
) -> Result<Option<(refresh_token::Model, session_family::Model)>, DbErr> {
    let Some(row) = refresh_token::Entity::find_by_id(hash(token))
        .one(connection)
        .await?
    else {
        return Ok(None);
    };
    let family = session_family::Entity::find_by_id(row.family_id)
        .one(connection)
        .await?;
    Ok(family.map(|family| (row, family)))
}

async fn issue(
    library: &Library,
    connection: &impl ConnectionTrait,
    family: SessionId,
    now: DateTime<Utc>,
) -> Result<String, DbErr> {
    let token = URL_SAFE_NO_PAD.encode(library.randomness().bytes::<32>());
    let row = refresh_token::ActiveModel {
        token_hash: Set(hash(&token)),
        family_id: Set(family.0),
        issued_at: Set(now),
        used_at: Set(None),
    };
    row.insert(connection).await?;
    Ok(token)
}

fn expiry(library: &Library, now: DateTime<Utc>) -> DateTime<Utc> {
    let seconds =
        i64::try_from(library.config().accounts.session_lifetime_seconds).unwrap_or(i64::MAX / 1_000_000);
    now + TimeDelta::seconds(seconds)
}

/// A token has 256 random bits: a plain hash is enough.
fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}
