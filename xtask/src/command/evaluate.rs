//! `cargo xtask evaluate`: scores the language models on treebanks and the descriptions on annotated fiction.

use std::path::Path;

use anyhow::{Context as _, Result};

use crate::{process, workspace};

/// Treebanks that no model was trained on, by language.
const TREEBANKS: [(&str, &str); 4] = [
    ("ru", "ru_taiga-ud-test.conllu.gz"),
    ("ru", "ru_gsd-ud-test.conllu.gz"),
    ("en", "en_ewt-ud-test.conllu.gz"),
    ("en", "en_gum-ud-test.conllu.gz"),
];

/// Prints one table after the other.
pub(crate) fn run(rest: &[String]) -> Result<()> {
    super::no_arguments("evaluate", rest)?;
    let corpus = super::corpus()
        .context("this needs BOOKREADER_CORPUS, the folder that holds descriptions/dev.jsonl and ud/")?;
    for (language, treebank) in TREEBANKS {
        accuracy(language, &corpus.join("ud").join(treebank))?;
    }
    let errors = workspace::private().join("description-errors.md");
    std::fs::create_dir_all(workspace::private())?;
    process::run(
        super::example("descriptions", "evaluate", &[])
            .arg(corpus.join("descriptions"))
            .arg(errors),
    )
}

fn accuracy(language: &str, treebank: &Path) -> Result<()> {
    process::run(
        super::example("linguistics", "accuracy", &[])
            .arg(language)
            .arg(treebank),
    )
}
