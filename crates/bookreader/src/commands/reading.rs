//! A book file read for its descriptions: what `describe` and `illustrate` share.

use std::path::Path;

use anyhow::bail;
use descriptions::llm::Llm;
use descriptions::{BookDescriptions, ChapterText};
use indicatif::{ProgressBar, ProgressStyle};
use linguistics::{Language, Models};
use publication::{Chapter, ChapterKind, Format, Publication};

use super::book_file;
use super::language_model::{self, LanguageModel};

/// A book and what was found in it.
pub(crate) struct Reading {
    /// As imported.
    pub(crate) publication: Publication,
    /// The language it was read in.
    pub(crate) language: Language,
    /// The publication's chapters, or, for a plain-text file, the file's whole text as one.
    pub(crate) chapters: Vec<ReadChapter>,
    /// What was found.
    pub(crate) found: BookDescriptions,
}

/// A text that descriptions count places in.
pub(crate) struct ReadChapter {
    /// Its title.
    pub(crate) title: Option<String>,
    /// The text.
    pub(crate) text: String,
    /// The same text, byte for byte as long, with its paragraphs unwrapped; the text itself when absent.
    searched: Option<String>,
    /// Whether it belongs to the story.
    is_body: bool,
}

/// What the places in a plain-text file are counted in; other books only have chapters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Places {
    /// The file's own text, as one chapter.
    OfFile,
    /// The chapters that were seen in it.
    OfChapters,
}

/// Imports a book and describes it, by a language model if one is given, with a progress bar on standard error.
pub(crate) fn read(
    path: &Path,
    language: Option<Language>,
    models_dir: &Path,
    places: Places,
    llm: Option<&LanguageModel>,
) -> anyhow::Result<Reading> {
    let bytes = book_file::read(path)?;
    let publication = book_file::parse(&bytes, path)?;
    let models = Models::open(models_dir)?;
    let language = match language {
        Some(language) => language,
        None => language_of(&publication)?,
    };
    let chapters = if places == Places::OfFile && publication.format == Format::Text {
        vec![whole_file(&bytes)]
    } else {
        publication.chapters.iter().map(read_chapter).collect()
    };
    let found = describe(&models, language, &chapters, llm);
    Ok(Reading {
        publication,
        language,
        chapters,
        found,
    })
}

fn language_of(publication: &Publication) -> anyhow::Result<Language> {
    let declared = publication
        .metadata
        .language
        .as_deref()
        .and_then(Language::from_tag);
    let by_letters = || {
        publication
            .chapters
            .iter()
            .find_map(|chapter| linguistics::detect(&chapter.text))
    };
    match declared.or_else(by_letters) {
        Some(language) => Ok(language),
        None => bail!("the book's language is neither Russian nor English; name one with --lang"),
    }
}

fn whole_file(bytes: &[u8]) -> ReadChapter {
    let text = publication::plain_text::decode(bytes);
    // A passage may begin on one line of a hard-wrapped file and end on another.
    let searched = Some(publication::plain_text::unwrapped(&text));
    ReadChapter {
        title: None,
        text,
        searched,
        is_body: true,
    }
}

fn read_chapter(chapter: &Chapter) -> ReadChapter {
    ReadChapter {
        title: chapter.title.clone(),
        text: chapter.text.clone(),
        searched: None,
        is_body: chapter.kind == ChapterKind::Body,
    }
}

fn describe(
    models: &Models,
    language: Language,
    chapters: &[ReadChapter],
    llm: Option<&LanguageModel>,
) -> BookDescriptions {
    let bar = progress_bar("reading", chapters.len());
    let inputs: Vec<ChapterText<'_>> = chapters
        .iter()
        .enumerate()
        .map(|(index, chapter)| ChapterText {
            index,
            text: chapter.searched.as_deref().unwrap_or(&chapter.text),
            is_body: chapter.is_body,
        })
        .collect();
    let progress = &mut |done| bar.set_position(done as u64);
    let found = match llm {
        None => descriptions::describe(models, language, &inputs, progress),
        Some(model) => {
            let mut post = |request: &_| model.post(request);
            let mut failed = |chapter, error| bar.suspend(|| language_model::warn(chapter, &error));
            let mut llm = Llm::new(model.name(), &mut post, &mut failed);
            descriptions::describe_with(models, language, &inputs, Some(&mut llm), progress)
        }
    };
    bar.finish_and_clear();
    found
}

/// A bar on standard error; silent when that is not a terminal.
pub(crate) fn progress_bar(what: &'static str, length: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{prefix:<10} {bar:32} {pos}/{len} {elapsed}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(length as u64)
        .with_style(style)
        .with_prefix(what)
}
