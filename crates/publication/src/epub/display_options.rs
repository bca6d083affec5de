//! `META-INF/com.apple.ibooks.display-options.xml`: how books for Apple's reader say that their pages are fixed.

use super::optional_text;
use crate::ImportError;
use crate::archive::Archive;
use crate::markup::{Dialect, Document};

const DISPLAY_OPTIONS: &str = "META-INF/com.apple.ibooks.display-options.xml";

/// Whether the options ask for fixed pages.
pub(super) fn ask_for_fixed_pages(archive: &mut Archive<'_>) -> Result<bool, ImportError> {
    let Some(options) = optional_text(archive, DISPLAY_OPTIONS)? else {
        return Ok(false);
    };
    let document = Document::parse(&options, Dialect::Xml);
    Ok(document.root().descendants().any(|option| {
        option.name() == "option"
            && option.attribute("name") == Some("fixed-layout")
            && option.short_text(16).trim() == "true"
    }))
}
