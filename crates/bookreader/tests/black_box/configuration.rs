//! `bookreader.toml`, the environment, and what happens to a key that nobody reads.

use std::process::Output;

use crate::fixture::binary::{command, run, said};

fn check(text: &str) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bookreader.toml");
    std::fs::write(&file, text).unwrap();
    run([
        "config".as_ref(),
        "check".as_ref(),
        "--config".as_ref(),
        file.as_os_str(),
    ])
}

#[test]
fn the_example_is_a_configuration() {
    let example = run(["config", "example"]);
    assert_eq!(example.status.code(), Some(0));
    let output = check(std::str::from_utf8(&example.stdout).unwrap());
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

#[test]
fn an_unknown_key_is_an_error_that_names_it() {
    for (text, key) in [
        ("colour = \"red\"\n", "colour"),
        ("[server]\nlisten_on = \"x\"\n", "listen_on"),
    ] {
        let output = check(text);
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        assert!(said(&output).contains(key), "{}", said(&output));
    }
}

#[test]
fn an_unknown_key_in_the_environment_is_an_error() {
    let output = command()
        .args(["config", "check"])
        .env("BOOKREADER__SERVER__LISTEN_ON", "x")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
}

#[test]
fn an_unknown_key_keeps_the_service_from_starting() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bookreader.toml");
    std::fs::write(&file, "colour = \"red\"\n").unwrap();
    let data = folder.path().join("data");
    let arguments = [
        "serve".as_ref(),
        "--config".as_ref(),
        file.as_os_str(),
        "--data-dir".as_ref(),
        data.as_os_str(),
    ];
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(!data.exists(), "a refused configuration has left files behind");
}
