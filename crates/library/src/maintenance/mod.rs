//! What operators ask of the stores: a consistent copy, what is in it, whether it is sound.

mod census;
mod integrity;
mod objects;
mod snapshot;
mod strays;

pub use census::{Census, census};
pub use integrity::integrity;
pub use objects::{Object, objects, put_object, read_object};
pub use snapshot::{SnapshotError, snapshot};
pub use strays::{Strays, strays};
