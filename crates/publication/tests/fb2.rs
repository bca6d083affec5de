//! FB2 files as they are found in the world.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::io::Write;

use base64::Engine;
use publication::{ChapterKind, Publication, Role, import};
use support::books::{PNG, fb2, import_fb2, text};
use support::invariants;

fn read(document: &str) -> Publication {
    let book = import(document.as_bytes(), Some("a.fb2")).unwrap();
    invariants::check(&book);
    book
}

fn titles(book: &Publication) -> Vec<&str> {
    book.chapters
        .iter()
        .map(|chapter| chapter.title.as_deref().unwrap_or("-"))
        .collect()
}

#[test]
fn every_section_is_read_once_and_in_order() {
    let book = import_fb2(
        "<body><title><p>Книга</p></title><epigraph><p>Э0</p></epigraph><section><p>Пролог без названия</p></section><section><title><p>Часть</p></title><epigraph><p>Э1</p></epigraph><section><title><p>А</p></title><p>а</p><section><p>б</p></section></section><section><title><p>В</p></title><p>в</p></section></section><section><p>Конец</p></section></body>",
    );
    assert_eq!(
        text(&book),
        "Книга\nЭ0\nПролог без названия\nЧасть\nЭ1\nА\nа\nб\nВ\nв\nКонец"
    );
    assert_eq!(book.chapters[0].kind, ChapterKind::Front);
    assert_eq!(book.start, 1);
    let part = book.contents.iter().find(|entry| entry.title == "Часть").unwrap();
    assert_eq!(
        part.children
            .iter()
            .map(|entry| entry.title.as_str())
            .collect::<Vec<_>>(),
        ["А", "В"]
    );
}

#[test]
fn long_parts_are_divided_into_their_chapters() {
    let chapter = |number: usize| {
        format!(
            "<section><title><p>Глава {number}</p></title>{}</section>",
            "<p>Слова идут одно за другим.</p>".repeat(200)
        )
    };
    let book = import_fb2(&format!(
        "<body><section><title><p>Часть первая</p></title><p>Вступление.</p>{}{}</section></body>",
        chapter(1),
        chapter(2)
    ));
    assert_eq!(titles(&book), ["Часть первая", "Глава 1", "Глава 2"]);
    assert_eq!(book.contents[0].children.len(), 2);
}

#[test]
fn poems_quotations_tables_and_subtitles() {
    let book = import_fb2(
        "<body><section><title><p>Т</p></title><poem><title><p>Стихи</p></title><stanza><v>раз</v><v>два</v></stanza><stanza><v>три</v></stanza><text-author>Поэт</text-author><date>1830</date></poem><cite><p>цитата</p><text-author>Он</text-author></cite><subtitle>* * *</subtitle><table><tr><th>а</th><th>б</th></tr><tr><td align=\"center\" colspan=\"2\" valign=\"middle\">в</td><td rowspan=\"2\"/></tr></table><empty-line/><p>конец</p></section></body>",
    );
    assert_eq!(
        book.chapters[0].html,
        "<h2>Т</h2>\n<div class=\"poem\"><p class=\"subtitle\">Стихи</p>\n<div class=\"stanza\"><p class=\"verse\">раз</p>\n<p class=\"verse\">два</p></div>\n<div class=\"stanza\"><p class=\"verse\">три</p></div>\n<p class=\"text-author\">Поэт</p>\n<p class=\"date\">1830</p></div>\n<blockquote class=\"cite\"><p>цитата</p>\n<p class=\"text-author\">Он</p></blockquote>\n<p class=\"subtitle scene-break\">* * *</p>\n<table><tbody><tr><th>а</th>\t<th>б</th></tr>\n<tr><td class=\"center middle\" colspan=\"2\">в</td>\t<td rowspan=\"2\"></td></tr></tbody></table>\n<p class=\"space-before\">конец</p>"
    );
}

#[test]
fn inline_styles_and_text_after_them() {
    let book = import_fb2(
        "<body><section><p>а <strong>б</strong> в <emphasis>г</emphasis>, д<sup>2</sup> <style name=\"x\">е &amp; ж</style> <strikethrough>з</strikethrough> и</p></section></body>",
    );
    assert_eq!(
        book.chapters[0].html,
        "<p>а <strong>б</strong> в <em>г</em>, д<sup>2</sup> е &amp; ж <s>з</s> и</p>"
    );
}

#[test]
fn notes_are_linked_and_stand_in_a_chapter_of_their_own() {
    for name in ["notes", "comments", "footnotes"] {
        let book = import_fb2(&format!(
            "<body><section><p>слово<a l:href=\"#n1\" type=\"note\">[1]</a>.</p></section></body><body name=\"{name}\"><title><p>Примечания</p></title><section id=\"n1\"><title><p>1</p></title><p>Пояснение</p></section></body>"
        ));
        assert_eq!(
            book.chapters[0].html,
            "<p>слово<a href=\"1.html#b-n1\" data-chapter=\"1\" data-offset=\"11\" class=\"note-ref\" role=\"doc-noteref\">[1]</a>.</p>"
        );
        let notes = &book.chapters[1];
        assert_eq!(
            (notes.kind, notes.title.as_deref()),
            (ChapterKind::Notes, Some("Примечания"))
        );
        assert!(notes.html.contains("<aside id=\"b-n1\" class=\"note\" role=\"doc-footnote\"><p class=\"subtitle\">1</p>\n<p>Пояснение</p></aside>"), "{}", notes.html);
    }
}

#[test]
fn links_work_without_a_namespace_and_with_any_prefix() {
    for prefix in ["l:", "xlink:", "ns0:", ""] {
        let book = import_fb2(&format!(
            "<body><section><p>а<a {prefix}href=\"#n1\" type=\"note\">1</a></p></section></body><body name=\"notes\"><section id=\"n1\"><p>б</p></section></body>"
        ));
        assert!(book.chapters[0].html.contains("doc-noteref"), "{prefix}");
    }
}

#[test]
fn pictures_and_covers_come_from_binaries() {
    let png = base64::engine::general_purpose::STANDARD.encode(PNG);
    let broken: String = png
        .as_bytes()
        .chunks(10)
        .map(|line| format!("{}\r\n ", String::from_utf8_lossy(line)))
        .collect();
    let document = fb2("<body><section><p>а <image l:href=\"#i.png\"/></p><image l:href=\"#I.PNG\" alt=\"рис.\"/><image l:href=\"#gone\"/></section></body>")
        .replace("<lang>", "<coverpage><image l:href=\"#i.png\"/></coverpage><lang>")
        .replace("</FictionBook>", &format!("<binary id=\"i.png\" content-type=\"image/jpeg\">{broken}</binary></FictionBook>"));
    let book = read(&document);
    assert_eq!((book.cover, book.resources.len()), (Some(0), 1));
    assert_eq!(book.resources[0].media_type, "image/png");
    assert_eq!(book.chapters[0].html.matches("<img ").count(), 2);
}

#[test]
fn the_card() {
    let description = "<description><title-info><genre>prose_classic</genre><genre>sf</genre><author><first-name>Лев</first-name><middle-name>Николаевич</middle-name><last-name>Толстой</last-name></author><author><nickname>Некто</nickname></author><book-title>Война и мир</book-title><annotation><p>Первый.</p><p>Второй.</p></annotation><keywords>война, мир</keywords><date value=\"1869-01-01\">1869</date><lang>ru</lang><src-lang>fr</src-lang><translator><first-name>Иван</first-name><last-name>Петров</last-name></translator><sequence name=\"Эпопея\" number=\"1\"/></title-info><document-info><id>abc</id></document-info><publish-info><publisher>Наука</publisher><year>1980</year><isbn>978-5</isbn></publish-info></description>";
    let book = read(&format!(
        "<FictionBook>{description}<body><section><p>x</p></section></body></FictionBook>"
    ));
    let card = &book.metadata;
    assert_eq!(card.title, "Война и мир");
    let people: Vec<(&str, Role)> = card
        .creators
        .iter()
        .map(|creator| (creator.name.as_str(), creator.role))
        .collect();
    assert_eq!(
        people,
        [
            ("Лев Николаевич Толстой", Role::Author),
            ("Некто", Role::Author),
            ("Иван Петров", Role::Translator)
        ]
    );
    assert_eq!(
        card.series
            .as_ref()
            .map(|series| (series.name.as_str(), series.position)),
        Some(("Эпопея", Some(1.0)))
    );
    assert_eq!(card.identifiers, ["abc", "978-5"]);
    assert_eq!(card.subjects, ["prose_classic", "sf", "война", "мир"]);
    assert_eq!(card.description.as_deref(), Some("Первый.\nВторой."));
    assert_eq!(
        (card.publisher.as_deref(), card.published.as_deref()),
        (Some("Наука"), Some("1980"))
    );
}

#[test]
fn broken_xml_loses_no_text() {
    for (document, expected) in [
        (
            "<body><section><title><p>А</title><p>один & два<p>три <b>четыре <i>пять</b> шесть</i></section><section><p>семь</p></body>",
            "А\nодин & два\nтри четыре пять шесть\nсемь",
        ),
        (
            "<body><section><p>а < б</p></section></section><section><p>в</p></section></body>",
            "а < б\nв",
        ),
        (
            "<body><section><p>а&nbsp;—&copy;</p><p>б</section></body>",
            "а\u{a0}—©\nб",
        ),
        (
            "<body><p>без раздела</p><section><p>в разделе",
            "без раздела\nв разделе",
        ),
        (
            "<body><section><p>а</p></body><section><p>после</p></section>",
            "а\nпосле",
        ),
        (
            "<body><section><poem><v>раз<v>два</poem><p>конец</p></section></body>",
            "раз\nдва\nконец",
        ),
    ] {
        let book = read(&format!(
            "<FictionBook><description><title-info><book-title>T</book-title></title-info></description>{document}</FictionBook>"
        ));
        assert_eq!(text(&book), expected, "{document}");
    }
}

#[test]
fn every_encoding_zip_and_gzip() {
    let document = fb2(
        "<body><section><title><p>Глава первая</p></title><p>Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива по-своему.</p></section></body>",
    );
    let plain = text(&read(&document));
    for name in ["windows-1251", "koi8-r", "ibm866", "utf-8"] {
        let encoding = encoding_rs::Encoding::for_label(name.as_bytes()).unwrap();
        for declared in [name, "utf-8"] {
            let bytes = encoding
                .encode(&document.replace("utf-8", declared))
                .0
                .into_owned();
            assert_eq!(
                text(&import(&bytes, None).unwrap()),
                plain,
                "{name} as {declared}"
            );
        }
    }
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(document.as_bytes()).unwrap();
    assert_eq!(
        text(&import(&gzip.finish().unwrap(), Some("a.fb2.gz")).unwrap()),
        plain
    );
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("книга.fb2", zip::write::SimpleFileOptions::default())
        .unwrap();
    zip.write_all(document.as_bytes()).unwrap();
    assert_eq!(
        text(&import(&zip.finish().unwrap().into_inner(), None).unwrap()),
        plain
    );
}

#[test]
fn payloads_are_text_or_nothing() {
    let book = import_fb2(
        "<body><section><p>а<script>alert(1)</script><a l:href=\"javascript:alert(1)\">б</a><image l:href=\"file:///etc/passwd\"/><iframe src=\"x\">в</iframe></p></section></body>",
    );
    assert_eq!(book.chapters[0].html, "<p>аб</p>");
}

#[test]
fn what_stands_between_rows_and_cells_is_in_the_table() {
    let document = "<FictionBook><body><section><p>x</p><table>a<tr>b<td>c</td>d<p>e</p></tr><tbody><tr><th>f</th><td>g</td></tr></tbody></table></section></body></FictionBook>";
    let book = publication::import(document.as_bytes(), None).unwrap();
    assert_eq!(book.chapters[0].text, "x\na\nb\tc\td\te\nf\tg");
}

#[test]
fn text_outside_the_bodies_keeps_its_place() {
    let document = "<FictionBook><body><section><p>a</p></section></body><section><p>b</p></section>c<p>d</p><body name='notes'><section><p>e</p></section></body>";
    let book = publication::import(document.as_bytes(), None).unwrap();
    let texts: Vec<&str> = book
        .chapters
        .iter()
        .map(|chapter| chapter.text.as_str())
        .collect();
    assert_eq!(texts, ["a", "b", "c\nd", "e"]);
}

#[test]
fn utf16_is_known_without_a_mark_and_behind_white_space() {
    let document = " \n<?xml version='1.0' encoding='utf-16'?><FictionBook><body><section><p>Текст</p></section></body></FictionBook>";
    let big: Vec<u8> = document.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let little: Vec<u8> = document.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [big, little] {
        assert_eq!(
            publication::import(&bytes, Some("a.fb2")).unwrap().chapters[0].text,
            "Текст"
        );
    }
}

#[test]
fn an_annotation_of_nested_paragraphs_is_read_once() {
    let nested = format!("{}{}", "<text-author>".repeat(200), "слово ".repeat(50_000));
    let document = format!(
        "<FictionBook><description><title-info><book-title>t</book-title><annotation>{nested}</annotation></title-info></description><body><section><p>a</p></section></body></FictionBook>"
    );
    let book = publication::import(document.as_bytes(), None).unwrap();
    assert!(
        book.metadata.description.unwrap().chars().count() <= publication::limits::DESCRIPTION_CHARS + 100
    );
}
