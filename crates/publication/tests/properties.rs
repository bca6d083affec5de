//! What holds whatever the bytes: no panic, every word once and in order, one text.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use proptest::prelude::*;
use publication::epub::write::{EpubBook, write};
use publication::{Publication, import};
use support::books::{Epub, fb2, text};
use support::invariants;

/// Markup as trees; `#` stands for a word.
fn inline() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("#".to_owned()),
        Just(" # ".to_owned()),
        Just("#<br/>#".to_owned()),
        Just("&nbsp;#&amp;".to_owned()),
        Just("<a id='q'/>#".to_owned()),
        Just("<!-- c -->#".to_owned()),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let tags = prop_oneof![
            Just("i"),
            Just("b"),
            Just("span"),
            Just("a href='#q'"),
            Just("sup"),
            Just("small"),
            Just("q"),
            Just("span class='c'"),
            Just("ruby"),
            Just("font"),
            Just("unknown"),
        ];
        (tags, proptest::collection::vec(inner, 1..4)).prop_map(|(tag, inner)| element(tag, &inner.join(" ")))
    })
}

fn blocks() -> impl Strategy<Value = String> {
    let leaf = (
        prop_oneof![
            Just("p"),
            Just("h2"),
            Just("div"),
            Just("p class='c'"),
            Just("pre"),
            Just("section")
        ],
        inline(),
    )
        .prop_map(|(tag, inner)| element(tag, &inner));
    let leaf = prop_oneof![leaf, inline(), Just("<hr/>".to_owned()), Just("<p/>".to_owned())];
    leaf.prop_recursive(4, 24, 5, |inner| {
        let tags = prop_oneof![
            Just("div"),
            Just("blockquote"),
            Just("ul|li"),
            Just("ol|li"),
            Just("table|tr|td"),
            Just("dl|dd"),
            Just("section"),
            Just("aside epub:type='footnote'"),
            Just("figure"),
            Just("i"),
            Just("td"),
            Just("li"),
            Just("h1"),
            Just("table"),
        ];
        (tags, proptest::collection::vec(inner, 1..5)).prop_map(|(tags, inner)| {
            tags.rsplit('|')
                .fold(inner.join("\n"), |content, tag| element(tag, &content))
        })
    })
}

fn element(tag: &str, content: &str) -> String {
    let name = tag.split(' ').next().unwrap();
    format!("<{tag}>{content}</{name}>")
}

/// Puts a different word in every place.
fn with_words(template: &str) -> (String, Vec<String>) {
    let mut words = Vec::new();
    let mut page = String::new();
    // Links lead to `#q`: their hash is no word.
    for (index, piece) in template
        .replace("href='#q'", "href='\u{1}q'")
        .split('#')
        .enumerate()
    {
        if index > 0 {
            let word = format!("слово{index}");
            page.push_str(&word);
            words.push(word);
        }
        page.push_str(piece);
    }
    (page.replace('\u{1}', "#"), words)
}

fn words_of(book: &Publication) -> Vec<String> {
    let text = text(book);
    let mut words = Vec::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find("слово") {
        rest = &rest[at..];
        let end = rest
            .char_indices()
            .skip(5)
            .find(|(_, c)| !c.is_ascii_digit())
            .map_or(rest.len(), |(at, _)| at);
        words.push(rest[..end].to_owned());
        rest = &rest[end..];
    }
    words
}

fn checked(bytes: &[u8], name: &str) -> Option<Publication> {
    let book = import(bytes, Some(name)).ok()?;
    invariants::check(&book);
    Some(book)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn every_word_of_a_page_is_read_once_and_in_order(template in proptest::collection::vec(blocks(), 1..4)) {
        let (page, words) = with_words(&template.join("\n"));
        prop_assume!(!words.is_empty());
        let book = Epub::new().page("a.xhtml", &page).item("style.css", "id='s' media-type='text/css'", ".c{font-style:italic;text-align:center}").import();
        prop_assert_eq!(words_of(&book), words, "{}", page);
    }

    #[test]
    fn what_is_written_is_read_back(template in proptest::collection::vec(blocks(), 1..4)) {
        let (page, words) = with_words(&template.join("\n"));
        prop_assume!(!words.is_empty());
        let book = Epub::new().page("a.xhtml", &page).import();
        let back = import(&write(&EpubBook::of(&book, "2026-01-01T00:00:00Z")).unwrap(), None).unwrap();
        invariants::check(&back);
        prop_assert_eq!(text(&back), text(&book));
    }

    #[test]
    fn every_word_of_an_fb2_body_is_read_once_and_in_order(shape in "[(){}<>pvtceq#]{1,60}") {
        let mut open = Vec::new();
        let mut body = String::new();
        for character in shape.chars() {
            match character {
                '(' => { body.push_str("<section>"); open.push("section"); }
                '{' => { body.push_str("<poem><stanza>"); open.push("stanza"); open.push("poem"); }
                '<' => { body.push_str("<cite>"); open.push("cite"); }
                ')' | '}' | '>' => if let Some(tag) = open.pop() { body.push_str(&format!("</{tag}>")); },
                'p' => body.push_str("<p>#</p>"),
                'v' => body.push_str("<v>#</v>"),
                't' => body.push_str("<title><p>#</p></title>"),
                'c' => body.push_str("<p>#<emphasis>#</emphasis> <a l:href='\u{1}'>#</a></p>"),
                'e' => body.push_str("<empty-line/>"),
                'q' => body.push_str("<subtitle>#"),
                _ => body.push('#'),
            }
        }
        let (body, words) = with_words(&body);
        prop_assume!(!words.is_empty());
        let document = fb2(&format!("<body><section>{}</section></body>", body.replace('\u{1}', "#")));
        let book = checked(document.as_bytes(), "a.fb2").unwrap();
        prop_assert_eq!(words_of(&book), words, "{}", body);
    }

    #[test]
    fn arbitrary_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        for name in ["a.epub", "a.fb2", "a.txt", "a.md", ""] {
            checked(&bytes, name);
        }
    }

    #[test]
    fn arbitrary_markup_is_read_or_refused(markup in "(<[/!?]?[a-z]{0,6}( [a-z]{1,5}=['\"]?[a-z#.:]{0,5}['\"]?)?/?>?|[ а-яa-z&;#\u{a0}\u{ad}\n\\[\\]-]){0,60}") {
        checked(format!("<FictionBook><body>{markup}</body></FictionBook>").as_bytes(), "a.fb2");
        checked(markup.as_bytes(), "a.md");
        checked(&Epub::new().page("a.xhtml", &markup).bytes(), "a.epub");
    }

    #[test]
    fn damaged_archives_are_read_or_refused(at in 0_usize..2_000, byte: u8, cut in 0_usize..2_000) {
        let mut bytes = Epub::new().page("a.xhtml", "<p>слово</p>").page("b.xhtml", "<p>ещё</p>").bytes();
        let length = bytes.len();
        bytes[at % length] ^= byte;
        checked(&bytes, "a.epub");
        checked(&bytes[..cut % length], "a.epub");
    }
}
