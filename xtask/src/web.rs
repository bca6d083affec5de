//! The web app's own tools, called through npm.

use std::process::Command;

use anyhow::Result;

use crate::{process, workspace};

/// Installs exactly what the lock file says, unless that was done since it last changed.
pub(crate) fn install_packages() -> Result<()> {
    if packages_are_current() {
        return Ok(());
    }
    process::run(npm().args(["ci", "--no-audit", "--no-fund"]))
}

/// Bundles the app into `web/dist`, where the server crate embeds it from.
pub(crate) fn build() -> Result<()> {
    script("build")
}

/// Runs a script of `web/package.json`.
pub(crate) fn script(name: &str) -> Result<()> {
    process::run(npm().args(["run", "--silent", name]))
}

/// `npm` in the web app's folder.
pub(crate) fn npm() -> Command {
    let mut command = Command::new("npm");
    command.current_dir(workspace::web());
    command
}

/// npm writes a copy of the lock file into `node_modules` when it has finished.
fn packages_are_current() -> bool {
    let changed =
        |file: &str| std::fs::metadata(workspace::web().join(file)).and_then(|data| data.modified());
    match (
        changed("package-lock.json"),
        changed("node_modules/.package-lock.json"),
    ) {
        (Ok(lock), Ok(installed)) => installed >= lock,
        _ => false,
    }
}
