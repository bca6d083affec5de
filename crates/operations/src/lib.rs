//! The deployment checklist as code. A check has three outcomes, and "cannot tell" is never a pass.
//!
//! [`backup`] makes, verifies and restores sealed copies of a library; [`checklist`] holds the document's lines as data and
//! runs what stands behind them; [`checks`] are the executable checks, one file each; [`smoke`] walks the critical journeys of
//! a running service; [`supervisor`] changes versions without losing a request, and [`generation`] is one running copy of one;
//! [`maintenance`] is the proxy's page meanwhile, and [`migrations`] what a step of the schema may do.

pub mod backup;
pub mod checklist;
pub mod checks;
mod durable;
mod exchange;
pub mod generation;
pub mod maintenance;
pub mod migrations;
mod outcome;
pub mod smoke;
pub mod supervisor;

pub use outcome::Outcome;
