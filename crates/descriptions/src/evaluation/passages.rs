//! Annotated passages of fiction, one JSON object a line.

use std::{fs, ops::Range, path::Path};

use linguistics::Language;
use serde::Deserialize;

use crate::Kind;

/// A passage whose visual descriptions people have marked.
#[derive(Clone, Debug)]
pub struct Passage {
    /// Names the passage.
    pub id: String,
    /// Its language.
    pub language: Language,
    /// The work it is from.
    pub work: String,
    /// The text.
    pub text: String,
    /// Bytes of the text's sentences.
    pub sentences: Vec<Range<usize>>,
    /// How it was drawn.
    pub drawn: Drawn,
    /// What the first annotator marked.
    pub first: Vec<Annotation>,
    /// What the second annotator marked; the same as the first's when there was none.
    pub second: Vec<Annotation>,
}

/// How a passage was chosen to be annotated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawn {
    /// At random from a work.
    Random,
    /// For being rich in descriptions.
    Enriched,
    /// With every other passage of a novel, to train on only: its sentences are the runs between marks.
    Whole,
}

/// A span an annotator marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// Sentences, from 0.
    pub sentences: Range<usize>,
    /// What it shows.
    pub kind: Kind,
    /// 1 borderline, 2 clear, 3 a set piece.
    pub strength: u8,
}

/// Why passages could not be read.
#[derive(Debug)]
pub enum PassageError {
    /// The file could not be read.
    File(std::io::Error),
    /// A line is not a passage; its number from 1, and why.
    Line(usize, String),
}

impl std::fmt::Display for PassageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(error) => error.fmt(f),
            Self::Line(number, reason) => write!(f, "line {number}: {reason}"),
        }
    }
}

impl std::error::Error for PassageError {}

#[derive(Deserialize)]
struct Line {
    id: String,
    lang: String,
    work_id: String,
    text: String,
    /// In Unicode code points.
    sentences: Vec<[usize; 2]>,
    sampled: Option<String>,
    a: Vec<Mark>,
    b: Option<Vec<Mark>>,
}

#[derive(Deserialize)]
struct Mark {
    /// From 1.
    first: usize,
    /// Inclusive.
    last: usize,
    r#type: Kind,
    strength: u8,
}

/// Reads a file of passages.
///
/// # Errors
/// When the file cannot be read or a line is not a passage.
pub fn read(file: &Path) -> Result<Vec<Passage>, PassageError> {
    let content = fs::read_to_string(file).map_err(PassageError::File)?;
    content
        .lines()
        .enumerate()
        .map(|(at, line)| passage(line).map_err(|e| PassageError::Line(at + 1, e)))
        .collect()
}

fn passage(line: &str) -> Result<Passage, String> {
    let line: Line = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let language: Language = line
        .lang
        .parse()
        .map_err(|error: linguistics::UnknownLanguage| error.to_string())?;
    let mut bytes: Vec<usize> = line.text.char_indices().map(|(at, _)| at).collect();
    bytes.push(line.text.len());
    let at = |point: usize| {
        bytes
            .get(point)
            .copied()
            .ok_or_else(|| format!("no code point {point}"))
    };
    let sentences: Vec<Range<usize>> = line
        .sentences
        .iter()
        .map(|&[start, end]| Ok(at(start)?..at(end)?))
        .collect::<Result<_, String>>()?;
    let count = sentences.len();
    let annotations = |marks: Vec<Mark>| -> Vec<Annotation> {
        marks
            .into_iter()
            .map(|mark| Annotation {
                sentences: mark.first.saturating_sub(1)..mark.last.min(count),
                kind: mark.r#type,
                strength: mark.strength,
            })
            .collect()
    };
    let first = annotations(line.a);
    let second = line.b.map_or_else(|| first.clone(), annotations);
    Ok(Passage {
        id: line.id,
        language,
        work: line.work_id,
        text: line.text,
        sentences,
        drawn: match line.sampled.as_deref() {
            Some("enriched") => Drawn::Enriched,
            Some("whole") => Drawn::Whole,
            _ => Drawn::Random,
        },
        first,
        second,
    })
}
