//! Where things are in this repository.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The repository's root.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask lies one level below the root")
}

/// The web app's folder.
pub(crate) fn web() -> PathBuf {
    root().join("web")
}

/// What this machine keeps between runs and git ignores: the demo library's data.
pub(crate) fn private() -> PathBuf {
    root().join(".xtask")
}

/// Cargo's target folder: `CARGO_TARGET_DIR` or `target`.
pub(crate) fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// The binary of a cargo profile folder (`debug` or `release`).
pub(crate) fn binary(profile: &str) -> PathBuf {
    target().join(profile).join("bookreader")
}

/// `cargo` of the toolchain that runs this, in the repository's root.
///
/// What `cargo run` told this program of its own package is taken away: build scripts that watch it (ring's does) would
/// rebuild half of the dependencies whenever somebody changes between `cargo` and `cargo xtask`.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    for (name, _) in std::env::vars_os() {
        let of_this_package = name
            .to_str()
            .is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_"));
        if of_this_package {
            command.env_remove(name);
        }
    }
    command
}
