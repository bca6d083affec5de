//! Where the front cover may be named.

use base64::Engine;

use crate::support::books::{Epub, PNG, fb2};

const PICTURE_PAGE: &str = "<h1>Книга</h1><img src=\"p.png\"/>";

fn book(attributes: &str, pages: &[(&str, &str)]) -> Epub {
    let mut epub = Epub::new();
    for (name, content) in pages {
        epub = epub.page(name, content);
    }
    epub.page("a.xhtml", "<h1>Глава</h1><p>Текст.</p>").item(
        "p.png",
        &format!("media-type=\"image/png\" {attributes}"),
        PNG,
    )
}

#[test]
fn a_cover_is_what_the_manifest_the_metadata_or_the_guide_call_so() {
    let with_meta = |meta: &str| book("id=\"im\"", &[]).metadata(&format!("<dc:title>t</dc:title>{meta}"));
    for (how, epub) in [
        ("property", book("id=\"im\" properties=\"cover-image\"", &[])),
        ("one of two properties", book("id=\"im\" properties=\"svg cover-image\"", &[])),
        ("meta id", with_meta("<meta name=\"cover\" content=\"im\"/>")),
        ("meta id, written backwards", with_meta("<meta content=\"im\" name=\"Cover\"></meta>")),
        ("meta path", with_meta("<meta name=\"cover\" content=\"p.png\"/>")),
        (
            "guide picture",
            book("id=\"im\"", &[]).guide("<reference type=\"Cover\" href=\"p.png\"/>"),
        ),
        (
            "guide page",
            book("id=\"im\"", &[("c.xhtml", PICTURE_PAGE)])
                .guide("<reference type=\"cover\" href=\"c.xhtml\"/>"),
        ),
        ("name of the picture", book("id=\"my-cover\"", &[])),
        ("name of the page", book("id=\"im\"", &[("cover.xhtml", PICTURE_PAGE)])),
        (
            "landmark",
            book("id=\"im\"", &[("c.xhtml", PICTURE_PAGE)]).item(
                "nav.xhtml",
                "id=\"nav\" properties=\"nav\" media-type=\"application/xhtml+xml\"",
                "<html><body><nav epub:type=\"landmarks\"><ol><li><a epub:type=\"cover\" href=\"c.xhtml\">c</a></li></ol></nav></body></html>",
            ),
        ),
        (
            "type of the page",
            book(
                "id=\"im\"",
                &[("c.xhtml", "<html><body epub:type=\"cover\"><h1>Книга</h1><img src=\"p.png\"/></body></html>")],
            ),
        ),
    ] {
        assert_eq!(epub.import().cover, Some(0), "{how}");
    }
    assert_eq!(book("id=\"im\"", &[]).import().cover, None);
}

#[test]
fn a_first_page_that_is_a_picture_only_is_a_cover() {
    for page in [
        "<img src=\"p.png\"/>",
        "<svg viewBox=\"0 0 1 1\"><image xlink:href=\"p.png\" width=\"1\" height=\"1\"/></svg>",
        "<object data=\"p.png\" type=\"image/png\">Обложка</object>",
        "<div style=\"text-align:center\"><a href=\"a.xhtml\"><img src=\"p.png\"/></a></div>",
    ] {
        assert_eq!(
            book("id=\"im\"", &[("x.xhtml", page)]).import().cover,
            Some(0),
            "{page}"
        );
    }
}

#[test]
fn a_cover_page_need_not_be_in_the_reading_order() {
    let epub = book("id=\"im\"", &[])
        .item(
            "c.xhtml",
            "id=\"c\" media-type=\"application/xhtml+xml\"",
            "<html><body><svg><image xlink:href=\"p.png\"/></svg></body></html>",
        )
        .guide("<reference type=\"cover\" href=\"c.xhtml\"/>");
    assert_eq!(epub.import().cover, Some(0));
}

#[test]
fn an_fb2_cover_is_named_by_the_description_or_by_itself() {
    let png = base64::engine::general_purpose::STANDARD.encode(PNG);
    for (page, id) in [
        ("<coverpage><image l:href=\"#p.png\"/></coverpage>", "p.png"),
        ("<coverpage><image xlink:href=\"P.PNG\"/></coverpage>", "p.png"),
        ("<coverpage><image href=\"#p.png\"/></coverpage>", "p.png"),
        ("", "cover.jpg"),
    ] {
        let document = fb2(&format!(
            "<body><section><p>Текст.</p></section></body><binary id=\"{id}\">{png}</binary>"
        ))
        .replace("<lang>", &format!("{page}<lang>"));
        let book = publication::import(document.as_bytes(), None).unwrap();
        assert_eq!(book.cover, Some(0), "{page} {id}");
    }
}

#[test]
fn a_cover_that_cannot_be_shown_gives_way_to_the_next() {
    let epub = book("id=\"good\"", &[])
        .item(
            "bad.png",
            "id=\"bad\" media-type=\"image/png\" properties=\"cover-image\"",
            b"no picture",
        )
        .metadata("<dc:title>t</dc:title><meta name=\"cover\" content=\"good\"/>");
    assert_eq!(epub.import().cover, Some(0));
}
