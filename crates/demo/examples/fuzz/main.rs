//! Feeds broken books to the importer: `cargo xtask fuzz --minutes N`.
//!
//! A parent starts one child after another. A child breaks seed books at random and imports them;
//! it notes each book in a file before it begins. When a child panics, overflows its stack, runs
//! out of memory or stands still, the parent keeps that file and says how to run it again.

#![expect(
    clippy::unwrap_used,
    reason = "a fuzzer that cannot write its files is of no use"
)]

mod archive;
mod mutation;
mod seeds;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus};
use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

/// Books that one child imports.
const BATCH: usize = 100;
/// A book that takes more of a processor than this has hung the importer; other people's load does not count.
const STANDSTILL: Duration = Duration::from_secs(20);
/// The kernel's unit of processor time on Linux.
const TICKS_PER_SECOND: u64 = 100;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["child", seed, note] => {
            child(seed.parse().unwrap(), Path::new(note));
            ExitCode::SUCCESS
        }
        [minutes, failures] => parent(minutes.parse().unwrap(), Path::new(failures)),
        _ => {
            eprintln!("usage: fuzz MINUTES FOLDER-FOR-FAILURES");
            ExitCode::from(64)
        }
    }
}

fn parent(minutes: u64, failures: &Path) -> ExitCode {
    std::fs::create_dir_all(failures).unwrap();
    let note = failures.join(format!("current-{}", std::process::id()));
    let end = Instant::now() + Duration::from_secs(minutes * 60);
    let (mut seed, mut kept) = (u64::from(std::process::id()) << 32, Vec::new());
    let mut batches = 0_usize;
    while Instant::now() < end {
        seed += 1;
        batches += 1;
        if let Err(reason) = run_child(seed, &note) {
            let kept_as = failures.join(format!("{seed}.book"));
            std::fs::rename(&note, &kept_as).unwrap();
            println!("FOUND {reason}: {}", kept_as.display());
            kept.push(kept_as);
        }
    }
    // Gone already when the last child failed.
    let _ = std::fs::remove_file(&note);
    println!(
        "{} broken books imported, {} of them failed",
        batches * BATCH,
        kept.len()
    );
    if kept.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Runs one batch in a process of its own; the error says how it ended.
fn run_child(seed: u64, note: &Path) -> Result<(), String> {
    std::fs::write(note, []).unwrap();
    let program: PathBuf = std::env::current_exe().unwrap();
    let mut child = Command::new(program)
        .args(["child", &seed.to_string()])
        .arg(note)
        .spawn()
        .unwrap();
    let (mut noted, mut used_before) = (None, Duration::ZERO);
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return verdict(status);
        }
        let used = processor_time(child.id()).unwrap_or(used_before);
        let now_noted = std::fs::metadata(note).and_then(|data| data.modified()).ok();
        if now_noted != noted {
            (noted, used_before) = (now_noted, used);
        }
        if used - used_before > STANDSTILL {
            child.kill().unwrap();
            child.wait().unwrap();
            return Err(format!("no end after {} s of work", STANDSTILL.as_secs()));
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// What a process has used of the processors so far; `None` when it has just ended.
fn processor_time(pid: u32) -> Option<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name, in parentheses, may hold spaces; user and system time are the 12th and 13th fields after it.
    let (_, fields) = stat.rsplit_once(')')?;
    let mut times = fields.split_whitespace().skip(11).map(str::parse::<u64>);
    let ticks = times.next()?.ok()? + times.next()?.ok()?;
    Some(Duration::from_millis(ticks * 1000 / TICKS_PER_SECOND))
}

fn verdict(status: ExitStatus) -> Result<(), String> {
    if status.success() {
        Ok(())
    } else {
        Err(status.to_string())
    }
}

fn child(seed: u64, note: &Path) {
    let mut random = StdRng::seed_from_u64(seed);
    let seeds = seeds::load();
    for _ in 0..BATCH {
        let (name, bytes) = &seeds[random.random_range(0..seeds.len())];
        let broken = mutation::broken(bytes, &mut random);
        std::fs::write(note, &broken).unwrap();
        if let Ok(publication) = publication::import(&broken, Some(name)) {
            assert_sound(&publication);
        }
    }
}

/// What holds for every publication, however it came about.
fn assert_sound(publication: &publication::Publication) {
    assert!(!publication.metadata.title.is_empty(), "a book without a title");
    assert!(
        publication.start < publication.chapters.len(),
        "the story begins behind the end"
    );
    for chapter in &publication.chapters {
        assert_eq!(
            chapter.length,
            chapter.text.encode_utf16().count(),
            "a chapter's length"
        );
        assert!(!chapter.html.contains("<script"), "a script came through");
        for part in &chapter.parts {
            assert!(
                chapter.html.get(part.html.clone()).is_some(),
                "a part cuts a character"
            );
        }
    }
}
