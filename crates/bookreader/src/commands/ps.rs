//! `bookreader ps`: the versions that run.

use std::io::{self, Write as _};

use operations::supervisor::{Overview, Role};

use super::supervisor_orders::orders;
use crate::configuration::Configuration;
use crate::exit::Exit;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Fails unless the version that serves has a process that is ready.
pub(crate) async fn run(arguments: Arguments, configuration: Configuration) -> anyhow::Result<Exit> {
    let overview = orders(&configuration)?.overview().await?;
    let mut out = io::stdout().lock();
    if arguments.json {
        serde_json::to_writer_pretty(&mut out, &overview)?;
        writeln!(out)?;
    } else {
        print(&mut out, &overview)?;
    }
    let well = overview.processes.iter().any(|process| {
        process.role == Role::Serving && process.live.as_ref().is_some_and(|live| live.ready && live.open)
    });
    Ok(if well { Exit::Done } else { Exit::Failed })
}

fn print(out: &mut impl io::Write, overview: &Overview) -> io::Result<()> {
    writeln!(out, "{}", overview.address)?;
    writeln!(
        out,
        "{:<9} {:>4}  {:<16}  {:<8} {:>8}  {:<9} {:>6} {:>9} {:>7}  since",
        "role", "no.", "release", "version", "pid", "state", "conns", "requests", "errors"
    )?;
    for process in &overview.processes {
        let role = match process.role {
            Role::Serving => "serving",
            Role::Previous => "previous",
            Role::Starting => "starting",
            Role::Retiring => "retiring",
        };
        write!(
            out,
            "{role:<9} {:>4}  {:<16}  ",
            process.generation, process.release
        )?;
        match &process.live {
            Some(live) => {
                let state = match (live.ready, live.open) {
                    (false, _) => "not ready",
                    (true, true) => "open",
                    (true, false) => "warm",
                };
                write!(
                    out,
                    "{:<8} {:>8}  {state:<9} {:>6} {:>9} {:>7}",
                    live.version, live.pid, live.connections, live.requests, live.server_errors
                )?;
            }
            None => write!(
                out,
                "{:<8} {:>8}  {:<9} {:>6} {:>9} {:>7}",
                "", "", "stopped", "", "", ""
            )?,
        }
        writeln!(out, "  {}", process.since.format("%Y-%m-%d %H:%M:%S"))?;
    }
    if let Some(lock) = &overview.lock {
        writeln!(out, "{} is changing versions", lock.holder)?;
    }
    if let Some(until) = overview.bake_until {
        writeln!(
            out,
            "the new version is watched until {}",
            until.format("%H:%M:%S")
        )?;
    }
    Ok(())
}
