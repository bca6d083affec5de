//! Books made by code.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// An EPUB whose every file can be replaced.
#[derive(Clone, Default)]
pub(crate) struct Epub {
    files: Vec<(String, Vec<u8>)>,
    items: String,
    spine: String,
    metadata: String,
    spine_attributes: String,
    package: Option<String>,
    guide: String,
}

impl Epub {
    /// An EPUB without pages.
    pub(crate) fn new() -> Self {
        Self::default().metadata("<dc:title>Проба</dc:title><dc:language>ru</dc:language>")
    }

    /// The content of the package's `metadata`.
    pub(crate) fn metadata(mut self, xml: &str) -> Self {
        self.metadata = xml.to_owned();
        self
    }

    /// Attributes of `spine`.
    pub(crate) fn spine_attributes(mut self, attributes: &str) -> Self {
        self.spine_attributes = attributes.to_owned();
        self
    }

    /// The whole package document instead of a made one.
    pub(crate) fn package(mut self, xml: &str) -> Self {
        self.package = Some(xml.to_owned());
        self
    }

    /// The content of `guide`.
    pub(crate) fn guide(mut self, xml: &str) -> Self {
        self.guide = xml.to_owned();
        self
    }

    /// A page in the reading order: a whole document, or the content of `body`.
    pub(crate) fn page(self, name: &str, content: &str) -> Self {
        let page = if content.contains("<body") || content.starts_with("<?xml") {
            content.to_owned()
        } else {
            format!(
                "<?xml version=\"1.0\" encoding=\"utf-8\"?><html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\"><head><title>x</title><link rel=\"stylesheet\" href=\"style.css\"/></head><body>{content}</body></html>"
            )
        };
        self.raw_page(name, page.into_bytes())
    }

    /// A page in the reading order as bytes.
    pub(crate) fn raw_page(mut self, name: &str, bytes: Vec<u8>) -> Self {
        let id = format!("i{}", self.files.len());
        self.items.push_str(&format!(
            "<item id=\"{id}\" href=\"{name}\" media-type=\"application/xhtml+xml\"/>"
        ));
        self.spine.push_str(&format!("<itemref idref=\"{id}\"/>"));
        self.file(&format!("OEBPS/{name}"), bytes)
    }

    /// A file that the manifest lists with these attributes besides its `href`.
    pub(crate) fn item(mut self, name: &str, attributes: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.items
            .push_str(&format!("<item href=\"{name}\" {attributes}/>"));
        self.file(&format!("OEBPS/{name}"), bytes)
    }

    /// A file of the archive.
    pub(crate) fn file(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.push((path.to_owned(), bytes.into()));
        self
    }

    /// The archive.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let package = self.package.clone().unwrap_or_else(|| {
            format!(
                "<?xml version=\"1.0\"?><package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"u\"><metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:opf=\"http://www.idpf.org/2007/opf\">{}</metadata><manifest>{}</manifest><spine {}>{}</spine><guide>{}</guide></package>",
                self.metadata, self.items, self.spine_attributes, self.spine, self.guide
            )
        });
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        let mut add = |name: &str, bytes: &[u8]| {
            zip.start_file(name, options).unwrap();
            zip.write_all(bytes).unwrap();
        };
        add("mimetype", b"application/epub+zip");
        if !self
            .files
            .iter()
            .any(|(name, _)| name == "META-INF/container.xml")
        {
            add(
                "META-INF/container.xml",
                b"<container><rootfiles><rootfile full-path=\"OEBPS/content.opf\"/></rootfiles></container>",
            );
        }
        add("OEBPS/content.opf", package.as_bytes());
        for (name, bytes) in &self.files {
            add(name, bytes);
        }
        zip.finish().unwrap().into_inner()
    }

    /// The imported book.
    pub(crate) fn import(&self) -> publication::Publication {
        let book = publication::import(&self.bytes(), Some("проба.epub")).unwrap();
        super::invariants::check(&book);
        book
    }
}

/// An FB2 document around bodies.
pub(crate) fn fb2(bodies: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><FictionBook xmlns=\"http://www.gribuser.ru/xml/fictionbook/2.0\" xmlns:l=\"http://www.w3.org/1999/xlink\"><description><title-info><genre>prose</genre><author><first-name>Лев</first-name><last-name>Толстой</last-name></author><book-title>Проба</book-title><lang>ru</lang></title-info></description>{bodies}</FictionBook>"
    )
}

/// The imported FB2 document around bodies.
pub(crate) fn import_fb2(bodies: &str) -> publication::Publication {
    let book = publication::import(fb2(bodies).as_bytes(), Some("проба.fb2")).unwrap();
    super::invariants::check(&book);
    book
}

/// The smallest PNG: one pixel.
pub(crate) const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0,
    1, 8, 6, 0, 0, 0, 0x1F, 0x15, 0xC4, 0x89, 0, 0, 0, 13, b'I', b'D', b'A', b'T', 0x78, 0x9C, 0x63, 0x60, 0,
    0, 0, 2, 0, 1, 0xE2, 0x21, 0xBC, 0x33, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xAE, 0x42, 0x60, 0x82,
];

/// All text of a book.
pub(crate) fn text(book: &publication::Publication) -> String {
    book.chapters
        .iter()
        .map(|chapter| chapter.text.as_str())
        .collect::<Vec<_>>()
        .join("\n")
}
