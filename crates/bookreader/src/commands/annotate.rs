//! `bookreader annotate`: the linguistic annotation of a text, as CoNLL-U.

use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::ValueEnum;
use linguistics::engine::{Member, consult};
use linguistics::{Language, Models, Unit, conllu};

use crate::configuration::Configuration;
use crate::engines::EngineChoice;
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
    /// Another engine whose voice counts too: a name from the configuration, the address of a service, or a program with
    /// its arguments. May be given several times.
    #[arg(long, value_name = "ENGINE[=WEIGHT]")]
    engine: Vec<EngineChoice>,
    /// How much the built-in models count beside the engines; 0 leaves the word to them.
    #[arg(long, value_name = "WEIGHT", default_value_t = 1.0, value_parser = weight, requires = "engine")]
    own_weight: f32,
}

fn weight(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(weight) if weight.is_finite() && weight >= 0.0 => Ok(weight),
        _ => Err("a weight is a number that is not negative".to_owned()),
    }
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

pub(crate) fn run(arguments: &Arguments, configuration: &Configuration) -> anyhow::Result<Exit> {
    let text = read(&arguments.file)?;
    let language = match arguments.lang.or_else(|| linguistics::detect(&text)) {
        Some(language) => language,
        None if text.trim().is_empty() => return Ok(Exit::Done),
        // Numbers, signs and pictures have no language; their tokens are the same in both.
        None if !text.chars().any(char::is_alphabetic) => Language::Russian,
        None => bail!("the text is neither Russian nor English; name a language with --lang"),
    };
    let mut members = arguments
        .engine
        .iter()
        .map(|engine| engine.meet(&configuration.language_engines))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let unit = arguments.unit.into();
    let mut annotation = match language {
        Language::English => linguistics::annotate_english(&text, unit),
        Language::Russian => Models::open(&configuration.models_dir())?.annotate(language, &text, unit),
    };
    consult(&mut annotation, &text, arguments.own_weight, &mut members)?;
    let OutputFormat::Conllu = arguments.format;
    let mut out = BufWriter::new(std::io::stdout().lock());
    if !annotation.sentences.is_empty() {
        write_members(&members, &mut out)?;
    }
    conllu::write(&annotation, &text, &mut out)?;
    out.flush()?;
    Ok(Exit::Done)
}

/// Who had a say, as comments before the first sentence.
fn write_members(members: &[Member], out: &mut impl Write) -> std::io::Result<()> {
    for member in members {
        let of = member.engine.description();
        let said = format!("{} {} {}", of.engine, of.model, of.version).replace(char::is_control, " ");
        writeln!(out, "# engine = {said}, weight {}", member.weight)?;
    }
    Ok(())
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
