//! `cargo xtask bench [NAME...]`: the measurements of docs/benchmarks.md, as rows of its table.

use std::process::Command;
use std::time::Instant;

use anyhow::{Context as _, Result};

use super::WrongUsage;
use crate::machine::package;
use crate::service::folder::TemporaryFolder;
use crate::service::postgres::Postgres;
use crate::{novels, process, python, web, workspace};

/// Measured by the benchmark of the binary's own crate.
const OF_THE_SERVICE: [&str; 3] = ["http", "ingest", "memory"];
/// Measured by the crates themselves, or here.
const OTHERS: [&str; 5] = ["import", "linguistics", "pictures", "size", "build"];
/// Measured only when they are named: they take long, or need a corpus.
const ON_DEMAND: [&str; 2] = ["linguistics", "build"];

/// Runs the measurements that are named, or all that are quick.
pub(crate) fn run(rest: &[String]) -> Result<()> {
    let known = |name: &str| OF_THE_SERVICE.contains(&name) || OTHERS.contains(&name);
    if let Some(unknown) = rest.iter().find(|name| !known(name)) {
        return Err(WrongUsage(format!(
            "there is no measurement `{unknown}`; there are: {}, {}",
            OF_THE_SERVICE.join(", "),
            OTHERS.join(", ")
        ))
        .into());
    }
    let wanted =
        |name: &str| rest.iter().any(|one| one == name) || (rest.is_empty() && !ON_DEMAND.contains(&name));
    super::build::everything()?;
    println!();
    if wanted("size") {
        size()?;
    }
    let of_the_service: Vec<&str> = OF_THE_SERVICE.into_iter().filter(|name| wanted(name)).collect();
    if !of_the_service.is_empty() {
        service(&of_the_service)?;
    }
    if wanted("import") {
        import()?;
    }
    if wanted("linguistics") {
        linguistics()?;
    }
    if wanted("pictures") {
        process::run(&mut super::example("pictures", "bench", &[]))?;
    }
    if wanted("build") {
        build()?;
    }
    Ok(())
}

fn size() -> Result<()> {
    let bytes = std::fs::metadata(workspace::binary("release"))?.len();
    println!("| stripped binary | {} MiB |", bytes >> 20);
    Ok(())
}

/// Built on all processors, measured on one, beside pandoc where it can be installed.
fn import() -> Result<()> {
    for missing in package::install_peers()? {
        println!("{missing} is not installed: nothing to compare with");
    }
    const BENCH: [&str; 6] = [
        "bench",
        "--locked",
        "--package",
        "publication",
        "--bench",
        "import",
    ];
    process::run(workspace::cargo().args(BENCH).arg("--no-run"))?;
    let cargo = workspace::cargo();
    let mut pinned = Command::new("taskset");
    pinned
        .args(["--cpu-list", "0"])
        .arg(cargo.get_program())
        .args(BENCH)
        .current_dir(workspace::root());
    process::run(&mut pinned)
}

fn service(names: &[&str]) -> Result<()> {
    let postgres = Postgres::start()?;
    let mut bench = workspace::cargo();
    bench
        .args([
            "bench",
            "--locked",
            "--quiet",
            "--package",
            "bookreader",
            "--bench",
            "service",
            "--",
        ])
        .args(names);
    match &postgres {
        Some(postgres) => bench.env("BOOKREADER_TEST_POSTGRES", postgres.url()),
        None => bench.env_remove("BOOKREADER_TEST_POSTGRES"),
    };
    process::run(&mut bench)
}

/// Beside Python natasha on the shortest Russian novel of the corpus: with AVX-512 where the processor has it, then without.
fn linguistics() -> Result<()> {
    let novels = novels::russian()?;
    let novel = novels.files.last().context("no novel")?;
    let natasha = python::natasha()?;
    process::run(
        super::example("linguistics", "linguistics_bench", &[])
            .arg(novel)
            .arg(&natasha),
    )?;
    println!("without AVX-512:");
    let mut narrow = workspace::cargo();
    narrow.args(["run", "--release", "--locked", "--package", "linguistics"]);
    narrow.args(["--no-default-features", "--example", "linguistics_bench", "--"]);
    process::run(narrow.arg(novel).arg(&natasha))
}

/// A clean release build in a folder of its own, then what a change of one line costs in `cargo check`.
fn build() -> Result<()> {
    web::build()?;
    let folder = TemporaryFolder::new("build")?;
    let cargo = |arguments: &[&str]| {
        let mut cargo = workspace::cargo();
        cargo
            .args(arguments)
            .arg("--locked")
            .env("CARGO_TARGET_DIR", folder.path());
        timed(&mut cargo)
    };
    let clean = cargo(&["build", "--release", "--package", "bookreader"])?;
    cargo(&["check", "--workspace"])?;
    let touched = workspace::root().join("crates/library/src/lib.rs");
    process::run(Command::new("touch").arg(&touched)).context("cannot touch a source file")?;
    let incremental = cargo(&["check", "--workspace"])?;
    println!(
        "| clean release build / incremental `cargo check` after a change of `library` | {clean:.0} s / {incremental:.1} s |"
    );
    Ok(())
}

fn timed(command: &mut Command) -> Result<f64> {
    let begin = Instant::now();
    process::run(command)?;
    Ok(begin.elapsed().as_secs_f64())
}
