//! A backup of a running service becomes another service.

use crate::fixture::binary::{command, said};
use crate::fixture::book;
use crate::fixture::client::Reader;
use crate::fixture::service::Service;

#[tokio::test]
async fn a_backup_of_a_running_service_becomes_another_one_with_the_same_readers_and_books() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let service = Service::start(&data, &[]).await;
    let reader = Reader::register(&service.url(), "reader@example.org").await;
    let (status, body) = reader
        .upload(&service.url(), "novel.fb2", book::fb2(1))
        .await
        .unwrap();
    assert_eq!(status, 202, "{body}");

    let ask = |arguments: &[&str]| {
        let output = command()
            .args(arguments)
            .arg("--data-dir")
            .arg(&data)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", said(&output));
        String::from_utf8(output.stdout).unwrap()
    };
    let made = ask(&["backup"]);
    assert!(
        made.contains("verified") && made.contains("restored and queried"),
        "{made}"
    );
    let id = made.split_whitespace().next().unwrap();
    assert!(ask(&["backup", "list"]).starts_with(id));
    ask(&["checklist", "run", "DB-4"]);
    let target = folder.path().join("restored");
    ask(&["restore", id, "--to", target.to_str().unwrap()]);
    service.kill();

    let restored = Service::start(&target, &[]).await;
    // The signing keys came back too: the sign-in of before is still one.
    assert_eq!(reader.shelf(&restored.url()).await.len(), 1);
}

#[test]
fn a_machine_without_a_backup_fails_the_line() {
    let folder = tempfile::tempdir().unwrap();
    let output = command()
        .args(["checklist", "run", "DB-4", "--data-dir"])
        .arg(folder.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
