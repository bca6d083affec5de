//! `bookreader storage`: whether stored bytes and their rows name each other.

use clap::Subcommand;
use library::maintenance;

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
    /// Compare the rows with the store; the service may be running.
    ///
    /// Exit code 0: every row has its object and every object its row. 1: not so, one line each.
    Check,
}

pub(crate) async fn run(arguments: Arguments, configuration: Configuration) -> anyhow::Result<Exit> {
    let Action::Check = arguments.action;
    let library = open_library(&configuration).await?;
    let strays = maintenance::strays(&library).await?;
    library.close().await;
    for name in &strays.without_object {
        println!("a row without its object: {name}");
    }
    for id in &strays.without_file {
        println!("a picture without its file: {id}");
    }
    for name in &strays.without_row {
        println!("an object without its row: {name}");
    }
    println!(
        "{} rows of stored bytes looked at; {} objects wait for a row or for the purge",
        strays.rows, strays.young
    );
    Ok(if strays.is_none() {
        Exit::Done
    } else {
        Exit::Failed
    })
}
