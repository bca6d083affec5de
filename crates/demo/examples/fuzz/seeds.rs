//! Whole books to begin with.

use std::path::Path;

/// Larger files say nothing that smaller ones do not, and take long.
const LARGEST: u64 = 300_000;

/// Name and bytes of each seed: the demo tales, and small files of `BOOKREADER_CORPUS` where it is set.
pub(crate) fn load() -> Vec<(String, Vec<u8>)> {
    let mut seeds = Vec::new();
    for tale in demo::tales() {
        seeds.push((format!("{}.epub", tale.slug()), tale.epub().unwrap()));
        seeds.push((format!("{}.fb2", tale.slug()), tale.fb2().unwrap()));
    }
    if let Some(corpus) = std::env::var_os("BOOKREADER_CORPUS") {
        for folder in ["books", "conformance", "fb2", "hostile"] {
            add_files(&Path::new(&corpus).join(folder), &mut seeds);
        }
    }
    seeds
}

fn add_files(folder: &Path, seeds: &mut Vec<(String, Vec<u8>)>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let small = entry
            .metadata()
            .is_ok_and(|data| data.is_file() && data.len() <= LARGEST);
        if small && !name.ends_with(".json") {
            seeds.push((name, std::fs::read(entry.path()).unwrap()));
        }
    }
}
