//! `bookreader audit`: the log of what was done to accounts.

use clap::Subcommand;
use library::audit::{self, Broken};

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
    /// Compute the whole log again; prints how many entries it has and the hash of the last one.
    ///
    /// Exit code 0: whole. 1: broken, and where. 2: cannot tell.
    Verify {
        /// The hash that an earlier run printed with that many entries must still be there: shows a log that was replaced.
        #[arg(long, value_name = "HASH")]
        expect: Option<String>,
    },
    /// Show the latest entries.
    List {
        /// How many.
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u64).range(1..=10_000))]
        limit: u64,
    },
}

pub(crate) async fn run(arguments: Arguments, configuration: Configuration) -> anyhow::Result<Exit> {
    let library = open_library(&configuration).await?;
    let exit = match arguments.action {
        Action::List { limit } => {
            for entry in audit::list(&library, 1, limit).await?.items {
                println!("{:>8}  {}  {:<38}{}", entry.seq, entry.at, entry.actor, entry.act);
            }
            Exit::Done
        }
        Action::Verify { expect } => match audit::verify(&library, expect.as_deref()).await {
            Ok(verdict) => {
                println!("whole: {} entries {}", verdict.entries, verdict.head);
                Exit::Done
            }
            Err(Broken::Storage(error)) => {
                eprintln!("cannot tell: {:#}", anyhow::Error::new(error));
                Exit::CannotTell
            }
            Err(broken) => {
                println!("broken: {broken}");
                Exit::Failed
            }
        },
    };
    library.close().await;
    Ok(exit)
}
