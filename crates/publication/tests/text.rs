//! Plain text and Markdown.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use publication::{ChapterKind, Format, Publication, import};
use support::invariants;

fn read(text: &str, name: &str) -> Publication {
    let book = import(text.as_bytes(), Some(name)).unwrap();
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
fn headings_divide_a_text_into_chapters() {
    let book = read(
        "Лев Толстой\nАнна Каренина\n\nЧасть первая\n\nГлава I\n\nВсе счастливые семьи похожи друг на друга.\n\nГлава II\n\nСтепан Аркадьич был человек правдивый.\n\nЭпилог\n\nКонец.\n",
        "анна.txt",
    );
    assert_eq!(titles(&book), ["-", "Часть первая", "Глава II", "Эпилог"]);
    assert_eq!(
        (book.format, book.start, book.chapters[0].kind),
        (Format::Text, 1, ChapterKind::Front)
    );
    assert_eq!(book.contents[0].children.len(), 3);
    assert_eq!(book.metadata.title, "анна");
    assert_eq!(book.metadata.language.as_deref(), Some("ru"));
}

#[test]
fn a_text_without_headings_is_one_chapter() {
    let book = read("— Да?\n— Нет.\n\n\n\nОн ушёл.", "a.txt");
    assert_eq!(
        book.chapters[0].html,
        "<p>— Да?</p>\n<p>— Нет.</p>\n<p class=\"space-before\">Он ушёл.</p>"
    );
}

#[test]
fn project_gutenberg_stands_around_the_story() {
    let book = read(
        "The Project Gutenberg eBook of X\n\nTitle: X and Y\n\nAuthor: A. B.\n\n*** START OF THE PROJECT GUTENBERG EBOOK X ***\n\nCHAPTER I\n\nIt was a dark night and the rain fell in torrents, except at occasional intervals when\nit was checked by a violent gust.\n\n*** END OF THE PROJECT GUTENBERG EBOOK X ***\n\nLicense text\n",
        "x.txt",
    );
    let kinds: Vec<ChapterKind> = book.chapters.iter().map(|chapter| chapter.kind).collect();
    assert_eq!(kinds, [ChapterKind::Front, ChapterKind::Body, ChapterKind::Back]);
    assert_eq!(
        (
            book.metadata.title.as_str(),
            book.metadata.creators[0].name.as_str(),
            book.start
        ),
        ("X and Y", "A. B.", 1)
    );
}

#[test]
fn markdown_is_divided_at_its_headings() {
    let book = read(
        "---\ntitle: \"Сказка\"\nauthor: Некто\nlang: ru\n---\n\n# Сказка\n\n## Первая\n\nЖил-был *кот* & <b>пёс</b>[^1].\n\n> Цитата\n\n***\n\n## Вторая\n\n- раз\n- два\n\n[^1]: Сноска.\n<script>alert(1)</script>\n",
        "a.md",
    );
    assert_eq!(book.format, Format::Markdown);
    assert_eq!(
        (book.metadata.title.as_str(), book.metadata.language.as_deref()),
        ("Сказка", Some("ru"))
    );
    assert!(
        titles(&book).ends_with(&["Первая", "Вторая"]),
        "{:?}",
        titles(&book)
    );
    let all: String = book
        .chapters
        .iter()
        .map(|chapter| chapter.html.as_str())
        .collect();
    assert!(
        all.contains("Жил-был <em>кот</em> &amp; <b>пёс</b>") && !all.contains("alert"),
        "{all}"
    );
}

#[test]
fn carriage_returns_alone_end_lines() {
    let book = read("Глава 1\r\rТекст.\r\rГлава 2\r\rЕщё.\r", "a.txt");
    assert_eq!(titles(&book), ["Глава 1", "Глава 2"]);
}

#[test]
fn other_files_are_named_in_the_refusal() {
    for (bytes, name, says) in [
        (b"%PDF-1.4".as_slice(), "a.txt", "PDF"),
        (b"<html><p>x</p></html>", "a.html", "web page"),
        (b"\x89PNG\r\n\x1a\n", "a.epub", "PNG"),
        (b"\x00\x01\x02\x03\x04\x05", "a.txt", "binary"),
        (b"plain words", "a.epub", "no EPUB"),
    ] {
        let error = import(bytes, Some(name)).unwrap_err();
        assert!(
            error.to_string().contains(says) && error.code() == "not-a-book",
            "{error}"
        );
    }
    assert_eq!(import(b"", None).unwrap_err().code(), "not-a-book");
    assert_eq!(import(b"   \n ", None).unwrap_err().code(), "not-a-book");
}
