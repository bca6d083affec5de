//! A whole book: chapters one after another, then what only the whole book tells.

use std::{hash::Hasher, ops::Range};

use linguistics::{Analysis, Language, Models};
use rustc_hash::FxHasher;

use crate::{
    BookDescriptions, Category, ChapterDescriptions, ChapterText, Concept, Description, Kind,
    cast::{self, Cast, People},
    extract::{Model, Reader, Span},
    prompt::{self, Scene, Sitter},
    visible::{self, Seen},
};

/// Finds the visual descriptions, the people and the places of a book.
///
/// `progress` is told the number of chapters done after each chapter. Pure computation, one chapter's analysis in memory at a
/// time; the same book gives the same result.
pub fn describe(
    models: &Models,
    language: Language,
    chapters: &[ChapterText<'_>],
    progress: &mut dyn FnMut(usize),
) -> BookDescriptions {
    let mut reader = Reader::new(models, language, Model::of(language));
    let mut cast = Cast::new(language);
    let mut drafts = Vec::with_capacity(chapters.len());
    for (at, chapter) in chapters.iter().enumerate() {
        let mut found = Vec::new();
        if chapter.is_body {
            let analysis = models.analyse(language, chapter.text);
            let spans = reader.spans(chapter.text, &analysis);
            cast.read(chapter, &analysis, &spans);
            found = draft(chapter, &analysis, spans);
        }
        drafts.push(found);
        progress(at + 1);
    }
    let people = cast.finish();
    let book = fingerprint(chapters);
    let chapters = chapters.iter().zip(drafts);
    let chapters = chapters
        .map(|(chapter, drafts)| ChapterDescriptions {
            index: chapter.index,
            descriptions: drafts
                .into_iter()
                .map(|draft| complete(draft, chapter, &people, book))
                .collect(),
        })
        .collect();
    BookDescriptions {
        chapters,
        characters: people.characters,
        places: people.places,
    }
}

/// A description before the people of the book are known.
struct Draft {
    range: Range<usize>,
    kind: Kind,
    score: f32,
    seen: Seen,
    /// Hour, season and weather as told earlier in the chapter, where the passage itself does not tell.
    setting: Vec<Concept>,
}

fn draft(chapter: &ChapterText<'_>, analysis: &Analysis, spans: Vec<Span>) -> Vec<Draft> {
    const SETTING: [Category; 3] = [Category::Hour, Category::Season, Category::Weather];
    let mut told: [Option<Concept>; 3] = [None, None, None];
    let mut drafts = Vec::with_capacity(spans.len());
    for span in spans {
        let seen = visible::see(
            analysis.language,
            chapter.text,
            &analysis.sentences[span.sentences],
        );
        let mut setting = Vec::new();
        for (category, told) in SETTING.into_iter().zip(&mut told) {
            match seen.concepts.iter().find(|concept| concept.category == category) {
                Some(now) => *told = Some(now.clone()),
                None => setting.extend(told.clone()),
            }
        }
        drafts.push(Draft {
            range: span.range,
            kind: span.kind,
            score: span.score,
            seen,
            setting,
        });
    }
    drafts
}

/// Adds the people, the places and the prompt.
fn complete(draft: Draft, chapter: &ChapterText<'_>, people: &People, book: u64) -> Description {
    let here = |at: usize, range: &Range<usize>| {
        at == chapter.index && range.start < draft.range.end && draft.range.start < range.end
    };
    let characters: Vec<usize> = (0..people.characters.len())
        .filter(|&at| {
            let character = &people.characters[at];
            let looked = character.looks.iter().any(|look| here(look.chapter, &look.range));
            looked
                || character
                    .mentions
                    .iter()
                    .any(|mention| here(mention.chapter, &mention.range))
        })
        .collect();
    let places: Vec<usize> = (0..people.places.len())
        .filter(|&at| {
            people.places[at]
                .mentions
                .iter()
                .any(|mention| here(mention.chapter, &mention.range))
        })
        .collect();
    let sitters = characters
        .iter()
        .map(|&at| sitter(people, at, chapter.index, draft.range.end))
        .collect();
    let prompt = prompt::write(&Scene {
        kind: draft.kind,
        passage: &chapter.text[draft.range.clone()],
        seen: &draft.seen,
        people: sitters,
        setting: draft.setting,
        seed: seed(book, people, &characters, chapter.index, draft.range.start),
    });
    Description {
        range: draft.range,
        kind: draft.kind,
        score: draft.score,
        characters,
        places,
        concepts: draft.seen.concepts,
        prompt,
    }
}

/// A person as known to a reader who has read up to `offset` of `chapter`.
fn sitter(people: &People, at: usize, chapter: usize, offset: usize) -> Sitter {
    let known = people.appearances[at]
        .iter()
        .filter(|look| (look.chapter, look.range.end) <= (chapter, offset));
    Sitter {
        noun: cast::noun(people.characters[at].gender),
        looks: known.flat_map(|look| look.phrases.iter().cloned()).collect(),
    }
}

/// The same for the same people of the same book; a passage without people has its own.
fn seed(book: u64, people: &People, characters: &[usize], chapter: usize, start: usize) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write_u64(book);
    if characters.is_empty() {
        hasher.write_u64(chapter as u64);
        hasher.write_u64(start as u64);
    }
    for &character in characters {
        let first = &people.characters[character].mentions[0];
        hasher.write_u64(first.chapter as u64);
        hasher.write_u64(first.range.start as u64);
    }
    hasher.finish()
}

/// Tells books apart by their text.
fn fingerprint(chapters: &[ChapterText<'_>]) -> u64 {
    let mut hasher = FxHasher::default();
    for chapter in chapters {
        hasher.write(chapter.text.as_bytes());
    }
    hasher.finish()
}
