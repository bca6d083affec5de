//! Is every version of the schema applied?

use crate::checks::{Finding, Subject};

pub(crate) async fn look(subject: &Subject<'_>) -> Finding {
    let library = match &subject.library {
        Ok(library) => library,
        Err(why) => return Finding::cannot_tell(why.clone(), super::FIX),
    };
    let versions = match library.migrations().status().await {
        Ok(versions) => versions,
        Err(error) => return Finding::cannot_tell(error.to_string(), super::FIX),
    };
    let pending: Vec<String> = versions
        .iter()
        .filter(|version| version.applied_at.is_none())
        .map(|version| format!("{} ({})", version.version, version.description))
        .collect();
    if !pending.is_empty() {
        return Finding::fail(
            format!("pending: {}", pending.join(", ")),
            "bookreader migrate up",
        );
    }
    Finding::pass(format!("all {} versions are applied", versions.len()))
}
