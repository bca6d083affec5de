//! What an imported book is: the types every other crate builds on.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A book, whatever file it came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Publication {
    /// What kind of file it was.
    pub format: Format,
    /// Title, people, language and the rest of the catalogue card.
    pub metadata: Metadata,
    /// Index into [`Publication::resources`] of the front cover.
    pub cover: Option<usize>,
    /// The table of contents, as nested as the book has it.
    pub contents: Vec<TocEntry>,
    /// Every piece of the book's text once, in reading order.
    pub chapters: Vec<Chapter>,
    /// The pictures that the chapters and the cover use.
    pub resources: Vec<Resource>,
    /// What was wrong with the file and how it was dealt with.
    pub warnings: Vec<Warning>,
    /// 32 hexadecimal digits that change whenever the chapters' HTML or text changes.
    pub revision: String,
    /// Index of the chapter where the story begins, after title pages and the like.
    pub start: usize,
    /// How the pages want to be laid out.
    pub layout: Layout,
}

/// The kind of file a publication was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// EPUB with a version 2 package document.
    Epub2,
    /// EPUB with a version 3 package document.
    Epub3,
    /// FictionBook 2, bare, zipped or gzipped.
    Fb2,
    /// Plain text.
    Text,
    /// Markdown (CommonMark).
    Markdown,
}

impl Format {
    /// A short name for people: `EPUB 3`, `FB2`, ...
    pub fn name(self) -> &'static str {
        match self {
            Self::Epub2 => "EPUB 2",
            Self::Epub3 => "EPUB 3",
            Self::Fb2 => "FB2",
            Self::Text => "TXT",
            Self::Markdown => "Markdown",
        }
    }
}

/// The catalogue card. Every string is plain text without control or bidirectional-override characters and
/// of bounded length (see [`crate::limits`]).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Metadata {
    /// The main title; never empty (a book without one is called by its file name, else «Без названия»).
    pub title: String,
    /// Authors first, then translators, illustrators and others, each group in the file's order.
    pub creators: Vec<Creator>,
    /// BCP 47 tag of the text, by declaration or, when that is missing or plainly false, by detection.
    pub language: Option<String>,
    /// The series the book belongs to.
    pub series: Option<Series>,
    /// ISBN, UUID and others as the file gives them; the unique identifier first.
    pub identifiers: Vec<String>,
    /// Annotation as plain text; paragraphs are separated by `\n`.
    pub description: Option<String>,
    /// Subjects and genres as the file gives them.
    pub subjects: Vec<String>,
    /// The publisher's name.
    pub publisher: Option<String>,
    /// Date of publication as the file gives it (often just a year).
    pub published: Option<String>,
}

/// Somebody who made the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Creator {
    /// The name as it is displayed.
    pub name: String,
    /// What they did.
    pub role: Role,
}

/// What a creator did, from MARC relators in EPUB and element names in FB2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Wrote it.
    Author,
    /// Translated it.
    Translator,
    /// Illustrated it.
    Illustrator,
    /// Edited it.
    Editor,
    /// Anything else: narrator, designer, contributor.
    Contributor,
}

/// A series and the book's place in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// The series' name.
    pub name: String,
    /// The book's number in it; fractions occur (2.5).
    pub position: Option<f64>,
}

/// One line of the table of contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TocEntry {
    /// The line's text, in one line.
    pub title: String,
    /// Index into [`Publication::chapters`].
    pub chapter: usize,
    /// Offset into that chapter's text, in UTF-16 code units.
    pub offset: usize,
    /// Lines below this one.
    pub children: Vec<TocEntry>,
}

/// One chapter: what the reader fetches and scrolls as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// From the table of contents, else the first heading.
    pub title: Option<String>,
    /// Front matter, story, back matter or notes.
    pub kind: ChapterKind,
    /// Sanitised HTML, exactly as it will be served..
    pub html: String,
    /// The canonical text: exactly the `textContent` of the parsed [`Chapter::html`].
    pub text: String,
    /// Length of the text in UTF-16 code units.
    pub length: usize,
    /// How the HTML is cut for delivery: at least one part, together the whole HTML.
    pub parts: Vec<Part>,
}

/// Which side of the story a chapter is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChapterKind {
    /// Before the story: cover, title page, copyright, contents, dedication.
    Front,
    /// The story itself, prologues, forewords and epilogues included.
    Body,
    /// After the story: afterwords, about the author, adverts, licences.
    Back,
    /// Footnotes and endnotes.
    Notes,
}

/// A piece of a long chapter's HTML, cut between two blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Byte range in [`Chapter::html`].
    pub html: Range<usize>,
    /// Offset of the part's first character in the chapter's text, in UTF-16 code units.
    pub start: usize,
}

/// A picture of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// A safe, unique file name: 16 digits of the content's hash and an extension.
    pub name: String,
    /// By content, never by name.
    pub media_type: String,
    /// The file; SVG is sanitised, everything else is as it was.
    pub bytes: Vec<u8>,
    /// Width in pixels, when the header tells.
    pub width: Option<u32>,
    /// Height in pixels, when the header tells.
    pub height: Option<u32>,
}

/// How pages want to be laid out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// The publisher fixed every page's layout (comics, picture books); the text is read as reflowable.
    pub fixed: bool,
    /// Pages turn from right to left.
    pub right_to_left: bool,
    /// Lines run from top to bottom.
    pub vertical: bool,
}

/// Something wrong with the file that did not stop the import.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Warning {
    /// Stable, for programs: `missing-file`, `bad-image`, ...
    pub code: String,
    /// For people.
    pub detail: String,
}
