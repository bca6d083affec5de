//! The committed annotations, joined to texts: a second reading of the training passages, and whole novels.

use std::{collections::HashMap, fs, ops::Range, path::Path};

use linguistics::Language;
use serde::Deserialize;

use super::TrainingError;
use crate::{
    Kind,
    evaluation::{Annotation, Drawn, Passage},
};

const SECOND: &str = include_str!("../../annotations/second.jsonl");
const NOVELS: &str = include_str!("../../annotations/novels.jsonl");

/// Share of the novels' passages that may be missing, should the importer's text change a little.
const MISSING: f64 = 0.05;

/// A span: first and last of what it covers, its kind, its strength.
#[derive(Deserialize)]
struct Span(usize, usize, Kind, u8);

#[derive(Deserialize)]
struct SecondReading {
    id: String,
    /// By sentences, from 1, the last inclusive.
    spans: Vec<Span>,
}

#[derive(Deserialize)]
struct NovelPassage {
    book: String,
    work: String,
    lang: String,
    first: String,
    whole: String,
    bytes: usize,
    /// By code points.
    spans: Vec<Span>,
}

/// Gives the passages that have one annotator the second's marks.
pub(super) fn add_second(passages: &mut [Passage]) -> Result<(), TrainingError> {
    let readings = SECOND
        .lines()
        .map(serde_json::from_str::<SecondReading>)
        .collect::<Result<Vec<_>, _>>()
        .map_err(TrainingError::Annotations)?;
    let readings: HashMap<&str, &SecondReading> = readings
        .iter()
        .map(|reading| (reading.id.as_str(), reading))
        .collect();
    for passage in passages {
        if let Some(reading) = readings.get(passage.id.as_str()) {
            let count = passage.sentences.len();
            let annotation = |span: &Span| Annotation {
                sentences: span.0.saturating_sub(1)..span.1.min(count),
                kind: span.2,
                strength: span.3,
            };
            passage.second = reading.spans.iter().map(annotation).collect();
        }
    }
    Ok(())
}

/// The annotated passages of the novels whose texts are `FOLDER/BOOK.txt`.
pub(super) fn novels(folder: &Path) -> Result<Vec<Passage>, TrainingError> {
    let wanted = NOVELS
        .lines()
        .map(serde_json::from_str::<NovelPassage>)
        .collect::<Result<Vec<_>, _>>()
        .map_err(TrainingError::Annotations)?;
    let mut passages = Vec::with_capacity(wanted.len());
    for of_book in wanted.chunk_by(|one, other| one.book == other.book) {
        let file = folder.join(format!("{}.txt", of_book[0].book));
        let text = fs::read_to_string(&file).map_err(|error| TrainingError::Novel(file, error))?;
        let starts = paragraphs(&text);
        passages.extend(
            of_book
                .iter()
                .filter_map(|wanted| passage(wanted, &text, &starts)),
        );
    }
    let missing = wanted.len() - passages.len();
    if missing as f64 > MISSING * wanted.len() as f64 {
        return Err(TrainingError::Moved {
            missing,
            of: wanted.len(),
        });
    }
    Ok(passages)
}

/// Where each paragraph begins, by its fingerprint.
fn paragraphs(text: &str) -> HashMap<String, Vec<usize>> {
    let mut starts: HashMap<String, Vec<usize>> = HashMap::new();
    let mut start = 0;
    for line in text.split('\n') {
        starts.entry(fingerprint(line)).or_default().push(start);
        start += line.len() + 1;
    }
    starts
}

fn passage(wanted: &NovelPassage, text: &str, starts: &HashMap<String, Vec<usize>>) -> Option<Passage> {
    let language: Language = wanted.lang.parse().ok()?;
    let found = starts
        .get(&wanted.first)?
        .iter()
        .filter_map(|&start| text.get(start..start + wanted.bytes))
        .find(|text| fingerprint(text) == wanted.whole)?;
    let mut bytes: Vec<usize> = found.char_indices().map(|(at, _)| at).collect();
    bytes.push(found.len());
    let mut sentences: Vec<Range<usize>> = Vec::new();
    let mut marks = Vec::new();
    let mut end = 0;
    for span in &wanted.spans {
        let range = *bytes.get(span.0)?..*bytes.get(span.1)?;
        if range.start > end {
            sentences.push(end..range.start);
        }
        end = range.end;
        sentences.push(range);
        marks.push(Annotation {
            sentences: sentences.len() - 1..sentences.len(),
            kind: span.2,
            strength: span.3,
        });
    }
    if end < found.len() {
        sentences.push(end..found.len());
    }
    Some(Passage {
        id: wanted.whole.clone(),
        language,
        work: wanted.work.clone(),
        text: found.to_owned(),
        sentences,
        drawn: Drawn::Whole,
        second: marks.clone(),
        first: marks,
    })
}

/// FNV-1a, 64 bits.
fn fingerprint(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_found_wherever_its_book_has_it() {
        let text = "Chapter\n\nA lake lay there. He spoke.\nHe left.\n";
        let whole = "A lake lay there. He spoke.\nHe left.";
        let wanted = NovelPassage {
            book: "book.epub".into(),
            work: "book".into(),
            lang: "en".into(),
            first: fingerprint("A lake lay there. He spoke."),
            whole: fingerprint(whole),
            bytes: whole.len(),
            spans: vec![Span(0, 17, Kind::Location, 2)],
        };
        let found = passage(&wanted, text, &paragraphs(text)).unwrap();
        assert_eq!(found.text, whole);
        assert_eq!(found.sentences, [0..17, 17..whole.len()]);
        assert_eq!(found.first[0].sentences, 0..1);
        assert!(passage(&wanted, "Another book.", &paragraphs("Another book.")).is_none());
    }

    #[test]
    fn the_committed_annotations_are_readable() {
        assert!(
            SECOND
                .lines()
                .all(|line| serde_json::from_str::<SecondReading>(line).is_ok())
        );
        assert!(
            NOVELS
                .lines()
                .all(|line| serde_json::from_str::<NovelPassage>(line).is_ok())
        );
    }
}
