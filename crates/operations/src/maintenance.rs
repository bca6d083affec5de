//! The flag that makes the proxy show its maintenance page: a file, so that neither the service nor a reload is needed.
//!
//! The file says until when; whoever supervises removes it then, so that nobody stays locked out because a person forgot.

use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use crate::durable;

/// Where the proxy looks; the folder is the service's own under systemd.
pub const USUAL_FLAG: &str = "/run/bookreader/maintenance";

/// The flag's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    path: PathBuf,
}

impl Flag {
    /// At this path.
    pub fn at(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Raises it, or says anew until when.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn raise(&self, until: DateTime<Utc>) -> io::Result<()> {
        use std::os::unix::fs::PermissionsExt as _;
        durable::replace(&self.path, format!("{}\n", until.to_rfc3339()).as_bytes())?;
        // The proxy runs as another user.
        std::fs::set_permissions(&self.path, std::fs::Permissions::from_mode(0o644))
    }

    /// Takes it down; says whether it was up.
    ///
    /// # Errors
    /// When the file cannot be removed.
    pub fn lower(&self) -> io::Result<bool> {
        match std::fs::remove_file(&self.path) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Until when it is up; none when it is not. A file that says nothing readable counts as over long ago.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn until(&self) -> io::Result<Option<DateTime<Utc>>> {
        match std::fs::read_to_string(&self.path) {
            Ok(text) => Ok(Some(text.trim().parse().unwrap_or(DateTime::UNIX_EPOCH))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Takes it down when its time is over; says whether it did.
    ///
    /// # Errors
    /// When the file cannot be read or removed.
    pub fn lower_when_over(&self, now: DateTime<Utc>) -> io::Result<bool> {
        match self.until()? {
            Some(until) if until <= now => self.lower(),
            _ => Ok(false),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn it_comes_down_by_itself_and_not_before_its_time() {
        let folder = tempfile::tempdir().unwrap();
        let flag = Flag::at(&folder.path().join("maintenance"));
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
        flag.raise(now + TimeDelta::seconds(60)).unwrap();
        assert!(!flag.lower_when_over(now + TimeDelta::seconds(59)).unwrap());
        assert!(flag.path().is_file());
        assert!(flag.lower_when_over(now + TimeDelta::seconds(60)).unwrap());
        assert_eq!(flag.until().unwrap(), None);
        assert!(!flag.lower().unwrap());
    }

    #[test]
    fn a_flag_made_by_hand_does_not_stay_for_ever() {
        let folder = tempfile::tempdir().unwrap();
        let flag = Flag::at(&folder.path().join("maintenance"));
        std::fs::write(flag.path(), "").unwrap();
        assert!(
            flag.lower_when_over(DateTime::UNIX_EPOCH + TimeDelta::days(1))
                .unwrap()
        );
    }
}
