//! `bookreader plan`: what readers may have, from the operator's side.

use chrono::{DateTime, Utc};
use clap::Subcommand;
use library::audit::Actor;
use library::plans::{self, Adjustment, Plan, Reason, Standing};

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
    /// Show a reader's plan and what is used of it.
    Show {
        /// The address of the account.
        #[arg(long)]
        email: String,
    },
    /// Give a reader a plan, in place of the one so far.
    Grant {
        /// The address of the account.
        #[arg(long)]
        email: String,
        /// free, premium or ultimate.
        #[arg(long)]
        plan: Plan,
        /// When it ends, as 2027-01-31T00:00:00Z; it lasts without this.
        #[arg(long)]
        until: Option<DateTime<Utc>>,
    },
    /// End the plan that was given: the default of the configuration counts again.
    Revoke {
        /// The address of the account.
        #[arg(long)]
        email: String,
    },
    /// Set what a reader may have whatever their plan; what is not named goes back to the plan's.
    Adjust {
        /// The address of the account.
        #[arg(long)]
        email: String,
        /// Books on the shelf.
        #[arg(long)]
        books: Option<u64>,
        /// Bytes of their files.
        #[arg(long)]
        storage_bytes: Option<u64>,
        /// Pictures in a day.
        #[arg(long)]
        pictures_per_day: Option<u64>,
        /// Pictures in a month.
        #[arg(long)]
        pictures_per_month: Option<u64>,
    },
}

pub(crate) async fn run(arguments: Arguments, configuration: Configuration) -> anyhow::Result<Exit> {
    let library = open_library(&configuration).await?;
    let reader = match arguments.action {
        Action::Show { email } => account::find(&library, &email).await?,
        Action::Grant { email, plan, until } => {
            let reader = account::find(&library, &email).await?;
            plans::grant(&library, Actor::Operator, reader, plan, until, Reason::Gift).await?;
            reader
        }
        Action::Revoke { email } => {
            let reader = account::find(&library, &email).await?;
            plans::revoke(&library, Actor::Operator, reader).await?;
            reader
        }
        Action::Adjust {
            email,
            books,
            storage_bytes,
            pictures_per_day,
            pictures_per_month,
        } => {
            let reader = account::find(&library, &email).await?;
            let adjustment = Adjustment {
                books,
                storage_bytes,
                pictures_per_day,
                pictures_per_month,
            };
            plans::adjust(&library, Actor::Operator, reader, adjustment).await?;
            reader
        }
    };
    print(&plans::standing(&library, reader).await?);
    library.close().await;
    Ok(Exit::Done)
}

fn print(standing: &Standing) {
    let (allowance, used) = (standing.allowance, standing.used);
    match standing.until {
        Some(until) => println!("{} until {until}", standing.plan.name()),
        None => println!("{}", standing.plan.name()),
    }
    for (what, used, allowed) in [
        ("books", used.books, allowance.books),
        ("storage, bytes", used.storage_bytes, allowance.storage_bytes),
        ("pictures today", used.pictures_today, allowance.pictures_per_day),
        (
            "pictures this month",
            used.pictures_this_month,
            allowance.pictures_per_month,
        ),
    ] {
        println!("{what:<20}{used} of {allowed}");
    }
}
