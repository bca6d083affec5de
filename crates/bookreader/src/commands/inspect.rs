//! `bookreader inspect`: what a book file contains.

use std::path::PathBuf;

use publication::{Publication, TocEntry};
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
    if arguments.json {
        println!("{:#}", as_json(&publication));
    } else {
        print!("{}", as_text(&publication));
    }
    Ok(Exit::Done)
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
            lines.push(format!("{name:<12}{value}"));
        }
    };
    field("creators", Some(creators.join(", ")));
    field("language", metadata.language.clone());
    field(
        "series",
        metadata.series.as_ref().map(|series| series.name.clone()),
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
            chapter.length
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
