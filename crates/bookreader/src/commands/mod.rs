//! One command a file: its arguments, what it does, what it prints.

mod account;
pub(crate) mod annotate;
pub(crate) mod audit;
pub(crate) mod backup;
mod book_file;
pub(crate) mod checklist;
pub(crate) mod config;
pub(crate) mod contact_sheet;
pub(crate) mod deploy;
pub(crate) mod describe;
pub(crate) mod illustrate;
pub(crate) mod import;
pub(crate) mod inspect;
mod language_model;
pub(crate) mod logs;
pub(crate) mod mail;
pub(crate) mod maintenance;
pub(crate) mod migrate;
pub(crate) mod models;
pub(crate) mod openapi;
pub(crate) mod plan;
pub(crate) mod preflight;
pub(crate) mod ps;
mod reading;
pub(crate) mod restore;
pub(crate) mod rollback;
pub(crate) mod serve;
mod signals;
pub(crate) mod smoke;
pub(crate) mod storage;
mod supervisor_orders;
pub(crate) mod token;
pub(crate) mod up;
pub(crate) mod user;
pub(crate) mod worker;

use std::future::Future;

use anyhow::Context;
use library::{Environment, Library};

use crate::command_line::{Command, CommandLine};
use crate::configuration::{self, Configuration};
use crate::exit::Exit;

/// Does what the command line says.
pub(crate) fn run(CommandLine { global, command }: CommandLine) -> anyhow::Result<Exit> {
    let configuration = || configuration::load(&global);
    match command {
        Command::Serve(arguments) => in_runtime(serve::run(arguments, configuration()?)),
        Command::Up(arguments) => in_runtime(up::run(arguments, global.clone(), configuration()?)),
        Command::Deploy(arguments) => in_runtime(deploy::run(arguments, configuration()?)),
        Command::Rollback(arguments) => in_runtime(rollback::run(arguments, configuration()?)),
        Command::Ps(arguments) => in_runtime(ps::run(arguments, configuration()?)),
        Command::Maintenance(arguments) => maintenance::run(&arguments),
        Command::Preflight(arguments) => in_runtime(preflight::run(arguments, global.clone())),
        Command::Logs(arguments) => in_runtime(logs::run(arguments, configuration()?)),
        Command::Worker(arguments) => in_runtime(worker::run(arguments, configuration()?)),
        Command::Migrate(arguments) => in_runtime(migrate::run(arguments, configuration()?)),
        Command::Import(arguments) => in_runtime(import::run(arguments, configuration()?)),
        Command::Mail(arguments) => in_runtime(mail::run(arguments, configuration()?)),
        Command::Plan(arguments) => in_runtime(plan::run(arguments, configuration()?)),
        Command::Audit(arguments) => in_runtime(audit::run(arguments, configuration()?)),
        Command::User(arguments) => in_runtime(user::run(arguments, configuration()?)),
        Command::Token(arguments) => in_runtime(token::run(arguments, configuration()?)),
        Command::Backup(arguments) => in_runtime(backup::run(arguments, global.clone(), configuration()?)),
        Command::Restore(arguments) => in_runtime(restore::run(arguments, configuration()?)),
        Command::Storage(arguments) => in_runtime(storage::run(arguments, configuration()?)),
        Command::Checklist(arguments) => in_runtime(checklist::run(arguments, global.clone())),
        Command::Config(arguments) => config::run(&arguments, configuration),
        Command::Inspect(arguments) => inspect::run(&arguments),
        Command::Describe(arguments) => describe::run(&arguments, &configuration()?.models_dir()),
        Command::ContactSheet(arguments) => contact_sheet::run(&arguments, &configuration()?.models_dir()),
        Command::Illustrate(arguments) => illustrate::run(&arguments, &configuration()?.models_dir()),
        Command::Annotate(arguments) => annotate::run(&arguments, &configuration()?),
        Command::Models(arguments) => models::run(&arguments, &configuration()?),
        Command::Openapi(arguments) => openapi::run(&arguments),
        Command::Smoke(arguments) => in_runtime(smoke::run(arguments)),
    }
}

fn in_runtime(command: impl Future<Output = anyhow::Result<Exit>>) -> anyhow::Result<Exit> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the asynchronous runtime cannot start")?
        .block_on(command)
}

/// Opens the library as this configuration says, with the machine's clock and randomness.
async fn open_library(configuration: &Configuration) -> anyhow::Result<Library> {
    let environment = Environment {
        online: configuration.online_illustrators()?,
        ..Environment::system(configuration.illustrators())
    };
    Library::open(configuration.library(), environment)
        .await
        .context("the library cannot be opened")
}
