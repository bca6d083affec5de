//! What was decided, in one file.

use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Lock;
use crate::durable;

/// A generation: one process of one release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Generation {
    /// Never used twice.
    pub number: u64,
    /// Of which release.
    pub release: String,
    /// When it was begun.
    pub since: DateTime<Utc>,
}

/// Everything that has to outlive the supervisor.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// The highest token that a lock ever had.
    pub fence: u64,
    /// Who changes versions now.
    pub lock: Option<Lock>,
    /// The highest number that a generation ever had.
    pub last_generation: u64,
    /// Who takes the connections.
    pub serving: Option<Generation>,
    /// The one before: warm if its process lives.
    pub previous: Option<Generation>,
    /// Those that are being started and do not count yet.
    pub starting: Vec<Generation>,
    /// Those that finish what they have and then stop.
    pub retiring: Vec<Generation>,
    /// Until when the new version is watched closely.
    pub bake_until: Option<DateTime<Utc>>,
}

impl State {
    /// The next generation, written down as being started.
    pub(super) fn announce(&mut self, release: &str, since: DateTime<Utc>) -> Generation {
        self.last_generation += 1;
        let generation = Generation {
            number: self.last_generation,
            release: release.to_owned(),
            since,
        };
        self.starting.push(generation.clone());
        generation
    }

    /// A generation that was being started is not any more.
    pub(super) fn has_started(&mut self, generation: &Generation) {
        self.starting.retain(|one| one.number != generation.number);
    }

    /// Every generation that may have a process.
    pub fn generations(&self) -> impl Iterator<Item = &Generation> {
        let placed = [&self.serving, &self.previous];
        placed
            .into_iter()
            .flatten()
            .chain(&self.starting)
            .chain(&self.retiring)
    }
}

/// The state and its file.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    state: State,
}

impl Store {
    /// Reads the file, or begins anew when there is none.
    ///
    /// # Errors
    /// When it cannot be read or is not a state: it is replaced whole, so somebody else wrote it.
    pub fn open(path: &Path) -> io::Result<Self> {
        let state = match std::fs::read(path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => State::default(),
            Err(error) => return Err(error),
        };
        Ok(Self {
            path: path.to_owned(),
            state,
        })
    }

    /// What was decided.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Decides: when this comes back, the change is on disk.
    ///
    /// # Errors
    /// When it cannot be written; then nothing is changed.
    pub fn change<Value>(&mut self, change: impl FnOnce(&mut State) -> Value) -> io::Result<Value> {
        let mut next = self.state.clone();
        let value = change(&mut next);
        if next != self.state {
            durable::replace(&self.path, &serde_json::to_vec_pretty(&next)?)?;
            self.state = next;
        }
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_decided_is_there_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        let mut store = Store::open(&path).unwrap();
        let token = store
            .change(|state| state.acquire("anna", DateTime::UNIX_EPOCH))
            .unwrap()
            .unwrap();
        assert_eq!(Store::open(&path).unwrap().state().holds(token), Ok(()));
    }

    #[test]
    fn a_change_that_cannot_be_written_did_not_happen() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("gone/state.json")).unwrap();
        assert!(store.change(|state| state.fence = 7).is_err());
        assert_eq!(store.state(), &State::default());
    }

    #[test]
    fn half_a_file_is_an_error_and_no_new_beginning() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        std::fs::write(&path, r#"{"fence": 1"#).unwrap();
        assert!(Store::open(&path).is_err());
    }
}
