//! Does the schema of this release come about on a copy of the real rows?

use crate::checks::{Finding, Subject};
use crate::migrations::rehearse;

pub(crate) async fn look(subject: &Subject<'_>) -> Finding {
    let library = match &subject.library {
        Ok(library) => library,
        Err(why) => return Finding::cannot_tell(why.clone(), super::FIX),
    };
    if !library.is_embedded() {
        return Finding::cannot_tell(
            "only a SQLite database can be copied for a rehearsal so far",
            "restore the newest backup of PostgreSQL elsewhere and run `bookreader migrate up` there",
        );
    }
    let fix = "`bookreader migrate rehearse` shows it again; repair the step before it meets real rows";
    match rehearse(library).await {
        Ok(rehearsal) if rehearsal.went_well() => Finding::pass(format!(
            "{} versions on a copy in {:.2} s; it is sound and whole",
            rehearsal.applied.len(),
            rehearsal.took.as_secs_f64()
        )),
        Ok(rehearsal) => {
            let faults: Vec<String> = rehearsal
                .faults
                .iter()
                .cloned()
                .chain(rehearsal.losses())
                .collect();
            Finding::fail(faults.join("; "), fix)
        }
        Err(error) => Finding::fail(format!("{error:#}"), fix),
    }
}
