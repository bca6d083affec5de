//! What the fuzz targets share: an EPUB around one fuzzed file, and what must hold of whatever is imported.

use std::io::{Cursor, Write};

use publication::{import, offsets, text_content};
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

/// The file of [`epub`] that is replaced by the fuzzer's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fuzzed {
    /// The package document.
    Package,
    /// The NCX and the navigation document.
    Navigation,
    /// The second page.
    Page,
    /// The style sheet.
    Stylesheet,
    /// A picture.
    Picture,
}

const PACKAGE: &str = "<package version='3.0'><metadata><title>t</title></metadata><manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/><item id='b' href='b.xhtml' media-type='application/xhtml+xml'/><item id='n' href='n.xhtml' properties='nav' media-type='application/xhtml+xml'/><item id='x' href='t.ncx' media-type='application/x-dtbncx+xml'/><item id='p' href='p.png' media-type='image/png' properties='cover-image'/></manifest><spine toc='x'><itemref idref='a'/><itemref idref='b'/></spine></package>";
const PAGE: &str = "<html><head><link rel='stylesheet' href='s.css'/></head><body><p class='c' id='i'>text <a href='b.xhtml#i'>x</a><img src='p.png'/></p></body></html>";

/// An EPUB in which one file is `bytes`.
pub fn epub(fuzzed: Fuzzed, bytes: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut add = |name: &str, kind: Option<Fuzzed>, content: &str| {
        let content = if kind == Some(fuzzed) {
            bytes
        } else {
            content.as_bytes()
        };
        zip.start_file(name, options)
            .expect("an archive in memory takes entries");
        zip.write_all(content).expect("an archive in memory takes bytes");
    };
    add(
        "META-INF/container.xml",
        None,
        "<container><rootfile full-path='p.opf'/></container>",
    );
    add("p.opf", Some(Fuzzed::Package), PACKAGE);
    add("a.xhtml", None, PAGE);
    add("b.xhtml", Some(Fuzzed::Page), PAGE);
    add("n.xhtml", Some(Fuzzed::Navigation), "");
    add("t.ncx", Some(Fuzzed::Navigation), "");
    add("s.css", Some(Fuzzed::Stylesheet), ".c { text-align: center }");
    add("p.png", Some(Fuzzed::Picture), "");
    zip.finish().expect("an archive in memory ends").into_inner()
}

/// Imports; whatever is accepted has one text, lawful and whole.
pub fn check(bytes: &[u8], name: &str) {
    let Ok(book) = import(bytes, Some(name)) else {
        return;
    };
    assert!(book.start < book.chapters.len());
    for chapter in &book.chapters {
        assert_eq!(text_content(&chapter.html), chapter.text);
        assert_eq!(offsets::utf16_len(&chapter.text), chapter.length);
        assert!(!chapter.text.contains('\0'));
        assert_eq!(
            chapter.parts.last().map(|part| part.html.end),
            Some(chapter.html.len())
        );
        for active in ["<script", "<iframe", "<style", "<svg", "<!--"] {
            assert!(!chapter.html.contains(active));
        }
    }
}
