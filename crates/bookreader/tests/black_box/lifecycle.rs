//! Starting on nothing, and stopping when told to.

use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;

use crate::fixture::client::Reader;
use crate::fixture::service::Service;

/// The time that an operator's tools give a service between SIGTERM and SIGKILL.
const GRACE: Duration = Duration::from_secs(10);

#[tokio::test]
async fn an_empty_folder_becomes_a_library() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("deep/in/data");
    std::fs::create_dir_all(data.parent().unwrap()).unwrap();
    let service = Service::start(&data, &[]).await;
    let reader = Reader::register(&service.url(), "reader@example.org").await;
    assert_eq!(reader.shelf(&service.url()).await.len(), 0);
    assert!(data.join("library.sqlite").is_file());
    // People's books and password hashes are not for other users of the machine.
    assert_eq!(std::fs::metadata(&data).unwrap().permissions().mode() & 0o077, 0);
}

#[tokio::test]
async fn secrets_are_made_once_for_the_owner_and_never_logged() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let service = Service::start(&data, &[]).await;
    let file = data.join("secrets/signing-keys");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o077, 0);
    let keys = std::fs::read_to_string(&file).unwrap();
    let secret = keys.split_whitespace().nth(1).unwrap().to_owned();
    assert!(!service.log().contains(&secret));
    service.kill();

    let service = Service::start(&data, &[]).await;
    assert_eq!(std::fs::read_to_string(&file).unwrap(), keys);
    assert!(!service.log().contains(&secret));
}

#[tokio::test]
async fn a_sign_in_outlives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let service = Service::start(&data, &[]).await;
    let reader = Reader::register(&service.url(), "reader@example.org").await;
    service.kill();
    let service = Service::start(&data, &[]).await;
    assert_eq!(
        reader.get(&service.url(), "/api/v1/users/me").await["email"],
        "reader@example.org"
    );
}

#[tokio::test]
async fn sigterm_ends_an_idle_service_with_success() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(&folder.path().join("data"), &[]).await;
    let status = service.terminate(GRACE).await;
    assert_eq!(status.code(), Some(0));
}

#[tokio::test]
async fn sigterm_ends_a_service_with_work_and_an_open_event_stream() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(&folder.path().join("data"), &[]).await;
    let reader = Reader::register(&service.url(), "reader@example.org").await;
    let mut book = String::new();
    for number in 0..5 {
        let bytes = crate::fixture::book::fb2(number);
        let (status, body) = reader
            .upload(&service.url(), &format!("{number}.fb2"), bytes)
            .await
            .unwrap();
        assert_eq!(status, 202, "{body}");
        book = serde_json::from_str::<serde_json::Value>(&body).unwrap()["book"]["id"]
            .as_str()
            .unwrap()
            .to_owned();
    }
    let url = format!("{}/api/v1/books/{book}/events", service.url());
    let stream = tokio::spawn(reader.open(url));
    tokio::time::sleep(Duration::from_millis(300)).await;
    let status = service.terminate(GRACE).await;
    assert_eq!(status.code(), Some(0));
    stream.abort();
}

#[tokio::test]
async fn only_the_address_that_was_asked_for_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(&folder.path().join("data"), &[]).await;
    let listening = listening_sockets(service.pid());
    assert_eq!(listening.len(), 1, "{listening:?}");
    let port: u16 = service.url().rsplit(':').next().unwrap().parse().unwrap();
    assert_eq!(listening[0], format!("0100007F:{port:04X}"));
}

/// Local addresses of the TCP sockets on which a process listens, as the kernel writes them.
fn listening_sockets(pid: u32) -> Vec<String> {
    let own: Vec<String> = std::fs::read_dir(format!("/proc/{pid}/fd"))
        .unwrap()
        .filter_map(|entry| std::fs::read_link(entry.ok()?.path()).ok())
        .filter_map(|link| {
            Some(
                link.to_str()?
                    .strip_prefix("socket:[")?
                    .strip_suffix(']')?
                    .to_owned(),
            )
        })
        .collect();
    let tables = ["tcp", "tcp6"]
        .map(|table| std::fs::read_to_string(format!("/proc/{pid}/net/{table}")).unwrap_or_default());
    let lines = tables.iter().flat_map(|table| table.lines().skip(1));
    lines
        .filter_map(|line| {
            let fields: Vec<&str> = line.split_whitespace().collect();
            let (local, state, inode) = (fields.get(1)?, fields.get(3)?, fields.get(9)?);
            (*state == "0A" && own.iter().any(|socket| socket == inode)).then(|| (*local).to_owned())
        })
        .collect()
}
