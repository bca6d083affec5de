//! Books: a user's copies of publications, and the public catalogue.

mod add;
mod book;
mod listing;
mod removal;
#[cfg(test)]
mod tests;
mod upload;

pub use add::{AddError, Added, add};
pub(crate) use add::{Card, set_card};
pub use book::{Blob, Book, BookStatus, Failure, Page, Progress};
pub(crate) use book::{size, stored};
pub(crate) use listing::bounds;
pub use listing::{BookQuery, BookSort, Scope, get, list};
pub(crate) use removal::touch;
pub use removal::{original, publish, remove};
pub use upload::Upload;
