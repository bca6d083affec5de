//! Exit codes and words of the command line: 0 done, 1 failed, 64 wrong usage.

use std::process::Stdio;

use crate::fixture::binary::{command, run, said};
use crate::fixture::{book, need};

#[test]
fn help_and_version_are_done() {
    for arguments in [["--help"], ["--version"], ["help"]] {
        assert_eq!(run(arguments).status.code(), Some(0), "{arguments:?}");
    }
}

#[test]
fn wrong_usage_is_64_and_says_what_was_wrong() {
    let wrong: [&[&str]; 6] = [
        &[],
        &["read"],
        &["serve", "--lisen", "x"],
        &["serve", "--listen", "nowhere"],
        &["describe"],
        &["migrate", "sideways"],
    ];
    for arguments in wrong {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(64), "{arguments:?}: {}", said(&output));
        assert!(!output.stderr.is_empty(), "{arguments:?} says nothing");
    }
}

#[test]
fn a_file_that_is_not_there_is_a_failure_that_names_it() {
    for command in ["describe", "inspect"] {
        let output = run([command, "/nowhere/novel.epub"]);
        assert_eq!(output.status.code(), Some(1), "{command}");
        assert!(
            said(&output).contains("/nowhere/novel.epub"),
            "{command}: {}",
            said(&output)
        );
    }
}

#[test]
fn a_file_that_is_no_book_is_a_failure_without_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("novel.epub");
    std::fs::write(&file, [0x89, b'P', b'N', b'G', 0, 1, 2, 3]).unwrap();
    let output = run(["inspect".as_ref(), file.as_os_str()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!said(&output).contains("panicked"), "{}", said(&output));
}

#[test]
fn inspect_ends_with_0_or_1_whatever_it_reads_and_whoever_reads_it() {
    for endless_or_odd in ["/dev/zero", "/dev/null", "/"] {
        let output = run(["inspect", endless_or_odd]);
        assert_eq!(
            output.status.code(),
            Some(1),
            "{endless_or_odd}: {}",
            said(&output)
        );
        assert!(said(&output).contains("bookreader: "), "{endless_or_odd}");
    }
    let folder = tempfile::tempdir().unwrap();
    let novel = folder.path().join("novel.fb2");
    std::fs::write(&novel, book::fb2(1)).unwrap();
    let into = |outlet: Stdio| {
        let mut inspect = command();
        inspect.arg("inspect").arg(&novel).arg("--json").stdout(outlet);
        inspect.status().unwrap().code()
    };
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    assert_eq!(into(writer.into()), Some(0), "a reader that has gone");
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    assert_eq!(into(full.into()), Some(1), "a full disk");
}

#[test]
fn missing_models_are_a_failure_that_tells_the_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let novel = folder.path().join("novel.fb2");
    std::fs::write(&novel, book::fb2(1)).unwrap();
    let empty = folder.path().join("no-models");
    let output = run([
        "describe".as_ref(),
        novel.as_os_str(),
        "--models-dir".as_ref(),
        empty.as_os_str(),
    ]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(
        said(&output).contains("bookreader models install"),
        "{}",
        said(&output)
    );
}

#[test]
fn descriptions_are_json_whose_offsets_count_utf_16() {
    if !need::models() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let novel = folder.path().join("novel.fb2");
    std::fs::write(&novel, book::fb2(3)).unwrap();
    let output = run(["describe".as_ref(), novel.as_os_str(), "--json".as_ref()]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));

    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["language"], "ru");
    let spans: Vec<&serde_json::Value> = found["chapters"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|chapter| chapter["spans"].as_array().unwrap())
        .collect();
    assert!(
        spans.len() >= book::CHAPTERS,
        "a book of descriptions has {} of them",
        spans.len()
    );
    for span in spans {
        let length = span["end"].as_u64().unwrap() - span["start"].as_u64().unwrap();
        assert_eq!(
            length,
            span["text"].as_str().unwrap().encode_utf16().count() as u64
        );
    }
}

#[test]
fn any_file_can_be_annotated() {
    if !need::models() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("text.txt");
    // "Шёл снег." as windows-1251 has it.
    let legacy = b"\xd8\xb8\xeb \xf1\xed\xe5\xe3.";
    let texts: [(&[u8], &str); 6] = [
        (b"", ""),
        (b" \n\t\r\n", ""),
        ("😀 — 12!".as_bytes(), "😀"),
        (legacy, "снег"),
        (b"\x00\xff\xfe\x80 \x01 snow", "snow"),
        ("Снег fell на крышу.".as_bytes(), "fell"),
    ];
    for (bytes, expected) in texts {
        std::fs::write(&file, bytes).unwrap();
        for unit in ["line", "chapter"] {
            let output = run([
                "annotate".as_ref(),
                file.as_os_str(),
                "--unit".as_ref(),
                unit.as_ref(),
            ]);
            assert_eq!(output.status.code(), Some(0), "{bytes:?}: {}", said(&output));
            let conllu = String::from_utf8(output.stdout).unwrap();
            assert!(conllu.contains(expected), "{bytes:?}: {conllu}");
        }
    }
}

#[test]
fn the_openapi_description_needs_no_service() {
    let output = run(["openapi"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let schema: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    for path in [
        "/api/v1/users/register",
        "/api/v1/auth/login",
        "/api/v1/users/me",
        "/api/v1/books",
        "/health",
    ] {
        assert!(schema["paths"][path].is_object(), "{path} is not described");
    }
}
