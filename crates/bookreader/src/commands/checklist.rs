//! `bookreader checklist`: the deployment checklist, line by line.

pub(super) mod deployment;
pub(super) mod print;

use clap::Subcommand;
use operations::Outcome;
use operations::checklist::{self, Checklist, Item};

use crate::command_line::GlobalOptions;
use crate::exit::Exit;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Show the lines of the checklist.
    List {
        /// Only this phase, or this section of one.
        #[arg(long)]
        phase: Option<String>,
        /// Print a JSON array.
        #[arg(long)]
        json: bool,
    },
    /// Run the checks behind the lines: 0 all pass, 1 something is wrong, 2 something is not known.
    Run(Box<RunArguments>),
    /// Show one line, what its check looks at, and how to run it.
    Explain {
        /// The line's name, such as DB-4.
        id: String,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct RunArguments {
    /// Only these lines.
    ids: Vec<String>,
    /// Only this phase, or this section of one.
    #[arg(long, conflicts_with = "ids")]
    phase: Option<String>,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    deployment: deployment::Options,
}

pub(crate) async fn run(arguments: Arguments, global: GlobalOptions) -> anyhow::Result<Exit> {
    let checklist = Checklist::embedded();
    match arguments.action {
        Action::List { phase, json } => {
            let items = match choose(&checklist, &[], phase.as_deref()) {
                Ok(items) => items,
                Err(refusal) => return Ok(wrong_usage(&refusal)),
            };
            print::list(&checklist.version, &items, json)?;
            Ok(Exit::Done)
        }
        Action::Explain { id } => match choose(&checklist, &[id], None).as_deref() {
            Ok([item]) => {
                print::explain(item)?;
                Ok(Exit::Done)
            }
            Ok(_) => unreachable!("one name chooses one line"),
            Err(refusal) => Ok(wrong_usage(refusal)),
        },
        Action::Run(arguments) => {
            let items = match choose(&checklist, &arguments.ids, arguments.phase.as_deref()) {
                Ok(items) => items,
                Err(refusal) => return Ok(wrong_usage(&refusal)),
            };
            let client = crate::egress::client()?;
            let subject = deployment::subject(&arguments.deployment, &global, &client).await?;
            let report = checklist::run(&checklist, &items, &subject).await;
            if let Ok(library) = &subject.library {
                library.close().await;
            }
            print::report(&report, arguments.json)?;
            Ok(match report.outcome {
                Outcome::Pass => Exit::Done,
                Outcome::Fail => Exit::Failed,
                Outcome::CannotTell => Exit::CannotTell,
            })
        }
    }
}

/// The named lines, or those of a part of the document, or all.
fn choose<'a>(
    checklist: &'a Checklist,
    ids: &[String],
    phase: Option<&str>,
) -> Result<Vec<&'a Item>, String> {
    if let Some(phase) = phase {
        return checklist.part(phase).map_err(|error| error.to_string());
    }
    if ids.is_empty() {
        return Ok(checklist.items.iter().collect());
    }
    ids.iter()
        .map(|id| {
            checklist
                .find(id)
                .ok_or_else(|| format!("the checklist has no line `{id}`; see `bookreader checklist list`"))
        })
        .collect()
}

fn wrong_usage(refusal: &str) -> Exit {
    eprintln!("bookreader: {refusal}");
    Exit::WrongUsage
}
