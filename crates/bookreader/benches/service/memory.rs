//! Resident memory of the whole process: idle, and at its peak while a long novel is taken in.

use crate::configuration;
use crate::fixture::client::Reader;
use crate::fixture::service::Service;
use crate::ingest;

/// Prints one row.
pub(crate) async fn measure() {
    let folder = tempfile::tempdir().unwrap();
    let config = configuration::write(folder.path(), "");
    let service = Service::start(
        &folder.path().join("data"),
        &["--config", config.to_str().unwrap()],
    )
    .await;
    let reader = Reader::register(&service.url(), "reader@example.org").await;
    let idle = mebibytes(service.pid(), "VmRSS:");
    ingest::take_in(&service, &reader, ingest::novel()).await;
    let peak = mebibytes(service.pid(), "VmHWM:");
    println!("| resident memory, idle / peak while a novel is taken in | {idle} MiB / {peak} MiB |");
}

/// A line of `/proc/PID/status`, which counts KiB.
fn mebibytes(pid: u32, name: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.split_whitespace().next().unwrap().parse::<u64>().unwrap() / 1024
}
