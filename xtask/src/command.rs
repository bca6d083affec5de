//! The commands, one file each.

mod bench;
mod build;
mod deps;
mod drill;
mod evaluate;
mod fuzz;
mod limits;
mod run;
mod test;
mod train;

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::workspace;

/// What `cargo xtask help` prints.
pub(crate) const HELP: &str = "\
cargo xtask COMMAND

  run               set everything up and open the reader on http://localhost:8000 with a demo library
  test [STEP...]    all checks and tests; with names only those steps, `--list` shows them
  build             the release binary with the web app inside, and the language models
  drill NAME        a long exercise that breaks things on purpose: deploy, kill, pictures
  bench [NAME...]   measurements for docs/benchmarks.md: http, ingest, memory, import, linguistics, pictures, size, build
  train             make the models anew that are part of the source (needs BOOKREADER_CORPUS)
  evaluate [NAME...] score the models (needs BOOKREADER_CORPUS): accuracy, descriptions; `identity` compares every
                    answer on whole novels with Python natasha's
  fuzz --minutes N  feed broken books to the importer
  limits [FOLDER...]  processor time and memory that the import of each file takes; fails beyond 10 s or 500 MB
  deps              check that crates depend on each other in one direction only
  help              this text
";

/// The command line made no sense; the text says what did not.
#[derive(Debug)]
pub(crate) struct WrongUsage(pub(crate) String);

impl std::fmt::Display for WrongUsage {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for WrongUsage {}

/// Runs the command `name` with its arguments.
pub(crate) fn dispatch(name: &str, rest: &[String]) -> Result<()> {
    match name {
        "run" => run::run(rest),
        "test" => test::run(rest),
        "build" => build::run(rest),
        "drill" => drill::run(rest),
        "bench" => bench::run(rest),
        "evaluate" => evaluate::run(rest),
        "train" => train::run(rest),
        "fuzz" => fuzz::run(rest),
        "limits" => limits::run(rest),
        "deps" => deps::run(rest),
        "help" | "-h" | "--help" => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(WrongUsage(format!("there is no command `{other}`")).into()),
    }
}

/// Refuses arguments for a command that takes none.
fn no_arguments(command: &str, rest: &[String]) -> Result<()> {
    match rest.first() {
        None => Ok(()),
        Some(extra) => Err(WrongUsage(format!("`{command}` takes no argument, got `{extra}`")).into()),
    }
}

/// An example of a crate, built for speed, to be given its arguments.
pub(crate) fn example(package: &str, name: &str, features: &[&str]) -> Command {
    let mut cargo = workspace::cargo();
    cargo.args([
        "run",
        "--release",
        "--locked",
        "--package",
        package,
        "--example",
        name,
    ]);
    if !features.is_empty() {
        cargo.args(["--features", &features.join(",")]);
    }
    cargo.arg("--");
    cargo
}

/// The folder of real books and annotated passages, where this machine has one.
pub(crate) fn corpus() -> Option<PathBuf> {
    std::env::var_os("BOOKREADER_CORPUS").map(PathBuf::from)
}
