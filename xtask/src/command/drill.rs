//! `cargo xtask drill NAME`: long exercises that break things on purpose.

use anyhow::Result;

use super::WrongUsage;
use crate::{process, web, workspace};

/// Runs the drill that is named.
pub(crate) fn run(rest: &[String]) -> Result<()> {
    match rest {
        [name] if name == "kill" => kill(),
        [name] if name == "pictures" => pictures(),
        [name] if name == "deploy" => deploy(3, 0),
        [name, long] if name == "deploy" && long == "--long" => deploy(20, 200_000),
        [name, long] if name == "deploy" && long == "--longest" => deploy(100, 1_000_000),
        [other] => Err(WrongUsage(format!(
            "there is no drill `{other}`; there are: deploy [--long|--longest], kill, pictures"
        ))
        .into()),
        _ => Err(WrongUsage("name one drill: deploy, kill, pictures".to_owned()).into()),
    }
}

/// `kill -9` at random moments while 200 books are taken in: the long form of the test of that name.
fn kill() -> Result<()> {
    web::install_packages()?;
    web::build()?;
    process::run(workspace::cargo().args([
        "test",
        "--release",
        "--locked",
        "--package",
        "bookreader",
        "--test",
        "black_box",
        "--",
        "kill",
        "--ignored",
        "--nocapture",
    ]))
}

/// Versions change places under load, so often and with at least so many requests, and none fails.
fn deploy(flips: u32, requests: u32) -> Result<()> {
    web::install_packages()?;
    web::build()?;
    let mut drill = workspace::cargo();
    drill
        .args(["test", "--release", "--locked", "--package", "bookreader"])
        .args(["--test", "black_box", "--", "flips_lose_nothing_long_form"])
        .args(["--ignored", "--nocapture"])
        .env("BOOKREADER_DRILL_FLIPS", flips.to_string())
        .env("BOOKREADER_DRILL_REQUESTS", requests.to_string());
    process::run(&mut drill)
}

/// A thousand pictures from an illustrator that often fails, with workers killed every few seconds.
fn pictures() -> Result<()> {
    process::run(workspace::cargo().args([
        "test",
        "--release",
        "--locked",
        "--package",
        "library",
        "a_thousand_pictures_come_through_a_storm",
        "--",
        "--ignored",
        "--nocapture",
    ]))
}
