//! Files that a writer into a local folder was at when it died.
//!
//! The object store writes `NAME#1` beside `NAME` and renames; it never lists such a file, so nobody else finds it.

use std::fs;
use std::io;
use std::path::Path;

use chrono::{DateTime, Utc};

/// Removes unfinished files last written before `before`. Returns how many.
pub(super) fn remove(folder: &Path, before: DateTime<Utc>) -> io::Result<u64> {
    let mut removed = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            removed += remove(&entry.path(), before)?;
        } else if is_unfinished(&entry.path())
            && DateTime::<Utc>::from(entry.metadata()?.modified()?) < before
        {
            fs::remove_file(entry.path())?;
            removed += 1;
        }
    }
    Ok(removed)
}

fn is_unfinished(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.and_then(|name| name.rsplit_once('#'))
        .is_some_and(|(_, attempt)| attempt.parse::<u64>().is_ok())
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn only_old_unfinished_files_go() {
        let folder = tempfile::tempdir().unwrap();
        let shard = folder.path().join("c9");
        fs::create_dir(&shard).unwrap();
        let (whole, half) = (shard.join("c9aa-1"), shard.join("c9bb-2#1"));
        fs::write(&whole, "whole").unwrap();
        fs::write(&half, "ha").unwrap();
        let written = DateTime::<Utc>::from(fs::metadata(&half).unwrap().modified().unwrap());
        assert_eq!(remove(folder.path(), written - TimeDelta::hours(1)).unwrap(), 0);
        assert_eq!(remove(folder.path(), written + TimeDelta::hours(1)).unwrap(), 1);
        assert!(whole.exists() && !half.exists());
    }
}
