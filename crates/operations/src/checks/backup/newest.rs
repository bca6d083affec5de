//! Is there a backup that is young enough, and does it come back?

use chrono::{DateTime, TimeDelta, Utc};

use crate::Outcome;
use crate::backup::{self, Manifest, RepositoryError};
use crate::checks::{Finding, Subject};

/// What may be lost at worst.
const OLDEST: TimeDelta = TimeDelta::hours(24);
const FIX: &str = "run `bookreader backup` and look at what it says";

pub(crate) async fn look(subject: &Subject<'_>) -> Finding {
    let (repository, key) = match &subject.backups {
        Ok(found) => found,
        Err(why) => return Finding::fail(why.clone(), FIX),
    };
    let ids = match repository.ids() {
        Ok(ids) => ids,
        Err(error) => return Finding::cannot_tell(error.to_string(), FIX),
    };
    let manifests: Result<Vec<Manifest>, RepositoryError> =
        ids.iter().map(|id| repository.manifest(id)).collect();
    let manifests = match manifests {
        Ok(manifests) => manifests,
        Err(error) => return Finding::fail(error.to_string(), FIX),
    };
    let is_whole = |manifest: &&Manifest| manifest.database.is_some() && manifest.files.is_some();
    let Some(newest) = manifests
        .iter()
        .filter(is_whole)
        .max_by_key(|manifest| manifest.created_at)
    else {
        return Finding::fail("no backup holds database and files", FIX);
    };
    if let Some(old) = too_old(newest.created_at, subject.now) {
        return Finding::fail(format!("{}: {old}", newest.id), FIX);
    }
    let verdict = backup::verify(repository, key, &newest.id).await;
    let evidence = format!("{}: {}", newest.id, verdict.evidence.join("; "));
    match verdict.outcome {
        Outcome::Pass => Finding::pass(evidence),
        Outcome::Fail => Finding::fail(evidence, FIX),
        Outcome::CannotTell => Finding::cannot_tell(evidence, FIX),
    }
}

pub(super) fn too_old(made: DateTime<Utc>, now: DateTime<Utc>) -> Option<String> {
    let age = now - made;
    // A backup from the future comes from a clock that is wrong: its age is not known.
    (age > OLDEST || age < -TimeDelta::minutes(5)).then(|| format!("it is {} hours old", age.num_hours()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_the_limit() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(100);
        assert_eq!(too_old(now - OLDEST, now), None);
        assert!(too_old(now - OLDEST - TimeDelta::seconds(1), now).is_some());
        assert!(too_old(now + TimeDelta::hours(1), now).is_some());
    }
}
