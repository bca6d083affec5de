//! The people of whole novels against hand-made lists of who is in them: `casts/*.tsv`, a line for each person, the most
//! often named first, with the names that mean nobody else. Needs `BOOKREADER_CORPUS` and the installed language models;
//! skips loudly without them.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use descriptions::{BookDescriptions, ChapterText, describe};
use linguistics::{Language, Models};
use publication::ChapterKind;

/// Share of the places where a person's names stand that must be one character's.
const WHOLE: f64 = 0.9;
/// Share of a character's names that may be another listed person's.
const STRAY: f64 = 0.05;

fn found_in(language: Language, book: &str) -> Option<BookDescriptions> {
    let Some(corpus) = std::env::var_os("BOOKREADER_CORPUS").map(PathBuf::from) else {
        eprintln!("SKIPPED: set BOOKREADER_CORPUS to the folder with books/");
        return None;
    };
    let models = match Models::open(&Models::default_dir()) {
        Ok(models) => models,
        Err(error) => {
            eprintln!("SKIPPED: {error}");
            return None;
        }
    };
    let path: &Path = &corpus.join("books").join(book);
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let publication = publication::import(&bytes, Some(book)).expect("the novels of the corpus can be read");
    let chapters: Vec<ChapterText<'_>> = publication
        .chapters
        .iter()
        .enumerate()
        .map(|(index, chapter)| ChapterText {
            index,
            text: &chapter.text,
            is_body: chapter.kind == ChapterKind::Body,
        })
        .collect();
    Some(describe(&models, language, &chapters, &mut |_| {}))
}

/// How often each character of the book is called by one of a person's names.
fn called(book: &BookDescriptions, names: &[&str]) -> BTreeMap<usize, usize> {
    let mut called = BTreeMap::new();
    for (at, character) in book.characters.iter().enumerate() {
        let times = character
            .mentions
            .iter()
            .filter(|mention| names.contains(&mention.name.as_str()))
            .count();
        if times > 0 {
            called.insert(at, times);
        }
    }
    called
}

/// What is wrong with a book's characters, in words.
fn faults(book: &BookDescriptions, list: &str) -> Vec<String> {
    let people: Vec<Vec<&str>> = list.lines().map(|line| line.split('\t').collect()).collect();
    let mut faults = Vec::new();
    let mut taken: BTreeMap<usize, &str> = BTreeMap::new();
    for names in &people {
        let called = called(book, names);
        let Some((&main, &times)) = called.iter().max_by_key(|(_, times)| **times) else {
            faults.push(format!("{} is not found", names[0]));
            continue;
        };
        let all: usize = called.values().sum();
        if (times as f64) < WHOLE * all as f64 {
            let parts: Vec<String> = called
                .iter()
                .map(|(at, times)| format!("{} ({times})", book.characters[*at].name))
                .collect();
            faults.push(format!("{} is split into {}", names[0], parts.join(", ")));
        }
        if let Some(other) = taken.insert(main, names[0]) {
            faults.push(format!("{other} and {} are one", names[0]));
        }
        let mentions = &book.characters[main].mentions;
        for other in people.iter().filter(|other| *other != names) {
            let strays = mentions
                .iter()
                .filter(|mention| other.contains(&mention.name.as_str()))
                .count();
            if strays as f64 > STRAY * mentions.len() as f64 {
                faults.push(format!(
                    "{} is also called {}, {strays} times",
                    names[0], other[0]
                ));
            }
        }
    }
    faults
}

/// The book's faults are those that are known and not mended yet, named by how they begin.
fn check(language: Language, book: &str, list: &str, known: &[&str]) {
    let Some(found) = found_in(language, book) else {
        return;
    };
    let faults = faults(&found, list);
    let news: Vec<&String> = faults
        .iter()
        .filter(|fault| !known.iter().any(|known| fault.starts_with(known)))
        .collect();
    assert!(news.is_empty(), "{book}: {news:#?}");
    let mended: Vec<&&str> = known
        .iter()
        .filter(|known| !faults.iter().any(|fault| fault.starts_with(**known)))
        .collect();
    assert!(
        mended.is_empty(),
        "{book}: take these off the list of known faults: {mended:#?}"
    );
}

#[test]
fn the_people_of_anna_karenina() {
    let list = include_str!("casts/anna-karenina.tsv");
    check(Language::Russian, "tolstoy_anna-karenina.epub", list, &[]);
}

#[test]
fn the_people_of_oblomov() {
    let list = include_str!("casts/oblomov.tsv");
    check(Language::Russian, "goncharov_oblomov.epub", list, &[]);
}

#[test]
fn the_people_of_a_hero_of_our_time() {
    let list = include_str!("casts/hero-of-our-time.tsv");
    check(
        Language::Russian,
        "lermontov_geroy-nashego-vremeni.fb2.zip",
        list,
        &[],
    );
}

#[test]
fn the_people_of_the_captains_daughter() {
    let list = include_str!("casts/captains-daughter.tsv");
    let known = ["Марья Ивановна is split into", "Швабрин is split into"];
    check(
        Language::Russian,
        "pushkin_kapitanskaya-dochka.utf16.fb2",
        list,
        &known,
    );
}

#[test]
fn the_people_of_the_hound_of_the_baskervilles() {
    let list = include_str!("casts/hound-of-the-baskervilles.tsv");
    let book = "arthur-conan-doyle_the-hound-of-the-baskervilles.epub";
    check(Language::English, book, list, &["Miss Stapleton is split into"]);
}

#[test]
fn the_people_of_treasure_island() {
    let list = include_str!("casts/treasure-island.tsv");
    check(
        Language::English,
        "robert-louis-stevenson_treasure-island.epub",
        list,
        &[],
    );
}
