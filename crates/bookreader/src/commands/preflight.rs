//! `bookreader preflight`: everything that must hold before a deployment, as one verdict.

use std::os::unix::fs::PermissionsExt as _;

use anyhow::Context as _;
use operations::Outcome;
use operations::checklist::{self, Checklist, RunReport};

use super::checklist::{deployment, print};
use super::{backup, open_library};
use crate::command_line::GlobalOptions;
use crate::configuration;
use crate::exit::Exit;

/// The part of the checklist.
const PHASE: &str = "pre-deployment";

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Mend what can be mended without a question: modes of files, a backup that is missing or old.
    #[arg(long)]
    fix: bool,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    deployment: deployment::Options,
}

pub(crate) async fn run(arguments: Arguments, global: GlobalOptions) -> anyhow::Result<Exit> {
    let mut report = look(&arguments, &global).await?;
    if arguments.fix && mend(&arguments, &global, &report).await? {
        report = look(&arguments, &global).await?;
    }
    print::report(&report, arguments.json)?;
    Ok(match report.outcome {
        Outcome::Pass => Exit::Done,
        Outcome::Fail => Exit::Failed,
        Outcome::CannotTell => Exit::CannotTell,
    })
}

async fn look(arguments: &Arguments, global: &GlobalOptions) -> anyhow::Result<RunReport> {
    let checklist = Checklist::embedded();
    let items = checklist.part(PHASE)?;
    let client = crate::egress::client()?;
    let subject = deployment::subject(&arguments.deployment, global, &client).await?;
    let report = checklist::run(&checklist, &items, &subject).await;
    if let Ok(library) = &subject.library {
        library.close().await;
    }
    Ok(report)
}

/// Mends; says whether anything was done.
async fn mend(arguments: &Arguments, global: &GlobalOptions, report: &RunReport) -> anyhow::Result<bool> {
    let fails = |check: &str| {
        report
            .items
            .iter()
            .any(|line| line.item.check.as_deref() == Some(check) && line.finding.outcome == Outcome::Fail)
    };
    let mut has_mended = false;
    if fails("configuration.values")
        && let Some(file) = configuration::file(global)?
        && std::fs::metadata(&file)?.permissions().mode() & 0o077 != 0
    {
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600))
            .with_context(|| file.display().to_string())?;
        eprintln!("mended: {} is for its owner alone", file.display());
        has_mended = true;
    }
    if fails("backup.newest") {
        let configuration = configuration::load(global)?;
        let library = open_library(&configuration).await?;
        let made = backup::of_everything(arguments.deployment.backups(), &configuration, &library).await;
        library.close().await;
        eprintln!("mended: backup {}, restored and queried", made?);
        has_mended = true;
    }
    Ok(has_mended)
}
