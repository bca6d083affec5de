//! Pages that the reading order leaves out although the book leads to them: notes, as a rule. They come last.

use std::collections::HashSet;

use memchr::memmem;

use super::super::navigation::Navigation;
use super::super::package::{Item, Package};
use super::{Spine, is_page, unpack};
use crate::archive::{Archive, folded};
use crate::{ImportError, Warning};

/// How many such pages are looked for.
const PAGES: usize = 64;

/// Adds the files that a link or the table of contents leads to, and those that these lead to.
pub(super) fn append(
    archive: &mut Archive<'_>,
    package: &Package,
    navigation: &Navigation,
    spine: &mut Spine,
    files: &mut Vec<Vec<u8>>,
    warnings: &mut Vec<Warning>,
) -> Result<(), ImportError> {
    let listed = navigation.targets();
    let outside = not_in_the_manifest(archive, package);
    let mut left: Vec<&Item> = package
        .manifest
        .iter()
        .chain(&outside)
        .filter(|item| is_page(item) && navigation.document.as_ref() != Some(&item.path))
        .filter(|item| spine.index(&item.path).is_none() && archive.find(&item.path).is_some())
        .take(PAGES)
        .collect();
    let mut searched = 0;
    while !left.is_empty() {
        let found: Vec<&Item> = left
            .iter()
            .copied()
            .filter(|item| {
                (searched == 0 && listed.contains(&item.path.as_str()))
                    || files[searched..].iter().any(|file| links_to(file, &item.path))
            })
            .collect();
        searched = files.len();
        if found.is_empty() {
            break;
        }
        left.retain(|item| !found.iter().any(|taken| taken.path == item.path));
        for item in found {
            if spine.index(&item.path).is_some() {
                continue;
            }
            let detail = format!(
                "“{}” is not in the reading order; it was put at the end",
                item.path
            );
            warnings.push(Warning {
                code: "unlisted-page".into(),
                detail,
            });
            files.extend(unpack(archive, std::slice::from_ref(&item.path), warnings)?);
            spine.push(item.path.clone());
        }
    }
    Ok(())
}

/// Pages that are in the archive only.
fn not_in_the_manifest(archive: &Archive<'_>, package: &Package) -> Vec<Item> {
    let listed: HashSet<String> = package.manifest.iter().map(|item| folded(&item.path)).collect();
    let mut paths: Vec<&str> = archive
        .names()
        .filter(|name| name.to_ascii_lowercase().ends_with("html") && !name.starts_with("__MACOSX/"))
        .filter(|name| !listed.contains(&folded(name)))
        .collect();
    paths.sort_unstable();
    let item = |path: &str| Item {
        id: String::new(),
        path: path.to_owned(),
        media_type: String::new(),
        properties: String::new(),
        fallback: None,
    };
    paths.into_iter().take(PAGES).map(item).collect()
}

/// Whether a page has `href=".../name` for the name of the file at `path`.
fn links_to(page: &[u8], path: &str) -> bool {
    const LONGEST: usize = 300;
    let name = path.rsplit('/').next().unwrap_or(path);
    let finder = memmem::Finder::new(name.as_bytes());
    finder.find_iter(page).take(1_000).any(|at| {
        let before = &page[at.saturating_sub(LONGEST)..at];
        let quote = before.iter().rposition(|byte| matches!(byte, b'"' | b'\''));
        quote.is_some_and(|quote| before[..quote].to_ascii_lowercase().ends_with(b"href="))
    })
}
