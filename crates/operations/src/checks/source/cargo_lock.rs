//! Is every Rust dependency pinned by a checksum?

use std::path::Path;

use serde::Deserialize;

use crate::checks::Finding;

#[derive(Deserialize)]
struct Lock {
    #[serde(default)]
    package: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    source: Option<String>,
    checksum: Option<String>,
}

impl Package {
    /// Packages of the workspace itself have no source; everything else has a checksum or is not pinned.
    fn is_pinned(&self) -> bool {
        let is_hash = |sum: &String| sum.len() == 64 && sum.bytes().all(|byte| byte.is_ascii_hexdigit());
        match &self.source {
            None => true,
            Some(_) => self.checksum.as_ref().is_some_and(is_hash),
        }
    }
}

pub(crate) fn look(source: &Path) -> Finding {
    super::of_file(source, "Cargo.lock", judge)
}

fn judge(text: &str) -> Finding {
    let lock: Lock = match toml::from_str(text) {
        Ok(lock) => lock,
        Err(error) => {
            let first = error.message().to_owned();
            return Finding::fail(
                format!("Cargo.lock does not read: {first}"),
                "restore it from the release's commit",
            );
        }
    };
    let loose: Vec<String> = lock
        .package
        .iter()
        .filter(|package| !package.is_pinned())
        .map(|package| format!("{} {}", package.name, package.version))
        .collect();
    if lock.package.is_empty() {
        return Finding::fail(
            "Cargo.lock names no package",
            "restore it from the release's commit",
        );
    }
    if !loose.is_empty() {
        return Finding::fail(
            format!("without a checksum: {}", loose.join(", ")),
            "take the dependency from a registry and run `cargo generate-lockfile`",
        );
    }
    Finding::pass(format!("{} packages, each with its checksum", lock.package.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Outcome;

    fn lock(source: &str, checksum: &str) -> String {
        format!("version = 4\n[[package]]\nname = \"serde\"\nversion = \"1.0.0\"\n{source}\n{checksum}\n")
    }

    #[test]
    fn a_registry_package_needs_its_checksum() {
        let registry = "source = \"registry+https://example.org\"";
        let sum = format!("checksum = \"{}\"", "a1".repeat(32));
        assert_eq!(judge(&lock(registry, &sum)).outcome, Outcome::Pass);
        for bad in [
            "",
            "checksum = \"a1\"",
            &format!("checksum = \"{}\"", "zz".repeat(32)),
        ] {
            let finding = judge(&lock(registry, bad));
            assert_eq!(finding.outcome, Outcome::Fail);
            assert!(finding.evidence.contains("serde 1.0.0"));
        }
    }

    #[test]
    fn a_git_package_is_not_pinned_and_our_own_needs_nothing() {
        assert_eq!(
            judge(&lock("source = \"git+https://example.org\"", "")).outcome,
            Outcome::Fail
        );
        assert_eq!(judge(&lock("", "")).outcome, Outcome::Pass);
    }

    #[test]
    fn nothing_to_read_is_a_doubt_and_nonsense_a_failure() {
        assert_eq!(look(Path::new("/nowhere")).outcome, Outcome::CannotTell);
        assert_eq!(judge("[[package").outcome, Outcome::Fail);
        assert_eq!(judge("").outcome, Outcome::Fail);
    }
}
