//! Measurements of the shipped binary: `cargo xtask bench http|ingest|memory`.
//!
//! Each prints rows of the table in docs/benchmarks.md. The load comes from this process, on the
//! same machine, so absolute rates are low; the ratio to the bare route is what to compare.

#![expect(clippy::unwrap_used, reason = "a measurement that meets an error is void")]

#[path = "../../tests/black_box/fixture/mod.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod fixture;

mod configuration;
mod http;
mod ingest;
mod load;
mod memory;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let names: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    let wanted = |name: &str| names.is_empty() || names.iter().any(|one| one == name);
    if wanted("http") {
        http::measure().await;
    }
    if wanted("ingest") {
        ingest::measure().await;
    }
    if wanted("memory") {
        memory::measure().await;
    }
}
