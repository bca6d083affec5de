//! `cargo xtask drill NAME`: long exercises that break things on purpose.

use anyhow::Result;

use super::WrongUsage;
use crate::{process, web, workspace};

/// Runs the drill that is named.
pub(crate) fn run(rest: &[String]) -> Result<()> {
    match rest {
        [name] if name == "kill" => kill(),
        [name] if name == "pictures" => pictures(),
        [other] => Err(WrongUsage(format!("there is no drill `{other}`; there are: kill, pictures")).into()),
        _ => Err(WrongUsage("name one drill: kill, pictures".to_owned()).into()),
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
