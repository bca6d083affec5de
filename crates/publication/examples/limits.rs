//! Imports every file of some folders, each in a process of its own, and tells what it took: `cargo xtask limits FOLDER...`.
//!
//! Fails when a file takes more processor time or memory than any input may, or when the importer dies of it.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::Duration;

/// Processor time that any input may take.
const TIME: Duration = Duration::from_secs(10);
/// Memory that any input may take, in kB.
const MEMORY: u64 = 500_000;
/// The kernel's unit of processor time on Linux.
const TICKS_PER_SECOND: u64 = 100;
/// Lines that are printed of the files that took the most.
const SHOWN: usize = 10;

/// What one import took.
struct Taken {
    file: PathBuf,
    time: Duration,
    memory: u64,
    /// How the importer itself ended.
    outcome: String,
    failed: bool,
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    match arguments.as_slice() {
        [] => {
            eprintln!("usage: limits FOLDER...");
            Ok(ExitCode::from(64))
        }
        [one, file] if one == Path::new("--one") => import(file),
        folders => measure(folders),
    }
}

/// The child: what the server and the commands do with a file, no more.
fn import(file: &Path) -> Result<ExitCode, Box<dyn Error>> {
    let bytes = std::fs::read(file)?;
    let name = file.file_name().and_then(|name| name.to_str());
    let outcome = match publication::import(&bytes, name) {
        Ok(book) => format!("{} chapters", book.chapters.len()),
        Err(error) => format!("refused: {}", error.code()),
    };
    let (time, memory) = usage("self").ok_or("the kernel does not say what was used")?;
    println!("{} {memory} {outcome}", time.as_millis());
    Ok(ExitCode::SUCCESS)
}

fn measure(folders: &[PathBuf]) -> Result<ExitCode, Box<dyn Error>> {
    let mut files = Vec::new();
    for folder in folders {
        collect(folder, &mut files)?;
    }
    files.sort();
    let mut all: Vec<Taken> = files.into_iter().map(run).collect::<Result<_, _>>()?;
    let failed = all.iter().filter(|taken| taken.failed).count();
    all.sort_by_key(|taken| (taken.failed, taken.time, taken.memory));
    for taken in all.iter().rev().take(failed.max(SHOWN)) {
        let verdict = if taken.failed { "FAILED" } else { "" };
        println!(
            "{:>7.2} s {:>5} MB  {}  {} {verdict}",
            taken.time.as_secs_f64(),
            taken.memory / 1000,
            taken.file.display(),
            taken.outcome
        );
    }
    let time = all.iter().map(|taken| taken.time).max().unwrap_or_default();
    let memory = all.iter().map(|taken| taken.memory).max().unwrap_or_default();
    println!(
        "{} files, {failed} beyond {} s or {} MB; at most {:.2} s and {} MB",
        all.len(),
        TIME.as_secs(),
        MEMORY / 1000,
        time.as_secs_f64(),
        memory / 1000
    );
    Ok(if failed == 0 && !all.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in std::fs::read_dir(path)? {
        collect(&entry?.path(), files)?;
    }
    Ok(())
}

/// Runs the child and ends it as soon as it has taken too much.
fn run(file: PathBuf) -> Result<Taken, Box<dyn Error>> {
    let mut child = Command::new(std::env::current_exe()?)
        .arg("--one")
        .arg(&file)
        .stdout(Stdio::piped())
        .spawn()?;
    let (mut time, mut memory) = (Duration::ZERO, 0);
    let ended = loop {
        if let Some(status) = child.try_wait()? {
            break Some(status);
        }
        if let Some(used) = usage(&child.id().to_string()) {
            (time, memory) = used;
        }
        if time > TIME || memory > MEMORY {
            child.kill()?;
            child.wait()?;
            break None;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let said = output(&mut child)?;
    let mut words = said.trim().splitn(3, ' ');
    let mut number = || words.next().and_then(|word| word.parse::<u64>().ok());
    if let (Some(milliseconds), Some(peak)) = (number(), number()) {
        (time, memory) = (Duration::from_millis(milliseconds), peak);
    }
    let outcome = match (ended, words.next()) {
        (Some(status), Some(outcome)) if status.success() => outcome.to_owned(),
        (Some(status), _) => format!("died: {status}"),
        (None, _) => "ended by the measurement".to_owned(),
    };
    let died = !ended.is_some_and(|status| status.success());
    Ok(Taken {
        failed: died || time > TIME || memory > MEMORY,
        file,
        time,
        memory,
        outcome,
    })
}

fn output(child: &mut Child) -> Result<String, Box<dyn Error>> {
    let mut said = String::new();
    if let Some(mut stdout) = child.stdout.take() {
        std::io::Read::read_to_string(&mut stdout, &mut said)?;
    }
    Ok(said)
}

/// Processor time and peak memory (in kB) of a process so far; `None` when it has just ended.
fn usage(process: &str) -> Option<(Duration, u64)> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name, in parentheses, may hold spaces; user and system time are the 12th and 13th fields after it.
    let (_, fields) = stat.rsplit_once(')')?;
    let mut times = fields.split_whitespace().skip(11).map(str::parse::<u64>);
    let ticks = times.next()?.ok()? + times.next()?.ok()?;
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes = peak.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some((Duration::from_millis(ticks * 1000 / TICKS_PER_SECOND), kilobytes))
}
