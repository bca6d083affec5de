//! `bookreader inspect`: what a book file contains.

use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use anyhow::Context;
use publication::{Publication, Series, TocEntry};
use serde_json::{Value, json};

use super::book_file;
use crate::exit::Exit;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// An EPUB, FB2, text or Markdown file.
    book: PathBuf,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let publication = book_file::import(&arguments.book)?;
    let said = if arguments.json {
        format!("{:#}\n", as_json(&publication))
    } else {
        as_text(&publication)
    };
    print(&said)?;
    Ok(Exit::Done)
}

/// A reader that has seen enough, as in `inspect BOOK | head`, is no failure.
fn print(said: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(said.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(error).context("the outcome cannot be written")
        }
        _ => Ok(()),
    }
}

fn as_json(publication: &Publication) -> Value {
    let chapters: Vec<Value> = publication
        .chapters
        .iter()
        .enumerate()
        .map(|(index, chapter)| {
            json!({
                "index": index,
                "title": chapter.title,
                "kind": chapter.kind,
                "characters": chapter.text.chars().count(),
                "length": chapter.length,
                "parts": chapter.parts.len(),
            })
        })
        .collect();
    let resources: Vec<Value> = publication
        .resources
        .iter()
        .map(|resource| {
            json!({
                "name": resource.name,
                "media_type": resource.media_type,
                "bytes": resource.bytes.len(),
                "width": resource.width,
                "height": resource.height,
            })
        })
        .collect();
    json!({
        "format": publication.format,
        "revision": publication.revision,
        "metadata": publication.metadata,
        "layout": publication.layout,
        "cover": publication.cover.map(|index| &publication.resources[index].name),
        "start": publication.start,
        "contents": publication.contents,
        "chapters": chapters,
        "resources": resources,
        "warnings": publication.warnings,
    })
}

fn as_text(publication: &Publication) -> String {
    let metadata = &publication.metadata;
    let mut lines = vec![format!("{} ({})", metadata.title, publication.format.name())];
    let creators: Vec<String> = metadata
        .creators
        .iter()
        .map(|creator| format!("{} ({:?})", creator.name, creator.role).to_lowercase())
        .collect();
    let mut field = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            lines.push(format!("{name:<13}{value}"));
        }
    };
    field("creators", Some(creators.join(", ")));
    field("language", metadata.language.clone());
    field("series", metadata.series.as_ref().map(series));
    field("publisher", metadata.publisher.clone());
    field("published", metadata.published.clone());
    field("identifiers", Some(metadata.identifiers.join(", ")));
    field("subjects", Some(metadata.subjects.join(", ")));
    field("description", metadata.description.as_deref().map(first_words));
    field("layout", Some(layout(publication)));
    field(
        "cover",
        publication
            .cover
            .map(|index| publication.resources[index].name.clone()),
    );
    field("revision", Some(publication.revision.clone()));
    lines.push(String::from("\ncontents"));
    outline(&publication.contents, 1, &mut lines);
    lines.push(String::from("\nchapters"));
    for (index, chapter) in publication.chapters.iter().enumerate() {
        let title = chapter.title.as_deref().unwrap_or("-");
        let begin = if index == publication.start {
            " <- the story begins"
        } else {
            ""
        };
        let kind = format!("{:?}", chapter.kind).to_lowercase();
        lines.push(format!(
            "{index:>4}  {kind:<5} {:>8}  {title}{begin}",
            chapter.text.chars().count()
        ));
    }
    if !publication.warnings.is_empty() {
        lines.push(String::from("\nwarnings"));
        lines.extend(
            publication
                .warnings
                .iter()
                .map(|warning| format!("  {}: {}", warning.code, warning.detail)),
        );
    }
    lines.join("\n") + "\n"
}

fn series(series: &Series) -> String {
    match series.position {
        Some(position) => format!("{}, number {position}", series.name),
        None => series.name.clone(),
    }
}

fn layout(publication: &Publication) -> String {
    let layout = publication.layout;
    let said = [
        (layout.fixed, "fixed"),
        (layout.right_to_left, "right to left"),
        (layout.vertical, "vertical"),
    ];
    let said: Vec<&str> = said.iter().filter(|(is, _)| *is).map(|(_, name)| *name).collect();
    said.join(", ")
}

/// The beginning of a description, in one line.
fn first_words(description: &str) -> String {
    const CHARACTERS: usize = 200;
    let mut line: String = description.chars().take(CHARACTERS).collect();
    if line.len() < description.len() {
        line.push('…');
    }
    line.replace('\n', " ")
}

fn outline(entries: &[TocEntry], depth: usize, lines: &mut Vec<String>) {
    for entry in entries {
        lines.push(format!(
            "{}{} (chapter {}, offset {})",
            "  ".repeat(depth),
            entry.title,
            entry.chapter,
            entry.offset
        ));
        outline(&entry.children, depth + 1, lines);
    }
}
