//! Changing the schema while two releases use it: what a step may do, and trying it on a copy first.
//!
//! A step is of one of two kinds. An *expand* step only adds: the release before works on as if nothing had happened. A
//! *contract* step, which says so in its first line, takes away what no release uses any more.

mod lint;
mod new;
mod rehearse;
mod statements;

pub use lint::{Kind, Offence, RELEASED, lint};
pub use new::{NewError, create};
pub use rehearse::{Rehearsal, rehearse};
