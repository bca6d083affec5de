//! `bookreader smoke`: the critical journeys of a running service.

use std::time::Duration;

use clap::ValueEnum;
use library::randomness::Randomness;
use operations::Outcome;
use operations::smoke::{self, Account, Plan, Printer};

use crate::exit::Exit;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The service's address.
    #[arg(default_value = "http://localhost:8000")]
    target: String,
    /// Who walks: the reserved synthetic account, or a fresh one that is removed afterwards.
    #[arg(long, value_enum, default_value_t = Walker::Synthetic)]
    account: Walker,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    /// How long one journey may take, in seconds.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=600))]
    step_limit: u64,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Walker {
    Synthetic,
    ThrowAway,
}

pub(crate) async fn run(arguments: Arguments) -> anyhow::Result<Exit> {
    let plan = Plan {
        target: arguments.target.parse()?,
        account: match arguments.account {
            Walker::Synthetic => Account::synthetic(),
            Walker::ThrowAway => Account::throw_away(Randomness::system().bytes()),
        },
        step_limit: Duration::from_secs(arguments.step_limit),
    };
    let client = crate::egress::client()?;
    let report = if arguments.json {
        let report = smoke::run(&client, &plan, &mut |_| {}).await;
        println!("{}", serde_json::to_string_pretty(&report)?);
        report
    } else {
        let mut printer = Printer::new(std::io::stdout(), std::io::stderr());
        printer.begin(&arguments.target)?;
        let mut printed = Ok(());
        let report = smoke::run(&client, &plan, &mut |event| printed = printer.event(&event)).await;
        printed?;
        printer.end(&report)?;
        report
    };
    Ok(match report.outcome {
        Outcome::Pass => Exit::Done,
        Outcome::Fail => Exit::Failed,
        Outcome::CannotTell => Exit::CannotTell,
    })
}
