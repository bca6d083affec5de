//! The one binary: reads the command line and the configuration, wires the crates together, and says in
//! the exit code how it went.

mod command_line;
mod commands;
mod configuration;
mod demo_library;
mod egress;
mod engines;
mod exit;
mod logging;

use std::process::ExitCode;

use clap::Parser;
use command_line::CommandLine;
use exit::Exit;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = match CommandLine::try_parse() {
        Ok(arguments) => arguments,
        Err(refusal) => {
            let exit = if refusal.use_stderr() {
                Exit::WrongUsage
            } else {
                Exit::Done
            };
            // A closed pipe must not turn `--help | head` into a failure.
            let _ = refusal.print();
            return exit.into();
        }
    };
    // One TLS library with one provider; everything that speaks TLS finds it here.
    let _ = rustls::crypto::ring::default_provider().install_default();
    match commands::run(arguments) {
        Ok(exit) => exit.into(),
        Err(error) => {
            eprintln!("bookreader: {error:#}");
            Exit::Failed.into()
        }
    }
}
