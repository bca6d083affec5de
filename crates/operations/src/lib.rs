//! The deployment checklist as code. A check has three outcomes, and "cannot tell" is never a pass.
//!
//! Today it holds the smoke journeys ([`smoke`]); the checks that follow share [`Outcome`].

mod outcome;
pub mod smoke;

pub use outcome::Outcome;
