//! The metadata of a package document, in the ways of EPUB 2, EPUB 3 and calibre.

use std::collections::HashMap;

use crate::card::{line, paragraphs, role, without_markup};
use crate::language;
use crate::markup::{Dialect, Document, Element, Node};
use crate::{Creator, Metadata, Role, Series, limits};

/// What `meta refines="#id"` elements say about another element: property and value by id.
type Refinements<'d> = HashMap<&'d str, Vec<(&'d str, String)>>;

/// Reads the catalogue card of a package.
pub(super) fn read(package: Element<'_, '_>) -> Metadata {
    let elements: Vec<Element<'_, '_>> = package
        .children("metadata")
        .next()
        .unwrap_or(package)
        .descendants()
        .take_while(|element| !matches!(element.name(), "item" | "collection"))
        .collect();
    let refinements = refinements(&elements);
    let named = |name: &'static str| {
        elements
            .iter()
            .copied()
            .filter(move |element| element.name() == name)
    };
    let texts = |name: &'static str| {
        named(name)
            .map(|element| line(&without_markup(&own_text(element))))
            .filter(|text| !text.is_empty())
    };
    let mut people: Vec<Element<'_, '_>> = named("creator").collect();
    people.sort_by_key(|element| display_order(*element, &refinements));
    let mut creators: Vec<Creator> = people
        .into_iter()
        .flat_map(|element| self::creators(element, &refinements, "aut"))
        .collect();
    creators.extend(named("contributor").flat_map(|element| self::creators(element, &refinements, "ctb")));
    Metadata {
        title: title(named("title"), &refinements),
        creators,
        language: named("language").find_map(|element| language::normal(&own_text(element))),
        series: series(&elements, &refinements),
        identifiers: identifiers(package, named("identifier")),
        description: named("description").find_map(|element| description(&lines_of(element))),
        subjects: unique(texts("subject")),
        publisher: texts("publisher").next(),
        published: published(named("date")),
    }
}

/// The element's own text: a missing end tag does not bring in what follows.
fn own_text(element: Element<'_, '_>) -> String {
    let own: String = element
        .nodes()
        .filter_map(|node| match node {
            Node::Text(text) => Some(text),
            Node::Element(_) => None,
        })
        .collect();
    if own.trim().is_empty() {
        element.short_text(limits::LABEL_BYTES)
    } else {
        own
    }
}

fn refinements<'d>(elements: &[Element<'d, '_>]) -> Refinements<'d> {
    let mut refinements = Refinements::new();
    for meta in elements.iter().filter(|element| element.name() == "meta") {
        if let (Some(id), Some(property)) = (meta.attribute("refines"), meta.attribute("property")) {
            let id = id.trim().trim_start_matches('#');
            let known = refinements.entry(id).or_default();
            if known.len() < limits::LIST_ENTRIES {
                known.push((property.trim(), own_text(*meta).trim().to_owned()));
            }
        }
    }
    refinements
}

fn refinement<'r>(
    element: Element<'_, '_>,
    refinements: &'r Refinements<'_>,
    property: &str,
) -> Option<&'r str> {
    let found = refinements
        .get(element.attribute("id")?)?
        .iter()
        .find(|(name, _)| *name == property);
    found.map(|(_, value)| value.as_str())
}

fn title<'d, 'a: 'd>(titles: impl Iterator<Item = Element<'d, 'a>>, refinements: &Refinements<'_>) -> String {
    let titles: Vec<_> = titles.collect();
    let main = titles
        .iter()
        .find(|title| refinement(**title, refinements, "title-type") == Some("main"));
    let filled = titles.iter().find(|title| !own_text(**title).trim().is_empty());
    main.or(filled)
        .map(|title| line(&without_markup(&own_text(*title))))
        .unwrap_or_default()
}

/// The people of an element: one, or several between semicolons or ampersands.
fn creators(element: Element<'_, '_>, refinements: &Refinements<'_>, default_role: &str) -> Vec<Creator> {
    let role = weightiest_role(element, refinements).unwrap_or_else(|| role(default_role));
    let names = line(&without_markup(&own_text(element)));
    names
        .split(';')
        .flat_map(people_joined)
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(|name| Creator {
            name: in_reading_order(name.to_owned()),
            role,
        })
        .collect()
}

/// “Аркадий Стругацкий & Борис Стругацкий” are two, “Simon & Schuster” is one.
fn people_joined(names: &str) -> Vec<&str> {
    let people: Vec<&str> = names.split(" & ").collect();
    if people.iter().all(|name| name.trim().contains(' ')) {
        people
    } else {
        vec![names]
    }
}

/// Where the book wants a name to stand; those without a wish stay in their order, at the end.
fn display_order(element: Element<'_, '_>, refinements: &Refinements<'_>) -> u32 {
    refinement(element, refinements, "display-seq")
        .and_then(|order| order.parse().ok())
        .unwrap_or(u32::MAX)
}

/// Somebody who annotated a book and wrote it is its author. A role without a name of ours says nothing.
fn weightiest_role(element: Element<'_, '_>, refinements: &Refinements<'_>) -> Option<Role> {
    let refined = element.attribute("id").and_then(|id| refinements.get(id));
    let refined = refined.into_iter().flatten().filter(|(name, _)| *name == "role");
    let codes = refined
        .map(|(_, code)| code.as_str())
        .chain(element.any_attribute("role"));
    codes.map(role).filter(|role| *role != Role::Contributor).min()
}

/// “Толстой, Лев Николаевич” is shown as “Лев Николаевич Толстой”.
fn in_reading_order(name: String) -> String {
    match name.split_once(", ") {
        Some((last, first))
            if !first.contains(',') && !last.contains(' ') && !first.is_empty() && !is_suffix(first) =>
        {
            format!("{first} {last}")
        }
        _ => name,
    }
}

fn is_suffix(word: &str) -> bool {
    matches!(
        word.trim_end_matches('.').to_ascii_lowercase().as_str(),
        "jr" | "sr" | "ii" | "iii" | "iv" | "md" | "phd" | "inc" | "ltd" | "llc"
    )
}

fn series(elements: &[Element<'_, '_>], refinements: &Refinements<'_>) -> Option<Series> {
    let metas = || elements.iter().filter(|element| element.name() == "meta");
    let calibre = |name: &str| {
        let meta = metas().find(|meta| meta.attribute("name").map(str::trim) == Some(name))?;
        meta.attribute("content").map(|content| content.trim().to_owned())
    };
    let collection = || {
        let collections = || {
            metas().filter(|meta| meta.attribute("property").map(str::trim) == Some("belongs-to-collection"))
        };
        let kind = |meta: &&Element<'_, '_>| refinement(**meta, refinements, "collection-type");
        let meta = collections()
            .find(|meta| kind(meta) == Some("series"))
            .or_else(|| collections().find(|meta| kind(meta) != Some("set")))?;
        Some((
            own_text(*meta),
            refinement(*meta, refinements, "group-position").map(str::to_owned),
        ))
    };
    let (name, position) = match calibre("calibre:series").filter(|name| !name.is_empty()) {
        Some(name) => (name, calibre("calibre:series_index")),
        None => collection()?,
    };
    let name = line(&without_markup(&name));
    (!name.is_empty()).then(|| Series {
        name,
        position: position.and_then(|position| crate::card::position(&position)),
    })
}

fn identifiers<'d, 'a: 'd>(
    package: Element<'_, '_>,
    found: impl Iterator<Item = Element<'d, 'a>>,
) -> Vec<String> {
    let unique_id = package.attribute("unique-identifier").map(str::trim);
    let mut all: Vec<(bool, String)> = found
        .map(|element| {
            (
                element.attribute("id").map(str::trim) != unique_id,
                line(&own_text(element)),
            )
        })
        .filter(|(_, text)| !text.is_empty())
        .collect();
    all.sort_by_key(|(other, _)| *other);
    unique(all.into_iter().map(|(_, text)| text))
}

/// The text of an element, a line for each paragraph in it.
fn lines_of(element: Element<'_, '_>) -> String {
    let blocks: Vec<Element<'_, '_>> = element
        .elements()
        .filter(|inner| matches!(inner.name(), "p" | "div" | "li"))
        .take(limits::LIST_ENTRIES)
        .collect();
    if blocks.is_empty() {
        return element.short_text(limits::DESCRIPTION_BYTES);
    }
    let mut lines = String::new();
    for block in blocks {
        let left = limits::DESCRIPTION_BYTES.saturating_sub(lines.len());
        if left < 4 {
            break;
        }
        lines.push_str(&block.short_text(left).replace('\n', " "));
        lines.push('\n');
    }
    lines
}

/// A description is often HTML, escaped.
fn description(text: &str) -> Option<String> {
    if !text.contains('<') {
        return paragraphs(text.lines());
    }
    let document = Document::parse(text, Dialect::Html);
    let mut lines = String::new();
    for node in document
        .root()
        .descendants()
        .filter(|element| matches!(element.name(), "p" | "div" | "li"))
    {
        if !node
            .elements()
            .any(|child| matches!(child.name(), "p" | "div" | "li"))
        {
            lines.push_str(&node.text().split_whitespace().collect::<Vec<_>>().join(" "));
            lines.push('\n');
        }
    }
    if lines.trim().is_empty() {
        lines = document.root().text();
    }
    paragraphs(lines.lines())
}

fn published<'d, 'a: 'd>(dates: impl Iterator<Item = Element<'d, 'a>>) -> Option<String> {
    let dates: Vec<_> = dates.collect();
    let event = |date: &&Element<'_, '_>| {
        date.any_attribute("event")
            .is_some_and(|event| event.contains("publication"))
    };
    let plain = |date: &&Element<'_, '_>| date.any_attribute("event").is_none();
    let date = dates.iter().find(event).or_else(|| dates.iter().find(plain))?;
    let text = line(&own_text(*date));
    // Converters write the year 101 for “unknown”.
    (!text.is_empty() && text.chars().count() <= 40 && !text.starts_with("0101")).then_some(text)
}

fn unique(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut unique = Vec::new();
    for text in texts.take(1_000) {
        if !unique.contains(&text) {
            unique.push(text);
        }
    }
    unique
}
