//! The main job without a server: a book goes in, a valid illustrated EPUB comes out.

use std::path::Path;
use std::process::{Command, Output};

use crate::fixture::binary::{run, said};
use crate::fixture::{book, need};

fn illustrate(input: &Path, output: &Path, more: &[&str]) -> Output {
    let fixed = [
        "illustrate".as_ref(),
        input.as_os_str(),
        "-o".as_ref(),
        output.as_os_str(),
    ];
    run(fixed.into_iter().chain(more.iter().map(AsRef::as_ref)))
}

fn pictures_in(epub: &Path) -> usize {
    let listing = Command::new("python3")
        .args(["-m", "zipfile", "-l"])
        .arg(epub)
        .output()
        .unwrap();
    let listing = String::from_utf8(listing.stdout).unwrap();
    listing
        .lines()
        .filter(|line| line.contains(".jpg") || line.contains(".jpeg") || line.contains(".png"))
        .count()
}

fn assert_valid(epub: &Path) {
    if !need::epubcheck() {
        return;
    }
    let verdict = need::epubcheck_command().arg(epub).output().unwrap();
    assert!(
        verdict.status.success(),
        "epubcheck refuses {}:\n{}",
        epub.display(),
        said(&verdict)
    );
}

#[test]
fn the_demo_tales_become_valid_illustrated_epubs() {
    if !need::models() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for tale in demo::tales() {
        let files = [("epub", tale.epub().unwrap()), ("fb2", tale.fb2().unwrap())];
        for (extension, bytes) in files {
            let input = folder.path().join(format!("{}.{extension}", tale.slug()));
            std::fs::write(&input, bytes).unwrap();
            let output = folder
                .path()
                .join(format!("{}-from-{extension}.epub", tale.slug()));
            let said_so = illustrate(&input, &output, &["--pictures", "4"]);
            assert_eq!(said_so.status.code(), Some(0), "{}", said(&said_so));
            assert!(
                pictures_in(&output) >= 4,
                "{} has {} pictures",
                output.display(),
                pictures_in(&output)
            );
            assert_valid(&output);
        }
    }
}

#[test]
fn the_same_book_gives_the_same_text_and_the_same_pictures() {
    if !need::models() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let novel = folder.path().join("novel.fb2");
    std::fs::write(&novel, book::fb2(2)).unwrap();
    let [first, second] = ["first.epub", "second.epub"].map(|name| {
        let output = folder.path().join(name);
        let said_so = illustrate(&novel, &output, &["--pictures", "2"]);
        assert_eq!(said_so.status.code(), Some(0), "{}", said(&said_so));
        publication::import(&std::fs::read(output).unwrap(), None).unwrap()
    });
    assert!(first.resources.len() >= 2);
    assert_eq!(
        (first.revision, first.resources),
        (second.revision, second.resources)
    );
}

#[test]
fn an_existing_result_is_replaced_at_the_end_only() {
    if !need::models() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("out.epub");
    std::fs::write(&output, "what was there before").unwrap();

    let no_book = folder.path().join("no-book.epub");
    std::fs::write(&no_book, "x").unwrap();
    assert_eq!(illustrate(&no_book, &output, &[]).status.code(), Some(1));
    assert_eq!(std::fs::read_to_string(&output).unwrap(), "what was there before");

    let novel = folder.path().join("novel.fb2");
    std::fs::write(&novel, book::fb2(4)).unwrap();
    let said_so = illustrate(&novel, &output, &["--pictures", "1"]);
    assert_eq!(said_so.status.code(), Some(0), "{}", said(&said_so));
    assert_valid(&output);
    let names: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names.len(), 3, "something unfinished lies about: {names:?}");
}

#[test]
fn an_unknown_style_is_wrong_usage() {
    let output = run(["illustrate", "novel.fb2", "-o", "out.epub", "--style", "oil"]);
    assert_eq!(output.status.code(), Some(64), "{}", said(&output));
}
