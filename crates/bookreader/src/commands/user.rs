//! `bookreader user`: accounts, from the operator's side.

use std::io::{BufRead, IsTerminal};

use anyhow::{Context, bail};
use clap::{Subcommand, ValueEnum};
use library::accounts::{self, NewUser, Role};
use library::audit::Actor;

use super::{account, open_library};
use crate::configuration::Configuration;
use crate::exit::Exit;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Create an account, also where registration is closed.
    Create {
        /// The address, which is also the name to sign in with.
        #[arg(long)]
        email: String,
        /// The name to show.
        #[arg(long, default_value = "Reader")]
        name: String,
        /// What the account may do.
        #[arg(long, value_enum, default_value_t = AccountRole::Reader)]
        role: AccountRole,
        /// Read the password from the first line of standard input, without asking for it.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Change what an account may do; it is signed out everywhere.
    Role {
        /// The address of the account.
        #[arg(long)]
        email: String,
        /// What it may do.
        #[arg(long, value_enum)]
        role: AccountRole,
    },
    /// Shut an account out.
    Suspend {
        /// The address of the account.
        #[arg(long)]
        email: String,
        /// Why, for the audit log.
        #[arg(long)]
        reason: String,
    },
    /// Let an account in again.
    Restore {
        /// The address of the account.
        #[arg(long)]
        email: String,
    },
    /// List the accounts.
    List,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum AccountRole {
    Reader,
    Moderator,
    Administrator,
}

impl From<AccountRole> for Role {
    fn from(role: AccountRole) -> Self {
        match role {
            AccountRole::Reader => Role::Reader,
            AccountRole::Moderator => Role::Moderator,
            AccountRole::Administrator => Role::Administrator,
        }
    }
}

pub(crate) async fn run(arguments: Arguments, configuration: Configuration) -> anyhow::Result<Exit> {
    let library = open_library(&configuration).await?;
    library.migrations().up().await?;
    match arguments.action {
        Action::Create {
            email,
            name,
            role,
            password_stdin,
        } => {
            let new = NewUser {
                email,
                password: read_password(password_stdin)?,
                full_name: name,
                language: library::accounts::Language::default(),
            };
            let user = accounts::create(&library, new, role.into()).await?;
            println!("{}", user.id);
        }
        Action::Role { email, role } => {
            let id = account::find(&library, &email).await?;
            accounts::set_role(&library, Actor::Operator, id, role.into()).await?;
        }
        Action::Suspend { email, reason } => {
            let id = account::find(&library, &email).await?;
            accounts::suspend(&library, Actor::Operator, id, &reason).await?;
        }
        Action::Restore { email } => {
            let id = account::find(&library, &email).await?;
            accounts::restore(&library, Actor::Operator, id).await?;
        }
        Action::List => {
            for user in accounts::list(&library).await? {
                println!("{}  {:<14}{}", user.id, user.role.name(), user.email);
            }
        }
    }
    library.close().await;
    Ok(Exit::Done)
}

/// The first line of standard input: a password on the command line would stand in the process list.
fn read_password(quietly: bool) -> anyhow::Result<String> {
    let stdin = std::io::stdin();
    if stdin.is_terminal() && !quietly {
        eprint!("password (shown as you type): ");
    }
    let mut line = String::new();
    stdin
        .lock()
        .read_line(&mut line)
        .context("the password cannot be read from standard input")?;
    let password = line.trim_end_matches(['\r', '\n']);
    if password.is_empty() {
        bail!(
            "give the password on standard input: printf '%s\\n' PASSWORD | bookreader user create --email EMAIL --password-stdin"
        );
    }
    Ok(password.to_owned())
}
