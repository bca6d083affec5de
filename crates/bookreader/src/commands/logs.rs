//! `bookreader logs`: what the serving version says, also across a change of versions.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use operations::supervisor::{Folders, Store, log_file};
use serde_json::Value;

use crate::configuration::Configuration;
use crate::exit::Exit;

/// How often a followed log is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(100);

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Go on with what is written from now on; a new version's log is followed when it serves.
    #[arg(long, short)]
    follow: bool,
    /// So many of the last lines that match.
    #[arg(long, short = 'n', default_value_t = 100)]
    tail: usize,
    /// Only lines of this level or worse.
    #[arg(long, value_enum)]
    level: Option<Level>,
    /// Only lines with this text.
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// Another generation than the one that serves.
    #[arg(long, value_name = "N")]
    generation: Option<u64>,
}

/// From harmless to grave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
enum Level {
    Trace,
    Debug,
    Info,
    Warn,
    Error,
}

pub(crate) async fn run(arguments: Arguments, configuration: Configuration) -> anyhow::Result<Exit> {
    let folders = Folders::of(&configuration.data_dir());
    let mut file = which(&folders, arguments.generation)?;
    let mut log = open(&file)?;
    print_last(&arguments, &mut log)?;
    if !arguments.follow {
        return Ok(Exit::Done);
    }
    loop {
        let mut line = Vec::new();
        if log.read_until(b'\n', &mut line)? > 0 {
            print(&arguments, &line)?;
            continue;
        }
        tokio::time::sleep(LOOK_EVERY).await;
        let current = which(&folders, arguments.generation)?;
        if current != file {
            (file, log) = (current.clone(), open(&current)?);
        }
    }
}

/// The log of that generation, or of the one that serves.
fn which(folders: &Folders, generation: Option<u64>) -> anyhow::Result<PathBuf> {
    let number = match generation {
        Some(number) => number,
        None => {
            let store = Store::open(&folders.state()).context("the supervisor's state")?;
            let serving = store.state().serving.as_ref();
            serving.context("no version serves: see `bookreader up`")?.number
        }
    };
    Ok(log_file(&folders.logs(), number))
}

fn open(file: &Path) -> anyhow::Result<BufReader<std::fs::File>> {
    let log = std::fs::File::open(file).with_context(|| file.display().to_string())?;
    Ok(BufReader::new(log))
}

fn print_last(arguments: &Arguments, log: &mut impl io::BufRead) -> io::Result<()> {
    let mut last = std::collections::VecDeque::new();
    let mut line = Vec::new();
    while log.read_until(b'\n', &mut line)? > 0 {
        let line = std::mem::take(&mut line);
        if wanted(arguments, &line) {
            last.push_back(line);
        }
        if last.len() > arguments.tail {
            last.pop_front();
        }
    }
    let mut out = io::stdout().lock();
    last.iter().try_for_each(|line| out.write_all(line))
}

fn print(arguments: &Arguments, line: &[u8]) -> io::Result<()> {
    if !wanted(arguments, line) {
        return Ok(());
    }
    let mut out = io::stdout().lock();
    out.write_all(line)?;
    out.flush()
}

/// The level is a field of the line, not a word somewhere in it.
fn wanted(arguments: &Arguments, line: &[u8]) -> bool {
    let text = String::from_utf8_lossy(line);
    let has_text = arguments
        .search
        .as_ref()
        .is_none_or(|search| text.contains(search));
    let grave_enough = arguments
        .level
        .is_none_or(|least| level(&text).is_some_and(|level| level >= least));
    has_text && grave_enough
}

fn level(line: &str) -> Option<Level> {
    let parsed: Value = serde_json::from_str(line).ok()?;
    let name = parsed.get("level")?.as_str()?;
    <Level as clap::ValueEnum>::from_str(name, true).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(level: Option<Level>, search: Option<&str>) -> Arguments {
        Arguments {
            follow: false,
            tail: 1,
            level,
            search: search.map(str::to_owned),
            generation: None,
        }
    }

    #[test]
    fn a_field_named_like_a_level_is_none() {
        let harmless = br#"{"level":"INFO","error_count":0,"message":"ERROR is only a word"}"#;
        let grave = br#"{"level":"ERROR","message":"the disk is full"}"#;
        assert!(!wanted(&arguments(Some(Level::Warn), None), harmless));
        assert!(wanted(&arguments(Some(Level::Warn), None), grave));
        assert!(wanted(&arguments(Some(Level::Info), Some("only")), harmless));
        assert!(!wanted(&arguments(None, Some("only")), grave));
    }
}
