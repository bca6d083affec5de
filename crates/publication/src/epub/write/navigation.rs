//! The table of contents of a written book, for EPUB 3 and for older readers.

use std::collections::{BTreeMap, HashMap};

use super::{EpubBook, chapter_file, entry_offset, escaped, page};
use crate::{ChapterKind, TocEntry};

/// Ids of places by chapter and byte offset.
type Anchors = HashMap<(usize, usize), String>;

/// Byte offsets inside chapters that the table of contents leads to.
pub(super) fn places(book: &EpubBook) -> BTreeMap<usize, Vec<usize>> {
    let mut places: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut stack: Vec<&TocEntry> = book.contents.iter().collect();
    while let Some(entry) = stack.pop() {
        if entry.chapter < book.chapters.len() && entry.offset > 0 {
            places
                .entry(entry.chapter)
                .or_default()
                .push(entry_offset(book, entry));
        }
        stack.extend(&entry.children);
    }
    places
}

/// The entries, or the chapters' titles when there are none.
fn entries(book: &EpubBook) -> Vec<TocEntry> {
    let known = prune(&book.contents, book.chapters.len());
    if !known.is_empty() {
        return known;
    }
    let entry = |(chapter, title): (usize, String)| TocEntry {
        title,
        chapter,
        offset: 0,
        children: Vec::new(),
    };
    let titled = book
        .chapters
        .iter()
        .enumerate()
        .filter_map(|(index, chapter)| Some((index, chapter.title.clone()?)));
    let titled: Vec<TocEntry> = titled.map(entry).collect();
    if titled.is_empty() {
        vec![entry((0, book.metadata.title.clone()))]
    } else {
        titled
    }
}

fn prune(entries: &[TocEntry], chapters: usize) -> Vec<TocEntry> {
    let kept = entries
        .iter()
        .filter(|entry| entry.chapter < chapters && !entry.title.trim().is_empty());
    kept.map(|entry| TocEntry {
        children: prune(&entry.children, chapters),
        ..entry.clone()
    })
    .collect()
}

fn address(book: &EpubBook, entry: &TocEntry, anchors: &Anchors) -> String {
    let file = chapter_file(entry.chapter);
    match anchors
        .get(&(entry.chapter, entry_offset(book, entry)))
        .filter(|_| entry.offset > 0)
    {
        Some(id) => format!("{file}#{id}"),
        None => file,
    }
}

/// The navigation document.
pub(super) fn document(book: &EpubBook, anchors: &Anchors) -> String {
    let title = if book.is_russian() {
        "Содержание"
    } else {
        "Contents"
    };
    let mut body = format!("<nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\">\n<h1>{title}</h1>\n");
    list(book, &entries(book), anchors, &mut body);
    body.push_str("</nav>\n");
    landmarks(book, &mut body);
    page::whole(book, title, "", &body)
}

fn list(book: &EpubBook, entries: &[TocEntry], anchors: &Anchors, body: &mut String) {
    body.push_str("<ol>\n");
    for entry in entries {
        body.push_str(&format!(
            "<li><a href=\"{}\">{}</a>",
            address(book, entry, anchors),
            escaped(&entry.title)
        ));
        if !entry.children.is_empty() {
            body.push('\n');
            list(book, &entry.children, anchors, body);
        }
        body.push_str("</li>\n");
    }
    body.push_str("</ol>\n");
}

fn landmarks(book: &EpubBook, body: &mut String) {
    let (begin, pictures, cover) = if book.is_russian() {
        ("Начало", "Иллюстрации", "Обложка")
    } else {
        ("Beginning", "Illustrations", "Cover")
    };
    body.push_str("<nav epub:type=\"landmarks\" hidden=\"hidden\">\n<ol>\n");
    let mut landmark = |kind: &str, file: &str, title: &str| {
        body.push_str(&format!(
            "<li><a epub:type=\"{kind}\" href=\"{file}\">{title}</a></li>\n"
        ));
    };
    if book.shown_cover().is_some() {
        landmark("cover", "text/cover.xhtml", cover);
    }
    landmark(
        "bodymatter",
        &chapter_file(book.start.min(book.chapters.len() - 1)),
        begin,
    );
    if let Some(notes) = book
        .chapters
        .iter()
        .position(|chapter| chapter.kind == ChapterKind::Notes)
    {
        let title = book.chapters[notes]
            .title
            .clone()
            .unwrap_or_else(|| "*".to_owned());
        landmark("endnotes", &chapter_file(notes), &escaped(&title));
    }
    if !book.illustrations.is_empty() {
        landmark("loi", "text/illustrations.xhtml", pictures);
    }
    body.push_str("</ol>\n</nav>\n");
}

/// The NCX that EPUB 2 readers look for.
pub(super) fn ncx(book: &EpubBook, anchors: &Anchors) -> String {
    let mut points = String::new();
    let mut number = 0;
    let entries = entries(book);
    for entry in &entries {
        point(book, entry, anchors, &mut number, &mut points);
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\" version=\"2005-1\">\n<head><meta name=\"dtb:uid\" content=\"{}\"/></head>\n<docTitle><text>{}</text></docTitle>\n<navMap>\n{points}</navMap>\n</ncx>\n",
        escaped(&book.identifier),
        escaped(&book.metadata.title),
    )
}

fn point(book: &EpubBook, entry: &TocEntry, anchors: &Anchors, number: &mut usize, out: &mut String) {
    *number += 1;
    out.push_str(&format!(
        "<navPoint id=\"point-{number}\"><navLabel><text>{}</text></navLabel><content src=\"{}\"/>",
        escaped(&entry.title),
        address(book, entry, anchors)
    ));
    for child in &entry.children {
        point(book, child, anchors, number, out);
    }
    out.push_str("</navPoint>\n");
}
