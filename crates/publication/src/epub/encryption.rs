//! `META-INF/encryption.xml`: obfuscated fonts are harmless, anything else encrypted is DRM.

use super::optional_text;
use super::package::Package;
use crate::ImportError;
use crate::archive::{Archive, resolve};
use crate::markup::{Dialect, Document, Element};

/// Algorithms that only keep fonts from being copied out of a book (IDPF and Adobe).
const OBFUSCATION: [&str; 2] = [
    "http://www.idpf.org/2008/embedding",
    "http://ns.adobe.com/pdf/enc#RC",
];

/// Refuses a book of which anything but fonts is encrypted.
pub(super) fn refuse_drm(archive: &mut Archive<'_>, package: &Package) -> Result<(), ImportError> {
    let Some(encryption) = optional_text(archive, "META-INF/encryption.xml")? else {
        return Ok(());
    };
    let document = Document::parse(&encryption, Dialect::Xml);
    let locked = document
        .root()
        .descendants()
        .filter(|element| element.name() == "encrypteddata")
        .any(|data| {
            let find = |name: &str| data.descendants().find(|element| element.name() == name);
            let algorithm = find("encryptionmethod")
                .and_then(|method| method.attribute("algorithm"))
                .unwrap_or("");
            let target =
                find("cipherreference").and_then(|reference| resolve("", reference.attribute("uri")?));
            !OBFUSCATION.contains(&algorithm.trim())
                && target.is_some_and(|(path, _)| !package.is_font(&path))
        });
    if locked {
        return Err(ImportError::Drm {
            scheme: scheme(archive, document.root()),
        });
    }
    Ok(())
}

/// Why the pages of a book are no text although it does not say that they are encrypted.
pub(super) fn unreadable_pages(archive: &Archive<'_>) -> ImportError {
    let protected = [
        "META-INF/rights.xml",
        "rights.xml",
        "META-INF/sinf.xml",
        "META-INF/license.lcpl",
    ];
    if protected.iter().any(|path| archive.find(path).is_some()) {
        return ImportError::Drm {
            scheme: "its chapters are encrypted".to_owned(),
        };
    }
    super::damaged("its pages are no text: they may be encrypted".to_owned())
}

fn scheme(archive: &Archive<'_>, encryption: Element<'_, '_>) -> String {
    let mentions = |text: &str| {
        encryption
            .descendants()
            .any(|element| element.attribute_pairs().any(|(_, value)| value.contains(text)))
    };
    let name = if archive.find("META-INF/license.lcpl").is_some() || mentions("readium.org") {
        "Readium LCP"
    } else if archive.find("META-INF/sinf.xml").is_some() {
        "Apple FairPlay"
    } else if archive.find("META-INF/rights.xml").is_some() || mentions("adobe.com/adept") {
        "Adobe ADEPT"
    } else {
        "its chapters are encrypted"
    };
    name.to_owned()
}
