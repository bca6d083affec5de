//! `bookreader illustrate`: an illustrated EPUB of a book file, with no server and no network.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, bail};
use chrono::{DateTime, Utc};
use descriptions::{Candidate, Description};
use library::clock::Clock;
use library::illustration;
use linguistics::Language;
use pictures::{Brief, Style, Subject};
use publication::epub::write::{EpubBook, Illustration, write};
use publication::{Publication, Resource};

use super::reading::{self, Places, Reading};
use crate::exit::Exit;

/// Size of a picture in pixels.
const SIZE: (u32, u32) = (1024, 768);
/// Of 100: at this quality hatching stays sharp and a picture has some 200 KB.
const JPEG_QUALITY: u8 = 85;
/// One picture for so many words, but never more than [`MOST_PICTURES`], unless the number is given.
const WORDS_A_PICTURE: usize = 400;
const MOST_PICTURES: usize = 24;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// An EPUB, FB2, text or Markdown file.
    book: PathBuf,
    /// The illustrated EPUB; an existing file is replaced when the new one is complete.
    #[arg(short, long, value_name = "OUT.epub")]
    output: PathBuf,
    /// How many pictures at most; without it a number that suits the book's length.
    #[arg(long, value_name = "N")]
    pictures: Option<usize>,
    /// How they are drawn: ink, watercolour or woodcut.
    #[arg(long, default_value_t, value_name = "STYLE")]
    style: Style,
    /// Read the book as Russian (`ru`) or English (`en`) instead of finding out.
    #[arg(long)]
    lang: Option<Language>,
}

pub(crate) fn run(arguments: &Arguments, models_dir: &Path) -> anyhow::Result<Exit> {
    let reading = reading::read(
        &arguments.book,
        arguments.lang,
        models_dir,
        Places::OfChapters,
        None,
    )?;
    let chosen = choose(&reading, arguments.pictures);
    if chosen.is_empty() {
        bail!("nothing in {} asks for a picture", arguments.book.display());
    }
    let drawings = draw(&chosen, arguments.style)?;
    let epub = bind(&reading, &chosen, drawings, Clock::system().now())?;
    replace(&arguments.output, &epub)?;
    eprintln!("{}: {} pictures", arguments.output.display(), chosen.len());
    Ok(Exit::Done)
}

/// A description and the chapter it stands in.
pub(super) struct Passage<'a> {
    chapter: usize,
    text: &'a str,
    pub(super) description: &'a Description,
}

pub(super) fn choose(reading: &Reading, wanted: Option<usize>) -> Vec<Passage<'_>> {
    let mut passages = Vec::new();
    let mut candidates = Vec::new();
    let mut before = 0;
    for (found, chapter) in reading.found.chapters.iter().zip(&reading.chapters) {
        for description in &found.descriptions {
            let text = &chapter.text[description.range.clone()];
            passages.push(Some(Passage {
                chapter: found.index,
                text,
                description,
            }));
            candidates.push(Candidate {
                place: before + description.range.start,
                score: description.score,
            });
        }
        before += chapter.text.len();
    }
    let words: usize = reading
        .chapters
        .iter()
        .map(|chapter| chapter.text.split_whitespace().count())
        .sum();
    let count = wanted.unwrap_or_else(|| (words / WORDS_A_PICTURE).clamp(1, MOST_PICTURES));
    descriptions::best(&candidates, count)
        .into_iter()
        .filter_map(|index| passages[index].take())
        .collect()
}

/// Draws all of them on all cores, in their order.
fn draw(chosen: &[Passage<'_>], style: Style) -> anyhow::Result<Vec<Vec<u8>>> {
    let bar = reading::progress_bar("drawing", chosen.len());
    let next = AtomicUsize::new(0);
    let drawn = Mutex::new(Vec::with_capacity(chosen.len()));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((index, passage)) = take_next(&next, chosen) {
                    let picture = pictures::offline::illustrate(&brief(passage.description, style));
                    let jpeg = pictures::encode::jpeg(&picture, JPEG_QUALITY);
                    drawn
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .push((index, jpeg));
                    bar.inc(1);
                }
            });
        }
    });
    bar.finish_and_clear();
    let mut drawn = drawn.into_inner().unwrap_or_else(PoisonError::into_inner);
    drawn.sort_by_key(|(index, _)| *index);
    drawn
        .into_iter()
        .map(|(_, jpeg)| jpeg.context("a picture cannot be encoded"))
        .collect()
}

fn take_next<'a, T>(next: &AtomicUsize, all: &'a [T]) -> Option<(usize, &'a T)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    all.get(index).map(|one| (index, one))
}

pub(super) fn brief(description: &Description, style: Style) -> Brief {
    Brief {
        prompt: descriptions::prompt::without_style(&description.prompt.text).to_owned(),
        original: description.prompt.original.clone(),
        negative: description.prompt.negative.clone(),
        subject: subject(description.kind),
        concepts: illustration::concepts(description.concepts.clone()),
        style,
        words: String::new(),
        seed: description.prompt.seed,
        width: SIZE.0,
        height: SIZE.1,
    }
}

fn subject(kind: descriptions::Kind) -> Subject {
    match kind {
        descriptions::Kind::Location => Subject::Location,
        descriptions::Kind::Character => Subject::Character,
        descriptions::Kind::Atmosphere => Subject::Atmosphere,
        descriptions::Kind::Object => Subject::Object,
        descriptions::Kind::Action => Subject::Action,
    }
}

fn bind(
    reading: &Reading,
    chosen: &[Passage<'_>],
    drawings: Vec<Vec<u8>>,
    now: DateTime<Utc>,
) -> anyhow::Result<Vec<u8>> {
    let publication: &Publication = &reading.publication;
    let mut book = EpubBook::of(publication, now.format("%Y-%m-%dT%H:%M:%SZ").to_string());
    book.metadata
        .language
        .get_or_insert_with(|| reading.language.tag().to_owned());
    for (number, (passage, bytes)) in chosen.iter().zip(drawings).enumerate() {
        let alt = illustration::alt_text(passage.text);
        book.illustrations.push(Illustration {
            chapter: passage.chapter,
            // The block that holds the passage's last character.
            offset: passage.description.range.end.saturating_sub(1),
            resource: book.resources.len(),
            caption: Some(alt.clone()),
            alt,
        });
        book.resources.push(Resource {
            name: format!("illustration-{:03}.jpg", number + 1),
            media_type: "image/jpeg".to_owned(),
            bytes,
            width: Some(SIZE.0),
            height: Some(SIZE.1),
        });
    }
    write(&book).context("the illustrated book cannot be made")
}

/// Writes beside the target and renames, so that there is never half a book under its name.
fn replace(output: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let folder = output
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let context = || format!("{} cannot be written", output.display());
    let mut file = tempfile::Builder::new()
        .permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644))
        .tempfile_in(folder)
        .with_context(context)?;
    file.write_all(bytes).with_context(context)?;
    file.as_file().sync_all().with_context(context)?;
    file.persist(output).with_context(context)?;
    Ok(())
}
