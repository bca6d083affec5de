//! `bookreader deploy`: a new version in the place of the one that serves, without losing a request.

use std::path::PathBuf;

use anyhow::Context as _;
use operations::supervisor::DeployOrder;

use super::supervisor_orders::{conclude, holder, orders, show};
use crate::configuration::Configuration;
use crate::exit::Exit;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The new program, or a folder with `bookreader` and, if wanted, `release.json` that holds its `sha256`.
    #[arg(value_name = "DIR|BINARY")]
    release: PathBuf,
    /// Watch the new version this long; it is taken back when it dies, is not ready, or more than 5 % of its answers are
    /// server errors.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    bake: u32,
    /// Give the new version this long to be ready.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    ready_within: u64,
}

pub(crate) async fn run(arguments: Arguments, configuration: Configuration) -> anyhow::Result<Exit> {
    let source = std::fs::canonicalize(&arguments.release)
        .with_context(|| format!("there is no release at {}", arguments.release.display()))?;
    let order = DeployOrder {
        source,
        bake_seconds: arguments.bake,
        ready_seconds: arguments.ready_within,
        holder: holder(),
    };
    conclude(orders(&configuration)?.deploy(&order, show).await)
}
