//! Bytes of an EPUB, FB2, text or Markdown file to a [`Publication`]: metadata, cover, table of contents and
//! chapters as safe HTML together with their one canonical text.
//!
//! The way of a file: [`mod@detect`] tells what it is → `epub`, `fb2` or `text` read it, by way of `archive`,
//! `encoding` and `markup` → `flow` writes each document's blocks as a draft → `assemble` joins the drafts into
//! chapters, resolves links and notes → `served` proves the HTML safe and reads back its text.

mod archive;
mod assemble;
mod base64_lenient;
mod card;
mod detect;
mod element_attributes;
mod encoding;
pub mod epub;
mod error;
pub mod fb2;
mod flow;
mod language;
pub mod limits;
mod markup;
pub mod offsets;
mod pictures;
mod publication;
#[cfg(test)]
mod safety;
mod served;
mod text;
pub mod vocabulary;
mod xhtml;

pub use error::ImportError;
pub use publication::{
    Chapter, ChapterKind, Creator, Format, Layout, Metadata, Part, Publication, Resource, Role, Series,
    TocEntry, Warning,
};
pub use served::text_content;

/// Reads a book. `file_name` only helps to tell formats apart and to name a book without a title; the content
/// decides.
///
/// # Errors
/// Says why the file was refused; see [`ImportError`].
pub fn import(bytes: &[u8], file_name: Option<&str>) -> Result<Publication, ImportError> {
    detect::read(bytes, file_name)
        .and_then(assemble::assemble)
        .map_err(ImportError::printable)
}

/// Plain text as the file has it, for those who count places in the file and not in a [`Publication`].
pub mod plain_text {
    /// The text of a plain-text file, without its byte order mark.
    pub fn decode(bytes: &[u8]) -> String {
        crate::encoding::decode(bytes)
    }

    /// The text with line breaks inside wrapped paragraphs turned into spaces: every offset means the same place.
    pub fn unwrapped(text: &str) -> String {
        crate::text::unwrapped(text)
    }
}
