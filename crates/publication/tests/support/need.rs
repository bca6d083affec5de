//! What a test may need from the machine. On a CI machine no program may be missing.

use std::path::PathBuf;
use std::process::Command;

/// What was needed, or `None` after saying that the test is skipped; with `CI=true` that is a failure.
pub(crate) fn found<T>(what: &str, needed: Option<T>) -> Option<T> {
    if needed.is_none() {
        assert!(
            std::env::var_os("CI").is_none_or(|value| value != "true"),
            "CI=true, and there is no {what}"
        );
        eprintln!("skipped: there is no {what}");
    }
    needed
}

/// The program's file, if it is on PATH.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders)
        .map(|folder| folder.join(name))
        .find(|program| program.is_file())
}

/// Debian's epubcheck, the EPUB validator: a Java archive that only runs by its name where the kernel knows archives.
pub(crate) fn epubcheck() -> Option<Command> {
    let command = || {
        let mut command = Command::new("java");
        command.args(["-jar", "/usr/share/java/epubcheck.jar"]);
        command
    };
    let version = command().arg("--version").output();
    let is_here = version.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains("EPUBCheck v"));
    found("epubcheck (Debian package `epubcheck`)", is_here.then(command))
}

/// The folder of real books; no machine has to have one.
pub(crate) fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os("BOOKREADER_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        eprintln!(
            "without real books: BOOKREADER_CORPUS names no folder with hostile/, conformance/, books/ and fb2/"
        );
    }
    folder
}
