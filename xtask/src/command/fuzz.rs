//! `cargo xtask fuzz --minutes N`: broken books for the importer.

use anyhow::Result;

use super::WrongUsage;
use crate::{process, workspace};

/// Runs the fuzzer; what it finds is kept in `.xtask/fuzz`.
pub(crate) fn run(rest: &[String]) -> Result<()> {
    let minutes = match rest {
        [option, minutes] if option == "--minutes" => minutes.parse::<u32>().ok(),
        _ => None,
    };
    let Some(minutes) = minutes else {
        return Err(WrongUsage("say for how long: fuzz --minutes N".to_owned()).into());
    };
    let failures = workspace::private().join("fuzz");
    process::run(
        super::example("demo", "fuzz", &[])
            .arg(minutes.to_string())
            .arg(failures),
    )
}
