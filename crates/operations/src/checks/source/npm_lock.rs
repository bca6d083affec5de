//! Is every npm dependency pinned by a hash of its content?

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use crate::checks::Finding;

const FIX: &str = "run `npm install` in web/ against a registry that gives integrities, and commit the lock";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Lock {
    lockfile_version: u32,
    #[serde(default)]
    packages: BTreeMap<String, Package>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Package {
    integrity: Option<String>,
    #[serde(default)]
    link: bool,
    #[serde(default)]
    in_bundle: bool,
}

impl Package {
    /// A link is our own folder; what comes inside another package is covered by that one's hash.
    fn is_pinned(&self) -> bool {
        let is_hash = |hash: &String| hash.starts_with("sha512-") && hash.len() > 80;
        self.link || self.in_bundle || self.integrity.as_ref().is_some_and(is_hash)
    }
}

pub(crate) fn look(source: &Path) -> Finding {
    super::of_file(source, "web/package-lock.json", judge)
}

fn judge(text: &str) -> Finding {
    let lock: Lock = match serde_json::from_str(text) {
        Ok(lock) => lock,
        Err(error) => return Finding::fail(format!("package-lock.json does not read: {error}"), FIX),
    };
    if lock.lockfile_version != 3 {
        return Finding::fail(format!("its version is {}, not 3", lock.lockfile_version), FIX);
    }
    // The entry without a name is the web app itself.
    let mut packages = lock
        .packages
        .iter()
        .filter(|(name, _)| !name.is_empty())
        .peekable();
    if packages.peek().is_none() {
        return Finding::fail("package-lock.json names no package", FIX);
    }
    let (pinned, loose): (Vec<_>, Vec<_>) = packages.partition(|(_, package)| package.is_pinned());
    if !loose.is_empty() {
        let names: Vec<&str> = loose.iter().map(|(name, _)| name.as_str()).collect();
        return Finding::fail(format!("without an integrity: {}", names.join(", ")), FIX);
    }
    Finding::pass(format!("{} packages, each with its integrity", pinned.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Outcome;

    fn lock(version: u32, package: &str) -> String {
        format!(
            r#"{{"lockfileVersion": {version}, "packages": {{"": {{}}, "node_modules/svelte": {package}}}}}"#
        )
    }

    #[test]
    fn every_package_but_our_own_needs_an_integrity() {
        let pinned = format!(r#"{{"integrity": "sha512-{}"}}"#, "a".repeat(88));
        for good in [pinned.as_str(), r#"{"link": true}"#, r#"{"inBundle": true}"#] {
            assert_eq!(judge(&lock(3, good)).outcome, Outcome::Pass, "{good}");
        }
        for bad in ["{}", r#"{"integrity": "sha1-aaaa"}"#] {
            let finding = judge(&lock(3, bad));
            assert_eq!(finding.outcome, Outcome::Fail, "{bad}");
            assert!(finding.evidence.contains("node_modules/svelte"));
        }
        assert_eq!(judge(&lock(2, &pinned)).outcome, Outcome::Fail);
    }

    #[test]
    fn nothing_to_read_is_a_doubt_and_nonsense_a_failure() {
        assert_eq!(look(Path::new("/nowhere")).outcome, Outcome::CannotTell);
        assert_eq!(judge("{").outcome, Outcome::Fail);
        assert_eq!(judge(r#"{"lockfileVersion": 3}"#).outcome, Outcome::Fail);
    }
}
