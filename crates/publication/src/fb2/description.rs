//! The description of an FB2 file: the catalogue card.

use crate::card::{self, line, paragraphs, without_markup};
use crate::markup::Element;
use crate::{Creator, Metadata, Role, Series, language, limits};

/// The card and the reference to the cover's picture.
pub(super) struct Described {
    pub(super) metadata: Metadata,
    pub(super) cover: Option<String>,
}

/// Reads `description`; everything in it may be missing.
pub(super) fn read(root: Element<'_, '_>) -> Described {
    let part = |name: &str| {
        root.descendants()
            .take(5_000)
            .find(|element| element.name() == name)
    };
    let (title_info, publish, document) = (part("title-info"), part("publish-info"), part("document-info"));
    let source = part("src-title-info");
    let title = title_info
        .and_then(|info| info.child("book-title"))
        .map(|title| line(&without_markup(&label(title))));
    let child_text = |part: Option<Element<'_, '_>>, name: &str| {
        part.and_then(|part| part.child(name))
            .map(|element| line(&label(element)))
            .filter(|text| !text.is_empty())
    };
    let mut metadata = Metadata {
        title: title.unwrap_or_default(),
        ..Metadata::default()
    };
    if metadata.title.is_empty() {
        metadata.title = child_text(publish, "book-name").unwrap_or_default();
    }
    metadata.publisher = child_text(publish, "publisher");
    metadata.published = child_text(publish, "year");
    metadata.identifiers.extend(child_text(document, "id"));
    metadata.identifiers.extend(child_text(publish, "isbn"));
    metadata.series = [title_info, publish].into_iter().flatten().find_map(series);
    if let Some(info) = title_info {
        metadata.creators = creators(info);
        metadata.language = info.child("lang").and_then(|lang| language::normal(&label(lang)));
        metadata.subjects = subjects(info);
        metadata.description = info.child("annotation").and_then(annotation);
        metadata.published = metadata.published.or_else(|| date(info));
    }
    let cover = [title_info, source].into_iter().flatten().find_map(cover);
    Described { metadata, cover }
}

fn label(element: Element<'_, '_>) -> String {
    element.short_text(limits::LABEL_BYTES)
}

fn creators(info: Element<'_, '_>) -> Vec<Creator> {
    let of = |name: &'static str, role: Role| {
        info.children(name).filter_map(move |person| {
            Some(Creator {
                name: name_of(person)?,
                role,
            })
        })
    };
    of("author", Role::Author)
        .chain(of("translator", Role::Translator))
        .collect()
}

/// First, middle and last name, else the nickname, else whatever is written there.
fn name_of(person: Element<'_, '_>) -> Option<String> {
    let part = |name: &str| {
        person
            .child(name)
            .map(|element| line(&label(element)))
            .filter(|text| !text.is_empty())
    };
    let parts: Vec<String> = ["first-name", "middle-name", "last-name"]
        .into_iter()
        .filter_map(part)
        .collect();
    let name = if parts.is_empty() {
        part("nickname").unwrap_or_else(|| line(&label(person)))
    } else {
        line(&parts.join(" "))
    };
    (!name.is_empty()).then_some(name)
}

fn series(info: Element<'_, '_>) -> Option<Series> {
    // Series may nest; the one that counts the book is its own.
    let sequences = || {
        info.descendants()
            .take(5_000)
            .filter(|element| element.name() == "sequence")
            .filter_map(|sequence| {
                let name = line(sequence.attribute("name")?);
                let position = sequence.attribute("number").and_then(card::position);
                (!name.is_empty()).then_some(Series { name, position })
            })
    };
    let counted = sequences().find(|series| series.position.is_some());
    counted.or_else(|| sequences().next())
}

fn subjects(info: Element<'_, '_>) -> Vec<String> {
    let genres = info.children("genre").map(|genre| line(&label(genre)));
    let keywords = info.child("keywords").map(label).unwrap_or_default();
    let keywords: Vec<String> = keywords.split([',', ';']).map(line).collect();
    let mut subjects: Vec<String> = Vec::new();
    for subject in genres
        .chain(keywords)
        .filter(|subject| !subject.is_empty())
        .take(1_000)
    {
        if !subjects.contains(&subject) {
            subjects.push(subject);
        }
    }
    subjects
}

fn annotation(annotation: Element<'_, '_>) -> Option<String> {
    let is_line =
        |element: &Element<'_, '_>| matches!(element.name(), "p" | "v" | "subtitle" | "text-author");
    let mut left = limits::DESCRIPTION_BYTES;
    let mut blocks = Vec::new();
    for element in annotation
        .descendants()
        .filter(|element| is_line(element) && !element.descendants().take(64).any(|inner| is_line(&inner)))
    {
        let text = element.short_text(left);
        left = left.saturating_sub(text.len());
        blocks.push(text);
        if left < 4 {
            break;
        }
    }
    if blocks.is_empty() {
        return paragraphs([annotation.short_text(left).as_str()]);
    }
    paragraphs(blocks.iter().map(String::as_str))
}

fn date(info: Element<'_, '_>) -> Option<String> {
    let date = info.child("date")?;
    let text = line(&label(date));
    let text = if text.is_empty() {
        line(date.attribute("value")?)
    } else {
        text
    };
    (!text.is_empty() && text.chars().count() <= 40).then_some(text)
}

fn cover(info: Element<'_, '_>) -> Option<String> {
    let image = info
        .child("coverpage")?
        .descendants()
        .find(|element| element.name() == "image")?;
    image.any_attribute("href").map(|href| href.trim().to_owned())
}
