//! `bookreader maintenance`: the proxy's page for the time in which nobody shall read.

use std::path::PathBuf;

use anyhow::Context as _;
use chrono::TimeDelta;
use clap::Subcommand;
use library::clock::Clock;
use operations::maintenance::{Flag, USUAL_FLAG};

use crate::exit::Exit;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
    /// The file that the proxy looks at.
    #[arg(long, global = true, value_name = "FILE", default_value = USUAL_FLAG)]
    flag: PathBuf,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Show the page; it goes away by itself.
    On {
        /// For so long, unless ended before.
        #[arg(long, value_name = "MINUTES", default_value_t = 15, value_parser = clap::value_parser!(u16).range(1..))]
        minutes: u16,
    },
    /// Let readers in again.
    Off,
    /// Say whether the page is shown: 0 it is not, 1 it is.
    Status,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let flag = Flag::at(&arguments.flag);
    let now = Clock::system().now();
    let what = || format!("the flag {}", flag.path().display());
    match arguments.action {
        Action::On { minutes } => {
            let until = now + TimeDelta::minutes(i64::from(minutes));
            flag.raise(until).with_context(what)?;
            println!(
                "readers see the maintenance page until {}",
                until.format("%H:%M:%S UTC")
            );
        }
        Action::Off => {
            let was_up = flag.lower().with_context(what)?;
            println!(
                "{}",
                if was_up {
                    "readers are let in again"
                } else {
                    "readers were let in already"
                }
            );
        }
        Action::Status => {
            return match flag.until().with_context(what)? {
                Some(until) if until > now => {
                    println!(
                        "readers see the maintenance page until {}",
                        until.format("%H:%M:%S UTC")
                    );
                    Ok(Exit::Failed)
                }
                _ => {
                    println!("readers are let in");
                    Ok(Exit::Done)
                }
            };
        }
    }
    Ok(Exit::Done)
}
