//! `cargo xtask evaluate`: scores the language models on treebanks and the descriptions on annotated fiction.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use super::WrongUsage;
use crate::{novels, process, python, workspace};

/// Treebanks that no model was trained on, by language.
const TREEBANKS: [(&str, &str); 4] = [
    ("ru", "ru_taiga-ud-test.conllu.gz"),
    ("ru", "ru_gsd-ud-test.conllu.gz"),
    ("en", "en_ewt-ud-test.conllu.gz"),
    ("en", "en_gum-ud-test.conllu.gz"),
];

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

/// Every token, tag, head, relation, name and lemma of whole novels beside Python natasha's, line by line and by chapter.
fn identity() -> Result<()> {
    let novels = novels::russian()?;
    let natasha = python::natasha()?;
    let reference = workspace::root().join("crates/linguistics/reference/natasha_conllu.py");
    for novel in &novels.files {
        for unit in ["line", "chapter"] {
            let answers = novel.with_extension("conllu");
            process::run(
                Command::new(&natasha)
                    .arg(&reference)
                    .args([novel.as_os_str(), unit.as_ref(), answers.as_os_str()])
                    .args(["1", "--margins"])
                    .env("OMP_NUM_THREADS", "1")
                    .env("OPENBLAS_NUM_THREADS", "1"),
            )?;
            process::run(
                super::example("linguistics", "compare_natasha", &[])
                    .arg(novel)
                    .arg(unit)
                    .arg(answers),
            )?;
        }
    }
    Ok(())
}

fn accuracy(language: &str, treebank: &Path) -> Result<()> {
    process::run(
        super::example("linguistics", "accuracy", &[])
            .arg(language)
            .arg(treebank),
    )
}
