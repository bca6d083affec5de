//! The package document of a written book.

use std::collections::BTreeMap;

use super::{EpubBook, chapter_file, escaped};
use crate::{Resource, Role};

pub(super) fn document(book: &EpubBook, resources: &BTreeMap<&str, &Resource>) -> String {
    let mut opf = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    opf.push_str(&format!(
        "<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"book-id\" xml:lang=\"{}\">\n",
        escaped(book.language())
    ));
    metadata(book, &mut opf);
    manifest(book, resources, &mut opf);
    spine(book, &mut opf);
    opf.push_str("</package>\n");
    opf
}

fn metadata(book: &EpubBook, opf: &mut String) {
    let card = &book.metadata;
    opf.push_str("  <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n");
    let mut line = |text: String| {
        opf.push_str("    ");
        opf.push_str(&text);
        opf.push('\n');
    };
    line(format!(
        "<dc:identifier id=\"book-id\">{}</dc:identifier>",
        escaped(&book.identifier)
    ));
    for other in card
        .identifiers
        .iter()
        .filter(|other| **other != book.identifier && !other.trim().is_empty())
    {
        line(format!("<dc:identifier>{}</dc:identifier>", escaped(other)));
    }
    line(format!("<dc:title>{}</dc:title>", escaped(&card.title)));
    line(format!("<dc:language>{}</dc:language>", escaped(book.language())));
    for (index, creator) in card.creators.iter().enumerate() {
        let element = if creator.role == Role::Author {
            "creator"
        } else {
            "contributor"
        };
        line(format!(
            "<dc:{element} id=\"creator-{index}\">{}</dc:{element}>",
            escaped(&creator.name)
        ));
        let code = relator(creator.role);
        line(format!(
            "<meta refines=\"#creator-{index}\" property=\"role\" scheme=\"marc:relators\">{code}</meta>"
        ));
    }
    for subject in &card.subjects {
        line(format!("<dc:subject>{}</dc:subject>", escaped(subject)));
    }
    for (element, text) in [("description", &card.description), ("publisher", &card.publisher)] {
        if let Some(text) = text {
            line(format!("<dc:{element}>{}</dc:{element}>", escaped(text)));
        }
    }
    if let Some(date) = card.published.as_deref().filter(|date| is_date(date)) {
        line(format!("<dc:date>{}</dc:date>", escaped(date)));
    }
    if let Some(series) = &card.series {
        line(format!(
            "<meta property=\"belongs-to-collection\" id=\"series\">{}</meta>",
            escaped(&series.name)
        ));
        line("<meta refines=\"#series\" property=\"collection-type\">series</meta>".to_owned());
        if let Some(position) = series.position {
            line(format!(
                "<meta refines=\"#series\" property=\"group-position\">{position}</meta>"
            ));
        }
    }
    line(format!(
        "<meta property=\"dcterms:modified\">{}</meta>",
        escaped(&book.modified)
    ));
    if book.shown_cover().is_some() {
        line("<meta name=\"cover\" content=\"cover-image\"/>".to_owned());
    }
    opf.push_str("  </metadata>\n");
}

fn relator(role: Role) -> &'static str {
    match role {
        Role::Author => "aut",
        Role::Translator => "trl",
        Role::Illustrator => "ill",
        Role::Editor => "edt",
        Role::Contributor => "ctb",
    }
}

/// `1840`, `1840-01` or `1840-01-31`.
fn is_date(date: &str) -> bool {
    let parts: Vec<&str> = date.split('-').collect();
    let number = |part: &str, length: usize, most: u32| {
        part.len() == length
            && part
                .parse::<u32>()
                .is_ok_and(|number| (1..=most).contains(&number))
    };
    match parts.as_slice() {
        [year] => number(year, 4, 9999),
        [year, month] => number(year, 4, 9999) && number(month, 2, 12),
        [year, month, day] => number(year, 4, 9999) && number(month, 2, 12) && number(day, 2, 28),
        _ => false,
    }
}

fn manifest(book: &EpubBook, resources: &BTreeMap<&str, &Resource>, opf: &mut String) {
    opf.push_str("  <manifest>\n");
    let mut item = |id: &str, href: &str, media_type: &str, properties: &str| {
        let properties = if properties.is_empty() {
            String::new()
        } else {
            format!(" properties=\"{properties}\"")
        };
        opf.push_str(&format!(
            "    <item id=\"{id}\" href=\"{href}\" media-type=\"{media_type}\"{properties}/>\n"
        ));
    };
    const PAGE: &str = "application/xhtml+xml";
    item("nav", "nav.xhtml", PAGE, "nav");
    item("ncx", "toc.ncx", "application/x-dtbncx+xml", "");
    item("style", "style.css", "text/css", "");
    if book.shown_cover().is_some() {
        item("cover", "text/cover.xhtml", PAGE, "");
    }
    for index in 0..book.chapters.len() {
        item(
            &format!("chapter-{:04}", index + 1),
            &chapter_file(index),
            PAGE,
            "",
        );
    }
    if !book.illustrations.is_empty() {
        item("illustrations", "text/illustrations.xhtml", PAGE, "");
    }
    let cover = book.shown_cover().map(|cover| cover.name.as_str());
    for (number, resource) in resources.values().enumerate() {
        let is_cover = cover == Some(resource.name.as_str());
        let id = if is_cover {
            "cover-image".to_owned()
        } else {
            format!("image-{}", number + 1)
        };
        let properties = if is_cover { "cover-image" } else { "" };
        item(
            &id,
            &format!("images/{}", resource.name),
            &resource.media_type,
            properties,
        );
    }
    opf.push_str("  </manifest>\n");
}

fn spine(book: &EpubBook, opf: &mut String) {
    let direction = if book.layout.right_to_left {
        " page-progression-direction=\"rtl\""
    } else {
        ""
    };
    opf.push_str(&format!("  <spine toc=\"ncx\"{direction}>\n"));
    let mut reference = |id: &str| opf.push_str(&format!("    <itemref idref=\"{id}\"/>\n"));
    if book.shown_cover().is_some() {
        reference("cover");
    }
    for index in 0..book.chapters.len() {
        reference(&format!("chapter-{:04}", index + 1));
    }
    if !book.illustrations.is_empty() {
        reference("illustrations");
    }
    opf.push_str("  </spine>\n");
}
