//! Steps against the rules.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use operations::migrations::{self, RELEASED};

use crate::exit::Exit;

/// Looks at every step in `folder`, or at those of this program that came after the first release.
pub(super) fn run(folder: Option<&Path>) -> anyhow::Result<Exit> {
    let steps = match folder {
        Some(folder) => in_folder(folder)?,
        None => embedded(),
    };
    let mut offences = 0;
    for (name, sql) in &steps {
        for offence in migrations::lint(sql) {
            offences += 1;
            println!("{name}:{}: {}: {}", offence.line, offence.rule, offence.why);
        }
    }
    println!("{} steps, {offences} offences", steps.len());
    Ok(if offences == 0 { Exit::Done } else { Exit::Failed })
}

fn embedded() -> Vec<(String, String)> {
    let engines = ["sqlite", "postgres"];
    engines
        .iter()
        .zip(library::embedded_scripts())
        .flat_map(|(engine, scripts)| {
            scripts
                .into_iter()
                .filter(|script| script.version > RELEASED)
                .map(move |script| (format!("{engine}/{:04}", script.version), script.sql))
        })
        .collect()
}

fn in_folder(folder: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in [folder.to_owned(), folder.join("sqlite"), folder.join("postgres")] {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries {
            files.push(entry?.path());
        }
    }
    files.retain(|file| file.to_str().is_some_and(|name| name.ends_with(".up.sql")));
    files.sort();
    anyhow::ensure!(!files.is_empty(), "there is no *.up.sql in {}", folder.display());
    files
        .into_iter()
        .map(|file| {
            let sql = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
            Ok((file.display().to_string(), sql))
        })
        .collect()
}
