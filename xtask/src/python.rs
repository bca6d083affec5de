//! Python environments of the repository's own, for peers and optional parts; the program itself needs no Python.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::{process, workspace};

/// The interpreter of the environment `name` with these requirements, in pip's words; made when it is not there yet.
pub(crate) fn environment(name: &str, requirements: &[&str]) -> Result<PathBuf> {
    let folder = workspace::private().join("python").join(name);
    let interpreter = folder.join("bin/python");
    let complete = folder.join("requirements");
    let wanted = requirements.join("\n");
    if std::fs::read_to_string(&complete).is_ok_and(|installed| installed == wanted) {
        return Ok(interpreter);
    }
    process::run(
        Command::new("python3")
            .args(["-m", "venv", "--clear"])
            .arg(&folder),
    )?;
    process::run(
        Command::new(&interpreter)
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
            .args(requirements),
    )?;
    std::fs::write(complete, wanted)?;
    Ok(interpreter)
}

/// An interpreter with the natasha that the language models are compared with.
pub(crate) fn natasha() -> Result<PathBuf> {
    environment("natasha", &["natasha==1.6.0", "setuptools<81"])
}

/// The folder with the files of one package, without what it depends on; fetched when it is not there yet.
pub(crate) fn package(requirement: &str) -> Result<PathBuf> {
    let folder = workspace::private().join("python").join(requirement);
    if !folder.exists() {
        let partial = folder.with_extension("partial");
        process::run(
            Command::new("python3")
                .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
                .args(["--no-deps", "--no-compile", "--upgrade", "--target"])
                .arg(&partial)
                .arg(requirement),
        )?;
        std::fs::rename(partial, &folder)?;
    }
    Ok(folder)
}
