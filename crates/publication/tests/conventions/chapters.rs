//! Chapters by the table of contents: several in one file, one over several files.

use publication::Publication;

use crate::support::books::Epub;

const WORDS: &str = "Слова идут одно за другим, и нет им конца. ";

fn paragraphs(count: usize) -> String {
    format!("<p>{}</p>", WORDS.repeat(count))
}

fn with_ncx(epub: Epub, targets: &[&str]) -> Publication {
    let points: String = targets
        .iter()
        .map(|target| {
            format!(
                "<navPoint><navLabel><text>{target}</text></navLabel><content src=\"{target}\"/></navPoint>"
            )
        })
        .collect();
    epub.item(
        "toc.ncx",
        "id=\"ncx\" media-type=\"application/x-dtbncx+xml\"",
        format!("<ncx><navMap>{points}</navMap></ncx>"),
    )
    .import()
}

fn titles(book: &Publication) -> Vec<&str> {
    book.chapters
        .iter()
        .map(|chapter| chapter.title.as_deref().unwrap_or("-"))
        .collect()
}

#[test]
fn several_entries_that_lead_to_headings_of_one_file_are_chapters() {
    let places: [fn(usize) -> String; 4] = [
        |n| format!("<h2 id=\"c{n}\">Глава {n}</h2>{}", paragraphs(10)),
        |n| format!("<div id=\"c{n}\"><h2>Глава {n}</h2>{}</div>", paragraphs(10)),
        |n| format!("<p><a id=\"c{n}\"></a></p><h2>Глава {n}</h2>{}", paragraphs(10)),
        |n| format!("<a name=\"c{n}\"></a><h2>Глава {n}</h2>{}", paragraphs(10)),
    ];
    for place in places {
        let page: String = (1..=3).map(place).collect();
        let epub = Epub::new().page("a.xhtml", &page);
        let book = with_ncx(epub, &["a.xhtml#c1", "a.xhtml#c2", "a.xhtml#c3"]);
        assert_eq!(
            titles(&book),
            ["a.xhtml#c1", "a.xhtml#c2", "a.xhtml#c3"],
            "{page}"
        );
        for (index, chapter) in book.chapters.iter().enumerate() {
            assert!(chapter.text.starts_with(&format!("Глава {}\n", index + 1)));
        }
    }
}

#[test]
fn entries_that_lead_into_a_chapter_do_not_cut_it() {
    let page = format!(
        "<h1>Глава</h1>{}<p id=\"x\">Ещё.</p>{}<p id=\"y\">Дальше.</p>{}",
        paragraphs(10),
        paragraphs(10),
        paragraphs(10)
    );
    let book = with_ncx(
        Epub::new().page("a.xhtml", &page),
        &["a.xhtml", "a.xhtml#x", "a.xhtml#y"],
    );
    assert_eq!(book.chapters.len(), 1);
    assert_eq!(book.contents.len(), 3);
}

#[test]
fn a_page_without_an_entry_or_heading_goes_on_with_the_chapter_before() {
    let chapter = |title: &str| format!("<h1>{title}</h1>{}", paragraphs(60));
    let epub = Epub::new()
        .page("1.xhtml", &chapter("Первая"))
        .page("1-more.xhtml", &paragraphs(60))
        .page("1-tail.xhtml", "<p>слово, которое продолжает фразу.</p>")
        .page("plate.xhtml", "<p>Вклейка с портретом.</p>")
        .page("2.xhtml", &chapter("Вторая"))
        .page("after.xhtml", &paragraphs(60));
    let book = with_ncx(epub, &["1.xhtml", "2.xhtml"]);
    assert_eq!(titles(&book), ["1.xhtml", "-", "2.xhtml", "-"]);
    assert!(book.chapters[0].text.ends_with("продолжает фразу."));
}

#[test]
fn a_navigation_document_is_known_by_its_name_too() {
    let book = Epub::new()
        .page("a.xhtml", "<p>Текст.</p>")
        .item(
            "nav.xhtml",
            "id=\"x\" media-type=\"application/xhtml+xml\"",
            "<html><body><nav epub:type=\"toc\"><ol><li><a href=\"a.xhtml\">Глава</a></li></ol></nav></body></html>",
        )
        .import();
    assert_eq!(titles(&book), ["Глава"]);
}

#[test]
fn a_table_of_contents_of_one_entry_gives_way_to_the_headings() {
    let mut epub = Epub::new();
    for number in 1..=5 {
        epub = epub.page(
            &format!("{number}.xhtml"),
            &format!("<h1>Глава {number}</h1>{}", paragraphs(3)),
        );
    }
    let book = with_ncx(epub, &["1.xhtml"]);
    let titles: Vec<&str> = book.contents.iter().map(|entry| entry.title.as_str()).collect();
    assert_eq!(titles, ["Глава 1", "Глава 2", "Глава 3", "Глава 4", "Глава 5"]);
}
