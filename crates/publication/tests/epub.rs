//! EPUBs as they are found in the world.

mod support;

use publication::{ChapterKind, Format, ImportError, Role, import};
use support::books::{Epub, PNG, text};

fn html(body: &str) -> String {
    Epub::new().page("a.xhtml", body).import().chapters[0]
        .html
        .clone()
}

fn lines(body: &str) -> Vec<String> {
    let book = Epub::new().page("a.xhtml", body).import();
    book.chapters[0].text.lines().map(str::to_owned).collect()
}

#[test]
fn every_block_is_one_line_however_it_is_nested() {
    let body = "<section><div><h1>Глава</h1></div><div class=x>раз<p>два</p>три<div><div>четыре</div></div></div></section><blockquote><p>пять</p><p>шесть</p></blockquote>";
    assert_eq!(
        lines(body),
        ["Глава", "раз", "два", "три", "четыре", "пять", "шесть"]
    );
}

#[test]
fn white_space_is_collapsed_and_never_lost_between_words() {
    assert_eq!(
        lines("<p>\n  a <i> b </i>\n<b>c</b>d<br/>e<i/> f </p>"),
        ["a b cd", "e f"]
    );
    assert_eq!(lines("<p>a</p>tail<p>b</p>"), ["a", "tail", "b"]);
    assert_eq!(lines("<p>a<span>b</span>c — <em>d</em>, e</p>"), ["abc — d, e"]);
}

#[test]
fn double_breaks_are_paragraphs_and_single_ones_lines() {
    assert_eq!(
        html("<p>a<br/>b<br/><br/>c<br/></p>"),
        "<p>a<br>\nb</p>\n<p>c</p>"
    );
}

#[test]
fn empty_paragraphs_only_leave_space() {
    assert_eq!(
        html("<p>a</p><p>&#160;</p><p/><p>b</p><p><br/></p>"),
        "<p>a</p>\n<p class=\"space-before\">b</p>"
    );
}

#[test]
fn self_closing_elements_do_not_swallow_what_follows() {
    assert_eq!(
        lines("<a id=\"x\"/><p>a<i/>b</p><div/><span/><title/><script/>c<p/><b/>d"),
        ["ab", "c", "d"]
    );
}

#[test]
fn a_head_with_self_closing_title_and_script_is_left_behind() {
    let page = "<?xml version='1.0'?><!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml'><head><title/><script src='x'/><style>p{}</style></head><body><p>text</p></body></html>";
    assert_eq!(text(&Epub::new().page("a.xhtml", page).import()), "text");
}

#[test]
fn html_entities_are_known_without_a_document_type() {
    assert_eq!(
        lines("<p>a&nbsp;&mdash; b&hellip; &laquo;c&raquo; &amp; R&D &unknown; 5 < 6</p>"),
        ["a\u{a0}— b… «c» & R&D &unknown; 5 < 6"]
    );
}

#[test]
fn cdata_is_text() {
    assert_eq!(lines("<p><![CDATA[a < b]]> &amp; c</p>"), ["a < b & c"]);
}

#[test]
fn inline_elements_around_blocks_survive() {
    assert_eq!(
        html("<i><p>a</p><p>b</p></i>"),
        "<p><i>a</i></p>\n<p><i>b</i></p>"
    );
}

#[test]
fn publisher_styles_become_a_few_classes() {
    let page = "<?xml version='1.0'?><html><head><link rel='stylesheet' type='text/css' href='style.css'/></head><body><p class='c1'>a <span class='c2'>b</span></p><p class='c3'>c <span class='c4'>d</span></p><p>e</p></body></html>";
    let css = ".c1{text-align:center;color:red;background:url(http://x/)} .c2{font-style:italic;font-weight:bold} .c3 {font-style:italic} .c4{font-variant:small-caps; font-style: normal}";
    let book = Epub::new()
        .page("a.xhtml", page)
        .item("style.css", "id='css' media-type='text/css'", css)
        .import();
    assert_eq!(
        book.chapters[0].html,
        "<p class=\"center\">a <i><b>b</b></i></p>\n<p class=\"italic\">c <span class=\"upright\"><span class=\"small-caps\">d</span></span></p>\n<p>e</p>"
    );
}

#[test]
fn nothing_active_or_remote_is_left() {
    let html = html(
        "<p onclick='x()' style='background:url(http://127.0.0.1)'>a<script>alert(1)</script></p><img src='http://127.0.0.1/a.png' alt='b'/><iframe src='http://x'></iframe><a href='javascript:alert(1)'>c</a><object data='http://x'>d</object><form action='http://x'><input value='e'/><button>f</button></form><svg onload='x()'><script>1</script></svg><a href='file:///etc/passwd'>g</a><video src='http://x'>h</video>",
    );
    assert_eq!(html, "<p>a</p>\n<p>cd</p>\n<p>f</p>\n<p>gh</p>");
}

#[test]
fn links_to_the_web_are_marked_and_others_lose_only_the_link() {
    assert_eq!(
        html(
            "<p><a href=\"https://example.org/?a&amp;b\">a</a> <a href=\"http://192.168.0.1/\">b</a> <a href=\"missing.xhtml\">c</a></p>"
        ),
        "<p><a href=\"https://example.org/?a&amp;b\" rel=\"external noopener noreferrer nofollow\">a</a> b c</p>"
    );
}

#[test]
fn links_inside_the_book_know_chapter_and_offset() {
    let book = Epub::new()
        .page("a.xhtml", "<p>one <a href=\"b%20c.xhtml#z\">go</a></p>")
        .page(
            "b c.xhtml",
            "<p>first</p><p>second <span id=\"z\">there</span></p>",
        )
        .import();
    assert_eq!(
        book.chapters[0].html,
        "<p>one <a href=\"1.html#b-z\" data-chapter=\"1\" data-offset=\"13\">go</a></p>"
    );
    assert_eq!(
        book.chapters[1].html,
        "<p>first</p>\n<p>second <span id=\"b-z\"></span>there</p>"
    );
}

#[test]
fn footnotes_are_recognised_by_type_and_by_look() {
    let book = Epub::new()
        .page("a.xhtml", "<p>one<a epub:type=\"noteref\" href=\"#f1\">1</a> two<sup><a id=\"r2\" href=\"n.xhtml#f2\">2</a></sup> [<a href=\"#x\">2</a>]</p><aside epub:type=\"footnote\" id=\"f1\"><p>first</p></aside>")
        .page("n.xhtml", "<h2>Примечания</h2><p id=\"f2\"><a href=\"a.xhtml#r2\">[2]</a> second</p>")
        .import();
    let html = &book.chapters[0].html;
    assert_eq!(
        html.matches("class=\"note-ref\" role=\"doc-noteref\"").count(),
        2,
        "{html}"
    );
    assert!(
        html.contains("<aside id=\"b-f1\" class=\"note\" role=\"doc-footnote\">"),
        "{html}"
    );
    let notes = &book.chapters[1];
    assert_eq!(notes.kind, ChapterKind::Notes);
    assert!(
        notes
            .html
            .contains("<p id=\"b-f2\" class=\"note\" role=\"doc-footnote\">"),
        "{}",
        notes.html
    );
    assert!(notes.html.contains("role=\"doc-backlink\""), "{}", notes.html);
}

#[test]
fn a_table_is_a_line_per_row_and_a_layout_table_is_a_page() {
    assert_eq!(
        lines(
            "<p>x</p><table><caption>C</caption><tr><th>a</th><th>b</th></tr><tr><td><p>c</p><p>d</p></td><td></td></tr></table><p>y</p>"
        ),
        ["x", "C", "a\tb", "c", "d\t", "y"]
    );
    assert_eq!(
        lines("<table><tr><td><h1>T</h1><p>a</p><p>b</p></td></tr></table>"),
        ["T", "a", "b"]
    );
}

#[test]
fn cells_keep_what_they_span_and_lists_what_they_count() {
    assert_eq!(
        html(
            "<table><tr valign='top'><td colspan='2' rowspan='99999' onclick='x'>a</td><td colspan='0' valign='bottom'>b</td></tr></table>"
        ),
        "<table><tbody><tr><td class=\"top\" colspan=\"2\" rowspan=\"1000\">a</td>\t<td class=\"bottom\">b</td></tr></tbody></table>"
    );
    assert_eq!(
        html(
            "<ol start='4' type='I' reversed=''><li value='-2'>a</li><li value='x'>b</li></ol><ul start='2'><li>c</li></ul>"
        ),
        "<ol start=\"4\" type=\"I\" reversed=\"\"><li value=\"-2\"><p>a</p></li>\n<li><p>b</p></li></ol>\n<ul><li><p>c</p></li></ul>"
    );
}

#[test]
fn verse_keeps_its_lines() {
    assert_eq!(
        html("<blockquote epub:type=\"z3998:verse\"><p><span>a</span><br/><span>b</span></p></blockquote>"),
        "<blockquote><p class=\"verse\">a<br>\nb</p></blockquote>"
    );
}

#[test]
fn ruby_right_to_left_and_other_languages_stay() {
    assert_eq!(
        html("<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby></p>"),
        "<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby></p>"
    );
    assert_eq!(
        html("<p dir=\"rtl\">שלום</p><p xml:lang=\"fr\">a <i lang=\"la\">b</i></p>"),
        "<p dir=\"rtl\">שלום</p>\n<p lang=\"fr\">a <i lang=\"la\">b</i></p>"
    );
}

#[test]
fn pictures_get_their_size_and_wrapped_covers_are_pictures() {
    let book = Epub::new()
        .page("a.xhtml", "<svg viewBox=\"0 0 1 1\"><image width=\"1\" xlink:href=\"i/A.PNG\"/></svg>")
        .page("b.xhtml", "<p>x <img src=\"i/a.png\" alt=\"&lt;b&gt;\"/><img src=\"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgAAAAAgAB4iG8MwAAAABJRU5ErkJggg==\"/><img src=\"gone.png\"/></p>")
        .item("i/a.png", "id=\"p\" media-type=\"image/png\"", PNG)
        .import();
    let name = &book.resources[0].name;
    assert_eq!(
        book.chapters[0].html,
        format!(
            "<p class=\"image\"><img src=\"resources/{name}\" width=\"1\" height=\"1\" alt=\"\" loading=\"lazy\" decoding=\"async\"></p>"
        )
    );
    assert!(book.chapters[1].html.contains("alt=\"&lt;b&gt;\""));
    assert_eq!(
        (book.cover, book.chapters[0].kind, book.start),
        (Some(0), ChapterKind::Front, 1)
    );
}

#[test]
fn covers_are_found_by_every_convention() {
    let png = |attributes: &str| {
        Epub::new().page("a.xhtml", "<p>x</p>").item(
            "p.png",
            &format!("media-type=\"image/png\" {attributes}"),
            PNG,
        )
    };
    let dc = "<dc:title>t</dc:title>";
    let with_meta = |content: &str| {
        png("id=\"im\"").metadata(&format!("{dc}<meta name=\"cover\" content=\"{content}\"/>"))
    };
    for (how, epub) in [
        ("property", png("id=\"im\" properties=\"cover-image\"")),
        ("meta id", with_meta("im")),
        ("meta path", with_meta("p.png")),
        (
            "guide picture",
            png("id=\"im\"").guide("<reference type=\"cover\" href=\"p.png\"/>"),
        ),
        (
            "guide page",
            png("id=\"im\"")
                .page("c.xhtml", "<img src=\"p.png\"/>")
                .guide("<reference type=\"cover\" href=\"c.xhtml\"/>"),
        ),
        ("name", png("id=\"my-cover\"")),
    ] {
        assert_eq!(epub.import().cover, Some(0), "{how}");
    }
    assert_eq!(png("id=\"im\"").import().cover, None);
}

#[test]
fn wrong_paths_in_the_manifest_still_find_their_files() {
    let book = Epub::new()
        .package("<opf:package xmlns:opf='http://www.idpf.org/2007/opf' version='2.0'><opf:metadata><dc:title xmlns:dc='http://purl.org/dc/elements/1.1/'>T &amp; t</dc:title></opf:metadata><opf:manifest><opf:item id='a' href='TEXT\\A%20b.HTML' media-type='application/xhtml+xml'/><opf:item id='b' href='./text//../text/c.html' media-type='application/xhtml+xml'/></opf:manifest><opf:spine><opf:itemref idref='a'/><opf:itemref idref='b'/><opf:itemref idref='b'/><opf:itemref idref='no'/></opf:spine></opf:package>")
        .file("OEBPS/text/a b.html", "<p>one</p>")
        .file("OEBPS/text/c.html", "<p>two</p>")
        .import();
    assert_eq!(
        (book.format, text(&book).as_str(), book.metadata.title.as_str()),
        (Format::Epub2, "one\ntwo", "T & t")
    );
    assert_eq!(book.warnings.len(), 2);
}

#[test]
fn the_table_of_contents_nests_and_leads_into_files() {
    let ncx = "<ncx><navMap><navPoint><navLabel><text>Часть\n 1</text></navLabel><content src='a.xhtml'/><navPoint><navLabel><text>Глава 1</text></navLabel><content src='a.xhtml#c1'/></navPoint><navPoint><navLabel><text>Глава 2</text></navLabel><content src='a.xhtml#c2'/></navPoint></navPoint><navPoint><navLabel><text>Глава 3</text></navLabel><content src='b.xhtml'/></navPoint></navMap></ncx>";
    let book = Epub::new()
        .spine_attributes("toc='ncx'")
        .page(
            "a.xhtml",
            "<h1>Часть 1</h1><h2 id='c1'>Глава 1</h2><p>раз</p><h2><a id='c2'></a>Глава 2</h2><p>два</p>",
        )
        .page("b.xhtml", "<p>три</p>")
        .item("toc.ncx", "id='ncx' media-type='application/x-dtbncx+xml'", ncx)
        .import();
    let part = &book.contents[0];
    assert_eq!(
        (part.title.as_str(), part.chapter, part.offset),
        ("Часть 1", 0, 0)
    );
    let offsets: Vec<usize> = part.children.iter().map(|entry| entry.offset).collect();
    assert_eq!(offsets, [8, 20]);
    assert_eq!(book.chapters[1].title.as_deref(), Some("Глава 3"));
}

#[test]
fn without_a_table_of_contents_the_headings_make_one() {
    let book = Epub::new()
        .page("a.xhtml", "<h1>A</h1><p>x</p><h2>B</h2>")
        .page("b.xhtml", "<h1>C</h1><p>y</p>")
        .import();
    let titles: Vec<(&str, usize)> = book
        .contents
        .iter()
        .map(|entry| (entry.title.as_str(), entry.children.len()))
        .collect();
    assert_eq!(titles, [("A", 1), ("C", 0)]);
}

#[test]
fn files_that_a_converter_cut_are_one_chapter() {
    let book = Epub::new()
        .page("x_split_000.html", "<h1>A</h1><p>a</p>")
        .page("x_split_001.html", "<p>b <a href='x_split_000.html'>up</a></p>")
        .page("x_split_002.html", "<h1>B</h1><p>c</p>")
        .import();
    let texts: Vec<&str> = book
        .chapters
        .iter()
        .map(|chapter| chapter.text.as_str())
        .collect();
    assert_eq!(texts, ["A\na\nb up", "B\nc"]);
}

#[test]
fn front_and_back_matter_are_told_apart_and_the_story_has_a_beginning() {
    let story = format!(
        "<h1>Глава 1</h1>{}",
        "<p>Все счастливые семьи похожи друг на друга.</p>".repeat(60)
    );
    let book = Epub::new()
        .metadata("<dc:title>Анна Каренина</dc:title><dc:creator>Лев Толстой</dc:creator><dc:language>ru</dc:language>")
        .page("t.xhtml", "<p>Лев Толстой</p><h1>Анна Каренина</h1>")
        .page("c.xhtml", "<p>© 2020 Издательство. Все права защищены. ISBN 978</p>")
        .page("p.xhtml", "<h1>Пролог</h1><p>Давно это было.</p>")
        .page("1.xhtml", &story)
        .page("e.xhtml", "<p>Нет названия, но это текст книги, и он не потерян.</p>")
        .page("a.xhtml", "<h1>Об авторе</h1><p>Родился в Ясной Поляне.</p>")
        .page("n.xhtml", "<h1>Примечания</h1><p>1. Так.</p>")
        .import();
    let kinds: Vec<ChapterKind> = book.chapters.iter().map(|chapter| chapter.kind).collect();
    use ChapterKind::{Back, Body, Front, Notes};
    assert_eq!(kinds, [Front, Front, Body, Body, Body, Back, Notes]);
    assert_eq!(book.start, 2);
}

#[test]
fn long_chapters_come_in_parts() {
    let page: String = (0..4_000)
        .map(|number| format!("<p>Абзац {number}: {}</p>", "слово ".repeat(10)))
        .collect();
    let book = Epub::new().page("a.xhtml", &page).import();
    let parts = &book.chapters[0].parts;
    assert!(
        parts.len() > 2 && parts.iter().all(|part| part.html.len() <= 150_000),
        "{parts:?}"
    );
    assert!(book.chapters[0].html[parts[1].html.clone()].starts_with("<p>"));
}

#[test]
fn metadata_of_epub_3() {
    let book = Epub::new().metadata("<dc:identifier>other</dc:identifier><dc:identifier id='u'>urn:uuid:1</dc:identifier><dc:title id='s'>Подзаголовок</dc:title><meta refines='#s' property='title-type'>subtitle</meta><dc:title id='t'>Название</dc:title><meta refines='#t' property='title-type'>main</meta><dc:creator id='c'>Толстой, Лев</dc:creator><dc:creator id='i'>N. C. Wyeth</dc:creator><meta refines='#i' property='role' scheme='marc:relators'>ill</meta><dc:language>ru-RU</dc:language><meta property='belongs-to-collection' id='b'>Цикл</meta><meta refines='#b' property='collection-type'>series</meta><meta refines='#b' property='group-position'>3</meta><dc:description>&lt;p&gt;Один.&lt;/p&gt;&lt;p&gt;Два.&lt;/p&gt;</dc:description><dc:subject>a</dc:subject><dc:subject>a</dc:subject><dc:publisher>П</dc:publisher><dc:date>1877</dc:date>").page("a.xhtml", "<p>x</p>").import();
    let card = &book.metadata;
    assert_eq!(
        (card.title.as_str(), card.language.as_deref()),
        ("Название", Some("ru-RU"))
    );
    let people: Vec<(&str, Role)> = card
        .creators
        .iter()
        .map(|creator| (creator.name.as_str(), creator.role))
        .collect();
    assert_eq!(
        people,
        [("Лев Толстой", Role::Author), ("N. C. Wyeth", Role::Illustrator)]
    );
    let series = card.series.as_ref().unwrap();
    assert_eq!((series.name.as_str(), series.position), ("Цикл", Some(3.0)));
    assert_eq!(card.identifiers, ["urn:uuid:1", "other"]);
    assert_eq!(card.description.as_deref(), Some("Один.\nДва."));
    assert_eq!(
        (card.subjects.len(), card.published.as_deref()),
        (1, Some("1877"))
    );
}

#[test]
fn fixed_layout_and_page_direction_are_reported() {
    let book = Epub::new()
        .metadata("<dc:title>t</dc:title><meta property='rendition:layout'>pre-paginated</meta>")
        .spine_attributes("page-progression-direction='rtl'")
        .page("a.xhtml", "<p>x</p>")
        .import();
    assert!(book.layout.fixed && book.layout.right_to_left);
    assert_eq!(book.warnings[0].code, "fixed-layout");
    let page = Epub::new().page("a.xhtml", "<p>x</p>");
    assert!(!page.import().layout.fixed);
    let by_apple = page.clone().file(
        "META-INF/com.apple.ibooks.display-options.xml",
        "<display_options><platform name='*'><option name='fixed-layout'>true</option></platform></display_options>",
    );
    assert!(by_apple.import().layout.fixed);
    let by_page = String::from_utf8(container_file(&page.bytes(), "OEBPS/content.opf"))
        .unwrap()
        .replace(
            "<itemref ",
            "<itemref properties='rendition:layout-pre-paginated' ",
        );
    assert!(page.package(&by_page).import().layout.fixed);
}

#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
fn container_file(epub: &[u8], name: &str) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(epub)).unwrap();
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut zip.by_name(name).unwrap(), &mut bytes).unwrap();
    bytes
}

#[test]
fn encrypted_chapters_are_drm_and_obfuscated_fonts_are_not() {
    let encryption = |algorithm: &str, uri: &str| {
        format!(
            "<encryption><EncryptedData><EncryptionMethod Algorithm='{algorithm}'/><CipherData><CipherReference URI='{uri}'/></CipherData></EncryptedData></encryption>"
        )
    };
    let epub = |xml: String| {
        Epub::new()
            .page("a.xhtml", "<p>x</p>")
            .file("META-INF/encryption.xml", xml)
    };
    epub(encryption("http://www.idpf.org/2008/embedding", "OEBPS/f.otf")).import();
    epub(encryption("http://ns.adobe.com/pdf/enc#RC", "OEBPS/f.ttf")).import();
    let locked = epub(encryption(
        "http://www.w3.org/2001/04/xmlenc#aes128-cbc",
        "OEBPS/a.xhtml",
    ))
    .file("META-INF/rights.xml", "<rights/>");
    assert_eq!(
        import(&locked.bytes(), None),
        Err(ImportError::Drm {
            scheme: "Adobe ADEPT".into()
        })
    );
}

#[test]
fn a_book_of_pictures_has_no_text() {
    let epub =
        Epub::new()
            .page("a.xhtml", "<img src='p.png'/>")
            .item("p.png", "id='p' media-type='image/png'", PNG);
    assert_eq!(import(&epub.bytes(), None), Err(ImportError::NoText));
}

#[test]
fn an_early_end_of_body_loses_nothing() {
    let page = "<html><body><p>a</p></body></html><p>b</p></body><p>c</p>";
    assert_eq!(text(&Epub::new().page("a.xhtml", page).import()), "a\nb\nc");
}

#[test]
fn a_long_file_of_several_chapters_is_cut_where_the_contents_say() {
    let chapter = |number: usize| {
        format!(
            "<h2 id='c{number}'>Глава {number}</h2>{}<p>конец {number} <a href='#c1'>к первой</a></p>",
            "<p>Слова идут одно за другим, и нет им конца.</p>".repeat(300)
        )
    };
    let page: String = (1..=3).map(chapter).collect();
    let points: String = (1..=3).map(|n| format!("<navPoint><navLabel><text>Глава {n}</text></navLabel><content src='a.xhtml#c{n}'/></navPoint>")).collect();
    let book = Epub::new()
        .page("a.xhtml", &format!("<h1>Роман</h1>{page}"))
        .item(
            "toc.ncx",
            "id='ncx' media-type='application/x-dtbncx+xml'",
            format!("<ncx><navMap>{points}</navMap></ncx>"),
        )
        .import();
    let titles: Vec<_> = book
        .chapters
        .iter()
        .map(|chapter| chapter.title.as_deref().unwrap())
        .collect();
    assert_eq!(titles, ["Роман", "Глава 1", "Глава 2", "Глава 3"]);
    assert!(
        book.chapters[3]
            .html
            .contains("href=\"1.html#b-c1\" data-chapter=\"1\" data-offset=\"0\"")
    );
    let whole: Vec<String> = text(&book).lines().map(str::to_owned).collect();
    assert_eq!(
        (whole.len(), whole[302].as_str()),
        (1 + 3 * 302, "конец 1 к первой")
    );
}

#[test]
fn ten_thousand_levels_are_read_on_a_small_stack() {
    for tag in [
        "div",
        "span",
        "blockquote",
        "table><tr><td",
        "ul><li",
        "a href='#x'",
    ] {
        let page = format!(
            "<p>до</p>{}слово{}",
            format!("<{tag}>").repeat(100_000),
            "</i>".repeat(10)
        );
        assert!(
            text(&Epub::new().page("a.xhtml", &page).import()).contains("слово"),
            "{tag}"
        );
    }
}

#[test]
fn words_in_drawings_and_formulas_are_text() {
    let drawing = "<p>a</p><div><svg><title>no</title><path d='M0'/><text>b <tspan>c</tspan></text><foreignObject><p>d</p><script>no</script></foreignObject></svg></div><p>e</p>";
    assert_eq!(lines(drawing), ["a", "", "b c", "d", "e"]);
    assert_eq!(
        lines("<div><svg><image href='gone.png'><image>no</image></image><text>a</text></svg></div>"),
        ["a"]
    );
    let formula = "<p>a <math><semantics><mrow><mi>x</mi><mtext>if <b>so</b></mtext></mrow><annotation-xml><mi>no</mi></annotation-xml></semantics></math> b <math alttext='c'/></p>";
    assert_eq!(lines(formula), ["a xif so b c"]);
}

#[test]
fn of_several_forms_of_one_content_one_is_read() {
    let body = "<epub:switch><epub:case required-namespace='x'><p>case</p></epub:case><epub:default><p>default</p></epub:default></epub:switch>";
    assert_eq!(lines(body), ["default"]);
}

#[test]
fn page_numbers_go_and_text_called_a_page_number_stays() {
    let body = "<p>a<span epub:type='pagebreak'>xiv</span>b</p><section epub:type='pagebreak'><p>a long way from a number</p></section>";
    assert_eq!(lines(body), ["ab", "a long way from a number"]);
}

#[test]
fn rare_elements_and_text_outside_the_body_lose_nothing() {
    assert_eq!(
        lines(
            "<dialog>a</dialog><p><meter>b</meter><progress>c</progress></p><applet>d</applet><xmp>e</xmp>"
        ),
        ["a", "bc", "d", "e"]
    );
    let page = "<html><head><title>t</title></head><p>a</p><body><p>b</p></body><p>c</p></html>d";
    assert_eq!(text(&Epub::new().page("a.xhtml", page).import()), "a\nb\nc\nd");
}

#[test]
fn pages_that_only_links_or_the_contents_lead_to_come_last() {
    let unlisted = |id: &str| format!("id='{id}' media-type='application/xhtml+xml'");
    let book = Epub::new()
        .page("a.xhtml", "<p>one<a href='n.xhtml#n'>1</a></p>")
        .item(
            "n.xhtml",
            &unlisted("n"),
            "<p id='n'>note, see <a href='m.xhtml'>more</a></p>",
        )
        .item("m.xhtml", &unlisted("m"), "<p>more</p>")
        .item("frame.xhtml", &unlisted("f"), "<p>nobody leads here</p>")
        .import();
    let texts: Vec<&str> = book
        .chapters
        .iter()
        .map(|chapter| chapter.text.as_str())
        .collect();
    assert_eq!(texts, ["one1", "note, see more", "more"]);
    assert!(book.chapters[0].html.contains("href=\"1.html#b-n\""));
}

#[test]
fn what_is_no_page_is_left_out_of_the_text() {
    let book = Epub::new()
        .page("a.xhtml", "<p>a</p>")
        .package(
            "<package version='3.0'><manifest><item id='j' href='j.json' media-type='application/json' fallback='k'/><item id='k' href='k.json' media-type='application/json' fallback='j'/><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/></manifest><spine><itemref idref='j'/><itemref idref='k'/><itemref idref='a'/></spine><metadata><title>After the spine</title></metadata></package>",
        )
        .item("j.json", "id='x'", "{\"no\": 1}")
        .item("k.json", "id='y'", "{\"no\": 2}")
        .import();
    assert_eq!(text(&book), "a");
    assert_eq!(book.metadata.title, "After the spine");
    assert_eq!(
        book.warnings
            .iter()
            .filter(|warning| warning.code == "foreign-file")
            .count(),
        2
    );
}

#[test]
fn a_table_of_contents_may_be_wrapped_in_boxes() {
    let nav = "<nav epub:type='toc'><div><ul><li><p><a href='a.xhtml'>A</a></p><ul><li><div><a href='a.xhtml#x'>B</a></div></li></ul></li></ul></div></nav>";
    let book = Epub::new()
        .page("a.xhtml", "<p>a</p><p id='x'>b</p>")
        .item(
            "n.xhtml",
            "id='n' properties='nav' media-type='application/xhtml+xml'",
            nav,
        )
        .import();
    assert_eq!(
        (
            book.contents[0].title.as_str(),
            book.contents[0].children[0].title.as_str()
        ),
        ("A", "B")
    );
    assert_eq!(book.contents[0].children[0].offset, 2);
}

#[test]
fn long_text_in_nested_metadata_is_read_once_and_cut() {
    let nested = format!(
        "{}{}{}",
        "<dc:creator>".repeat(200),
        "слово ".repeat(50_000),
        "</dc:creator>".repeat(200)
    );
    let description = format!("{}{}", "&lt;p>&lt;b>".repeat(100), "слово ".repeat(50_000));
    let book = Epub::new()
        .page("a.xhtml", "<p>a</p>")
        .metadata(&format!(
            "<dc:title>t</dc:title>{nested}<dc:description>{description}</dc:description>"
        ))
        .import();
    assert_eq!(book.metadata.creators.len(), 1);
    assert!(
        book.metadata.description.unwrap().chars().count() <= publication::limits::DESCRIPTION_CHARS + 100
    );
}

#[test]
fn names_of_files_bring_neither_controls_nor_markup_into_messages() {
    let evil = "\u{1b}[31m&lt;script&gt;.xhtml";
    let book = Epub::new()
        .page("a.xhtml", "<p>a</p>")
        .package(&format!(
            "<package><manifest><item id='e' href='{evil}' media-type='application/xhtml+xml'/><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/></manifest><spine><itemref idref='e'/><itemref idref='a'/></spine></package>"
        ))
        .import();
    assert!(!book.warnings.is_empty());
    for warning in book.warnings {
        assert!(!warning.detail.contains(['\u{1b}', '<']), "{}", warning.detail);
    }
}
