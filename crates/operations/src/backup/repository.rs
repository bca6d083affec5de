//! The folder that backups are kept in.

use std::collections::HashSet;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::Manifest;

/// Why the repository did not do as told.
#[derive(Debug, thiserror::Error)]
pub enum RepositoryError {
    /// There is no such backup.
    #[error("there is no backup `{0}`; see `bookreader backup list`")]
    Unknown(String),
    /// Something stored is not as it was written.
    #[error("{what}: {why}")]
    Damaged {
        /// What.
        what: String,
        /// In which way.
        why: String,
    },
    /// The file system failed.
    #[error("the repository cannot be read or written")]
    File(#[from] io::Error),
}

/// A folder of sealed objects and of the manifests that name them.
#[derive(Debug, Clone)]
pub struct Repository {
    folder: PathBuf,
}

impl Repository {
    /// Opens the folder, and makes it, for its owner alone, when it is missing.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn open(folder: &Path) -> io::Result<Self> {
        use std::os::unix::fs::DirBuilderExt as _;
        for part in ["objects", "manifests"] {
            std::fs::DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(folder.join(part))?;
        }
        Ok(Self {
            folder: folder.to_owned(),
        })
    }

    /// Waits until nobody else writes here; it is the caller's turn until the file is closed.
    pub(super) fn turn(&self) -> io::Result<std::fs::File> {
        let file = std::fs::File::create(self.folder.join("lock"))?;
        file.lock()?;
        Ok(file)
    }

    /// Names of the backups, oldest first.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn ids(&self) -> io::Result<Vec<String>> {
        let mut ids = Vec::new();
        for entry in std::fs::read_dir(self.folder.join("manifests"))? {
            let name = entry?.file_name();
            ids.extend(
                name.to_str()
                    .and_then(|name| name.strip_suffix(".json"))
                    .map(str::to_owned),
            );
        }
        ids.sort();
        Ok(ids)
    }

    /// The manifest of a backup.
    ///
    /// # Errors
    /// When there is none or it is damaged.
    pub fn manifest(&self, id: &str) -> Result<Manifest, RepositoryError> {
        let path = self.manifest_path(id);
        let bytes = match std::fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(RepositoryError::Unknown(id.to_owned()));
            }
            bytes => bytes?,
        };
        let damaged = |why: String| RepositoryError::Damaged {
            what: format!("manifest {id}"),
            why,
        };
        let text = String::from_utf8(bytes).map_err(|error| damaged(error.to_string()))?;
        let manifest = Manifest::from_text(&text).map_err(damaged)?;
        if manifest.id != id {
            return Err(damaged(format!("it is that of {}", manifest.id)));
        }
        Ok(manifest)
    }

    /// Makes a backup visible: the last thing that is written.
    pub(super) fn publish(&self, manifest: &Manifest) -> io::Result<()> {
        let mut file = self.unfinished()?;
        file.write_all(manifest.to_text().as_bytes())?;
        self.keep(file, &self.manifest_path(&manifest.id))
    }

    pub(super) fn forget(&self, id: &str) -> io::Result<()> {
        std::fs::remove_file(self.manifest_path(id))
    }

    /// A file that goes away unless it is kept.
    pub(super) fn unfinished(&self) -> io::Result<tempfile::NamedTempFile> {
        tempfile::Builder::new()
            .prefix(UNFINISHED)
            .tempfile_in(&self.folder)
    }

    /// A folder beside the objects that goes away.
    pub(super) fn scratch(&self) -> io::Result<tempfile::TempDir> {
        tempfile::Builder::new()
            .prefix(UNFINISHED)
            .tempdir_in(&self.folder)
    }

    /// Stores a written file as the object of this name.
    pub(super) fn keep_object(&self, file: tempfile::NamedTempFile, hash: &str) -> io::Result<()> {
        self.keep(file, &self.object_path(hash))
    }

    fn keep(&self, file: tempfile::NamedTempFile, path: &Path) -> io::Result<()> {
        let folder = path.parent().expect("every path here lies in the repository");
        std::fs::create_dir_all(folder)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|refused| refused.error)?;
        std::fs::File::open(folder)?.sync_all()
    }

    pub(super) fn object_path(&self, hash: &str) -> PathBuf {
        self.folder
            .join("objects")
            .join(hash.get(..2).unwrap_or("__"))
            .join(hash)
    }

    fn manifest_path(&self, id: &str) -> PathBuf {
        self.folder.join("manifests").join(format!("{id}.json"))
    }

    /// Removes the objects that no backup names, and what dead processes left. Returns how many objects.
    pub(super) fn sweep(&self, named: &HashSet<String>) -> io::Result<u64> {
        for entry in std::fs::read_dir(&self.folder)? {
            let entry = entry?;
            if !entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
                continue;
            }
            if entry.file_type()?.is_dir() {
                std::fs::remove_dir_all(entry.path())?;
            } else {
                std::fs::remove_file(entry.path())?;
            }
        }
        let mut removed = 0;
        for folder in std::fs::read_dir(self.folder.join("objects"))? {
            for object in std::fs::read_dir(folder?.path())? {
                let object = object?;
                if !object
                    .file_name()
                    .to_str()
                    .is_some_and(|name| named.contains(name))
                {
                    std::fs::remove_file(object.path())?;
                    removed += 1;
                }
            }
        }
        Ok(removed)
    }
}

/// How the names of files begin that a dead process may have left.
const UNFINISHED: &str = ".unfinished-";
