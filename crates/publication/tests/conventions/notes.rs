//! Foot- and endnotes: every form is a reference that leads to a note.

use crate::support::books::Epub;

/// A reference and the note it leads to.
const FORMS: &[(&str, &str, &str)] = &[
    (
        "EPUB 3",
        "<a epub:type=\"noteref\" href=\"#n1\">1</a>",
        "<aside epub:type=\"footnote\" id=\"n1\"><p>СНОСКА</p></aside>",
    ),
    (
        "ARIA",
        "<a role=\"doc-noteref\" href=\"#n1\">1</a>",
        "<aside role=\"doc-footnote\" id=\"n1\"><p>СНОСКА</p></aside>",
    ),
    (
        "brackets",
        "<a href=\"#n1\">[1]</a>",
        "<p id=\"n1\">[1] СНОСКА</p>",
    ),
    (
        "a raised link",
        "<sup><a href=\"#n1\" id=\"r1\">1</a></sup>",
        "<p id=\"n1\"><a href=\"#r1\">1</a> СНОСКА</p>",
    ),
    (
        "a link around a raised number",
        "<a href=\"#n1\" id=\"r1\"><sup>1</sup></a>",
        "<div class=\"footnote\" id=\"n1\"><p><a href=\"#r1\">[1]</a> СНОСКА</p></div>",
    ),
    (
        "an anchor in the note",
        "<a href=\"#n1\"><sup>*</sup></a>",
        "<p><a id=\"n1\"></a>СНОСКА <a href=\"#r1\">назад</a></p>",
    ),
    (
        "an anchor before the note",
        "<a href=\"#n1\"><sup>1</sup></a>",
        "<a id=\"n1\"></a><p>СНОСКА</p>",
    ),
    (
        "named anchors",
        "<a name=\"r1\" href=\"#n1\">[1]</a>",
        "<p><a name=\"n1\" href=\"#r1\">[1]</a> СНОСКА</p>",
    ),
    (
        "a list of notes",
        "<a epub:type=\"noteref\" href=\"#n1\">1</a>",
        "<section epub:type=\"footnotes\"><ol><li id=\"n1\" epub:type=\"footnote\"><p>СНОСКА <a epub:type=\"backlink\" href=\"#r\">↩</a></p></li></ol></section>",
    ),
    (
        "a plain list",
        "<a href=\"#n1\" id=\"r1\"><sup>1</sup></a>",
        "<hr/><ol><li id=\"n1\">СНОСКА <a href=\"#r1\">↩</a></li></ol>",
    ),
    (
        "a class",
        "<a class=\"noteref\" href=\"#n1\">1</a>",
        "<div id=\"n1\" class=\"note\">СНОСКА</div>",
    ),
    (
        "raised by a style",
        "<a href=\"#n1\"><span style=\"vertical-align:super\">1</span></a>",
        "<p id=\"n1\">1. СНОСКА</p>",
    ),
    (
        "a definition list",
        "<a href=\"#n1\">[1]</a>",
        "<dl><dt id=\"n1\">1</dt><dd>СНОСКА</dd></dl>",
    ),
];

#[test]
fn a_note_below_the_text() {
    for (form, reference, note) in FORMS {
        let page = format!("<h1>Глава</h1><p>Слово{reference} дальше.</p><p>Ещё.</p>{note}");
        let html = &Epub::new().page("a.xhtml", &page).import().chapters[0].html;
        assert!(html.contains("role=\"doc-noteref\""), "{form}: {html}");
        assert!(html.contains("class=\"note\""), "{form}: {html}");
        assert!(html.contains("role=\"doc-footnote\""), "{form}: {html}");
        assert_eq!(html.matches("СНОСКА").count(), 1, "{form}: {html}");
    }
}

#[test]
fn notes_that_only_links_lead_to_are_read_even_outside_of_the_manifest() {
    let book = Epub::new()
        .page(
            "a.xhtml",
            "<h1>Глава</h1><p>Слово<a href=\"notes.xhtml#n1\">[1]</a>.</p>",
        )
        .file(
            "OEBPS/notes.xhtml",
            "<html><body><h1>Примечания</h1><p id=\"n1\">СНОСКА</p></body></html>",
        )
        .import();
    assert_eq!(book.chapters[1].text, "Примечания\nСНОСКА");
    assert!(book.chapters[0].html.contains("role=\"doc-noteref\""));
}

#[test]
fn a_note_in_a_file_of_its_own() {
    for (form, reference, note) in FORMS {
        let reference = reference.replace("#n1", "Notes.xhtml#n1");
        let note = note.replace("#r1", "a.xhtml#r1");
        let book = Epub::new()
            .page(
                "a.xhtml",
                &format!("<h1>Глава</h1><p>Слово{reference} дальше.</p>"),
            )
            .page("notes.xhtml", &format!("<h1>Примечания</h1>{note}"))
            .import();
        let html = &book.chapters[0].html;
        assert!(
            html.contains("data-chapter=\"1\"") && html.contains("role=\"doc-noteref\""),
            "{form}: {html}"
        );
        assert_eq!(book.chapters[1].kind, publication::ChapterKind::Notes, "{form}");
        assert!(book.chapters[1].html.contains("role=\"doc-footnote\""), "{form}");
    }
}
