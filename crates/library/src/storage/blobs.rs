//! Bytes kept once per content, in a local folder or in S3.
//!
//! Order makes this safe without a lock: an object is written, and is durable, before the row that names it; a row is
//! deleted before its object. An object's name holds its hash and the id of its row, so a name is never used twice and
//! a late deletion cannot hit bytes that were stored again meanwhile. What a crash leaves behind is an object without a
//! row, which the purge removes after a grace.

use std::collections::{HashMap, HashSet};
use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures::TryStreamExt;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::configuration::BlobConfig;
use crate::storage::StorageError;
use crate::storage::entity::blob;
use crate::storage::unfinished;

/// The object store, with the names of this library's objects.
#[derive(Clone)]
pub(crate) struct Blobs {
    store: Arc<dyn ObjectStore>,
    prefix: Path,
    /// Where the objects are files of this machine.
    folder: Option<PathBuf>,
}

/// An object that is durable, but that no row names yet: pass it to [`record`] in the transaction that needs it.
#[derive(Debug, Clone)]
pub(crate) struct StoredBlob {
    id: Uuid,
    sha256: String,
    byte_length: i64,
    /// The bytes had been stored before, under this id.
    existed: bool,
}

/// An object as it lies in the store.
pub(crate) struct Lying {
    /// `HASH-ID`.
    pub(crate) name: String,
    pub(crate) written_at: DateTime<Utc>,
}

impl Blobs {
    /// Opens the store; a local folder is made when it is missing.
    pub(crate) fn open(config: &BlobConfig, default_dir: &FilePath) -> Result<Self, StorageError> {
        match config {
            BlobConfig::Directory { path } => {
                let folder = path.as_deref().unwrap_or(default_dir);
                std::fs::create_dir_all(folder)?;
                let store = LocalFileSystem::new_with_prefix(folder)?
                    .with_fsync(true)
                    .with_automatic_cleanup(true);
                Ok(Self {
                    store: Arc::new(store),
                    prefix: Path::default(),
                    folder: Some(folder.to_owned()),
                })
            }
            BlobConfig::S3 {
                bucket,
                region,
                endpoint,
                access_key_id,
                secret_access_key,
                prefix,
            } => {
                let mut builder = AmazonS3Builder::new()
                    .with_bucket_name(bucket)
                    .with_region(region)
                    .with_access_key_id(access_key_id)
                    .with_secret_access_key(&secret_access_key.0);
                if let Some(endpoint) = endpoint {
                    builder = builder
                        .with_endpoint(endpoint)
                        .with_allow_http(endpoint.starts_with("http://"));
                }
                Ok(Self {
                    store: Arc::new(builder.build()?),
                    prefix: Path::from(prefix.as_str()),
                    folder: None,
                })
            }
        }
    }

    /// Makes the bytes durable, unless the same bytes are stored already.
    pub(crate) async fn store(
        &self,
        connection: &impl ConnectionTrait,
        bytes: Bytes,
        fresh: Uuid,
    ) -> Result<StoredBlob, StorageError> {
        let byte_length = i64::try_from(bytes.len()).expect("no buffer exceeds i64::MAX bytes");
        let sha256 = hex::encode(Sha256::digest(&bytes));
        if let Some(row) = find(connection, &sha256).await? {
            return Ok(StoredBlob {
                id: row.id,
                sha256,
                byte_length,
                existed: true,
            });
        }
        self.store
            .put(&self.location(&sha256, fresh), bytes.into())
            .await?;
        Ok(StoredBlob {
            id: fresh,
            sha256,
            byte_length,
            existed: false,
        })
    }

    /// The bytes that a row names.
    pub(crate) async fn load(
        &self,
        connection: &impl ConnectionTrait,
        id: Uuid,
    ) -> Result<(Bytes, String), StorageError> {
        let row = blob::Entity::find_by_id(id)
            .one(connection)
            .await?
            .ok_or_else(|| StorageError::Damaged(format!("no row of blob {id}")))?;
        let bytes = self
            .store
            .get(&self.location(&row.sha256, row.id))
            .await?
            .bytes()
            .await?;
        Ok((bytes, row.sha256))
    }

    /// The bytes of an object.
    pub(crate) async fn read(&self, sha256: &str, id: Uuid) -> Result<Bytes, StorageError> {
        let object = self.store.get(&self.location(sha256, id)).await?;
        Ok(object.bytes().await?)
    }

    /// Stores bytes under the name that a restored row expects.
    pub(crate) async fn put_back(&self, sha256: &str, id: Uuid, bytes: Bytes) -> Result<(), StorageError> {
        self.store.put(&self.location(sha256, id), bytes.into()).await?;
        Ok(())
    }

    /// Removes an object whose row is gone. That it is gone already is no error.
    pub(crate) async fn remove(&self, sha256: &str, id: Uuid) -> Result<(), StorageError> {
        match self.store.delete(&self.location(sha256, id)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Removes objects older than `before` that no row names: what writers left behind when they died. Returns how many.
    pub(crate) async fn sweep(
        &self,
        connection: &impl ConnectionTrait,
        before: DateTime<Utc>,
    ) -> Result<u64, StorageError> {
        let prefix = (!self.prefix.as_ref().is_empty()).then_some(&self.prefix);
        let old: Vec<Path> = self
            .store
            .list(prefix)
            .try_filter_map(
                |object| async move { Ok((object.last_modified < before).then_some(object.location)) },
            )
            .try_collect()
            .await?;
        let mut removed = match self.folder.clone() {
            Some(folder) => {
                tokio::task::spawn_blocking(move || unfinished::remove(&folder, before)).await??
            }
            None => 0,
        };
        for batch in old.chunks(500) {
            let named: Vec<(Path, Uuid)> = batch
                .iter()
                .filter_map(|path| id_in_name(path).map(|id| (path.clone(), id)))
                .collect();
            let known: HashSet<Uuid> = blob::Entity::find()
                .filter(blob::Column::Id.is_in(named.iter().map(|(_, id)| *id)))
                .all(connection)
                .await?
                .into_iter()
                .map(|row| row.id)
                .collect();
            for (path, _) in named.iter().filter(|(_, id)| !known.contains(id)) {
                self.store.delete(path).await?;
                removed += 1;
            }
        }
        Ok(removed)
    }

    /// Every object in the store, by the id of the row that should name it.
    pub(crate) async fn list(&self) -> Result<HashMap<Uuid, Lying>, StorageError> {
        let prefix = (!self.prefix.as_ref().is_empty()).then_some(&self.prefix);
        let found = self.store.list(prefix).try_filter_map(|object| async move {
            let name = object.location.filename().unwrap_or_default().to_owned();
            let lying = Lying {
                name,
                written_at: object.last_modified,
            };
            Ok(id_in_name(&object.location).map(|id| (id, lying)))
        });
        Ok(found.try_collect().await?)
    }

    /// Is the object there?
    pub(crate) async fn has(&self, sha256: &str, id: Uuid) -> Result<bool, StorageError> {
        match self.store.head(&self.location(sha256, id)).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Does the store take, give back and remove an object?
    pub(crate) async fn probe(&self, fresh: Uuid) -> Result<(), StorageError> {
        let path = self.prefix.clone().join("probe").join(fresh.to_string());
        self.store.put(&path, Bytes::from_static(b"probe").into()).await?;
        self.store.get(&path).await?.bytes().await?;
        Ok(self.store.delete(&path).await?)
    }

    fn location(&self, sha256: &str, id: Uuid) -> Path {
        self.prefix
            .clone()
            .join(&sha256[..2])
            .join(format!("{sha256}-{id}"))
    }
}

/// Names a stored object by a row, in the caller's transaction. Returns the id to refer to.
///
/// Of two writers of the same bytes one wins; the other refers to the winner's object.
pub(crate) async fn record(
    connection: &impl ConnectionTrait,
    stored: &StoredBlob,
    now: DateTime<Utc>,
) -> Result<Uuid, StorageError> {
    if stored.existed {
        let touched = blob::Entity::update_many()
            .col_expr(blob::Column::TouchedAt, Expr::value(now))
            .filter(blob::Column::Id.eq(stored.id))
            .exec(connection)
            .await?;
        return match touched.rows_affected {
            0 => Err(StorageError::Damaged(
                "a blob was purged while it was being stored again".into(),
            )),
            _ => Ok(stored.id),
        };
    }
    let row = blob::ActiveModel {
        id: Set(stored.id),
        sha256: Set(stored.sha256.clone()),
        byte_length: Set(stored.byte_length),
        touched_at: Set(now),
    };
    let row = blob::Entity::insert(row)
        .on_conflict(
            OnConflict::column(blob::Column::Sha256)
                .update_column(blob::Column::TouchedAt)
                .to_owned(),
        )
        .exec_with_returning(connection)
        .await?;
    Ok(row.id)
}

async fn find(connection: &impl ConnectionTrait, sha256: &str) -> Result<Option<blob::Model>, StorageError> {
    Ok(blob::Entity::find()
        .filter(blob::Column::Sha256.eq(sha256))
        .one(connection)
        .await?)
}

/// The row's id in an object's name `aa/HASH-ID`.
fn id_in_name(path: &Path) -> Option<Uuid> {
    path.filename()?.split_once('-')?.1.parse().ok()
}
