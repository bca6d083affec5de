//! Archives as they are found: with something before or behind them, with names of every kind, in several streams.

use std::io::{Cursor, Write};

use publication::{ImportError, Publication, import};
use zip::write::SimpleFileOptions;

use crate::support::books::{Epub, fb2, text};

const TEXT: &str = "Все счастливые семьи похожи друг на друга.";

fn epub() -> Vec<u8> {
    Epub::new().page("a.xhtml", &format!("<p>{TEXT}</p>")).bytes()
}

fn document() -> String {
    fb2(&format!("<body><section><p>{TEXT}</p></section></body>"))
}

fn read(bytes: &[u8], name: Option<&str>) -> Publication {
    import(bytes, name).unwrap()
}

fn zipped(name: &str, content: &[u8], options: SimpleFileOptions) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(name, options).unwrap();
    zip.write_all(content).unwrap();
    zip.finish().unwrap().into_inner()
}

#[test]
fn something_may_stand_before_or_behind_an_archive() {
    let whole = epub();
    for (before, behind, name) in [
        (b"\r\n".to_vec(), Vec::new(), None),
        (b"HTTP header\r\n\r\n".repeat(100), Vec::new(), Some("a.epub")),
        (Vec::new(), vec![0; 5_000], None),
        (Vec::new(), vec![0; 100_000], None),
        (Vec::new(), b"<html>error</html>".to_vec(), None),
    ] {
        let bytes = [before.as_slice(), &whole, &behind].concat();
        assert_eq!(
            text(&read(&bytes, name)),
            TEXT,
            "{} and {}",
            before.len(),
            behind.len()
        );
    }
}

#[test]
fn an_archive_without_its_list_of_files_is_damaged() {
    let whole = epub();
    let cut = import(&whole[..whole.len() - 60], Some("a.epub")).unwrap_err();
    assert_eq!(cut.code(), "malformed");
    assert!(cut.to_string().contains("cut short"), "{cut}");
}

#[test]
fn names_in_an_archive_may_be_written_as_addresses() {
    for (file, address) in [
        ("a%20b.xhtml", "a%20b.xhtml"),
        ("a%20b.xhtml", "a b.xhtml"),
        ("%D0%B3%D0%BB.xhtml", "гл.xhtml"),
        ("гл.xhtml", "%D0%B3%D0%BB.xhtml"),
        ("Гл.XHTML", "гл.xhtml"),
        ("и\u{306}.xhtml", "й.xhtml"),
        ("a+b.xhtml", "a+b.xhtml"),
        ("a&b.xhtml", "a&amp;b.xhtml"),
        ("a#b?.xhtml", "a%23b%3F.xhtml"),
    ] {
        let package = format!(
            "<package version=\"3.0\"><metadata><title>t</title></metadata><manifest><item id=\"a\" href=\"{address}\" media-type=\"application/xhtml+xml\"/></manifest><spine><itemref idref=\"a\"/></spine></package>"
        );
        let epub = Epub::new()
            .package(&package)
            .file(&format!("OEBPS/{file}"), format!("<p>{TEXT}</p>"));
        assert_eq!(text(&epub.import()), TEXT, "{file} as {address}");
    }
}

#[test]
fn a_zipped_fb2_need_not_be_called_so() {
    for name in ["a/b/Книга.FB2", "book", "-", "book.xml"] {
        let zip = zipped(name, document().as_bytes(), SimpleFileOptions::default());
        assert_eq!(text(&read(&zip, Some("a.zip"))), TEXT, "{name}");
    }
    let twice = zipped(
        "x.fb2.zip",
        &zipped("a.fb2", document().as_bytes(), SimpleFileOptions::default()),
        SimpleFileOptions::default().large_file(true),
    );
    assert_eq!(text(&read(&twice, None)), TEXT);
    let readme = zipped("readme.txt", b"words", SimpleFileOptions::default());
    assert_eq!(
        import(&readme, Some("a.fb2.zip")).unwrap_err().code(),
        "not-a-book"
    );
}

fn gzipped(content: &[u8]) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(content).unwrap();
    gzip.finish().unwrap()
}

#[test]
fn a_packed_file_may_have_several_streams_and_a_damaged_end() {
    let document = document();
    let (first, second) = document.as_bytes().split_at(document.len() / 2);
    let several = [gzipped(first), gzipped(second)].concat();
    assert_eq!(text(&read(&several, Some("a.fb2.gz"))), TEXT);
    let tail = [gzipped(document.as_bytes()), b"something else".to_vec()].concat();
    let book = read(&tail, Some("a.fb2.gz"));
    assert_eq!(
        (text(&book).as_str(), book.warnings[0].code.as_ref()),
        (TEXT, "damaged-file")
    );
}

#[test]
fn pages_of_scrambled_bytes_are_no_text() {
    let scrambled: Vec<u8> = (0..4_000_u32)
        .map(|index| (index.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    let book = Epub::new().raw_page("a.xhtml", scrambled);
    assert_eq!(import(&book.bytes(), None).unwrap_err().code(), "malformed");
    let protected = book.file("rights.xml", "<kdrm/>");
    assert!(matches!(
        import(&protected.bytes(), None),
        Err(ImportError::Drm { .. })
    ));
}
