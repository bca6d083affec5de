//! `cargo xtask fuzz --minutes N [PARSER]`: broken books for the importer, or bytes for one of its parsers.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use super::WrongUsage;
use crate::{process, workspace};

/// The targets of `fuzz/`, each for one parser.
const PARSERS: [&str; 9] = [
    "epub",
    "package",
    "navigation",
    "page",
    "stylesheet",
    "picture",
    "fb2",
    "text",
    "markdown",
];

/// What makes libFuzzer see which code an input reaches; the stable compiler knows all of it.
const COVERAGE: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Cdebug-assertions --cfg fuzzing";

/// Seconds of one input and megabytes of memory that count as a failure.
const LIMITS: [&str; 2] = ["-timeout=10", "-rss_limit_mb=500"];

/// Runs the fuzzer; what it finds is kept in `.xtask/fuzz`.
pub(crate) fn run(rest: &[String]) -> Result<()> {
    let (minutes, parser) = match rest {
        [option, minutes] if option == "--minutes" => (minutes.parse::<u32>().ok(), None),
        [option, minutes, parser] if option == "--minutes" => (minutes.parse().ok(), Some(parser.as_str())),
        _ => (None, None),
    };
    let known = parser.is_none_or(|parser| PARSERS.contains(&parser));
    let Some(minutes) = minutes.filter(|_| known) else {
        return Err(WrongUsage(format!(
            "say for how long: fuzz --minutes N [{}]",
            PARSERS.join("|")
        ))
        .into());
    };
    let failures = workspace::private().join("fuzz");
    match parser {
        Some(parser) => one_parser(parser, minutes, &failures),
        None => process::run(
            super::example("demo", "fuzz", &[])
                .arg(minutes.to_string())
                .arg(failures),
        ),
    }
}

/// Lets libFuzzer look for inputs of one parser, from the seed corpus on.
fn one_parser(parser: &str, minutes: u32, failures: &Path) -> Result<()> {
    std::fs::create_dir_all(failures).context("cannot make the folder of failures")?;
    let host = host()?;
    process::run(in_fuzz("run").args(["--quiet", "--bin", "seeds"]))?;
    process::run(
        in_fuzz("build")
            .env("RUSTFLAGS", COVERAGE)
            // With a target named, the flags are not for build scripts.
            .args(["--quiet", "--release", "--target", &host, "--bin", parser]),
    )?;
    let program = target().join(&host).join("release").join(parser);
    process::run(
        Command::new(program)
            .args(LIMITS)
            .arg(format!("-max_total_time={}", u64::from(minutes) * 60))
            .arg(format!("-artifact_prefix={}/{parser}-", failures.display()))
            .arg(workspace::root().join("fuzz/corpus").join(parser)),
    )
}

fn in_fuzz(command: &str) -> Command {
    let mut cargo = workspace::cargo();
    cargo
        .args([command, "--locked", "--manifest-path", "fuzz/Cargo.toml"])
        .env("CARGO_TARGET_DIR", target());
    cargo
}

/// Apart from the workspace's: other flags, other dependencies.
fn target() -> PathBuf {
    workspace::root().join("fuzz/target")
}

/// The triple of this machine.
fn host() -> Result<String> {
    let said = process::output(Command::new("rustc").arg("-vV"))?;
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).context("rustc does not tell its host")
}
