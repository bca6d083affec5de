//! The command line as a type. Each command's arguments live beside its code in `commands`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::commands::{
    annotate, audit, backup, checklist, config, contact_sheet, deploy, describe, illustrate, import, inspect,
    logs, mail, maintenance, migrate, models, openapi, plan, preflight, ps, restore, rollback, serve, smoke,
    storage, token, up, user, worker,
};

/// Reads illustrated fiction: finds the passages an illustrator would draw, draws them, and serves the book.
#[derive(Debug, Parser)]
#[command(name = "bookreader", version, max_term_width = 110, propagate_version = true)]
pub(crate) struct CommandLine {
    #[command(flatten)]
    pub(crate) global: GlobalOptions,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options every command takes.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct GlobalOptions {
    /// Configuration file; without it `bookreader.toml` here or `/etc/bookreader/bookreader.toml`, if there is one.
    #[arg(long, global = true, env = "BOOKREADER_CONFIG", value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Where books, pictures, the embedded database and generated secrets live.
    #[arg(long, global = true, env = "BOOKREADER_DATA_DIR", value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,
    /// Where the language models are installed.
    #[arg(long, global = true, env = "BOOKREADER_MODELS_DIR", value_name = "DIR")]
    pub(crate) models_dir: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve the web app and the API, with workers inside unless configured otherwise.
    Serve(serve::Arguments),
    /// Serve as `serve` does, under a supervisor that changes versions without losing a request.
    Up(up::Arguments),
    /// Say whether everything holds that must hold before a deployment.
    Preflight(preflight::Arguments),
    /// Put a new version in the place of the one that serves.
    Deploy(deploy::Arguments),
    /// Go back to the version before.
    Rollback(rollback::Arguments),
    /// Show the versions that run.
    Ps(ps::Arguments),
    /// Let the proxy show its maintenance page, and take it down again.
    Maintenance(maintenance::Arguments),
    /// Show what the serving version logs.
    Logs(logs::Arguments),
    /// Run background jobs only, beside one or more `serve` processes.
    Worker(worker::Arguments),
    /// Change or show the version of the database schema.
    Migrate(migrate::Arguments),
    /// Put books on a reader's shelf or into the public catalogue.
    Import(import::Arguments),
    /// Say what readers may have.
    Plan(plan::Arguments),
    /// Check and read the log of what was done to accounts.
    Audit(audit::Arguments),
    /// See what became of letters.
    Mail(mail::Arguments),
    /// Manage accounts.
    User(user::Arguments),
    /// Issue access tokens.
    Token(token::Arguments),
    /// Check the configuration or print a documented example.
    Config(config::Arguments),
    /// Show what a book file contains.
    Inspect(inspect::Arguments),
    /// Print the visual descriptions of a book file.
    Describe(describe::Arguments),
    /// Draw passages of books in every style of the offline illustrator, on one sheet.
    ContactSheet(contact_sheet::Arguments),
    /// Make an illustrated EPUB of a book file.
    Illustrate(illustrate::Arguments),
    /// Print the linguistic annotation of a text.
    Annotate(annotate::Arguments),
    /// Install, show or verify the language models.
    Models(models::Arguments),
    /// Print the OpenAPI description of the HTTP interface.
    Openapi(openapi::Arguments),
    /// Back up the library, and list, verify and prune the backups.
    Backup(backup::Arguments),
    /// Check that stored books and pictures and their rows name each other.
    Storage(storage::Arguments),
    /// Make a data folder out of a backup.
    Restore(restore::Arguments),
    /// Show, run or explain the lines of the deployment checklist.
    Checklist(checklist::Arguments),
    /// Walk the critical journeys of a running service.
    Smoke(smoke::Arguments),
}
