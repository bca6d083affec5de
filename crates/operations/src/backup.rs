//! Backups: database, files and configuration of one moment under one manifest, sealed, and restored before they count.
//!
//! A repository is a folder. `objects/` holds sealed files, each named by the SHA-256 of its own bytes; `manifests/`
//! says which of them make up a backup. An object is durable before a manifest names it, so a process that dies leaves
//! no backup that looks whole.

mod create;
mod key;
mod manifest;
mod repository;
mod restore;
mod retention;
mod sealed;
mod verify;

pub use create::{Parts, create};
pub use key::Key;
pub use manifest::{Entry, Manifest};
pub use repository::{Repository, RepositoryError};
pub(crate) use restore::open as open_copy;
pub use restore::{RestoreError, restore};
pub use retention::{Policy, Pruned, prune};
pub use verify::{Verdict, verify};
