//! `bookreader migrate`: the version of the database schema.

use clap::Subcommand;

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
    /// Apply every pending version.
    Up,
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
}

pub(crate) async fn run(arguments: Arguments, configuration: Configuration) -> anyhow::Result<Exit> {
    let library = open_library(&configuration).await?;
    let migrations = library.migrations();
    match arguments.action {
        Action::Up => migrations.up().await?,
        Action::Down { steps } => {
            let version = migrations.down(steps).await?;
            println!("the schema is at version {version}");
        }
        Action::Status { json } => print_status(&migrations.status().await?, json),
    }
    library.close().await;
    Ok(Exit::Done)
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
