//! `bookreader rollback`: back to the version before.

use operations::supervisor::RollbackOrder;

use super::supervisor_orders::{conclude, holder, orders, show};
use crate::configuration::Configuration;
use crate::exit::Exit;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Why, for the log.
    #[arg(long, default_value = "ordered by hand")]
    reason: String,
}

pub(crate) async fn run(arguments: Arguments, configuration: Configuration) -> anyhow::Result<Exit> {
    let order = RollbackOrder {
        reason: arguments.reason,
        holder: holder(),
    };
    conclude(orders(&configuration)?.roll_back(&order, show).await)
}
