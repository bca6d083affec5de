//! `bookreader contact-sheet`: passages of books in every style of the offline illustrator, on one sheet.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use descriptions::Description;
use pictures::{Style, contact_sheet, encode, offline};

use super::illustrate::{brief, choose};
use super::reading::{self, Places};
use crate::exit::Exit;

/// Of 100: small pictures beside each other need no more.
const JPEG_QUALITY: u8 = 80;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// EPUB, FB2, text or Markdown files; each gives as many passages as the others.
    #[arg(required = true)]
    books: Vec<PathBuf>,
    /// The sheet, a JPEG; what its rows show is written beside it as Markdown.
    #[arg(short, long, value_name = "OUT.jpg")]
    output: PathBuf,
    /// Passages of all books together.
    #[arg(long, default_value_t = 24, value_name = "N")]
    passages: usize,
    /// Width of a picture on the sheet, in pixels.
    #[arg(long, default_value_t = 320, value_name = "PIXELS")]
    width: u32,
}

pub(crate) fn run(arguments: &Arguments, models_dir: &Path) -> anyhow::Result<Exit> {
    let mut rows = Vec::new();
    let mut captions = String::from("| row | book | passage | what it names |\n|---|---|---|---|\n");
    let share = arguments.passages.div_ceil(arguments.books.len());
    for book in &arguments.books {
        let reading = reading::read(book, None, models_dir, Places::OfChapters, None)?;
        let room = arguments.passages - rows.len();
        for passage in choose(&reading, Some(share.min(room))) {
            rows.push(
                Style::ALL
                    .map(|style| offline::illustrate(&brief(passage.description, style)))
                    .to_vec(),
            );
            let title = &reading.publication.metadata.title;
            writeln!(
                captions,
                "| {} | {title} | {} |",
                rows.len(),
                caption(passage.description)
            )?;
        }
    }
    if rows.is_empty() {
        bail!("nothing in these books asks for a picture");
    }
    let sheet = encode::jpeg(&contact_sheet(&rows, arguments.width), JPEG_QUALITY)?;
    let write = |path: &Path, bytes: &[u8]| {
        std::fs::write(path, bytes).with_context(|| format!("{} cannot be written", path.display()))
    };
    write(&arguments.output, &sheet)?;
    write(&arguments.output.with_extension("md"), captions.as_bytes())?;
    Ok(Exit::Done)
}

/// The kind of the passage and the names of what is drawn, none of its words.
fn caption(description: &Description) -> String {
    let named: Vec<String> = description
        .concepts
        .iter()
        .map(|concept| concept.name.replace('_', " "))
        .collect();
    format!("{} | {}", description.kind.name(), named.join(", "))
}
