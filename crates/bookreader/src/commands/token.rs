//! `bookreader token`: access tokens for scripts, such as the `TEST_TOKEN` of a deployment.

use anyhow::Context;
use clap::Subcommand;
use library::clock::Clock;
use library::randomness::Randomness;
use library::{accounts, sessions};
use server::AccessTokens;

use super::open_library;
use crate::configuration::{self, Configuration};
use crate::exit::Exit;

/// Longest life of a token, in seconds: a year.
const LONGEST: u64 = 365 * 24 * 60 * 60;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Print an access token for an account.
    Issue {
        /// The address of the account.
        #[arg(long)]
        email: String,
        /// How long the token is good for, in seconds.
        #[arg(long, default_value_t = 3600, value_parser = clap::value_parser!(u64).range(1..=LONGEST))]
        lifetime: u64,
    },
}

pub(crate) async fn run(arguments: Arguments, configuration: Configuration) -> anyhow::Result<Exit> {
    let Action::Issue { email, lifetime } = arguments.action;
    let library = open_library(&configuration).await?;
    let user = accounts::find(&library, &email)
        .await?
        .with_context(|| format!("nobody has the address {email}"))?;
    let session = sessions::begin(&library, user.id, "command line").await?;
    let keys = configuration::signing_keys(&configuration, &Randomness::system())?;
    let token = AccessTokens::new(keys, Clock::system(), lifetime).issue(user.id, session.id, user.role)?;
    println!("{token}");
    library.close().await;
    Ok(Exit::Done)
}
