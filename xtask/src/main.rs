//! The repository's own commands: set up, run, build, test, drill, measure.
//!
//! `cargo xtask help` lists them. Each command is one file under `command/`; what they share is
//! named after what it is: the `machine` they run on, the `service`s they start, the `process`es
//! they wait for.

mod checklist;
mod command;
mod interrupt;
mod machine;
mod novels;
mod process;
mod python;
mod secret;
mod service;
mod steps;
mod web;
mod workspace;

use std::process::ExitCode;

/// Exit code of a command that was called wrongly (`EX_USAGE`).
const WRONG_USAGE: u8 = 64;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = arguments.split_first() else {
        print!("{}", command::HELP);
        return ExitCode::from(WRONG_USAGE);
    };
    interrupt::listen();
    match command::dispatch(name, rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is::<command::WrongUsage>() => {
            eprintln!("xtask: {error}\n\n{}", command::HELP);
            ExitCode::from(WRONG_USAGE)
        }
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
