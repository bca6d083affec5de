//! Real, conformance and hostile files in the folder that `BOOKREADER_CORPUS` names: `hostile/manifest.json` says what
//! must and must not happen; everything else must be read or refused with a reason.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::path::{Path, PathBuf};

use publication::epub::write::EpubBook;
use publication::{ImportError, Publication};
use serde_json::Value;
use support::{epubcheck, invariants, need};

fn import(path: &Path) -> Result<Publication, ImportError> {
    let bytes = std::fs::read(path).unwrap();
    let imported = publication::import(&bytes, path.file_name().and_then(|name| name.to_str()));
    if let Ok(book) = &imported {
        invariants::check(book);
    }
    imported
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}

fn strings(value: &Value) -> Vec<&str> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

fn everything_shown(book: &Publication) -> String {
    let mut shown = format!("{:?} {:?} {:?}", book.metadata, book.contents, book.warnings);
    for chapter in &book.chapters {
        shown.push_str(&chapter.html);
        shown.push_str(&chapter.text);
    }
    for resource in book
        .resources
        .iter()
        .filter(|resource| resource.media_type.contains("svg"))
    {
        shown.push_str(&String::from_utf8_lossy(&resource.bytes));
    }
    shown
}

#[test]
fn hostile_files_do_what_their_manifest_says() {
    let Some(corpus) = need::corpus() else { return };
    let hostile = corpus.join("hostile");
    let manifest: Value =
        serde_json::from_slice(&std::fs::read(hostile.join("manifest.json")).unwrap()).unwrap();
    let mut wrong = Vec::new();
    for case in manifest["cases"].as_array().unwrap() {
        let id = case["id"].as_str().unwrap();
        let expected = &case["expect"];
        let action = expected["action"].as_str().unwrap();
        let widened = expected["also_acceptable"].as_str().unwrap_or("");
        match import(&hostile.join(case["file"].as_str().unwrap())) {
            Err(error) if action == "accept" && !widened.contains("4") => {
                wrong.push(format!("{id}: refused: {error}"))
            }
            Err(_) => {}
            Ok(_) if action == "reject" && !widened.contains("accepted") => {
                wrong.push(format!("{id}: accepted"))
            }
            Ok(book) => {
                let shown = everything_shown(&book);
                let chapters = book
                    .chapters
                    .iter()
                    .filter(|chapter| !chapter.text.trim().is_empty())
                    .count() as u64;
                if expected["chapters"]
                    .as_u64()
                    .is_some_and(|expected| expected != chapters)
                    && !widened.contains("chapters")
                {
                    wrong.push(format!("{id}: {chapters} chapters"));
                }
                let missing = strings(&expected["text_contains"])
                    .into_iter()
                    .find(|text| !shown.contains(text));
                let present = strings(&expected["output_must_not_contain"])
                    .into_iter()
                    .find(|text| shown.contains(text));
                if missing.is_some() || present.is_some() {
                    wrong.push(format!("{id}: lacks {missing:?}, has {present:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn upload_names_do_not_matter() {
    let Some(corpus) = need::corpus() else { return };
    let manifest: Value =
        serde_json::from_slice(&std::fs::read(corpus.join("hostile/manifest.json")).unwrap()).unwrap();
    let bytes = std::fs::read(corpus.join("hostile/ok-epub.epub")).unwrap();
    for name in manifest["upload_names"].as_array().unwrap() {
        let book = publication::import(&bytes, name["as_filename"].as_str()).unwrap();
        assert_eq!(book.chapters.len(), 3);
    }
}

#[test]
fn drm_and_passwords_are_called_by_their_names() {
    let Some(corpus) = need::corpus() else { return };
    let refused = |file: &str| {
        import(&corpus.join("hostile").join(file))
            .unwrap_err()
            .to_string()
    };
    assert!(refused("drm-readium-lcp.epub").contains("DRM"));
    assert!(refused("encrypted-aes.epub").contains("password"));
    assert!(refused("bad-compression.epub").contains("compressed"));
}

#[test]
fn conformance_files_are_read_or_refused() {
    let Some(corpus) = need::corpus() else { return };
    for path in files(&corpus.join("conformance")) {
        if let Err(error) = import(&path) {
            assert!(
                ["no-text", "malformed", "not-a-book"].contains(&error.code()),
                "{}: {error}",
                path.display()
            );
        }
    }
}

#[test]
fn real_books_are_read_whole_and_the_same_every_time() {
    let Some(corpus) = need::corpus() else { return };
    for path in files(&corpus.join("books"))
        .into_iter()
        .chain(files(&corpus.join("fb2")))
    {
        match import(&path) {
            Ok(first) => assert_eq!(first, import(&path).unwrap(), "{}", path.display()),
            Err(error) => assert_eq!(error, ImportError::NoText, "{}", path.display()),
        }
    }
}

#[test]
fn epubcheck_has_nothing_to_say_of_real_books_written_as_epub() {
    let Some(corpus) = need::corpus() else { return };
    for path in ["books", "fb2"]
        .into_iter()
        .flat_map(|folder| files(&corpus.join(folder)))
    {
        let Some(checker) = need::epubcheck() else { return };
        // The longest novels would take epubcheck a minute each and hold nothing that the others do not.
        let short = |book: &Publication| {
            book.chapters
                .iter()
                .map(|chapter| chapter.text.len())
                .sum::<usize>()
                < 1 << 20
        };
        if let Ok(book) = import(&path)
            && short(&book)
        {
            let book = EpubBook::of(&book, "2026-01-01T00:00:00Z");
            let written = publication::epub::write::write(&book).unwrap();
            assert_eq!(epubcheck::complaints(checker, &written), "", "{}", path.display());
        }
    }
}

#[test]
fn a_real_book_written_as_epub_is_read_back_with_the_same_text() {
    let Some(corpus) = need::corpus() else { return };
    for path in files(&corpus.join("books")) {
        let book = import(&path).unwrap();
        let written = publication::epub::write::write(&EpubBook::of(&book, "2026-01-01T00:00:00Z")).unwrap();
        let back = publication::import(&written, None).unwrap();
        invariants::check(&back);
        let text = |book: &Publication| {
            let filled = book
                .chapters
                .iter()
                .filter(|chapter| !chapter.text.trim().is_empty());
            filled.map(|chapter| chapter.text.clone()).collect::<Vec<_>>()
        };
        assert_eq!(text(&book), text(&back), "{}", path.display());
    }
}
