//! Giving orders to the supervisor of this data folder, and showing how they are carried out.

use operations::supervisor::{Ending, Event, Folders, OrderError, Orders};

use crate::configuration::Configuration;
use crate::exit::Exit;

pub(super) fn orders(configuration: &Configuration) -> anyhow::Result<Orders> {
    let folder = std::path::absolute(configuration.data_dir())?;
    Ok(Orders::new(&Folders::of(&folder).control())?)
}

/// For people: who orders, from where.
pub(super) fn holder() -> String {
    let user = std::env::var("USER").unwrap_or_else(|_| "somebody".to_owned());
    format!("{user}, process {}", std::process::id())
}

pub(super) fn show(event: Event) {
    match event {
        Event::Step { step, elapsed_ms } => println!("{elapsed_ms:>7} ms  {}", step.name()),
        Event::Note { text } => println!("            {text}"),
        Event::Ended { .. } => {}
    }
}

pub(super) fn conclude(ended: Result<(Ending, String), OrderError>) -> anyhow::Result<Exit> {
    let (ending, text) = ended?;
    println!("{text}");
    Ok(match ending {
        Ending::Done => Exit::Done,
        Ending::TakenBack | Ending::Refused => Exit::Failed,
    })
}
