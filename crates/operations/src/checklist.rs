//! The checklist: its lines as data ([`Item`]), and a run over them.

mod item;
mod report;
mod run;

pub use item::{Checklist, Item, Kind, UnknownPhase};
pub use report::{Counts, ItemReport, RunReport};
pub use run::run;
