//! Plain text and Markdown.

mod headings;
mod markdown;
mod paragraphs;
mod plain;

pub(crate) use markdown::read as read_markdown;
pub(crate) use paragraphs::unwrapped;
pub(crate) use plain::read as read_plain;
