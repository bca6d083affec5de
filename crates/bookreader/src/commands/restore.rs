//! `bookreader restore`: a data folder out of a backup.

use std::path::PathBuf;

use anyhow::Context as _;
use operations::backup;

use super::backup::{Place, read_key};
use crate::configuration::Configuration;
use crate::exit::Exit;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The backup's name; see `bookreader backup list`.
    id: String,
    /// The folder to make; it must be empty or not there. Start the service on it with --data-dir.
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    #[command(flatten)]
    place: Place,
}

pub(crate) async fn run(arguments: Arguments, configuration: Configuration) -> anyhow::Result<Exit> {
    let repository = arguments.place.repository(&configuration)?;
    let key = read_key(&arguments.place.key_file(&configuration))?;
    let manifest = repository.manifest(&arguments.id)?;
    backup::restore(&repository, &key, &manifest, &arguments.to)
        .await
        .context("nothing was restored")?;
    println!("{} is restored to {}", manifest.id, arguments.to.display());
    Ok(Exit::Done)
}
