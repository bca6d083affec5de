//! Restoring a backup beside everything else, and asking what came out.

use std::collections::HashSet;
use std::path::Path;

use library::maintenance;
use serde::Serialize;

use super::restore::{self, RestoreError};
use super::sealed::unseal;
use super::{Key, Manifest, Repository};
use crate::Outcome;

/// What is known of a backup.
#[derive(Debug, Clone, Serialize)]
pub struct Verdict {
    /// Pass only when it was opened, restored and found complete.
    pub outcome: Outcome,
    /// What was seen, one fact or fault each.
    pub evidence: Vec<String>,
}

/// Opens every sealed file; when the backup is whole, restores it to a scratch folder and queries it.
pub async fn verify(repository: &Repository, key: &Key, id: &str) -> Verdict {
    let faults = match repository.manifest(id) {
        Ok(manifest) => examine(repository, key, &manifest).await,
        Err(error) => Err(vec![error.to_string()]),
    };
    match faults {
        Ok(evidence) => Verdict {
            outcome: Outcome::Pass,
            evidence,
        },
        Err(evidence) => Verdict {
            outcome: Outcome::Fail,
            evidence,
        },
    }
}

async fn examine(
    repository: &Repository,
    key: &Key,
    manifest: &Manifest,
) -> Result<Vec<String>, Vec<String>> {
    let faults: Vec<String> = manifest
        .entries()
        .filter_map(|entry| unseal(repository, key, entry, std::io::sink()).err())
        .map(|error| error.to_string())
        .collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    let count = manifest.entries().count();
    let mut evidence = vec![format!("{count} sealed files open to the bytes that were sealed")];
    if manifest.database.is_some() {
        let scratch = repository.scratch().map_err(|error| vec![error.to_string()])?;
        restore::write_to(repository, key, manifest, scratch.path())
            .await
            .map_err(|error| vec![error.to_string()])?;
        evidence.push(query(manifest, scratch.path()).await?);
    }
    Ok(evidence)
}

/// Is the restored library sound, with all its rows and every file they name?
async fn query(manifest: &Manifest, folder: &Path) -> Result<String, Vec<String>> {
    let library = restore::open(folder)
        .await
        .map_err(|error: RestoreError| vec![error.to_string()])?;
    let asked = async {
        let mut faults = maintenance::integrity(&library).await?;
        let census = maintenance::census(&library).await?;
        if Some(&census) != manifest.census.as_ref() {
            faults.push(format!(
                "rows restored: {census:?}; rows backed up: {:?}",
                manifest.census
            ));
        }
        if let Some(files) = &manifest.files {
            let sealed: HashSet<&str> = files.iter().map(|entry| entry.name.as_str()).collect();
            let named = maintenance::objects(&library)
                .await?
                .into_iter()
                .map(|object| object.name());
            faults.extend(
                named
                    .filter(|name| !sealed.contains(name.as_str()))
                    .map(|name| format!("a row names the object {name}, which is not in the backup")),
            );
        }
        Ok::<_, library::StorageError>((faults, census))
    };
    let answer = asked.await;
    library.close().await;
    match answer {
        Err(error) => Err(vec![format!("the restored database does not answer: {error}")]),
        Ok((faults, _)) if !faults.is_empty() => Err(faults),
        Ok((_, census)) => {
            let rows: Vec<String> = census
                .iter()
                .map(|(table, rows)| format!("{rows} {table}"))
                .collect();
            Ok(format!("restored and queried: {}", rows.join(", ")))
        }
    }
}
