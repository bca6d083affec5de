//! `bookreader describe`: one JSON object, its shape and offsets, its options, and a language model that misbehaves.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Value, json};

use crate::fixture::binary::{run, said};
use crate::fixture::{book, need};

const TEXT: &str = "Chapter I\n\nThe old house stood on the high bank of the river. Its white columns, worn by rain, \
    gleamed through the green of the lime trees, and yellow leaves lay on the wet gravel before the porch.\n\n\
    \u{201c}Why did you come?\u{201d} she asked.\n\n\
    Mary Stone was a tall, thin woman with large grey eyes and thick black hair; she wore a plain black dress with a white \
    collar. 🌲 Mary Stone said nothing.\n";

fn describe(file: &Path, more: &[&str]) -> std::process::Output {
    let fixed = ["describe".as_ref(), file.as_os_str(), "--json".as_ref()];
    run(fixed.into_iter().chain(more.iter().map(AsRef::as_ref)))
}

fn described(file: &Path, more: &[&str]) -> Value {
    let output = describe(file, more);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn text_file(folder: &tempfile::TempDir) -> PathBuf {
    let file = folder.path().join("novel.txt");
    std::fs::write(&file, TEXT).unwrap();
    file
}

fn spans(found: &Value) -> Vec<&Value> {
    let chapters = found["chapters"].as_array().unwrap();
    chapters
        .iter()
        .flat_map(|chapter| chapter["spans"].as_array().unwrap())
        .collect()
}

fn keys(object: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = object.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

#[test]
fn every_format_gives_one_object_of_one_shape() {
    if !need::models() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut files = vec![text_file(&folder)];
    let novel = folder.path().join("novel.fb2");
    std::fs::write(&novel, book::fb2(1)).unwrap();
    files.push(novel);
    let tale = &demo::tales()[0];
    let epub = folder.path().join("tale.epub");
    std::fs::write(&epub, tale.epub().unwrap()).unwrap();
    files.push(epub);
    for file in files {
        let found = described(&file, &[]);
        assert_eq!(
            keys(&found),
            ["chapters", "characters", "language"],
            "{}",
            file.display()
        );
        assert!(matches!(found["language"].as_str(), Some("ru" | "en")));
        for (index, chapter) in found["chapters"].as_array().unwrap().iter().enumerate() {
            assert_eq!(keys(chapter), ["index", "spans", "title"]);
            assert_eq!(chapter["index"], index);
        }
        let spans = spans(&found);
        assert!(!spans.is_empty(), "nothing found in {}", file.display());
        for span in spans {
            assert_eq!(
                keys(span),
                [
                    "characters",
                    "end",
                    "places",
                    "prompt",
                    "score",
                    "start",
                    "text",
                    "type"
                ]
            );
            let kinds = ["location", "character", "atmosphere", "object", "action"];
            assert!(kinds.contains(&span["type"].as_str().unwrap()));
            assert!((0.0..=1.0).contains(&span["score"].as_f64().unwrap()));
        }
    }
}

#[test]
fn offsets_of_a_text_file_are_its_own_and_people_are_named() {
    if !need::models() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let found = described(&text_file(&folder), &["--lang", "en"]);
    let units: Vec<u16> = TEXT.encode_utf16().collect();
    let mut end = 0;
    for span in spans(&found) {
        let place = |key: &str| usize::try_from(span[key].as_u64().unwrap()).unwrap();
        let slice = String::from_utf16(&units[place("start")..place("end")]).unwrap();
        assert_eq!(span["text"], slice.as_str());
        assert!(place("start") >= end, "spans overlap");
        end = place("end");
    }
    let mary = &found["characters"][0];
    assert_eq!(
        (mary["name"].as_str(), mary["gender"].as_str()),
        (Some("Mary Stone"), Some("female"))
    );
}

#[test]
fn the_same_file_gives_the_same_bytes() {
    if !need::models() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let novel = folder.path().join("novel.fb2");
    std::fs::write(&novel, book::fb2(2)).unwrap();
    assert_eq!(describe(&novel, &[]).stdout, describe(&novel, &[]).stdout);
}

#[test]
fn options_leave_out_what_was_not_asked_for() {
    if !need::models() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = text_file(&folder);
    let all = described(&file, &[]);
    let kinds: Vec<&Value> = spans(&all).into_iter().map(|span| &span["type"]).collect();
    assert!(
        kinds.contains(&&json!("location")) && kinds.contains(&&json!("character")),
        "{kinds:?}"
    );
    let places = described(&file, &["--types", "location,atmosphere"]);
    assert!(!spans(&places).is_empty());
    assert!(spans(&places).iter().all(|span| span["type"] != "character"));
    let best = spans(&all)
        .iter()
        .map(|span| span["score"].as_f64().unwrap())
        .fold(0.0, f64::max);
    assert_eq!(
        spans(&described(&file, &["--min-score", "1"])).len(),
        usize::from(best >= 1.0)
    );
    let top = described(&file, &["--top", "1"]);
    assert_eq!(spans(&top).len(), 1);
    assert_eq!(spans(&top)[0]["score"].as_f64(), Some(best));
    for wrong in [
        ["--min-score", "2"],
        ["--types", "smell"],
        ["--top", "-1"],
        ["--lang", "fr"],
    ] {
        assert_eq!(describe(&file, &wrong).status.code(), Some(64), "{wrong:?}");
    }
}

/// A stand-in for a language model: answers every request with what `answer` makes of its body; nothing at all for `None`.
fn language_model(answer: impl Fn(&str) -> Option<String> + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let mut unanswered = Vec::new();
        for connection in listener.incoming() {
            let Ok(mut connection) = connection else { return };
            match answer(&request_body(&connection)) {
                Some(body) => {
                    let length = body.len();
                    let head =
                        format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
                    // A client that has read enough hangs up.
                    let _ = connection.write_all((head + &body).as_bytes());
                }
                None => unanswered.push(connection),
            }
        }
    });
    format!("http://{address}/v1")
}

fn request_body(connection: &TcpStream) -> String {
    connection
        .set_read_timeout(Some(Duration::from_secs(10)))
        .unwrap();
    let mut reader = BufReader::new(connection);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    String::from_utf8(body).unwrap()
}

fn content(content: &Value) -> String {
    json!({ "choices": [{ "message": { "content": content.to_string() } }] }).to_string()
}

#[test]
fn a_language_model_marks_and_writes_and_what_it_invents_is_dropped() {
    if !need::models() {
        return;
    }
    let url = language_model(|request| {
        assert!(request.contains("json_schema"), "{request}");
        Some(if request.contains("mark visual descriptions") {
            let quoted = "The old house stood on the high bank of the river.";
            content(&json!({ "descriptions": [
                { "text": quoted, "kind": "location", "score": 0.9 },
                { "text": "A castle of glass stood there.", "kind": "location", "score": 1.0 },
            ] }))
        } else {
            content(&json!({ "prompt": "a white house above a river" }))
        })
    });
    let folder = tempfile::tempdir().unwrap();
    let found = described(
        &text_file(&folder),
        &["--lang", "en", "--llm-url", &url, "--llm-model", "stand-in"],
    );
    let spans = spans(&found);
    assert_eq!(spans.len(), 1, "{found:#}");
    assert_eq!(
        spans[0]["text"],
        "The old house stood on the high bank of the river."
    );
    assert_eq!(spans[0]["prompt"], "a white house above a river");
}

#[test]
fn a_language_model_that_misbehaves_costs_nothing_but_a_warning() {
    if !need::models() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = text_file(&folder);
    let without = describe(&file, &["--lang", "en"]).stdout;
    type Answer = fn(&str) -> Option<String>;
    let misbehaviours: [(&str, Answer); 4] = [
        ("not JSON", |_| Some("<html>queue full</html>".into())),
        ("wrong schema", |_| {
            Some(content(&json!({ "descriptions": "none" })))
        }),
        ("huge", |_| Some("x".repeat(3 << 20))),
        ("silent", |_| None),
    ];
    for (name, answer) in misbehaviours {
        let url = language_model(answer);
        let more = [
            "--lang",
            "en",
            "--llm-url",
            &url,
            "--llm-model",
            "m",
            "--llm-timeout",
            "1",
        ];
        let output = describe(&file, &more);
        assert_eq!(output.status.code(), Some(0), "{name}: {}", said(&output));
        assert_eq!(output.stdout, without, "{name}");
        let warned = String::from_utf8_lossy(&output.stderr).contains("the built-in extractor steps in");
        assert!(warned, "{name}: {}", said(&output));
    }
}

#[test]
fn a_language_model_is_named_whole_or_not_at_all() {
    for wrong in [
        ["--llm-url", "http://127.0.0.1:1/v1"],
        ["--llm-model", "m"],
        ["--llm-key-file", "/nowhere"],
    ] {
        assert_eq!(
            describe(Path::new("novel.txt"), &wrong).status.code(),
            Some(64),
            "{wrong:?}"
        );
    }
}
