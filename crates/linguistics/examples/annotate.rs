//! Annotates a file: `annotate FILE ru|en line|chapter` writes CoNLL-U.

use std::io::{BufWriter, Write};

use linguistics::{Language, Models, Unit, conllu};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [path, language, unit] = arguments.as_slice() else {
        return Err("usage: annotate FILE ru|en line|chapter".into());
    };
    let text = std::fs::read_to_string(path)?;
    let unit = if unit == "line" { Unit::Line } else { Unit::Chapter };
    let models = Models::open(&Models::default_dir())?;
    let annotation = models.annotate(language.parse::<Language>()?, &text, unit);
    let mut out = BufWriter::new(std::io::stdout().lock());
    conllu::write(&annotation, &text, &mut out)?;
    out.flush()?;
    Ok(())
}
