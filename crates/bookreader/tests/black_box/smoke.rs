//! The smoke journeys against the embedded default, again and again.

use std::path::Path;
use std::process::{Command, Output};

use crate::fixture::binary::{run, said};
use crate::fixture::service::Service;

const PASSED: &str = "\
1. Health check... ✅ PASS
2. User registration... ✅ PASS
3. User login... ✅ PASS
4. Get user profile... ✅ PASS
5. List books... ✅ PASS

✅ All smoke tests passed!
";

/// What would hold up the runtime's threads runs on a thread of its own.
async fn apart(work: impl FnOnce() -> Output + Send + 'static) -> Output {
    tokio::task::spawn_blocking(work).await.unwrap()
}

fn script(url: &str) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/smoke-tests.sh");
    Command::new(script)
        .arg(url)
        .env("BOOKREADER", env!("CARGO_BIN_EXE_bookreader"))
        .output()
        .unwrap()
}

#[tokio::test]
async fn the_script_passes_and_passes_again_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(&folder.path().join("data"), &[]).await;
    for _ in 0..3 {
        let url = service.url();
        let output = apart(move || script(&url)).await;
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        assert!(String::from_utf8(output.stdout).unwrap().ends_with(PASSED));
    }
}

#[tokio::test]
async fn a_throw_away_account_walks_the_same_way_and_is_removed() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(&folder.path().join("data"), &[]).await;
    let url = service.url();
    let output = apart(move || run(["smoke", "--account", "throw-away", "--json", &url])).await;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["outcome"], "pass");
    assert_eq!(report["steps"][5]["id"], "remove");
}

#[tokio::test]
async fn nobody_there_is_a_failure_at_the_first_line() {
    let output = apart(|| script("http://127.0.0.1:9")).await;
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .ends_with("1. Health check... ❌ FAIL\n")
    );
}
