//! Does a young backup hold this part?

use chrono::{DateTime, Utc};

use super::newest::too_old;
use crate::backup::Manifest;
use crate::checks::{Finding, Subject};

/// A part of a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Database,
    Files,
    Configuration,
}

impl Part {
    fn is_in(self, manifest: &Manifest) -> bool {
        match self {
            Self::Database => manifest.database.is_some(),
            Self::Files => manifest.files.is_some(),
            Self::Configuration => manifest.configuration.is_some(),
        }
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Database => ("the database", "scripts/backup-db.sh"),
            Self::Files => ("books and pictures", "scripts/backup-storage.sh"),
            Self::Configuration => ("settings and secrets", "scripts/backup-config.sh"),
        }
    }
}

pub(crate) fn look(subject: &Subject<'_>, part: Part) -> Finding {
    let (_, fix) = part.words();
    let (repository, _) = match &subject.backups {
        Ok(found) => found,
        Err(why) => return Finding::fail(why.clone(), fix),
    };
    let manifests = repository.ids().map_err(Into::into).and_then(|ids| {
        ids.iter()
            .map(|id| repository.manifest(id))
            .collect::<Result<Vec<_>, _>>()
    });
    match manifests {
        Ok(manifests) => judge(&manifests, part, subject.now),
        Err(error) => Finding::fail(error.to_string(), fix),
    }
}

fn judge(manifests: &[Manifest], part: Part, now: DateTime<Utc>) -> Finding {
    let (what, fix) = part.words();
    let with_part = manifests.iter().filter(|manifest| part.is_in(manifest));
    let Some(newest) = with_part.max_by_key(|manifest| manifest.created_at) else {
        return Finding::fail(format!("no backup holds {what}"), fix);
    };
    match too_old(newest.created_at, now) {
        Some(old) => Finding::fail(format!("{}, the newest with {what}: {old}", newest.id), fix),
        None => Finding::pass(format!("{} holds {what}", newest.id)),
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::Outcome;

    #[test]
    fn the_part_must_be_in_a_backup_and_young() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(100);
        let manifest = |hours, configuration| Manifest {
            format: 1,
            id: "one".to_owned(),
            created_at: now - TimeDelta::hours(hours),
            release: "0".to_owned(),
            database: None,
            census: None,
            files: None,
            configuration,
        };
        let outcome = |manifest| judge(&[manifest], Part::Configuration, now).outcome;
        assert_eq!(outcome(manifest(1, Some(Vec::new()))), Outcome::Pass);
        assert_eq!(outcome(manifest(25, Some(Vec::new()))), Outcome::Fail);
        assert_eq!(outcome(manifest(1, None)), Outcome::Fail);
    }
}
