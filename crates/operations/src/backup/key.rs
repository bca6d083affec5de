//! The key that seals backups (age, X25519).

use std::io::Write as _;
use std::path::Path;

use age::secrecy::ExposeSecret as _;
use age::x25519::{Identity, Recipient};

/// Seals and opens. Whoever loses it loses the backups: it is never part of one.
pub struct Key(Identity);

impl Key {
    /// Reads the key, or makes one for its owner alone where there is none.
    ///
    /// # Errors
    /// When the file cannot be read or made, or holds no age identity.
    pub fn read_or_make(path: &Path) -> std::io::Result<Self> {
        if !path.exists() {
            Self::make(path)?;
        }
        Self::read(path)
    }

    /// Reads the key.
    ///
    /// # Errors
    /// As [`Self::read_or_make`], and when there is none.
    pub fn read(path: &Path) -> std::io::Result<Self> {
        let text = std::fs::read_to_string(path)?;
        let line = text
            .lines()
            .find(|line| line.starts_with("AGE-SECRET-KEY-"))
            .ok_or_else(|| std::io::Error::other("the file holds no line `AGE-SECRET-KEY-..`"))?;
        line.trim()
            .parse()
            .map(Self)
            .map_err(|error: &str| std::io::Error::other(error))
    }

    fn make(path: &Path) -> std::io::Result<()> {
        let folder = path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)?;
        // Made readable by the owner alone.
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        let identity = Identity::generate();
        writeln!(file, "# public key: {}", identity.to_public())?;
        writeln!(file, "{}", identity.to_string().expose_secret())?;
        file.as_file().sync_all()?;
        match file.persist_noclobber(path) {
            Err(refused) if refused.error.kind() != std::io::ErrorKind::AlreadyExists => Err(refused.error),
            _ => Ok(()),
        }
    }

    pub(super) fn identity(&self) -> &Identity {
        &self.0
    }

    pub(super) fn recipient(&self) -> Recipient {
        self.0.to_public()
    }
}
