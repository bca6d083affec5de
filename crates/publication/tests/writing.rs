//! The written EPUB and FB2.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use publication::epub::write::{EpubBook, Illustration, WriteError, write};
use publication::{Publication, Resource, import};
use support::books::{Epub, PNG, import_fb2, text};
use support::{epubcheck, invariants, need};

/// A book with everything in it that can be written.
fn rich() -> Publication {
    let page = "<h1 id=\"top\">Глава 1<br/>Утро</h1><p>Он <i>вошёл</i> &amp; сел<a epub:type=\"noteref\" href=\"notes.xhtml#n1\"><sup>1</sup></a>.</p><p class=\"c\">* * *</p><blockquote epub:type=\"epigraph\"><p>Эпиграф</p></blockquote><div class=\"poem\"><div class=\"stanza\"><p>Строка</p><p>Другая</p></div></div><table><tr><td colspan=\"2\" valign=\"middle\">а</td><td rowspan=\"0\">б</td></tr><tr><td>в</td><td>г</td></tr></table><ul><li>раз</li><li>два<ol start=\"3\" type=\"i\" reversed=\"reversed\"><li value=\"7\">три</li></ol></li></ul><dl><dt>слово</dt><dd>толкование</dd></dl><p><img src=\"a.png\" alt=\"точка &quot;тут&quot;\"/></p><figure><img src=\"a.png\" alt=\"\"/><figcaption>подпись</figcaption></figure><hr/><p xml:lang=\"fr\">Bonjour <a href=\"https://example.org/?a=1&amp;b=2\">туда</a>, <a href=\"two.xhtml#later\">дальше</a></p>";
    let more = "<h1>Глава 2</h1><p>Начало 😀.</p><h2 id=\"later\">Позже</h2><p>Конец.</p><ruby>漢<rt>かん</rt></ruby><p dir=\"rtl\">שלום</p><pre>  a\n b</pre>";
    let notes = "<section epub:type=\"endnotes\"><h2>Примечания</h2><aside epub:type=\"footnote\" id=\"n1\"><p>Пояснение. <a href=\"one.xhtml#top\">↩</a></p></aside></section>";
    let nav = "<nav epub:type=\"toc\"><ol><li><a href=\"one.xhtml\">Глава 1</a></li><li><a href=\"two.xhtml\">Глава 2</a><ol><li><a href=\"two.xhtml#later\">Позже</a></li></ol></li></ol></nav>";
    Epub::new()
        .metadata("<dc:identifier id=\"u\">urn:isbn:9780000000000</dc:identifier><dc:title>Проба &amp; ошибка</dc:title><dc:creator>Лев Толстой</dc:creator><dc:contributor opf:role=\"trl\">Иван Переводчик</dc:contributor><dc:language>ru</dc:language><dc:description>Первая &lt;b&gt;строка&lt;/b&gt;</dc:description><dc:date>1877</dc:date><dc:subject>проза</dc:subject><meta name=\"calibre:series\" content=\"Цикл\"/><meta name=\"calibre:series_index\" content=\"2.5\"/>")
        .page("one.xhtml", page)
        .page("two.xhtml", more)
        .page("notes.xhtml", notes)
        .item("nav.xhtml", "id=\"nav\" properties=\"nav\" media-type=\"application/xhtml+xml\"", format!("<html><body>{nav}</body></html>"))
        .item("a.png", "id=\"pic\" media-type=\"image/png\" properties=\"cover-image\"", PNG)
        .import()
}

fn illustrated() -> EpubBook {
    let publication = rich();
    let mut book = EpubBook::of(&publication, "2026-01-31T12:00:00Z");
    let offset = publication.chapters[0].text.find("Строка").unwrap();
    book.resources.push(Resource {
        name: "picture.png".into(),
        media_type: "image/png".into(),
        bytes: PNG.to_vec(),
        width: Some(1),
        height: Some(1),
    });
    let resource = book.resources.len() - 1;
    let picture = |chapter, offset, caption: Option<&str>| Illustration {
        chapter,
        offset,
        resource,
        alt: "Рисунок <1>".into(),
        caption: caption.map(str::to_owned),
    };
    book.illustrations = vec![picture(1, 0, None), picture(0, offset, Some("«Строка»"))];
    book
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    assert_eq!(write(&illustrated()).unwrap(), write(&illustrated()).unwrap());
}

#[test]
fn what_is_read_back_has_the_same_text_card_and_contents() {
    let publication = rich();
    let back = import(
        &write(&EpubBook::of(&publication, "2026-01-31T12:00:00Z")).unwrap(),
        None,
    )
    .unwrap();
    invariants::check(&back);
    let chapters = |book: &Publication| -> Vec<String> {
        let filled = book.chapters.iter().filter(|chapter| !chapter.text.is_empty());
        filled.map(|chapter| chapter.text.clone()).collect()
    };
    assert_eq!(chapters(&publication), chapters(&back));
    assert_eq!(publication.metadata, back.metadata);
    let titles = |book: &Publication| -> Vec<(String, usize, usize)> {
        book.contents
            .iter()
            .map(|entry| (entry.title.clone(), entry.offset, entry.children.len()))
            .collect()
    };
    assert_eq!(titles(&publication), titles(&back));
    assert_eq!(
        back.contents[1].children[0].offset,
        publication.contents[1].children[0].offset
    );
    assert!(back.cover.is_some());
}

#[test]
fn an_illustration_follows_the_block_it_belongs_to_and_is_listed() {
    let back = import(&write(&illustrated()).unwrap(), None).unwrap();
    let chapter = back
        .chapters
        .iter()
        .find(|chapter| chapter.title.as_deref() == Some("Глава 1"))
        .unwrap();
    let lines: Vec<&str> = chapter.text.lines().collect();
    let poem = lines.iter().position(|line| *line == "Другая").unwrap();
    assert_eq!(lines[poem + 2], "«Строка»", "{lines:?}");
    assert!(text(&back).contains("Иллюстрации"));
}

#[test]
fn a_book_that_refers_to_what_it_lacks_is_refused() {
    let mut book = illustrated();
    book.illustrations[0].chapter = 99;
    assert!(matches!(
        write(&book),
        Err(WriteError::Missing {
            what: "chapter",
            index: 99
        })
    ));
    book.chapters.clear();
    assert!(matches!(write(&book), Err(WriteError::NoChapters)));
}

#[test]
fn epubcheck_has_nothing_to_say() {
    if let Some(checker) = need::epubcheck() {
        assert_eq!(
            epubcheck::complaints(checker, &write(&illustrated()).unwrap()),
            ""
        );
    }
}

#[test]
fn fb2_is_read_back_with_its_words_notes_and_pictures() {
    let publication = rich();
    let written = publication::fb2::write::write(&publication);
    let back = import(&written, Some("a.fb2")).unwrap();
    invariants::check(&back);
    let words = |book: &Publication| {
        text(book)
            .split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(words(&publication), words(&back));
    assert_eq!(back.metadata.title, publication.metadata.title);
    assert_eq!(back.metadata.creators, publication.metadata.creators);
    assert!(back.cover.is_some());
    assert!(back.chapters[0].html.contains("role=\"doc-noteref\""));
}

#[test]
fn fb2_written_from_fb2_is_the_same_book() {
    let book = import_fb2(
        "<body><title><p>Лев Толстой</p><p>Проба</p></title><section><title><p>Глава 1</p></title><epigraph><p>Э</p><text-author>Автор</text-author></epigraph><p>Текст<a l:href=\"#n1\" type=\"note\">[1]</a></p><poem><stanza><v>раз</v><v>два</v></stanza></poem></section></body><body name=\"notes\"><title><p>Примечания</p></title><section id=\"n1\"><title><p>1</p></title><p>Сноска</p></section></body>",
    );
    let back = import(&publication::fb2::write::write(&book), Some("a.fb2")).unwrap();
    let words = |book: &Publication| {
        text(book)
            .split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(words(&book), words(&back));
}
