//! The keys that sign access tokens: read from a file, or, in the embedded profile, made once and kept.
//!
//! The file holds one key a line, `NAME SECRET`, the secret as at least 64 hexadecimal digits. The first key
//! signs; the others are still read, so a key is rotated by putting a new line above the old one.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, bail};
use library::randomness::Randomness;
use server::{TokenKey, TokenKeys};

use super::{Configuration, Profile};

/// The signing keys this configuration names.
pub(crate) fn signing_keys(
    configuration: &Configuration,
    randomness: &Randomness,
) -> anyhow::Result<TokenKeys> {
    if let Some(path) = &configuration.signing_keys_file {
        return read(path);
    }
    if configuration.profile == Profile::Production {
        bail!("the production profile makes no secrets: set `signing_keys_file`");
    }
    let path = configuration.data_dir().join("secrets").join("signing-keys");
    if !path.exists() {
        make(&path, randomness).with_context(|| format!("{} cannot be made", path.display()))?;
    }
    read(&path)
}

fn read(path: &Path) -> anyhow::Result<TokenKeys> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("the signing keys in {} cannot be read", path.display()))?;
    let lines = text
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let mut keys = lines
        .map(key)
        .collect::<anyhow::Result<Vec<TokenKey>>>()
        .with_context(|| format!("{} is not a file of signing keys", path.display()))?
        .into_iter();
    let Some(signing) = keys.next() else {
        bail!("{} holds no signing key", path.display());
    };
    Ok(TokenKeys::new(signing, keys.collect()))
}

fn key(line: &str) -> anyhow::Result<TokenKey> {
    let (name, secret) = line
        .trim()
        .split_once(' ')
        .context("a line is not `NAME SECRET`")?;
    let secret = hex::decode(secret.trim()).context("a secret is not hexadecimal")?;
    Ok(TokenKey::hs256(name, &secret)?)
}

/// Two processes that start at once agree on one file: the loser of the race keeps the winner's.
fn make(path: &Path, randomness: &Randomness) -> anyhow::Result<()> {
    let folder = path.parent().context("a file lies in a folder")?;
    std::fs::create_dir_all(folder)?;
    // Made readable by the owner alone.
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    let name = hex::encode(randomness.bytes::<4>());
    writeln!(file, "{name} {}", hex::encode(randomness.bytes::<32>()))?;
    file.as_file().sync_all()?;
    match file.persist_noclobber(path) {
        Err(refused) if refused.error.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(refused.error.into())
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn embedded(folder: &Path) -> Configuration {
        Configuration {
            data_dir: Some(folder.to_owned()),
            ..Configuration::default()
        }
    }

    #[test]
    fn keys_are_made_once_and_are_for_the_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secrets/signing-keys");
        signing_keys(&embedded(folder.path()), &Randomness::seeded(1)).unwrap();
        let first = std::fs::read(&path).unwrap();
        signing_keys(&embedded(folder.path()), &Randomness::seeded(2)).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), first);
        assert_eq!(
            std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }

    #[test]
    fn production_never_makes_a_key() {
        let folder = tempfile::tempdir().unwrap();
        let configuration = Configuration {
            profile: Profile::Production,
            ..embedded(folder.path())
        };
        assert!(signing_keys(&configuration, &Randomness::seeded(1)).is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_short_secret_is_refused_without_being_shown() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys");
        std::fs::write(&path, "old c0ffee\n").unwrap();
        let configuration = Configuration {
            signing_keys_file: Some(path),
            ..embedded(folder.path())
        };
        let error = format!(
            "{:#}",
            signing_keys(&configuration, &Randomness::seeded(1))
                .err()
                .unwrap()
        );
        assert!(!error.contains("c0ffee"), "{error}");
    }
}
