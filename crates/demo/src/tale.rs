//! A tale, read from its sources.

use publication::epub::write::{EpubBook, EpubChapter, WriteError};
use publication::{ChapterKind, Creator, Layout, Metadata, Role};
use serde::Deserialize;

use crate::markdown;
use crate::sources::Source;

/// When the tales were last changed: a book that is made twice has the same bytes.
const MODIFIED: &str = "2026-11-23T00:00:00Z";

/// A short book of our own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tale {
    slug: &'static str,
    card: Card,
    chapters: Vec<Chapter>,
}

/// One chapter of a tale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// Its heading.
    pub title: String,
    /// Its paragraphs as plain text; `*` stands around what is emphasised.
    pub paragraphs: Vec<String>,
}

impl Chapter {
    /// The paragraphs as HTML, one to a line, without the heading.
    pub fn html(&self) -> String {
        self.paragraphs
            .iter()
            .map(|paragraph| markdown::paragraph_html(paragraph))
            .collect::<Vec<_>>()
            .join("\n")
    }
}

/// The catalogue card, `book.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Card {
    identifier: String,
    title: String,
    author: String,
    language: String,
    published: String,
    description: String,
    subjects: Vec<String>,
}

impl Tale {
    pub(crate) fn read(source: &Source) -> Self {
        Self {
            slug: source.slug,
            card: toml::from_str(source.card)
                .expect("the cards are part of the program, and a test reads them"),
            chapters: source
                .chapters
                .iter()
                .map(|chapter| markdown::chapter(chapter))
                .collect(),
        }
    }

    /// A name for files and addresses.
    pub fn slug(&self) -> &'static str {
        self.slug
    }

    /// The title.
    pub fn title(&self) -> &str {
        &self.card.title
    }

    /// Who wrote it.
    pub fn author(&self) -> &str {
        &self.card.author
    }

    /// BCP 47 tag of the text.
    pub fn language(&self) -> &str {
        &self.card.language
    }

    /// The chapters in order.
    pub fn chapters(&self) -> &[Chapter] {
        &self.chapters
    }

    /// The tale as EPUB 3, always the same bytes.
    ///
    /// # Errors
    /// When the archive cannot be written.
    pub fn epub(&self) -> Result<Vec<u8>, WriteError> {
        publication::epub::write::write(&self.book())
    }

    /// The tale as FictionBook 2, always the same bytes.
    ///
    /// # Errors
    /// As for [`Tale::epub`], from which it is made.
    pub fn fb2(&self) -> Result<Vec<u8>, WriteError> {
        let publication =
            publication::import(&self.epub()?, None).expect("our own EPUB is a book, and a test reads it");
        Ok(publication::fb2::write::write(&publication))
    }

    fn book(&self) -> EpubBook {
        let chapter = |chapter: &Chapter| EpubChapter {
            title: Some(chapter.title.clone()),
            kind: ChapterKind::Body,
            html: chapter.html(),
        };
        EpubBook {
            metadata: self.metadata(),
            identifier: self.card.identifier.clone(),
            modified: MODIFIED.to_owned(),
            chapters: self.chapters.iter().map(chapter).collect(),
            contents: Vec::new(),
            resources: Vec::new(),
            cover: None,
            illustrations: Vec::new(),
            start: 0,
            layout: Layout::default(),
        }
    }

    fn metadata(&self) -> Metadata {
        let author = Creator {
            name: self.card.author.clone(),
            role: Role::Author,
        };
        Metadata {
            title: self.card.title.clone(),
            creators: vec![author],
            language: Some(self.card.language.clone()),
            description: Some(self.card.description.clone()),
            subjects: self.card.subjects.clone(),
            published: Some(self.card.published.clone()),
            ..Metadata::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::tales;

    #[test]
    fn there_is_a_russian_and_an_english_tale() {
        let languages: Vec<String> = tales().iter().map(|tale| tale.language().to_owned()).collect();
        assert_eq!(languages, ["ru", "en"]);
    }

    #[test]
    fn each_tale_has_several_chapters_and_the_promised_length() {
        for tale in tales() {
            let words: usize = tale
                .chapters()
                .iter()
                .flat_map(|chapter| &chapter.paragraphs)
                .map(|paragraph| paragraph.split_whitespace().count())
                .sum();
            assert_eq!(tale.chapters().len(), 6);
            assert!(
                (1500..=3000).contains(&words),
                "{} has {words} words",
                tale.slug()
            );
        }
    }

    #[test]
    fn both_formats_hold_every_paragraph_once() {
        for tale in tales() {
            for (format, bytes) in [("epub", tale.epub().unwrap()), ("fb2", tale.fb2().unwrap())] {
                let book = publication::import(&bytes, None).unwrap();
                assert_eq!(
                    (book.metadata.title.as_str(), &book.metadata.language),
                    (tale.title(), &Some(tale.language().to_owned()))
                );
                let text: String = book
                    .chapters
                    .iter()
                    .map(|chapter| format!("{}\n", chapter.text))
                    .collect();
                for paragraph in tale.chapters().iter().flat_map(|chapter| &chapter.paragraphs) {
                    let plain = paragraph.replace('*', "");
                    assert_eq!(
                        text.matches(&plain).count(),
                        1,
                        "{format} of {}: {plain}",
                        tale.slug()
                    );
                }
                assert_eq!(book.warnings, []);
            }
        }
    }

    #[test]
    fn a_tale_made_twice_has_the_same_bytes() {
        for tale in tales() {
            assert!(
                tale.epub().unwrap() == tale.epub().unwrap() && tale.fb2().unwrap() == tale.fb2().unwrap()
            );
        }
    }
}
