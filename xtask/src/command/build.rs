//! `cargo xtask build`: the release binary with the web app inside, and the language models.

use std::process::Command;

use anyhow::Result;

use crate::machine::program;
use crate::{process, web, workspace};

/// Builds everything and says where the binary is.
pub(crate) fn run(rest: &[String]) -> Result<()> {
    super::no_arguments("build", rest)?;
    everything()?;
    println!("\n{}", workspace::binary("release").display());
    Ok(())
}

/// Web app, then the binary that embeds it, then the models that the binary installs for this user.
pub(super) fn everything() -> Result<()> {
    program::require_builders()?;
    web::install_packages()?;
    web::build()?;
    process::run(workspace::cargo().args(["build", "--release", "--locked", "--package", "bookreader"]))?;
    process::run(Command::new(workspace::binary("release")).args(["models", "install"]))
}
