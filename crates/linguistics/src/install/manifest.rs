//! What is installed, and where it came from.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::packages::Package;

/// The record of an installation, kept as `manifest.json` beside the files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The installed files.
    pub files: Vec<InstalledFile>,
}

/// One installed file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstalledFile {
    /// File name inside the directory.
    pub name: String,
    /// Length in bytes.
    pub length: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// The package it was converted from.
    pub source: SourcePackage,
}

/// A package of the Python package index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourcePackage {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of the wheel, hexadecimal.
    pub sha256: String,
    /// Licence of what was taken from it.
    pub licence: String,
}

impl Manifest {
    pub(super) fn record(&mut self, name: &str, package: &Package, bytes: &[u8]) {
        let digest = Sha256::digest(bytes);
        self.files.push(InstalledFile {
            name: name.to_owned(),
            length: bytes.len() as u64,
            sha256: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
            source: SourcePackage {
                name: package.name.to_owned(),
                version: package.version.to_owned(),
                sha256: package.sha256.to_owned(),
                licence: package.licence.to_owned(),
            },
        });
    }

    pub(super) fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("strings and numbers serialise")
    }

    pub(super) fn from_json(json: &[u8]) -> serde_json::Result<Manifest> {
        serde_json::from_slice(json)
    }

    /// The notice that travels with the files.
    pub(super) fn licences(&self) -> String {
        let mut text = String::from("# Licences of the installed language models\n");
        for InstalledFile { name, source, .. } in &self.files {
            text += &format!(
                "\n## {name}\nConverted from the Python package {} {}: {}.\n",
                source.name, source.version, source.licence
            );
        }
        text += "\nThe conversion changes layout only. A copy of the CC BY-SA 3.0 licence: \
                 https://creativecommons.org/licenses/by-sa/3.0/\n";
        text
    }
}
