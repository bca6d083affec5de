//! The shipped binary from the outside: its exit codes, its files, its signals, its HTTP, and what
//! it is like after `kill -9`.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod backup;
mod checklist;
mod command_line;
mod configuration;
mod deploy;
mod describe;
mod fixture;
mod illustrate;
mod kill;
mod lifecycle;
mod privacy;
mod smoke;
