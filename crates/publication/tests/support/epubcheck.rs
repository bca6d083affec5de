//! What Debian's epubcheck, the EPUB validator, says of a written book.

use std::process::Command;

/// Its errors and warnings; empty when there are none.
pub(crate) fn complaints(mut checker: Command, epub: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.epub");
    std::fs::write(&path, epub).unwrap();
    let output = checker.arg(&path).output().unwrap();
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    if output.status.success() && !said.contains("WARNING") {
        String::new()
    } else {
        said
    }
}
