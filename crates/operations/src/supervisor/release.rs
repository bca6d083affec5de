//! Releases on disk: a folder each, named by what is in it.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::durable;

/// The program's name in a release.
const PROGRAM: &str = "bookreader";
/// What the builder says of the program, beside it.
const MANIFEST: &str = "release.json";
/// Releases that are kept, beside those in use.
const KEPT: usize = 5;

/// A release that can be started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// The first 16 digits of its program's SHA-256.
    pub id: String,
    /// The program.
    pub program: PathBuf,
}

/// Why something is no release.
#[derive(Debug, thiserror::Error)]
pub enum ReleaseError {
    /// The program is not what its manifest says.
    #[error("the program's SHA-256 is {found}, its release.json says {said}: copy the release again")]
    Altered {
        /// What it is.
        found: String,
        /// What it should be.
        said: String,
    },
    /// The manifest makes no sense.
    #[error("release.json cannot be read")]
    Manifest(#[source] serde_json::Error),
    /// There is no program, or it cannot be copied.
    #[error("{}", .path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        source: io::Error,
    },
}

/// `release.json`.
#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    sha256: String,
}

/// The folder of all releases.
#[derive(Debug, Clone)]
pub(super) struct Releases {
    folder: PathBuf,
}

impl Releases {
    pub(super) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    /// Copies a program, or a folder with one, into a release that is whole or absent.
    pub(super) fn store(&self, source: &Path) -> Result<Release, ReleaseError> {
        let program = if source.is_dir() {
            source.join(PROGRAM)
        } else {
            source.to_owned()
        };
        let file_error = |path: &Path| {
            let path = path.to_owned();
            move |source| ReleaseError::File { path, source }
        };
        durable::private_folder(&self.folder).map_err(file_error(&self.folder))?;
        let scratch = tempfile::Builder::new()
            .prefix(".unfinished-")
            .tempdir_in(&self.folder)
            .map_err(file_error(&self.folder))?;
        let copy = scratch.path().join(PROGRAM);
        let digest = copy_durably(&program, &copy).map_err(file_error(&program))?;
        verify(source, &digest)?;
        let release = self.at(&digest[..16]);
        let home = self.folder.join(&release.id);
        if !home.is_dir() {
            std::fs::rename(scratch.keep(), &home).map_err(file_error(&home))?;
            sync(&self.folder).map_err(file_error(&self.folder))?;
        }
        Ok(release)
    }

    /// The release of this id, which may be gone.
    pub(super) fn at(&self, id: &str) -> Release {
        Release {
            id: id.to_owned(),
            program: self.folder.join(id).join(PROGRAM),
        }
    }

    /// Removes the oldest but for a few, and never one in use; a release that cannot be removed is no matter.
    pub(super) fn prune(&self, in_use: &[String]) {
        let Ok(entries) = std::fs::read_dir(&self.folder) else {
            return;
        };
        let mut unused: Vec<_> = entries
            .filter_map(|entry| {
                let entry = entry.ok()?;
                let name = entry.file_name().to_str()?.to_owned();
                (!in_use.contains(&name)).then_some((entry.metadata().ok()?.modified().ok()?, name))
            })
            .collect();
        unused.sort();
        for (_, name) in unused.iter().rev().skip(KEPT) {
            if let Err(error) = std::fs::remove_dir_all(self.folder.join(name)) {
                tracing::warn!(release = name, %error, "an old release was not removed");
            }
        }
    }
}

fn copy_durably(from: &Path, to: &Path) -> io::Result<String> {
    use std::os::unix::fs::PermissionsExt as _;
    let mut source = File::open(from)?;
    if !source.metadata()?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no file"));
    }
    let mut copy = File::create(to)?;
    io::copy(&mut source, &mut copy)?;
    copy.set_permissions(std::fs::Permissions::from_mode(0o755))?;
    copy.sync_all()?;
    drop(copy);
    sync(to.parent().unwrap_or(Path::new(".")))?;
    // What counts is what was written, not what was meant to be.
    digest_of(to)
}

/// The SHA-256 of a file, in hexadecimal.
pub(crate) fn digest_of(file: &Path) -> io::Result<String> {
    let mut file = File::open(file)?;
    let mut digest = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok(hex::encode(digest.finalize()));
        }
        digest.update(&buffer[..read]);
    }
}

fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

fn verify(source: &Path, digest: &str) -> Result<(), ReleaseError> {
    let path = source.join(MANIFEST);
    let Ok(text) = std::fs::read(&path) else {
        return Ok(());
    };
    let manifest: Manifest = serde_json::from_slice(&text).map_err(ReleaseError::Manifest)?;
    if manifest.sha256 == digest {
        return Ok(());
    }
    Err(ReleaseError::Altered {
        found: digest.to_owned(),
        said: manifest.sha256,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(folder: &Path, text: &str) -> PathBuf {
        let source = folder.join("new");
        std::fs::create_dir_all(&source).unwrap();
        std::fs::write(source.join(PROGRAM), text).unwrap();
        source
    }

    #[test]
    fn a_file_and_a_folder_with_it_are_the_same_release() {
        let folder = tempfile::tempdir().unwrap();
        let source = source(folder.path(), "#!/bin/sh\n");
        let releases = Releases::new(&folder.path().join("releases"));
        let one = releases.store(&source).unwrap();
        let two = releases.store(&source.join(PROGRAM)).unwrap();
        assert_eq!(one, two);
        assert_eq!(std::fs::read_to_string(&one.program).unwrap(), "#!/bin/sh\n");
        let entries = std::fs::read_dir(folder.path().join("releases")).unwrap();
        assert_eq!(entries.count(), 1, "nothing unfinished is left");
    }

    #[test]
    fn a_program_that_is_not_what_its_manifest_says_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let source = source(folder.path(), "good");
        let releases = Releases::new(&folder.path().join("releases"));
        let said = hex::encode(Sha256::digest(b"good"));
        std::fs::write(source.join(MANIFEST), format!(r#"{{"sha256":"{said}"}}"#)).unwrap();
        releases.store(&source).unwrap();
        std::fs::write(source.join(PROGRAM), "evil").unwrap();
        assert!(matches!(
            releases.store(&source),
            Err(ReleaseError::Altered { .. })
        ));
    }

    #[test]
    fn what_is_in_use_is_never_pruned() {
        let folder = tempfile::tempdir().unwrap();
        let releases = Releases::new(&folder.path().join("releases"));
        let ids: Vec<String> = (0..8)
            .map(|number| {
                releases
                    .store(&source(folder.path(), &format!("{number}")))
                    .unwrap()
                    .id
            })
            .collect();
        releases.prune(&ids[..1]);
        let left = std::fs::read_dir(folder.path().join("releases")).unwrap().count();
        assert_eq!(left, KEPT + 1);
        assert!(releases.at(&ids[0]).program.is_file());
    }
}
