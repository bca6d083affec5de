//! Speed and memory beside Python natasha: `linguistics_bench TEXT [PYTHON]` prints a table.
//!
//! Every measurement is a process of its own that does the whole pipeline on the same text: segmentation,
//! morphology, syntax, names with normal forms, lemmas. Seconds are of the CPU, the best of several repetitions
//! (for two threads of the clock: run it on a quiet machine). PYTHON is an interpreter that has natasha; without it the Python
//! rows are left out. `BOOKREADER_CORPUS_MODELS` may name another directory of models.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use linguistics::{Annotation, Language, Models, Unit, identity};
use serde::{Deserialize, Serialize};

const REPETITIONS: usize = 5;

/// One measurement, as both sides print it.
#[derive(Serialize, Deserialize)]
struct Measured {
    seconds: f64,
    ready: f64,
    characters: usize,
    tokens: usize,
    peak: u64,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        ["--measure", text, unit, threads] => {
            let measured = measure(text, unit, threads.parse()?)?;
            println!("{}", serde_json::to_string(&measured)?);
            Ok(())
        }
        [text] => table(text, None),
        [text, python] => table(text, Some(python)),
        _ => Err("usage: linguistics_bench TEXT [PYTHON]".into()),
    }
}

fn table(text: &str, python: Option<&str>) -> Result<(), Box<dyn std::error::Error>> {
    println!(
        "{:28} {:>9} {:>10} {:>8} {:>9} {:>9}",
        "", "us/token", "tokens/s", "ready ms", "peak MiB", "speed-up"
    );
    for unit in ["chapters", "line"] {
        let reference = python
            .map(|python| measure_python(python, text, unit))
            .transpose()?;
        if let Some(reference) = &reference {
            row(&format!("natasha (Python), {unit}"), reference, None);
        }
        let one = measure_in_process(text, unit, 1)?;
        row(&format!("one thread, {unit}"), &one, reference.as_ref());
        let two = measure_in_process(text, unit, 2)?;
        row(&format!("two threads, {unit}"), &two, Some(&one));
    }
    println!("The speed-up of two threads is over one thread.");
    Ok(())
}

fn row(name: &str, measured: &Measured, over: Option<&Measured>) {
    let per_token = |measured: &Measured| measured.seconds / measured.tokens.max(1) as f64;
    let speed_up = over.map_or(String::new(), |over| {
        format!("{:.2}", per_token(over) / per_token(measured))
    });
    println!(
        "{name:28} {:9.2} {:10.0} {:8.1} {:9.1} {speed_up:>9}",
        per_token(measured) * 1e6,
        1.0 / per_token(measured),
        measured.ready * 1e3,
        measured.peak as f64 / f64::from(1 << 20),
    );
}

fn measure_in_process(
    text: &str,
    unit: &str,
    threads: usize,
) -> Result<Measured, Box<dyn std::error::Error>> {
    let output = Command::new(std::env::current_exe()?)
        .args(["--measure", text, unit, &threads.to_string()])
        .output()?;
    Ok(serde_json::from_slice(&output.stdout)
        .map_err(|_| String::from_utf8_lossy(&output.stderr).into_owned())?)
}

fn measure_python(python: &str, text: &str, unit: &str) -> Result<Measured, Box<dyn std::error::Error>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("reference/natasha_conllu.py");
    let output = Command::new(python)
        .arg(script)
        .args([text, unit, "-", "3"])
        .env("OMP_NUM_THREADS", "1")
        .env("OPENBLAS_NUM_THREADS", "1")
        .output()?;
    Ok(serde_json::from_slice(&output.stdout)
        .map_err(|_| String::from_utf8_lossy(&output.stderr).into_owned())?)
}

fn measure(path: &str, unit: &str, threads: usize) -> Result<Measured, Box<dyn std::error::Error>> {
    let directory =
        std::env::var_os("BOOKREADER_CORPUS_MODELS").map_or_else(Models::default_dir, PathBuf::from);
    let text = std::fs::read_to_string(path)?;
    let begin = Instant::now();
    let models = Models::open(&directory)?;
    let ready = begin.elapsed().as_secs_f64();
    let unit_of_text = if unit == "line" { Unit::Line } else { Unit::Chapter };
    let parts: Vec<&str> = identity::chapters(&text)
        .into_iter()
        .map(|(_, part)| part)
        .collect();
    let mut measured = Measured {
        seconds: f64::INFINITY,
        ready,
        characters: text.chars().count(),
        tokens: 0,
        peak: 0,
    };
    for _ in 0..REPETITIONS {
        let before = thread_seconds();
        let begin = Instant::now();
        let annotations: Vec<Annotation> =
            models.annotate_all(Language::Russian, &parts, unit_of_text, threads);
        let seconds = match threads {
            1 => thread_seconds() - before,
            _ => begin.elapsed().as_secs_f64(),
        };
        measured.seconds = measured.seconds.min(seconds);
        measured.tokens = annotations.iter().map(|annotation| annotation.tokens.len()).sum();
    }
    measured.peak = peak_memory();
    Ok(measured)
}

/// CPU seconds of this thread (Linux).
fn thread_seconds() -> f64 {
    let statistics = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = statistics
        .split_whitespace()
        .next()
        .and_then(|n| n.parse::<f64>().ok());
    nanoseconds.unwrap_or_default() / 1e9
}

/// Peak resident memory of this process in bytes (Linux).
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok())
        .unwrap_or_default()
        * 1024
}
