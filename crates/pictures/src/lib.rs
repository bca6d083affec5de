//! A passage of a book becomes a picture.
//!
//! A [`Brief`] says what to draw. Somebody draws it: a [`provider::Provider`] over the network, or the
//! [`offline`] illustrator, which needs no network and always answers. [`encode`] turns the drawing into the
//! files a reader downloads, and [`verify`] is the gate every picture from outside passes first.

pub mod brief;
mod contact_sheet;
pub mod encode;
pub mod offline;
pub mod provider;
pub mod verify;

pub use brief::{Brief, Concept, Style, Subject, UnknownStyle};
pub use contact_sheet::contact_sheet;
pub use provider::{Picture, Provider, ProviderError};
