//! Chapters and the table of contents. Places are UTF-16 code units of a chapter's text.

use library::chapters;
use serde::Serialize;
use utoipa::ToSchema;

/// The chapters of a book.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Chapters {
    /// In reading order.
    pub(crate) items: Vec<ChapterSummary>,
    /// As nested as the book has it.
    pub(crate) contents: Vec<TocEntry>,
}

/// A chapter without its text.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChapterSummary {
    /// Number, from 0.
    pub(crate) index: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) title: Option<String>,
    /// `front`, `body`, `back` or `notes`.
    pub(crate) kind: String,
    /// Length of its text.
    pub(crate) length: usize,
    /// Share of the book before it.
    #[schema(minimum = 0.0, maximum = 1.0)]
    pub(crate) start_fraction: f64,
    /// How its HTML is cut for delivery: at least one part.
    pub(crate) parts: Vec<Part>,
}

/// A part of a chapter's HTML.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Part {
    pub(crate) url: String,
    /// Place of its first character in the chapter's text.
    pub(crate) start: usize,
}

/// An entry of the table of contents.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TocEntry {
    pub(crate) title: String,
    pub(crate) chapter: usize,
    pub(crate) offset: usize,
    #[schema(no_recursion)]
    pub(crate) children: Vec<TocEntry>,
}

/// A chapter with its text.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Chapter {
    /// Number, from 0.
    pub(crate) index: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) title: Option<String>,
    /// `front`, `body`, `back` or `notes`.
    pub(crate) kind: String,
    /// Length of the text.
    pub(crate) length: usize,
    /// The canonical text: what `textContent` of the HTML gives.
    pub(crate) text: String,
    /// The whole chapter as HTML.
    pub(crate) html_url: String,
}

impl From<chapters::ChapterList> for Chapters {
    fn from(list: chapters::ChapterList) -> Self {
        let revision = &list.revision;
        Self {
            items: list
                .chapters
                .into_iter()
                .map(|chapter| ChapterSummary::new(chapter, revision))
                .collect(),
            contents: list.contents.into_iter().map(Into::into).collect(),
        }
    }
}

impl ChapterSummary {
    fn new(chapter: chapters::ChapterSummary, revision: &str) -> Self {
        let index = chapter.index;
        let is_whole = chapter.parts.len() == 1;
        let url = |part: usize| {
            if is_whole {
                html_url(revision, index)
            } else {
                part_url(revision, index, part)
            }
        };
        let parts = chapter.parts.iter().enumerate();
        Self {
            index,
            title: chapter.title,
            kind: chapter.kind,
            length: chapter.length,
            start_fraction: chapter.start_fraction,
            parts: parts
                .map(|(number, part)| Part {
                    url: url(number),
                    start: part.start,
                })
                .collect(),
        }
    }
}

impl From<chapters::TocEntry> for TocEntry {
    fn from(entry: chapters::TocEntry) -> Self {
        Self {
            title: entry.title,
            chapter: entry.chapter,
            offset: entry.offset,
            children: entry.children.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<chapters::Chapter> for Chapter {
    fn from(chapter: chapters::Chapter) -> Self {
        Self {
            html_url: html_url(&chapter.revision, chapter.index),
            index: chapter.index,
            title: chapter.title,
            kind: chapter.kind,
            length: chapter.length,
            text: chapter.text,
        }
    }
}

fn html_url(revision: &str, index: usize) -> String {
    format!("/content/{revision}/{index}.html")
}

fn part_url(revision: &str, index: usize, part: usize) -> String {
    format!("/content/{revision}/{index}.{part}.html")
}
