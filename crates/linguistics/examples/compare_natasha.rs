//! Compares our annotation of a text with Python natasha's: `compare_natasha TEXT line|chapter REFERENCE.conllu`.
//!
//! The reference is made by `reference/natasha_conllu.py TEXT line|chapter REFERENCE.conllu 1 --margins`.

use std::process::ExitCode;

use linguistics::{Language, Models, Unit, conllu, identity};

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [path, unit, reference] = arguments.as_slice() else {
        return Err("usage: compare_natasha TEXT line|chapter REFERENCE.conllu".into());
    };
    let text = std::fs::read_to_string(path)?;
    let reference = conllu::read(&std::fs::read_to_string(reference)?)?;
    let unit = if unit == "line" { Unit::Line } else { Unit::Chapter };
    let models = Models::open(&Models::default_dir())?;
    let annotation = models.annotate(Language::Russian, &text, unit);
    let differences = identity::compare(&annotation, &text, &reference);
    println!("{path} by {}: {differences}", identity::unit_name(unit));
    for example in &differences.examples {
        println!("  {example}");
    }
    Ok(if differences.is_identical() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
