//! `bookreader migrate`: the version of the database schema.

mod lint;
mod plan;

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Subcommand;
use library::Library;
use operations::migrations::{self, Kind, Rehearsal};

use super::backup::{self, Place};
use super::open_library;
use crate::configuration::Configuration;
use crate::exit::Exit;

/// Where a checkout keeps the steps.
const STEPS: &str = "crates/library/migrations";

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Write the empty files of a new step, for both engines.
    New {
        /// Lower-case words joined by `_`.
        name: String,
        /// It takes away what no release uses any more.
        #[arg(long)]
        contract: bool,
        /// The folder that holds `sqlite` and `postgres`.
        #[arg(long, value_name = "DIR", default_value = STEPS)]
        folder: PathBuf,
    },
    /// Apply every pending version; what holds data already is backed up before.
    Up {
        /// There is another backup.
        #[arg(long)]
        no_backup: bool,
    },
    /// Take back the newest versions, with the data only they hold.
    Down {
        /// How many.
        #[arg(long, default_value_t = 1)]
        steps: usize,
    },
    /// List the versions and when each was applied.
    Status {
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show what `up` would do: the pending versions, their kind, their statements.
    Plan,
    /// Refuse steps that the release before could not work with.
    Lint {
        /// A folder of steps instead of those in this program; all of its steps are looked at.
        folder: Option<PathBuf>,
    },
    /// Apply what is pending to a copy, look whether it is sound and whole, and throw it away.
    Rehearse,
}

pub(crate) async fn run(arguments: Arguments, configuration: Configuration) -> anyhow::Result<Exit> {
    match &arguments.action {
        Action::New {
            name,
            contract,
            folder,
        } => {
            let kind = if *contract { Kind::Contract } else { Kind::Expand };
            for path in migrations::create(folder, name, kind)? {
                println!("{}", path.display());
            }
            return Ok(Exit::Done);
        }
        Action::Lint { folder } => return lint::run(folder.as_deref()),
        _ => {}
    }
    let library = open_library(&configuration).await?;
    let exit = on_library(&arguments, &configuration, &library).await;
    library.close().await;
    exit
}

async fn on_library(
    arguments: &Arguments,
    configuration: &Configuration,
    library: &Library,
) -> anyhow::Result<Exit> {
    let steps = library.migrations();
    match arguments.action {
        Action::New { .. } | Action::Lint { .. } => {}
        Action::Up { no_backup } => {
            let status = steps.status().await?;
            let holds_data = status.iter().any(|one| one.applied_at.is_some());
            let is_behind = status.iter().any(|one| one.applied_at.is_none());
            if is_behind && holds_data && !no_backup {
                let id = backup::of_everything(&arguments.place, configuration, library)
                    .await
                    .context(
                        "nothing was migrated, because there is no backup; with another one, add --no-backup",
                    )?;
                println!("backup {id}, restored and queried");
            }
            steps.up().await?;
        }
        Action::Down { steps: count } => {
            let version = steps.down(count).await?;
            println!("the schema is at version {version}");
        }
        Action::Status { json } => print_status(&steps.status().await?, json),
        Action::Plan => plan::print(&steps.status().await?, !library.is_embedded()),
        Action::Rehearse => {
            let rehearsal = migrations::rehearse(library).await?;
            print_rehearsal(&rehearsal);
            if !rehearsal.went_well() {
                return Ok(Exit::Failed);
            }
        }
    }
    Ok(Exit::Done)
}

fn print_rehearsal(rehearsal: &Rehearsal) {
    for (version, description) in &rehearsal.applied {
        println!("{version:>4}  {description}");
    }
    println!(
        "{} versions in {:.3} s on a copy",
        rehearsal.applied.len(),
        rehearsal.took.as_secs_f64()
    );
    for fault in rehearsal.faults.iter().chain(&rehearsal.losses()) {
        println!("  {fault}");
    }
    let verdict = if rehearsal.went_well() {
        "sound, and no row is missing"
    } else {
        "NOT as it should be"
    };
    println!("the copy is {verdict}");
}

fn print_status(status: &[library::MigrationStatus], json: bool) {
    if json {
        let rows = status.iter().map(|one| {
            serde_json::json!({ "version": one.version, "description": one.description, "applied_at": one.applied_at })
        });
        println!("{:#}", serde_json::Value::from_iter(rows));
        return;
    }
    for one in status {
        let applied = one
            .applied_at
            .map_or_else(|| "pending".to_owned(), |at| at.format("%F %T UTC").to_string());
        println!("{:>4}  {applied:<24}{}", one.version, one.description);
    }
}
