//! Checks of the source tree of a release.

pub(super) mod cargo_lock;
pub(super) mod changelog;
pub(super) mod npm_lock;

use std::path::Path;

use super::Finding;

/// Judges a file of the source tree by its text.
fn of_file(source: &Path, name: &str, judge: fn(&str) -> Finding) -> Finding {
    let path = source.join(name);
    match std::fs::read_to_string(&path) {
        Ok(text) => judge(&text),
        Err(error) => Finding::cannot_tell(
            format!("{}: {error}", path.display()),
            "name the source tree of the release with --source",
        ),
    }
}
