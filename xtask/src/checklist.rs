//! The deployment checklist's own smoke script, taken from the document at test time.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// Where the checklist lies in the corpus folder.
const DOCUMENT: &str = "seed/production-deployment-checklist.md";

/// The script's text, verbatim, from the checklist in `corpus`.
pub(crate) fn smoke_script(corpus: &Path) -> Result<String> {
    let file: PathBuf = corpus.join(DOCUMENT);
    let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    extract(&text).with_context(|| format!("no smoke script in {}", file.display()))
}

/// The first bash block after the heading that names `scripts/smoke-tests.sh`.
fn extract(document: &str) -> Option<String> {
    let (_, after) = document.split_once("**Test Script (`scripts/smoke-tests.sh`):**")?;
    let (_, block) = after.split_once("```bash\n")?;
    let (script, _) = block.split_once("\n```")?;
    Some(format!("{script}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_is_the_block_under_its_heading() {
        let document = "```bash\nother\n```\n**Test Script (`scripts/smoke-tests.sh`):**\n\n```bash\n#!/bin/bash\necho 1\n```\ntext";
        assert_eq!(extract(document).unwrap(), "#!/bin/bash\necho 1\n");
    }

    #[test]
    fn a_document_without_the_heading_has_no_script() {
        assert_eq!(extract("```bash\necho 1\n```"), None);
    }
}
