//! Looking for programs, and words for those that are missing.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::process;

/// The full path of `name` if it is on PATH.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

/// PostgreSQL's server programs, which Debian keeps off PATH; the newest version wins.
pub(crate) fn find_postgres() -> Option<PathBuf> {
    if let Some(initdb) = find("initdb") {
        return initdb.parent().map(Path::to_owned);
    }
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .flatten()
        .filter_map(|entry| {
            Some((
                entry.file_name().to_str()?.parse().ok()?,
                entry.path().join("bin"),
            ))
        })
        .filter(|(_, folder)| folder.join("initdb").is_file())
        .collect();
    versions.sort();
    versions.pop().map(|(_, folder)| folder)
}

/// Fails with clear words unless Node 20 or later, npm, and Python 3 with pip are here.
pub(crate) fn require_builders() -> Result<()> {
    let mut missing = Vec::new();
    match node_major() {
        Some(20..) => {}
        Some(old) => missing.push(format!(
            "Node.js 20 or later (this is {old}): https://nodejs.org or your system's package"
        )),
        None => missing.push("Node.js 20 or later: https://nodejs.org or your system's package".to_owned()),
    }
    if find("npm").is_none() {
        missing.push("npm (comes with Node.js; Debian package `npm`)".to_owned());
    }
    if !succeeds("python3", &["-m", "pip", "--version"]) {
        missing.push("Python 3 with pip (Debian packages `python3` and `python3-pip`): the language models are PyPI packages".to_owned());
    }
    if missing.is_empty() {
        return Ok(());
    }
    bail!("this machine lacks\n  - {}", missing.join("\n  - "))
}

fn node_major() -> Option<u32> {
    find("node")?;
    let version = process::output(Command::new("node").arg("--version")).ok()?;
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

fn succeeds(program: &str, arguments: &[&str]) -> bool {
    Command::new(program)
        .args(arguments)
        .output()
        .is_ok_and(|output| output.status.success())
}
