//! `bookreader annotate`: the linguistic annotation of a text, as CoNLL-U.

use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::ValueEnum;
use linguistics::{Language, Models, Unit, conllu};

use crate::exit::Exit;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// A text file, in UTF-8 best; `-` is standard input. Token ranges count characters of its text.
    file: PathBuf,
    /// The language (`ru` or `en`) instead of finding out.
    #[arg(long)]
    lang: Option<Language>,
    /// What counts as one document, over which names are decoded as one sequence.
    #[arg(long, value_enum, default_value_t = DocumentUnit::Chapter)]
    unit: DocumentUnit,
    /// How it is printed.
    #[arg(long, value_enum, default_value_t = OutputFormat::Conllu)]
    format: OutputFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum DocumentUnit {
    /// Each line that is not blank.
    Line,
    /// The whole file.
    Chapter,
}

impl From<DocumentUnit> for Unit {
    fn from(unit: DocumentUnit) -> Self {
        match unit {
            DocumentUnit::Line => Unit::Line,
            DocumentUnit::Chapter => Unit::Chapter,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum OutputFormat {
    Conllu,
}

pub(crate) fn run(arguments: &Arguments, models_dir: &Path) -> anyhow::Result<Exit> {
    let text = read(&arguments.file)?;
    let language = match arguments.lang.or_else(|| linguistics::detect(&text)) {
        Some(language) => language,
        None if text.trim().is_empty() => return Ok(Exit::Done),
        // Numbers, signs and pictures have no language; their tokens are the same in both.
        None if !text.chars().any(char::is_alphabetic) => Language::Russian,
        None => bail!("the text is neither Russian nor English; name a language with --lang"),
    };
    let annotation = Models::open(models_dir)?.annotate(language, &text, arguments.unit.into());
    let OutputFormat::Conllu = arguments.format;
    let mut out = BufWriter::new(std::io::stdout().lock());
    conllu::write(&annotation, &text, &mut out)?;
    out.flush()?;
    Ok(Exit::Done)
}

fn read(file: &Path) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        std::io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .context("standard input cannot be read")?;
    } else {
        bytes = std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    }
    Ok(String::from_utf8(bytes).unwrap_or_else(|error| {
        eprintln!("{} is not UTF-8: its encoding is guessed", file.display());
        publication::plain_text::decode(error.as_bytes())
    }))
}
