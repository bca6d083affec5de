//! The demo library: two tales written for this project, as books that the program itself makes.
//!
//! Their sources lie in `demo/` at the root of the repository: a card in TOML and one Markdown
//! file for each chapter.

mod markdown;
mod sources;
mod tale;

pub use tale::{Chapter, Tale};

/// The tales, the Russian one first.
pub fn tales() -> Vec<Tale> {
    sources::TALES.iter().map(Tale::read).collect()
}
