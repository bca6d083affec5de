//! `META-INF/container.xml`: where the package document is.

use super::{damaged, optional_text};
use crate::archive::{Archive, resolve};
use crate::markup::{Dialect, Document};
use crate::{ImportError, Warning};

const CONTAINER: &str = "META-INF/container.xml";

/// Whether the archive says that it is an EPUB.
pub(crate) fn is_declared(archive: &Archive<'_>) -> bool {
    archive.find(CONTAINER).is_some()
}

/// Whether the archive looks like an EPUB at all.
pub(crate) fn is_epub(archive: &Archive<'_>) -> bool {
    is_declared(archive) || archive.names().any(is_package_name)
}

/// The path of the package document.
pub(super) fn package_path(
    archive: &mut Archive<'_>,
    warnings: &mut Vec<Warning>,
) -> Result<String, ImportError> {
    let Some(container) = optional_text(archive, CONTAINER)? else {
        return only_package(archive, warnings, "META-INF/container.xml is missing");
    };
    let document = Document::parse(&container, Dialect::Xml);
    let mut stated: Vec<(bool, String)> = document
        .root()
        .descendants()
        .filter(|element| element.name() == "rootfile")
        .filter_map(|rootfile| {
            let (path, _) = resolve("", rootfile.attribute("full-path")?)?;
            let kind = rootfile.attribute("media-type").unwrap_or("");
            Some((!kind.contains("package+xml") && !is_package_name(&path), path))
        })
        .collect();
    // A PDF of the same book may be named as well.
    stated.sort_by_key(|(is_other, _)| *is_other);
    let stated: Vec<String> = stated.into_iter().map(|(_, path)| path).collect();
    if let Some(path) = stated.iter().find(|path| archive.find(path).is_some()) {
        return Ok(path.clone());
    }
    if document.declares_entities {
        return Err(damaged(
            "META-INF/container.xml does not name the package document".to_owned(),
        ));
    }
    let reason = format!(
        "the package document “{}” is missing",
        stated.first().map_or("", String::as_str)
    );
    only_package(archive, warnings, &reason)
}

/// The single `.opf` of an archive whose container does not lead to it.
fn only_package(
    archive: &Archive<'_>,
    warnings: &mut Vec<Warning>,
    reason: &str,
) -> Result<String, ImportError> {
    let mut packages: Vec<&str> = archive.names().filter(|name| is_package_name(name)).collect();
    packages.sort_unstable_by_key(|name| (name.matches('/').count(), *name));
    match packages.as_slice() {
        [] => Err(damaged(reason.to_owned())),
        [first, ..] => {
            let detail = format!("{reason}; “{first}” was used");
            warnings.push(Warning {
                code: "bad-container".into(),
                detail,
            });
            Ok((*first).to_owned())
        }
    }
}

fn is_package_name(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".opf") && !name.starts_with("__MACOSX/")
}
