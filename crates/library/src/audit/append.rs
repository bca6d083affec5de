//! One more entry.

use chrono::{DateTime, SecondsFormat, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use sha2::{Digest, Sha256};

use crate::Library;
use crate::audit::{Act, Actor};
use crate::storage::StorageError;
use crate::storage::entity::{audit_entry, audit_head};

/// The only row of `audit_head`.
pub(super) const HEAD: i64 = 1;

/// Appends an entry in the transaction of its act. Who appends at the same time waits here, so append last.
pub(crate) async fn append(
    library: &Library,
    transaction: &impl ConnectionTrait,
    actor: Actor,
    act: &Act,
) -> Result<(), StorageError> {
    let head = audit_head::Entity::find_by_id(HEAD)
        .lock_exclusive()
        .one(transaction)
        .await?
        .ok_or_else(|| StorageError::Damaged("the audit log has no head".to_owned()))?;
    let (seq, at, actor) = (head.seq + 1, library.now(), actor.name());
    let act = serde_json::to_string(act)?;
    let hash = hash(seq, at, &actor, &act, &head.hash);
    let row = audit_entry::ActiveModel {
        seq: Set(seq),
        at: Set(at),
        actor: Set(actor),
        act: Set(act),
        previous: Set(head.hash),
        hash: Set(hash.clone()),
    };
    audit_entry::Entity::insert(row)
        .exec_without_returning(transaction)
        .await?;
    audit_head::Entity::update_many()
        .col_expr(audit_head::Column::Seq, Expr::value(seq))
        .col_expr(audit_head::Column::Hash, Expr::value(hash))
        .filter(audit_head::Column::Id.eq(HEAD))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Appends an entry of an act that has no transaction of its own.
///
/// # Errors
/// When storage fails.
pub async fn record(library: &Library, actor: Actor, act: &Act) -> Result<(), StorageError> {
    let transaction = library.db().write().await?;
    append(library, &transaction, actor, act).await?;
    Ok(transaction.commit().await?)
}

/// No part holds a line break, so two different entries never hash the same text.
pub(super) fn hash(seq: i64, at: DateTime<Utc>, actor: &str, act: &str, previous: &str) -> String {
    let at = at.to_rfc3339_opts(SecondsFormat::Micros, true);
    hex::encode(Sha256::digest(format!("{seq}\n{at}\n{actor}\n{act}\n{previous}")))
}
