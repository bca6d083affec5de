//! `bookreader mail`: letters, from the operator's side.

use clap::Subcommand;
use library::mail;

use super::open_library;
use crate::configuration::Configuration;
use crate::exit::Exit;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List the latest letters: when, what became of it, what it tells, to whom.
    List {
        /// How many.
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u64).range(1..=10_000))]
        limit: u64,
    },
}

pub(crate) async fn run(arguments: Arguments, configuration: Configuration) -> anyhow::Result<Exit> {
    let Action::List { limit } = arguments.action;
    let library = open_library(&configuration).await?;
    for mail in mail::page(&library, 1, limit).await?.items {
        println!(
            "{}  {}  {:<8}{:<18}{}",
            mail.id,
            mail.created_at.format("%Y-%m-%d %H:%M:%S"),
            mail.state,
            mail.kind,
            mail.recipient
        );
    }
    library.close().await;
    Ok(Exit::Done)
}
