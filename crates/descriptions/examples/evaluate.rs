//! Measures the extractor: `cargo run -p descriptions --release --example evaluate -- DATA_DIR [ERRORS.md]`.
//!
//! `DATA_DIR` holds `dev.jsonl`. Prints a table with a line for each language; writes the report of errors when a file is named.

use std::path::PathBuf;

use anyhow::Context;
use descriptions::evaluation::{self, Passage};
use linguistics::{Language, Models};

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let data = arguments.next().context("name the folder that holds dev.jsonl")?;
    let errors = arguments.next();
    let models = Models::open(&Models::default_dir())?;
    let passages = evaluation::read(&data.join("dev.jsonl"))?;
    let mut report = String::new();
    println!(
        "| language | passages | precision | recall | F1 | kind | span F1 | best span | people: F1 | kind |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for language in [Language::Russian, Language::English] {
        let measured = evaluation::measure(&models, language, &passages);
        let (scores, people) = (measured.scores, measured.agreement);
        println!(
            "| {language} | {} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} |",
            measured.passages,
            scores.precision,
            scores.recall,
            scores.f1,
            scores.kind_accuracy,
            scores.span_f1,
            scores.best,
            people.f1,
            people.kind_accuracy,
        );
        let own: Vec<&Passage> = passages
            .iter()
            .filter(|passage| passage.language == language)
            .collect();
        report.push_str(&evaluation::report(
            &own,
            &evaluation::extract(&models, language, &own),
        ));
    }
    if let Some(file) = errors {
        std::fs::write(&file, report).with_context(|| format!("writing {}", file.display()))?;
    }
    Ok(())
}
