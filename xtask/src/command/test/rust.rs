//! The Rust side: formatting, dependencies, lints, documentation, models, tests.

use std::process::Command;

use anyhow::Result;

use crate::machine::program;
use crate::service::postgres::Postgres;
use crate::service::redis::Redis;
use crate::steps::LeftOut;
use crate::{process, python, workspace};

/// `cargo fmt --check` over all crates.
pub(super) fn format() -> Result<LeftOut> {
    process::run(workspace::cargo().args(["fmt", "--all", "--check"]))?;
    Ok(Vec::new())
}

/// Our own direction of dependencies; other people's licences and sources where cargo-deny is here.
pub(super) fn dependencies() -> Result<LeftOut> {
    crate::command::deps::run(&[])?;
    if program::find("cargo-deny").is_some() {
        process::run(workspace::cargo().args(["deny", "--offline", "check", "licenses", "bans", "sources"]))?;
    } else {
        println!("  cargo-deny is not installed: deny.toml is not checked here");
    }
    Ok(Vec::new())
}

/// Clippy over everything, warnings being errors.
pub(super) fn lint() -> Result<LeftOut> {
    process::run(workspace::cargo().args([
        "clippy",
        "--locked",
        "--workspace",
        "--all-targets",
        "--",
        "--deny",
        "warnings",
    ]))?;
    Ok(Vec::new())
}

/// Documentation builds, and its links lead somewhere.
pub(super) fn documentation() -> Result<LeftOut> {
    process::run(
        workspace::cargo()
            .args([
                "doc",
                "--locked",
                "--workspace",
                "--no-deps",
                "--document-private-items",
                "--quiet",
            ])
            // Private items are documented too, so links to them lead somewhere.
            .env(
                "RUSTDOCFLAGS",
                "--deny warnings --allow rustdoc::private_intra_doc_links",
            ),
    )?;
    Ok(Vec::new())
}

/// The binary that the end-to-end tests use installs the models that all tests use.
pub(super) fn models() -> Result<LeftOut> {
    process::run(workspace::cargo().args(["build", "--locked", "--package", "bookreader"]))?;
    process::run(Command::new(workspace::binary("debug")).args(["models", "install"]))?;
    Ok(Vec::new())
}

/// The adapter for optional engines, with a pipeline of a real spaCy that the test makes.
pub(super) fn engines() -> Result<LeftOut> {
    let folder = workspace::root().join("engines");
    let requirements = std::fs::read_to_string(folder.join("requirements-test.txt"))?;
    let wanted: Vec<&str> = requirements
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .collect();
    let interpreter = python::environment("engines", &wanted)?;
    process::run(
        Command::new(interpreter)
            .args(["-m", "unittest"])
            .current_dir(folder)
            .env("PYTHONDONTWRITEBYTECODE", "1"),
    )?;
    Ok(Vec::new())
}

/// All Rust tests, beside a private PostgreSQL, a private Redis and a Python with a mail server.
pub(super) fn tests() -> Result<LeftOut> {
    let postgres = Postgres::start()?;
    let redis = Redis::start()?;
    let mail = python::environment("mail", &["aiosmtpd==1.4.6"])?;
    let mut left_out = Vec::new();
    for mut command in test_commands() {
        command
            .env_remove("BOOKREADER_TEST_POSTGRES")
            .env_remove("BOOKREADER_TEST_REDIS")
            .env("BOOKREADER_TEST_SMTP_PYTHON", &mail);
        if let Some(postgres) = &postgres {
            command.env("BOOKREADER_TEST_POSTGRES", postgres.url());
        }
        if let Some(redis) = &redis {
            command.env("BOOKREADER_TEST_REDIS", redis.url());
        }
        process::run(&mut command)?;
    }
    if postgres.is_none() {
        left_out.push(
            "tests on PostgreSQL: its server programs are not installed (Debian package `postgresql`)"
                .to_owned(),
        );
    }
    if redis.is_none() {
        left_out
            .push("tests on Redis: redis-server is not installed (Debian package `redis-server`)".to_owned());
    }
    if crate::command::corpus().is_none() {
        println!("  BOOKREADER_CORPUS is not set: tests on real books had none");
    }
    Ok(left_out)
}

/// nextest where it is installed, as it runs test binaries side by side; it does not run doc tests.
fn test_commands() -> Vec<Command> {
    let mut tests = workspace::cargo();
    if program::find("cargo-nextest").is_none() {
        tests.args(["test", "--locked", "--workspace"]);
        return vec![tests];
    }
    tests.args([
        "nextest",
        "run",
        "--locked",
        "--workspace",
        "--no-tests=pass",
        "--status-level=slow",
    ]);
    let mut doc_tests = workspace::cargo();
    doc_tests.args(["test", "--locked", "--workspace", "--doc", "--quiet"]);
    vec![tests, doc_tests]
}
