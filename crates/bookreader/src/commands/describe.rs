//! `bookreader describe`: the visual descriptions of a book file, with no server at all.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use descriptions::{Character, Description, Kind};
use linguistics::Language;
use publication::offsets::Cursor;
use serde_json::{Value, json};

use super::language_model;
use super::reading::{self, Places, ReadChapter, Reading};
use crate::exit::Exit;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// An EPUB, FB2, text or Markdown file.
    book: PathBuf,
    /// Print one JSON object; offsets are UTF-16 code units.
    #[arg(long)]
    json: bool,
    /// Read the book as Russian (`ru`) or English (`en`) instead of finding out.
    #[arg(long)]
    lang: Option<Language>,
    /// Print only descriptions of at least this score (0 to 1).
    #[arg(long, value_name = "SCORE", value_parser = score)]
    min_score: Option<f32>,
    /// Print only these types: location, character, atmosphere, object, action.
    #[arg(long, value_delimiter = ',', value_name = "TYPE,...")]
    types: Vec<Kind>,
    /// Print at most the best N of every 1,000 words of a chapter.
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    #[command(flatten)]
    llm: language_model::Arguments,
}

fn score(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(score) if (0.0..=1.0).contains(&score) => Ok(score),
        _ => Err("a score is a number from 0 to 1".to_owned()),
    }
}

pub(crate) fn run(arguments: &Arguments, models_dir: &Path) -> anyhow::Result<Exit> {
    let llm = arguments.llm.open()?;
    let reading = reading::read(
        &arguments.book,
        arguments.lang,
        models_dir,
        Places::OfFile,
        llm.as_ref(),
    )?;
    let wanted = |index: usize| select(&reading, index, arguments);
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&as_json(&reading, wanted))?);
    } else {
        print!("{}", as_text(&reading, wanted));
    }
    Ok(Exit::Done)
}

/// The descriptions of one chapter that the arguments ask for, in the order of the text.
fn select<'a>(reading: &'a Reading, index: usize, arguments: &Arguments) -> Vec<&'a Description> {
    let mut chosen: Vec<&Description> = reading.found.chapters[index]
        .descriptions
        .iter()
        .filter(|description| arguments.min_score.is_none_or(|least| description.score >= least))
        .filter(|description| arguments.types.is_empty() || arguments.types.contains(&description.kind))
        .collect();
    if let Some(top) = arguments.top {
        let words = reading.chapters[index].text.split_whitespace().count();
        chosen.sort_by(|a, b| {
            b.score
                .total_cmp(&a.score)
                .then(a.range.start.cmp(&b.range.start))
        });
        chosen.truncate((words * top).div_ceil(1000));
        chosen.sort_by_key(|description| description.range.start);
    }
    chosen
}

fn as_json<'a>(reading: &'a Reading, wanted: impl Fn(usize) -> Vec<&'a Description>) -> Value {
    let chapters: Vec<Value> = (0..reading.chapters.len())
        .map(|index| {
            let ReadChapter { title, text, .. } = &reading.chapters[index];
            let mut offsets = Cursor::new(text);
            let spans: Vec<Value> = wanted(index)
                .into_iter()
                .map(|description| span(reading, text, &mut offsets, description))
                .collect();
            json!({ "index": index, "title": title, "spans": spans })
        })
        .collect();
    json!({
        "language": reading.language.tag(),
        "chapters": chapters,
        "characters": people(reading),
    })
}

fn span(reading: &Reading, text: &str, offsets: &mut Cursor<'_>, description: &Description) -> Value {
    let characters: Vec<&str> = description
        .characters
        .iter()
        .map(|&index| reading.found.characters[index].name.as_str())
        .collect();
    let places: Vec<&str> = description
        .places
        .iter()
        .map(|&index| reading.found.places[index].name.as_str())
        .collect();
    json!({
        "start": offsets.utf16(description.range.start),
        "end": offsets.utf16(description.range.end),
        "type": description.kind,
        "score": f64::from((description.score * 1e4).round()) / 1e4,
        "text": &text[description.range.clone()],
        "characters": characters,
        "places": places,
        "prompt": description.prompt.text,
    })
}

fn people(reading: &Reading) -> Vec<Value> {
    let mut cursors: BTreeMap<usize, Cursor<'_>> = BTreeMap::new();
    reading
        .found
        .characters
        .iter()
        .map(|character| person(reading, &mut cursors, character))
        .collect()
}

fn person<'a>(
    reading: &'a Reading,
    cursors: &mut BTreeMap<usize, Cursor<'a>>,
    character: &Character,
) -> Value {
    let looks: Vec<Value> = character
        .looks
        .iter()
        .map(|look| {
            let text = &reading.chapters[look.chapter].text;
            let offsets = cursors.entry(look.chapter).or_insert_with(|| Cursor::new(text));
            json!({
                "chapter": look.chapter,
                "start": offsets.utf16(look.range.start),
                "end": offsets.utf16(look.range.end),
                "text": look.text,
            })
        })
        .collect();
    json!({
        "name": character.name,
        "aliases": character.aliases,
        "gender": character.gender,
        "mentions": character.mentions.len(),
        "looks": looks,
    })
}

fn as_text<'a>(reading: &'a Reading, wanted: impl Fn(usize) -> Vec<&'a Description>) -> String {
    let mut out = String::new();
    for (index, ReadChapter { title, text, .. }) in reading.chapters.iter().enumerate() {
        let descriptions = wanted(index);
        if descriptions.is_empty() {
            continue;
        }
        out += &format!(
            "\n{}\n",
            title
                .as_deref()
                .map_or_else(|| format!("Chapter {}", index + 1), str::to_owned)
        );
        for description in descriptions {
            let passage = text[description.range.clone()].replace('\n', " ");
            out += &format!("\n  [{} {:.2}] {passage}\n", description.kind, description.score);
        }
    }
    out
}
