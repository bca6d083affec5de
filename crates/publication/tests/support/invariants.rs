//! What holds of every imported book.

use std::collections::HashSet;

use publication::{Publication, TocEntry, limits, offsets, text_content};

/// Panics when anything does not hold.
pub(crate) fn check(book: &Publication) {
    assert!(!book.chapters.is_empty());
    assert!(book.start < book.chapters.len());
    assert!(!book.metadata.title.trim().is_empty());
    assert!(book.metadata.title.chars().count() <= limits::NAME_CHARS + 1);
    assert_eq!(book.revision.len(), 32);
    assert!(book.cover.is_none_or(|cover| cover < book.resources.len()));
    let names: HashSet<&str> = book
        .resources
        .iter()
        .map(|resource| resource.name.as_str())
        .collect();
    assert_eq!(names.len(), book.resources.len(), "resource names are unique");
    let lengths: Vec<usize> = book.chapters.iter().map(|chapter| chapter.length).collect();
    for chapter in &book.chapters {
        one_text(chapter);
        parts(chapter);
        links(chapter, &lengths, &names);
    }
    contents(&book.contents, &lengths, 0);
}

fn one_text(chapter: &publication::Chapter) {
    assert_eq!(
        text_content(&chapter.html),
        chapter.text,
        "the text is the parsed HTML's"
    );
    assert_eq!(chapter.length, offsets::utf16_len(&chapter.text));
    let forbidden = chapter
        .text
        .chars()
        .find(|c| c.is_control() && !matches!(c, '\n' | '\t'));
    assert_eq!(forbidden, None, "no control characters");
    assert!(!chapter.text.starts_with('\n') || chapter.html.starts_with('<'));
    for active in [
        "<script",
        "<iframe",
        "<style",
        "<svg",
        "javascript:",
        "onerror=",
        "<!--",
    ] {
        assert!(!chapter.html.contains(active), "{active}");
    }
}

fn parts(chapter: &publication::Chapter) {
    let mut end = 0;
    let mut start = 0;
    for part in &chapter.parts {
        assert_eq!(part.html.start, end, "parts follow each other");
        assert_eq!(part.start, start, "a part knows its place");
        end = part.html.end;
        start += offsets::utf16_len(&text_content(&chapter.html[part.html.clone()]));
    }
    assert_eq!(
        (end, start),
        (chapter.html.len(), chapter.length),
        "the parts are the whole chapter"
    );
}

fn links(chapter: &publication::Chapter, lengths: &[usize], names: &HashSet<&str>) {
    for attribute in chapter.html.split(" data-chapter=\"").skip(1) {
        let mut values = attribute.split('"');
        let target: usize = values.next().unwrap().parse().unwrap();
        let offset: usize = values.nth(1).unwrap().parse().unwrap();
        assert!(offset <= lengths[target], "a link leads into the book");
    }
    for source in chapter.html.split("<img src=\"").skip(1) {
        let source = source.split('"').next().unwrap();
        assert!(
            names.contains(source.strip_prefix("resources/").unwrap()),
            "{source}"
        );
    }
    let tags = chapter
        .html
        .split('<')
        .skip(1)
        .filter_map(|rest| rest.split('>').next());
    let ids: Vec<&str> = tags
        .filter_map(|tag| tag.split_once(" id=\"")?.1.split('"').next())
        .collect();
    assert_eq!(
        ids.iter().collect::<HashSet<_>>().len(),
        ids.len(),
        "ids are unique: {ids:?}"
    );
}

fn contents(entries: &[TocEntry], lengths: &[usize], depth: usize) {
    assert!(depth <= limits::TOC_DEPTH);
    for entry in entries {
        assert!(entry.offset <= lengths[entry.chapter], "{entry:?}");
        assert!(!entry.title.is_empty() && !entry.title.contains('\n'));
        contents(&entry.children, lengths, depth + 1);
    }
}
