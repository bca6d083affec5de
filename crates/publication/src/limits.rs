//! The caps that keep any input within seconds of CPU and some hundred megabytes of memory.

/// Entries of a ZIP archive.
pub const ARCHIVE_ENTRIES: usize = 20_000;
/// Bytes one entry may inflate to.
pub const ENTRY_BYTES: u64 = 64 << 20;
/// Bytes all the entries we read may inflate to.
pub const ARCHIVE_BYTES: u64 = 160 << 20;
/// How many times larger than the archive the inflated entries may be, once beyond [`RATIO_FREE_BYTES`].
pub const RATIO: u64 = 100;
/// Inflated bytes that are always allowed, however well they compress.
pub const RATIO_FREE_BYTES: u64 = 32 << 20;
/// Bytes of an FB2 file, pictures included.
pub const FB2_BYTES: usize = 96 << 20;
/// Bytes of text with its markup in one book.
pub const TEXT_BYTES: usize = 48 << 20;
/// Elements and texts in one document.
pub const NODES: usize = 1_000_000;
/// Blocks and links of one book.
pub const BLOCKS: usize = 1_000_000;
/// Bytes of a Markdown file: its syntax tree is many times larger.
pub const MARKDOWN_BYTES: usize = 8 << 20;
/// Depth of elements; deeper ones become siblings.
pub const DEPTH: usize = 256;
/// Attributes kept of one element.
pub const ATTRIBUTES: usize = 64;
/// Chapters of a book.
pub const CHAPTERS: usize = 5_000;
/// Entries of a table of contents.
pub const TOC_ENTRIES: usize = 20_000;
/// Depth of a table of contents; deeper entries become siblings.
pub const TOC_DEPTH: usize = 16;
/// Pictures of a book.
pub const RESOURCES: usize = 5_000;
/// Pixels of a picture; larger ones are dropped.
pub const PIXELS: u64 = 100_000_000;
/// Characters of a title or a name.
pub const NAME_CHARS: usize = 500;
/// Characters of a description.
pub const DESCRIPTION_CHARS: usize = 20_000;
/// Bytes of markup that a title, a name or a label is read from.
pub const LABEL_BYTES: usize = 4 * NAME_CHARS;
/// Bytes of a link's text that tell whether it is the mark of a note.
pub const NOTE_MARK_BYTES: usize = 256;
/// Bytes of markup that a description is read from.
pub const DESCRIPTION_BYTES: usize = 8 * DESCRIPTION_CHARS;
/// Creators, subjects, identifiers: entries of each list.
pub const LIST_ENTRIES: usize = 100;
/// Style rules tried on elements of one book; after that, styles are left out.
pub const STYLE_CHECKS: usize = 30_000_000;
/// Style sheets of one page, imported ones included.
pub const SHEETS: usize = 64;
/// Style rules kept of one book; later ones are left out.
pub const STYLE_RULES: usize = 50_000;
/// Classes that one part of a selector may ask for; rules with more are left out.
pub const SELECTOR_CLASSES: usize = 8;
/// Warnings kept.
pub const WARNINGS: usize = 200;
/// Bytes of HTML above which a chapter is delivered in parts.
pub const PART_BYTES: usize = 150_000;
