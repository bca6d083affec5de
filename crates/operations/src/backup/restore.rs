//! Making a data folder out of a backup.

use std::fs::{self, File};
use std::io;
use std::path::{Component, Path, PathBuf};

use library::configuration::LibraryConfig;
use library::maintenance::{self, Object};
use library::{Environment, Library};

use super::sealed::unseal;
use super::{Entry, Key, Manifest, Repository, RepositoryError};

/// Why nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// Something is in the way.
    #[error("{0} is not empty: name another folder")]
    NotEmpty(PathBuf),
    /// The backup holds a part only.
    #[error("the backup {0} has no database or no files: it cannot become a library")]
    Partial(String),
    /// The backup is damaged, or the folder cannot be written.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
    /// The restored library does not open.
    #[error("the restored library does not open: {0}")]
    Library(String),
}

impl From<io::Error> for RestoreError {
    fn from(error: io::Error) -> Self {
        Self::Repository(error.into())
    }
}

/// Restores a whole backup to `target`, which must be empty or not there. It appears at once and complete.
///
/// # Errors
/// See [`RestoreError`]; then `target` is as it was.
pub async fn restore(
    repository: &Repository,
    key: &Key,
    manifest: &Manifest,
    target: &Path,
) -> Result<(), RestoreError> {
    if fs::read_dir(target).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(RestoreError::NotEmpty(target.to_owned()));
    }
    let parent = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(parent)?;
    let beside = tempfile::Builder::new()
        .prefix(".restoring-")
        .tempdir_in(parent)?;
    if manifest.database.is_none() || manifest.files.is_none() {
        return Err(RestoreError::Partial(manifest.id.clone()));
    }
    write_to(repository, key, manifest, beside.path()).await?;
    // Renaming onto an empty folder replaces it.
    fs::rename(beside.path(), target)?;
    // The folder has moved: there is nothing left to clean up.
    let _ = beside.keep();
    Ok(())
}

/// Writes everything that the backup holds beneath `folder`.
pub(super) async fn write_to(
    repository: &Repository,
    key: &Key,
    manifest: &Manifest,
    folder: &Path,
) -> Result<(), RestoreError> {
    for entry in manifest
        .database
        .iter()
        .chain(manifest.configuration.iter().flatten())
    {
        write_file(repository, key, entry, folder)?;
    }
    let library = open(folder).await?;
    let files = manifest.files.as_deref().unwrap_or_default();
    let written = write_objects(repository, key, files, &library).await;
    library.close().await;
    written
}

async fn write_objects(
    repository: &Repository,
    key: &Key,
    files: &[Entry],
    library: &Library,
) -> Result<(), RestoreError> {
    for entry in files {
        let object = Object::from_name(&entry.name).ok_or_else(|| bad_name(entry))?;
        let mut bytes = Vec::new();
        unseal(repository, key, entry, &mut bytes)?;
        maintenance::put_object(library, &object, bytes.into())
            .await
            .map_err(|error| RestoreError::Library(error.to_string()))?;
    }
    Ok(())
}

/// Opens the library in `folder` on its own, with what lies there.
pub(crate) async fn open(folder: &Path) -> Result<Library, RestoreError> {
    let config = LibraryConfig {
        data_dir: folder.to_owned(),
        ..LibraryConfig::default()
    };
    Library::open(config, Environment::system(Vec::new()))
        .await
        .map_err(|error| RestoreError::Library(error.to_string()))
}

fn write_file(repository: &Repository, key: &Key, entry: &Entry, folder: &Path) -> Result<(), RestoreError> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let relative = Path::new(&entry.name);
    // A manifest is not signed: a name in it must not lead out of the folder.
    if !relative
        .components()
        .all(|part| matches!(part, Component::Normal(_)))
    {
        return Err(bad_name(entry).into());
    }
    let path = folder.join(relative);
    fs::create_dir_all(path.parent().unwrap_or(folder))?;
    let mut file = File::options()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path)?;
    unseal(repository, key, entry, &mut file)?;
    file.sync_all()?;
    Ok(())
}

fn bad_name(entry: &Entry) -> RepositoryError {
    RepositoryError::Damaged {
        what: format!("the entry {:?}", entry.name),
        why: "it is no name of a file in a backup".to_owned(),
    }
}
