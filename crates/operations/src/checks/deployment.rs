//! Checks of the versions that run, through their supervisor.

pub(super) mod errors_logged;
pub(super) mod previous_release;
pub(super) mod roles;
pub(super) mod warm_previous;

use super::{Finding, Subject};
use crate::supervisor::{Folders, Orders, Overview};

const FIX: &str = "start the service by `bookreader up` on this data folder";

/// What runs, or the finding that nobody can say.
async fn overview(subject: &Subject<'_>) -> Result<Overview, Finding> {
    let cannot_tell = |why: String| Finding::cannot_tell(why, FIX);
    let control = Folders::of(&subject.data_dir).control();
    let orders = Orders::new(&control).map_err(|error| cannot_tell(error.to_string()))?;
    orders
        .overview()
        .await
        .map_err(|error| cannot_tell(error.to_string()))
}
