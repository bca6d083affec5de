//! Applying what is pending to a copy of the database, which is then thrown away.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use library::Library;
use library::maintenance::{self, Census};

use crate::backup;

/// What came out.
#[derive(Debug, Clone)]
pub struct Rehearsal {
    /// The versions that were applied, with their descriptions.
    pub applied: Vec<(i64, String)>,
    /// How long that took.
    pub took: Duration,
    /// What is wrong with the copy now; nothing when it is sound.
    pub faults: Vec<String>,
    /// Rows before.
    pub before: Census,
    /// Rows after.
    pub after: Census,
}

impl Rehearsal {
    /// Tables that have fewer rows than before, in words.
    pub fn losses(&self) -> Vec<String> {
        self.before
            .iter()
            .filter_map(|(table, before)| {
                let after = self.after.get(table).copied().unwrap_or(0);
                (after < *before).then(|| format!("{table}: {before} rows before, {after} after"))
            })
            .collect()
    }

    /// Is the copy sound, and are all its rows there?
    pub fn went_well(&self) -> bool {
        self.faults.is_empty() && self.losses().is_empty()
    }
}

/// Rehearses. The library is only read.
///
/// # Errors
/// When it cannot be copied (only SQLite can be, so far), or a step fails.
pub async fn rehearse(library: &Library) -> anyhow::Result<Rehearsal> {
    let pending = library.migrations().status().await?;
    let pending = pending.into_iter().filter(|one| one.applied_at.is_none());
    let applied = pending.map(|one| (one.version, one.description)).collect();
    let scratch = tempfile::tempdir()?;
    maintenance::snapshot(library, &scratch.path().join("library.sqlite"))
        .await
        .context("the database cannot be copied")?;
    let copy = backup::open_copy(scratch.path()).await?;
    let before = maintenance::census(&copy).await?;
    let begun = Instant::now();
    copy.migrations()
        .up()
        .await
        .context("a step fails on the copy; the database itself was not touched")?;
    let took = begun.elapsed();
    let rehearsal = Rehearsal {
        applied,
        took,
        faults: maintenance::integrity(&copy).await?,
        before,
        after: maintenance::census(&copy).await?,
    };
    copy.close().await;
    Ok(rehearsal)
}
