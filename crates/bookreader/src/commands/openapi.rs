//! `bookreader openapi`: the description of the HTTP interface, from which clients are generated.

use crate::exit::Exit;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {}

pub(crate) fn run(_arguments: &Arguments) -> anyhow::Result<Exit> {
    println!("{}", server::openapi::document().to_pretty_json()?);
    Ok(Exit::Done)
}
