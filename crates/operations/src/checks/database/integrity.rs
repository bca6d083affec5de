//! Is the database sound?

use library::maintenance;

use crate::checks::{Finding, Subject};

pub(crate) async fn look(subject: &Subject<'_>) -> Finding {
    let library = match &subject.library {
        Ok(library) => library,
        Err(why) => return Finding::cannot_tell(why.clone(), super::FIX),
    };
    if !library.is_embedded() {
        return Finding::cannot_tell(
            "PostgreSQL checks its own pages",
            "run `pg_amcheck --all` and look at pg_stat_database.checksum_failures",
        );
    }
    match maintenance::integrity(library).await {
        Ok(faults) if faults.is_empty() => {
            Finding::pass("every page, index and foreign key of SQLite is sound")
        }
        Ok(faults) => Finding::fail(
            faults.join("; "),
            "stop the service, keep a copy of the data folder, and restore the newest verified backup",
        ),
        Err(error) => Finding::fail(error.to_string(), "restore the newest verified backup"),
    }
}
