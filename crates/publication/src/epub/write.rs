//! Writes EPUB 3: the same book gives the same bytes, and epubcheck has nothing to say about them.

mod navigation;
mod package;
mod page;

use std::collections::{BTreeMap, HashMap};
use std::io::{Cursor, Write};

use thiserror::Error;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::{ChapterKind, Layout, Metadata, Publication, Resource, TocEntry, offsets, text_content};

/// A book to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct EpubBook {
    /// Title, people, language and the rest. A book without a language is written as `und`.
    pub metadata: Metadata,
    /// The unique identifier, for example `urn:uuid:...`; never empty.
    pub identifier: String,
    /// When the book was last changed: `2026-01-31T12:00:00Z`.
    pub modified: String,
    /// The chapters in reading order.
    pub chapters: Vec<EpubChapter>,
    /// The table of contents; when it is empty, one is made of the chapters' titles.
    pub contents: Vec<TocEntry>,
    /// Pictures that chapters name in `<img src="resources/NAME">`, and those of the illustrations and the cover.
    pub resources: Vec<Resource>,
    /// Index of the cover among the resources.
    pub cover: Option<usize>,
    /// Pictures to be placed in the text.
    pub illustrations: Vec<Illustration>,
    /// Index of the chapter where the story begins.
    pub start: usize,
    /// Which way the pages turn.
    pub layout: Layout,
}

/// A chapter to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EpubChapter {
    /// For the page's title and, without a table of contents, for that.
    pub title: Option<String>,
    /// What the chapter is.
    pub kind: ChapterKind,
    /// HTML in the vocabulary of [`crate::vocabulary`], as in [`crate::Chapter::html`].
    pub html: String,
}

/// A picture at a place in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Illustration {
    /// Index of the chapter.
    pub chapter: usize,
    /// Byte offset into the chapter's text; the picture follows the block that holds it.
    pub offset: usize,
    /// Index among the resources.
    pub resource: usize,
    /// What the picture shows, for those who cannot see it.
    pub alt: String,
    /// A line below the picture.
    pub caption: Option<String>,
}

/// Why a book cannot be written.
#[derive(Debug, Error)]
pub enum WriteError {
    /// There are no chapters.
    #[error("a book without chapters cannot be written")]
    NoChapters,
    /// An index of a chapter or resource is out of range.
    #[error("the book refers to {what} {index}, which it does not have")]
    Missing {
        /// `chapter` or `resource`.
        what: &'static str,
        /// The index.
        index: usize,
    },
    /// An illustration is in a format that EPUB readers need not know.
    #[error("“{media_type}” is no picture format of EPUB: use PNG, JPEG, GIF, WebP or SVG")]
    MediaType {
        /// The format.
        media_type: String,
    },
    /// The archive could not be made.
    #[error("the archive could not be written")]
    Archive(#[from] zip::result::ZipError),
    /// The archive could not be made.
    #[error("the archive could not be written")]
    Io(#[from] std::io::Error),
}

impl EpubBook {
    /// A book with all that a publication has and no illustrations.
    pub fn of(publication: &Publication, modified: impl Into<String>) -> Self {
        let chapter = |chapter: &crate::Chapter| EpubChapter {
            title: chapter.title.clone(),
            kind: chapter.kind,
            html: chapter.html.clone(),
        };
        let stated = publication.metadata.identifiers.first().cloned();
        Self {
            metadata: publication.metadata.clone(),
            identifier: stated.unwrap_or_else(|| format!("urn:bookreader:{}", publication.revision)),
            modified: modified.into(),
            chapters: publication.chapters.iter().map(chapter).collect(),
            contents: publication.contents.clone(),
            resources: publication.resources.clone(),
            cover: publication.cover,
            illustrations: Vec::new(),
            start: publication.start,
            layout: publication.layout,
        }
    }

    fn check(&self) -> Result<(), WriteError> {
        if self.chapters.is_empty() {
            return Err(WriteError::NoChapters);
        }
        let chapters = self.illustrations.iter().map(|illustration| illustration.chapter);
        if let Some(index) = chapters.into_iter().find(|index| *index >= self.chapters.len()) {
            return Err(WriteError::Missing {
                what: "chapter",
                index,
            });
        }
        for index in self
            .illustrations
            .iter()
            .map(|illustration| illustration.resource)
            .chain(self.cover)
        {
            let resource = self.resources.get(index).ok_or(WriteError::Missing {
                what: "resource",
                index,
            })?;
            if !is_core_picture(&resource.media_type) && Some(index) != self.cover {
                return Err(WriteError::MediaType {
                    media_type: resource.media_type.clone(),
                });
            }
        }
        Ok(())
    }

    fn is_russian(&self) -> bool {
        self.metadata
            .language
            .as_deref()
            .is_some_and(|language| language.starts_with("ru"))
    }

    fn language(&self) -> &str {
        self.metadata.language.as_deref().unwrap_or("und")
    }

    /// The cover, when EPUB readers can show it.
    fn shown_cover(&self) -> Option<&Resource> {
        self.cover
            .map(|index| &self.resources[index])
            .filter(|cover| is_core_picture(&cover.media_type))
    }
}

/// Formats that every EPUB reader shows.
fn is_core_picture(media_type: &str) -> bool {
    matches!(
        media_type,
        "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "image/svg+xml"
    )
}

/// The file of a chapter inside the archive's content folder.
fn chapter_file(index: usize) -> String {
    format!("text/chapter-{:04}.xhtml", index + 1)
}

/// Writes the book as an EPUB 3 archive.
///
/// # Errors
/// When the book refers to what it does not have, or a picture is in a format that EPUB does not allow.
pub fn write(book: &EpubBook) -> Result<Vec<u8>, WriteError> {
    book.check()?;
    let mut used: BTreeMap<&str, &Resource> = BTreeMap::new();
    let mut anchors: HashMap<(usize, usize), String> = HashMap::new();
    let wanted = navigation::places(book);
    let mut files: Vec<(String, String)> = Vec::new();
    for (index, chapter) in book.chapters.iter().enumerate() {
        let page = page::chapter(
            book,
            index,
            chapter,
            wanted.get(&index).map_or(&[], Vec::as_slice),
        );
        used.extend(
            page.resources
                .iter()
                .map(|resource| (resource.name.as_str(), *resource)),
        );
        anchors.extend(page.anchors.into_iter().map(|(offset, id)| ((index, offset), id)));
        files.push((chapter_file(index), page.xhtml));
    }
    if let Some(cover) = book.shown_cover() {
        used.insert(&cover.name, cover);
        files.push(("text/cover.xhtml".to_owned(), page::cover(book, cover)));
    }
    if !book.illustrations.is_empty() {
        files.push((
            "text/illustrations.xhtml".to_owned(),
            page::list_of_illustrations(book),
        ));
    }
    files.push(("nav.xhtml".to_owned(), navigation::document(book, &anchors)));
    files.push(("toc.ncx".to_owned(), navigation::ncx(book, &anchors)));
    files.push(("style.css".to_owned(), include_str!("write/style.css").to_owned()));
    files.push(("package.opf".to_owned(), package::document(book, &used)));
    archive(&files, &used)
}

const CONTAINER: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles>
    <rootfile full-path="OEBPS/package.opf" media-type="application/oebps-package+xml"/>
  </rootfiles>
</container>
"#;

fn archive(files: &[(String, String)], resources: &BTreeMap<&str, &Resource>) -> Result<Vec<u8>, WriteError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let stored = options.compression_method(CompressionMethod::Stored);
    let deflated = options.compression_method(CompressionMethod::Deflated);
    zip.start_file("mimetype", stored)?;
    zip.write_all(b"application/epub+zip")?;
    zip.start_file("META-INF/container.xml", deflated)?;
    zip.write_all(CONTAINER.as_bytes())?;
    for (name, content) in files {
        zip.start_file(format!("OEBPS/{name}"), deflated)?;
        zip.write_all(content.as_bytes())?;
    }
    for resource in resources.values() {
        let is_svg = resource.media_type == "image/svg+xml";
        zip.start_file(
            format!("OEBPS/images/{}", resource.name),
            if is_svg { deflated } else { stored },
        )?;
        zip.write_all(&resource.bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Text for XML content and double-quoted attributes.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(character),
            other if other.is_control() || matches!(other, '\u{fffe}' | '\u{ffff}') => {}
            other => out.push(other),
        }
    }
    out
}

/// Byte offset in a chapter of an entry of the table of contents.
fn entry_offset(book: &EpubBook, entry: &TocEntry) -> usize {
    if entry.offset == 0 {
        return 0;
    }
    offsets::to_bytes(&text_content(&book.chapters[entry.chapter].html), entry.offset)
}
