//! Making a backup of a library that is in use.

use std::collections::HashMap;
use std::fs::File;
use std::path::PathBuf;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use library::Library;
use library::maintenance::{self, Census};

use super::manifest::FORMAT;
use super::sealed::seal;
use super::{Entry, Key, Manifest, Repository};

/// What goes into a backup.
#[derive(Debug, Clone, Default)]
pub struct Parts {
    /// The database.
    pub database: bool,
    /// Book files and pictures.
    pub files: bool,
    /// Settings and secrets: the path each is restored to, and where it is now.
    pub configuration: Option<Vec<(String, PathBuf)>>,
}

/// Copies, seals, and publishes the manifest last. The backup counts only when [`super::verify()`] passes it.
///
/// The database comes first: the files that its rows name are there already and never change, and those that come
/// later are of no concern to it. What an earlier backup sealed is not sealed again.
///
/// # Errors
/// When anything cannot be read or written; then there is no backup.
pub async fn create(
    library: &Library,
    repository: &Repository,
    key: &Key,
    parts: &Parts,
    now: DateTime<Utc>,
) -> anyhow::Result<Manifest> {
    let _turn = repository.turn()?;
    let scratch = repository.scratch()?;
    let (mut database, mut census, mut files) = (None, None, None);
    if parts.database || parts.files {
        let copy = scratch.path().join("library.sqlite");
        maintenance::snapshot(library, &copy).await?;
        let (counted, objects) = read_copy(scratch.path()).await?;
        if parts.database {
            database = Some(seal(repository, key, "library.sqlite", File::open(&copy)?)?);
            census = Some(counted);
        }
        if parts.files {
            files = Some(seal_objects(library, repository, key, objects).await?);
        }
    }
    let configuration = parts
        .configuration
        .as_ref()
        .map(|paths| seal_configuration(repository, key, paths))
        .transpose()?;
    let suffix: String = scratch
        .path()
        .file_name()
        .and_then(|name| name.to_str()?.rsplit('-').next().map(str::to_owned))
        .unwrap_or_default();
    let manifest = Manifest {
        format: FORMAT,
        id: format!("{}-{suffix}", now.format("%Y%m%dT%H%M%SZ")),
        created_at: now,
        release: env!("CARGO_PKG_VERSION").to_owned(),
        database,
        census,
        files,
        configuration,
    };
    repository.publish(&manifest)?;
    Ok(manifest)
}

/// Rows and objects of the copy, not of the database that goes on changing.
async fn read_copy(folder: &std::path::Path) -> anyhow::Result<(Census, Vec<maintenance::Object>)> {
    let copy = super::restore::open(folder).await?;
    let census = maintenance::census(&copy).await?;
    let objects = maintenance::objects(&copy).await?;
    copy.close().await;
    Ok((census, objects))
}

async fn seal_objects(
    library: &Library,
    repository: &Repository,
    key: &Key,
    objects: Vec<maintenance::Object>,
) -> anyhow::Result<Vec<Entry>> {
    let sealed = sealed_before(repository)?;
    let mut entries = Vec::with_capacity(objects.len());
    for object in objects {
        let name = object.name();
        if let Some(entry) = sealed.get(&name) {
            entries.push(entry.clone());
            continue;
        }
        let bytes = maintenance::read_object(library, &object)
            .await
            .with_context(|| format!("the object {name} that a row names"))?;
        let entry = seal(repository, key, &name, bytes.as_ref())?;
        anyhow::ensure!(
            entry.sha256 == object.sha256,
            "the object {name} does not hold the bytes that its name says: the store is damaged"
        );
        entries.push(entry);
    }
    Ok(entries)
}

/// Entries of earlier backups whose objects are still there, by name.
fn sealed_before(repository: &Repository) -> anyhow::Result<HashMap<String, Entry>> {
    let mut known = HashMap::new();
    for id in repository.ids()? {
        // A damaged manifest costs room, not safety: its objects are sealed anew.
        let Ok(manifest) = repository.manifest(&id) else {
            continue;
        };
        for entry in manifest.files.into_iter().flatten() {
            if repository.object_path(&entry.object).is_file() {
                known.insert(entry.name.clone(), entry);
            }
        }
    }
    Ok(known)
}

fn seal_configuration(
    repository: &Repository,
    key: &Key,
    paths: &[(String, PathBuf)],
) -> anyhow::Result<Vec<Entry>> {
    paths
        .iter()
        .map(|(name, path)| {
            let file = File::open(path).with_context(|| path.display().to_string())?;
            Ok(seal(repository, key, name, file)?)
        })
        .collect()
}
