//! Does the log still say what it said?

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::Library;
use crate::audit::append::{HEAD, hash};
use crate::storage::StorageError;
use crate::storage::entity::{audit_entry, audit_head};

/// Entries read at once.
const BATCH: u64 = 1000;

/// The log is whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// How many entries it has.
    pub entries: u64,
    /// The hash of the last one: noted elsewhere, it also shows a log that was replaced as a whole.
    pub head: String,
}

/// Where the log is not what it was.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// An entry is missing, or was put in.
    #[error("entry {0} is missing")]
    Missing(i64),
    /// An entry was changed.
    #[error("entry {0} was changed")]
    Changed(i64),
    /// An entry does not follow from the one before it.
    #[error("entry {0} does not follow from the one before it")]
    Unlinked(i64),
    /// Entries at the end are gone, or the head was changed.
    #[error("the log ends at entry {found}, its head says {expected}")]
    CutShort {
        /// The last entry that is there.
        found: i64,
        /// The last entry that there was.
        expected: i64,
    },
    /// The log is whole, but it is another one.
    #[error("no entry has the hash that was noted: the log was replaced")]
    Replaced,
    /// Storage failed: it cannot be told.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<sea_orm::DbErr> for Broken {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Storage(error.into())
    }
}

/// Computes the whole chain again; an entry must have the hash `noted` from an earlier verdict, when one is given. The head is read first: what is appended meanwhile is left for the next time.
///
/// # Errors
/// The first place where the log is broken; [`Broken::Storage`] when it cannot be told.
pub async fn verify(library: &Library, noted: Option<&str>) -> Result<Verdict, Broken> {
    let connection = library.db().read();
    let head = audit_head::Entity::find_by_id(HEAD).one(connection).await?;
    let (expected, head) = head.map_or((0, String::new()), |head| (head.seq, head.hash));
    let (mut seq, mut previous) = (0, String::new());
    let mut is_noted = noted.is_none();
    while seq < expected {
        let rows = audit_entry::Entity::find()
            .filter(audit_entry::Column::Seq.gt(seq))
            .filter(audit_entry::Column::Seq.lte(expected))
            .order_by_asc(audit_entry::Column::Seq)
            .limit(BATCH)
            .all(connection)
            .await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            seq += 1;
            check(&row, seq, &previous)?;
            is_noted |= noted == Some(row.hash.as_str());
            previous = row.hash;
        }
    }
    if seq != expected || previous != head {
        return Err(Broken::CutShort { found: seq, expected });
    }
    if !is_noted {
        return Err(Broken::Replaced);
    }
    Ok(Verdict {
        entries: u64::try_from(seq).unwrap_or(0),
        head,
    })
}

fn check(row: &audit_entry::Model, seq: i64, previous: &str) -> Result<(), Broken> {
    if row.seq != seq {
        Err(Broken::Missing(seq))
    } else if row.hash != hash(seq, row.at, &row.actor, &row.act, &row.previous) {
        Err(Broken::Changed(seq))
    } else if row.previous != previous {
        Err(Broken::Unlinked(seq))
    } else {
        Ok(())
    }
}
