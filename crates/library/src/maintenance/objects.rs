//! The stored objects that rows name.

use bytes::Bytes;
use sea_orm::{EntityTrait, QueryOrder};
use uuid::Uuid;

use crate::Library;
use crate::storage::StorageError;
use crate::storage::entity::blob;

/// One object of the blob store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// The row that names it.
    pub id: Uuid,
    /// The hash of its bytes.
    pub sha256: String,
}

impl Object {
    /// Its name in the store and in backups, `HASH-ID`.
    pub fn name(&self) -> String {
        format!("{}-{}", self.sha256, self.id)
    }

    /// The object of this name, when it is one.
    pub fn from_name(name: &str) -> Option<Self> {
        let (sha256, id) = name.split_once('-')?;
        let is_hash = sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
        Some(Self {
            id: is_hash.then(|| id.parse().ok())??,
            sha256: sha256.to_owned(),
        })
    }
}

/// Every object that a row names, by hash.
///
/// # Errors
/// When the database fails.
pub async fn objects(library: &Library) -> Result<Vec<Object>, StorageError> {
    let rows = blob::Entity::find()
        .order_by_asc(blob::Column::Sha256)
        .all(library.db().read())
        .await?;
    let object = |row: blob::Model| Object {
        id: row.id,
        sha256: row.sha256,
    };
    Ok(rows.into_iter().map(object).collect())
}

/// The bytes of an object.
///
/// # Errors
/// When it is not there or the store fails.
pub async fn read_object(library: &Library, object: &Object) -> Result<Bytes, StorageError> {
    library.blobs().read(&object.sha256, object.id).await
}

/// Puts an object back under the name that its row expects.
///
/// # Errors
/// When the store fails.
pub async fn put_object(library: &Library, object: &Object, bytes: Bytes) -> Result<(), StorageError> {
    library.blobs().put_back(&object.sha256, object.id, bytes).await
}
