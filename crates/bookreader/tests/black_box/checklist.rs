//! The deployment checklist from the outside: its lines, its verdicts, its exit codes.

use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::fixture::binary::{run, said};
use crate::fixture::service::Service;

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", said(output)))
}

#[test]
fn the_list_has_every_line_and_a_check_for_all_but_what_people_attest() {
    let output = run(["checklist", "list", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let lines = json(&output);
    let lines = lines.as_array().unwrap();
    assert_eq!(lines.len(), 185);
    let without: Vec<&str> = lines
        .iter()
        .filter(|line| line["check"].is_null())
        .map(|line| line["id"].as_str().unwrap())
        .collect();
    assert_eq!(without, ["PS-2", "PL-4"]);
}

#[test]
fn a_line_or_phase_that_is_not_there_is_wrong_usage() {
    let wrong: [&[&str]; 3] = [
        &["checklist", "explain", "ZZ-1"],
        &["checklist", "run", "ZZ-1"],
        &["checklist", "list", "--phase", "prelude"],
    ];
    for arguments in wrong {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(64), "{arguments:?}: {}", said(&output));
    }
}

#[test]
fn what_this_release_cannot_run_is_a_doubt_and_never_a_pass() {
    for id in ["SE-1", "PS-2"] {
        let output = run(["checklist", "run", id, "--json"]);
        assert_eq!(output.status.code(), Some(2), "{id}: {}", said(&output));
        let report = json(&output);
        assert_eq!(report["outcome"], "cannot_tell");
        assert!(report["items"][0]["fix"].is_string());
    }
}

#[test]
fn the_worst_line_decides_the_exit_code() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let ask = |level: &str, ids: &[&str]| {
        crate::fixture::binary::command()
            .args(["checklist", "run", "--json", "--source"])
            .arg(&source)
            .args(ids)
            .env("BOOKREADER__LOG__LEVEL", level)
            .output()
            .unwrap()
    };
    let pins = ["CF-8", "DE-1", "DE-2"];
    let good = ask("info", &pins);
    assert_eq!(good.status.code(), Some(0), "{}", said(&good));
    let bad = ask("debug", &["CF-8", "DE-1", "DE-2", "PS-2"]);
    assert_eq!(bad.status.code(), Some(1), "{}", said(&bad));
    let outcomes: Vec<Value> = json(&bad)["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["outcome"].clone())
        .collect();
    assert_eq!(outcomes, ["fail", "pass", "pass", "cannot_tell"]);
}

#[tokio::test]
async fn a_running_service_answers_its_lines_and_a_stopped_one_fails_them() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let service = Service::start(&data, &[]).await;
    let ask = |url: String| {
        let data = data.clone();
        tokio::task::spawn_blocking(move || {
            crate::fixture::binary::command()
                .args([
                    "checklist",
                    "run",
                    "IN-7",
                    "P4-3b",
                    "ST-4",
                    "CF-6",
                    "DB-1",
                    "DE-7",
                    "--json",
                ])
                .args(["--service", &url, "--data-dir"])
                .arg(data)
                .output()
                .unwrap()
        })
    };
    let running = ask(service.url()).await.unwrap();
    assert_eq!(running.status.code(), Some(0), "{}", said(&running));
    let url = service.url();
    service.kill();
    let stopped = ask(url).await.unwrap();
    assert_eq!(stopped.status.code(), Some(1), "{}", said(&stopped));
    let report = json(&stopped);
    assert_eq!(report["items"][0]["outcome"], "fail");
    // What needs no service is still known.
    assert_eq!(report["items"][4]["outcome"], "pass");
}

#[test]
fn looking_for_a_library_does_not_make_one() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let output = run([
        "checklist".as_ref(),
        "run".as_ref(),
        "DB-1".as_ref(),
        "--data-dir".as_ref(),
        data.as_os_str(),
    ]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(!data.exists());
}
