//! How bytes leave: files with validators and ranges, compression, security headers, addresses with a slash too many.

mod attachment;
mod compression;
mod event_stream;
mod file;
mod range;
mod security_headers;
mod trailing_slash;

pub(crate) use attachment::attachment;
pub(crate) use compression::compression;
pub(crate) use event_stream::{Tidings, event_stream};
pub(crate) use file::{Caching, File};
pub(crate) use security_headers::protect;
pub(crate) use trailing_slash::without_trailing_slash;
