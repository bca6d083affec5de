//! The deployment checklist as code. A check has three outcomes, and "cannot tell" is never a pass.
//!
//! [`backup`] makes, verifies and restores sealed copies of a library; [`checklist`] holds the document's lines as data and runs what stands behind them; [`checks`] are the executable
//! checks, one file each; [`smoke`] walks the critical journeys of a running service.

pub mod backup;
pub mod checklist;
pub mod checks;
mod exchange;
mod outcome;
pub mod smoke;

pub use outcome::Outcome;
