//! Which backups are kept.

use std::collections::HashSet;

use chrono::{DateTime, Datelike, TimeDelta, Utc};

use super::{Manifest, Repository, RepositoryError};

/// How long backups are kept.
#[derive(Debug, Clone, Copy)]
pub struct Policy {
    /// Every backup of the last days.
    pub days: u32,
    /// The last backup of each of the last months.
    pub months: u32,
}

/// What was removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pruned {
    /// The backups.
    pub backups: Vec<String>,
    /// How many objects nobody named any more.
    pub objects: u64,
}

/// Removes the backups that the policy does not keep, then the objects that no other names.
///
/// # Errors
/// When a manifest is damaged: what it names is not known, so nothing is removed.
pub fn prune(
    repository: &Repository,
    policy: Policy,
    now: DateTime<Utc>,
    dry_run: bool,
) -> Result<Pruned, RepositoryError> {
    let _turn = repository.turn()?;
    let ids = repository.ids()?;
    let manifests: Vec<Manifest> = ids
        .iter()
        .map(|id| repository.manifest(id))
        .collect::<Result<_, _>>()?;
    let kept = kept(&manifests, policy, now);
    let backups: Vec<String> = ids.into_iter().filter(|id| !kept.contains(id.as_str())).collect();
    let mut objects = 0;
    if !dry_run {
        for id in &backups {
            repository.forget(id)?;
        }
        let named = manifests
            .iter()
            .filter(|manifest| kept.contains(manifest.id.as_str()))
            .flat_map(Manifest::entries)
            .map(|entry| entry.object.clone());
        objects = repository.sweep(&named.collect())?;
    }
    Ok(Pruned { backups, objects })
}

/// Names of the backups to keep: those of the last days, the newest of each month, and always the newest whole one.
fn kept(manifests: &[Manifest], policy: Policy, now: DateTime<Utc>) -> HashSet<&str> {
    let mut newest_first: Vec<&Manifest> = manifests.iter().collect();
    newest_first.sort_by_key(|manifest| std::cmp::Reverse((manifest.created_at, manifest.id.as_str())));
    let days_from = now - TimeDelta::days(i64::from(policy.days));
    let months_from = month(now) - i64::from(policy.months);
    let mut kept = HashSet::new();
    let mut months = HashSet::new();
    let mut has_whole = false;
    for manifest in newest_first {
        let whole = manifest.database.is_some() && manifest.files.is_some();
        let of_month = month(manifest.created_at);
        let keep_recent = manifest.created_at >= days_from;
        let keep_month = whole && of_month > months_from && months.insert(of_month);
        if keep_recent || keep_month || (whole && !has_whole) {
            kept.insert(manifest.id.as_str());
        }
        has_whole |= whole;
    }
    kept
}

/// Months since the year 0.
fn month(at: DateTime<Utc>) -> i64 {
    i64::from(at.year()) * 12 + i64::from(at.month0())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::backup::Entry;

    const POLICY: Policy = Policy { days: 30, months: 12 };

    fn backup(hours: i64, whole: bool) -> Manifest {
        let entry = || Entry {
            name: String::new(),
            bytes: 0,
            sha256: String::new(),
            object: String::new(),
        };
        Manifest {
            format: 1,
            id: format!("{hours:08}"),
            created_at: DateTime::UNIX_EPOCH + TimeDelta::hours(hours),
            release: "1.0.0".to_owned(),
            database: Some(entry()),
            census: None,
            files: whole.then(Vec::new),
            configuration: None,
        }
    }

    #[test]
    fn four_hundred_days_leave_thirty_days_and_twelve_months() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(400);
        let manifests: Vec<Manifest> = (1..=400).map(|day| backup(day * 24, true)).collect();
        let kept = kept(&manifests, POLICY, now);
        let recent = (370..=400).filter(|day| kept.contains(format!("{:08}", day * 24).as_str()));
        assert_eq!(recent.count(), 31);
        // Day 400 is in February 1971: ten earlier months have their last day kept beside January's and February's.
        assert_eq!(kept.len(), 31 + 10);
    }

    proptest! {
        #[test]
        fn nothing_recent_is_lost_and_something_whole_always_remains(
            hours in proptest::collection::btree_map(0i64..10_000, any::<bool>(), 1..80),
            now in 0i64..20_000,
        ) {
            let manifests: Vec<Manifest> = hours.iter().map(|(hours, whole)| backup(*hours, *whole)).collect();
            let at = DateTime::UNIX_EPOCH + TimeDelta::hours(now);
            let kept = kept(&manifests, POLICY, at);
            for manifest in &manifests {
                if manifest.created_at >= at - TimeDelta::days(30) {
                    prop_assert!(kept.contains(manifest.id.as_str()));
                }
            }
            if let Some((newest, _)) = hours.iter().rev().find(|(_, whole)| **whole) {
                let newest = format!("{newest:08}");
                prop_assert!(kept.contains(newest.as_str()));
            }
        }
    }
}
