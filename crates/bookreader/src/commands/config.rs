//! `bookreader config`: whether the configuration can be used, and what can be set.

use clap::Subcommand;

use crate::configuration::{self, Configuration, EXAMPLE};
use crate::exit::Exit;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Clone, Copy, Subcommand)]
enum Action {
    /// Read the configuration as `serve` would, and say where it is wrong.
    Check,
    /// Print every setting with its default.
    Example,
}

pub(crate) fn run(
    arguments: &Arguments,
    configuration: impl Fn() -> anyhow::Result<Configuration>,
) -> anyhow::Result<Exit> {
    match arguments.action {
        Action::Check => {
            configuration::check(&configuration()?)?;
            println!("the configuration can be used");
        }
        Action::Example => print!("{EXAMPLE}"),
    }
    Ok(Exit::Done)
}
