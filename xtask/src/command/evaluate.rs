//! `cargo xtask evaluate`: scores the language models on treebanks and the descriptions on annotated fiction.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use super::WrongUsage;
use crate::service::folder::TemporaryFolder;
use crate::{novels, process, python, workspace};

/// Treebanks that no model was trained on, by language.
const TREEBANKS: [(&str, &str); 4] = [
    ("ru", "ru_taiga-ud-test.conllu.gz"),
    ("ru", "ru_gsd-ud-test.conllu.gz"),
    ("en", "en_ewt-ud-test.conllu.gz"),
    ("en", "en_gum-ud-test.conllu.gz"),
];

/// Texts made to be nasty, and their lines: some 33,000 tokens each.
const NASTY_TEXTS: u32 = 2;
const NASTY_LINES: u32 = 1000;

const NAMES: [&str; 3] = ["accuracy", "descriptions", "identity"];

/// Prints the tables that are named, or all but `identity`, which takes some ten minutes.
pub(crate) fn run(rest: &[String]) -> Result<()> {
    if let Some(unknown) = rest.iter().find(|name| !NAMES.contains(&name.as_str())) {
        return Err(WrongUsage(format!(
            "there is no evaluation `{unknown}`; there are: {}",
            NAMES.join(", ")
        ))
        .into());
    }
    let wanted = |name: &str| rest.iter().any(|one| one == name) || (rest.is_empty() && name != "identity");
    let corpus = super::corpus()
        .context("this needs BOOKREADER_CORPUS, the folder that holds descriptions/, ud/ and books/")?;
    if wanted("accuracy") {
        for (language, treebank) in TREEBANKS {
            accuracy(language, &corpus.join("ud").join(treebank))?;
        }
        let english = TREEBANKS.iter().filter(|(language, _)| *language == "en");
        process::run(
            super::example("linguistics", "accuracy_english", &[])
                .args(english.map(|(_, treebank)| corpus.join("ud").join(treebank))),
        )?;
    }
    if wanted("descriptions") {
        descriptions(&corpus)?;
    }
    if wanted("identity") {
        identity()?;
    }
    Ok(())
}

fn descriptions(corpus: &Path) -> Result<()> {
    let errors = workspace::private().join("description-errors.md");
    std::fs::create_dir_all(workspace::private())?;
    process::run(
        super::example("descriptions", "evaluate", &[])
            .arg(corpus.join("descriptions"))
            .arg(errors),
    )
}

/// Every token, tag, head, relation, name and lemma beside Python natasha's, line by line and by chapter: of text made so
/// that the rules meet, then of whole novels, whose words are used in made text too.
fn identity() -> Result<()> {
    let novels = novels::russian()?;
    let natasha = python::natasha()?;
    let folder = TemporaryFolder::new("nasty")?;
    for seed in 1..=NASTY_TEXTS {
        let made = folder.path().join(format!("nasty-{seed}.txt"));
        make_nasty(&natasha, seed, novels.files.last().map(PathBuf::as_path), &made)?;
        compare(&natasha, &made)?;
    }
    novels.files.iter().try_for_each(|novel| compare(&natasha, novel))
}

/// Mixed scripts, emoji, odd punctuation, dialogue, abbreviations, numbers, soft hyphens, stress marks, control characters.
fn make_nasty(python: &Path, seed: u32, words: Option<&Path>, made: &Path) -> Result<()> {
    let mut make = Command::new(python);
    make.arg(reference("make_nasty.py"))
        .args([seed.to_string(), NASTY_LINES.to_string()])
        .args(words);
    std::fs::write(made, process::output(&mut make)?)?;
    Ok(())
}

fn compare(natasha: &Path, text: &Path) -> Result<()> {
    for unit in ["line", "chapter"] {
        let answers = text.with_extension("conllu");
        process::run(
            Command::new(natasha)
                .arg(reference("natasha_conllu.py"))
                .args([text.as_os_str(), unit.as_ref(), answers.as_os_str()])
                .args(["1", "--margins"])
                .env("OMP_NUM_THREADS", "1")
                .env("OPENBLAS_NUM_THREADS", "1"),
        )?;
        process::run(
            super::example("linguistics", "compare_natasha", &[])
                .arg(text)
                .arg(unit)
                .arg(answers),
        )?;
    }
    Ok(())
}

fn reference(script: &str) -> PathBuf {
    workspace::root()
        .join("crates/linguistics/reference")
        .join(script)
}

fn accuracy(language: &str, treebank: &Path) -> Result<()> {
    process::run(
        super::example("linguistics", "accuracy", &[])
            .arg(language)
            .arg(treebank),
    )
}
