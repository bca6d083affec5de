//! A whole book: chapters one after another, then what only the whole book tells.

use std::{hash::Hasher, ops::Range};

use linguistics::{Analysis, Language, Models};
use rustc_hash::FxHasher;

use crate::{
    BookDescriptions, Category, ChapterDescriptions, ChapterText, Concept, Description, Kind,
    cast::{self, Acquaintance, Acquaintances, Cast, People},
    extract::{Model, Reader, Span},
    llm::Llm,
    prompt::{self, Scene, Sitter},
    visible::{self, Seen},
};

/// Letters of a book's story that tell it from others.
const BEGINNING: usize = 200;

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
    describe_with(models, language, chapters, None, progress)
}

/// [`describe`], with passages marked and prompts written by a language model where it gives a usable answer.
pub fn describe_with(
    models: &Models,
    language: Language,
    chapters: &[ChapterText<'_>],
    mut llm: Option<&mut Llm<'_>>,
    progress: &mut dyn FnMut(usize),
) -> BookDescriptions {
    let mut reader = Reader::new(models, language, Model::of(language));
    let mut cast = Cast::new(language);
    let book = fingerprint(chapters);
    let mut drafted = Vec::with_capacity(chapters.len());
    for (at, chapter) in chapters.iter().enumerate() {
        let mut found = Vec::new();
        if chapter.is_body {
            let analysis = models.analyse(language, chapter.text);
            let marked = llm.as_mut().and_then(|llm| llm.spans(chapter, &analysis));
            let spans = marked.unwrap_or_else(|| reader.spans(chapter.text, &analysis));
            let known = cast.read(chapter, &analysis, &spans);
            let drafts = draft(chapter, &analysis, spans);
            let complete = |draft| complete(draft, chapter, &cast, &known, book);
            found = drafts.into_iter().map(complete).collect();
            if let Some(llm) = llm.as_mut() {
                write_prompts(llm, chapter, &mut found);
            }
        }
        drafted.push((chapter.index, found));
        progress(at + 1);
    }
    let people = cast.finish();
    let chapters = drafted.into_iter().map(|(index, found)| ChapterDescriptions {
        index,
        descriptions: found.into_iter().map(|drafted| drafted.among(&people)).collect(),
    });
    BookDescriptions {
        chapters: chapters.collect(),
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

/// A description before the people of the whole book are known.
struct Drafted {
    description: Description,
    /// The mentions of people and places it concerns.
    named: Vec<usize>,
    places: Range<usize>,
}

impl Drafted {
    fn among(mut self, people: &People) -> Description {
        let rising = |mut indexes: Vec<usize>| {
            indexes.sort_unstable();
            indexes.dedup();
            indexes
        };
        let characters = self.named.iter().filter_map(|&at| people.character_of[at]);
        self.description.characters = rising(characters.collect());
        self.description.places = rising(people.place_of[self.places].to_vec());
        self.description
    }
}

/// Prompts by a language model, which is shown what the built-in writer knew.
fn write_prompts(llm: &mut Llm<'_>, chapter: &ChapterText<'_>, found: &mut [Drafted]) {
    for Drafted { description, .. } in found {
        let passage = &chapter.text[description.range.clone()];
        if let Some(text) = llm.prompt(chapter.index, passage, &description.prompt.text) {
            description.prompt.text = text;
        }
    }
}

/// Adds the prompt, of what was told up to the passage's end.
fn complete(
    draft: Draft,
    chapter: &ChapterText<'_>,
    cast: &Cast,
    known: &Acquaintances,
    book: u64,
) -> Drafted {
    let named = cast.named_in(chapter.index, &draft.range);
    let present = known.of(&named);
    let end = draft.range.end;
    let sitter = |person: &&Acquaintance| Sitter {
        noun: cast::noun(cast.gender_at(person, chapter.index, end)),
        looks: cast
            .looks_at(person, chapter.index, end)
            .flat_map(|look| look.phrases.iter().cloned())
            .collect(),
    };
    let prompt = prompt::write(&Scene {
        kind: draft.kind,
        passage: &chapter.text[draft.range.clone()],
        seen: &draft.seen,
        people: present.iter().map(sitter).collect(),
        setting: draft.setting,
        seed: seed(book, &present, chapter.index, draft.range.start),
    });
    Drafted {
        places: cast.places_in(chapter.index, &draft.range),
        named,
        description: Description {
            range: draft.range,
            kind: draft.kind,
            score: draft.score,
            characters: Vec::new(),
            places: Vec::new(),
            concepts: draft.seen.concepts,
            prompt,
        },
    }
}

/// The same for the same people of the same book; a passage without people has its own.
fn seed(book: u64, present: &[&Acquaintance], chapter: usize, start: usize) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write_u64(book);
    if present.is_empty() {
        hasher.write_u64(chapter as u64);
        hasher.write_u64(start as u64);
    }
    for person in present {
        hasher.write_u64(person.first.0 as u64);
        hasher.write_u64(person.first.1 as u64);
    }
    hasher.finish()
}

/// Tells books apart by how their stories begin: the rest must not change what is known at a place before it.
fn fingerprint(chapters: &[ChapterText<'_>]) -> u64 {
    let mut hasher = FxHasher::default();
    if let Some(first) = chapters.iter().find(|chapter| chapter.is_body) {
        let beginning: String = first.text.chars().take(BEGINNING).collect();
        hasher.write(beginning.as_bytes());
    }
    hasher.finish()
}
