//! The tales' files, inside the binary.

/// One tale's files.
pub(crate) struct Source {
    pub(crate) slug: &'static str,
    pub(crate) card: &'static str,
    pub(crate) chapters: [&'static str; 6],
}

macro_rules! tale {
    ($slug:literal) => {
        Source {
            slug: $slug,
            card: include_str!(concat!("../../../demo/", $slug, "/book.toml")),
            chapters: [
                include_str!(concat!("../../../demo/", $slug, "/01.md")),
                include_str!(concat!("../../../demo/", $slug, "/02.md")),
                include_str!(concat!("../../../demo/", $slug, "/03.md")),
                include_str!(concat!("../../../demo/", $slug, "/04.md")),
                include_str!(concat!("../../../demo/", $slug, "/05.md")),
                include_str!(concat!("../../../demo/", $slug, "/06.md")),
            ],
        }
    };
}

pub(crate) const TALES: [Source; 2] = [tale!("chasy-zaozyorya"), tale!("the-orchard-at-low-tide")];
