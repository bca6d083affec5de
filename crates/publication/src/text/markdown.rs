//! A Markdown file: rendered to HTML and read as a page; its highest headings begin chapters.

use std::cell::Cell;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, html};

use crate::assemble::{Source, SourceDocument};
use crate::flow::{Flow, Target};
use crate::markup::{Dialect, Document};
use crate::pictures::Pictures;
use crate::served::is_outside;
use crate::xhtml::{self, Surroundings};
use crate::{Creator, Format, ImportError, Layout, Metadata, Role, card, encoding, language, limits};

/// Reads a Markdown text.
pub(crate) fn read(bytes: &[u8], file_name: Option<&str>) -> Result<Source, ImportError> {
    if bytes.len() > limits::MARKDOWN_BYTES {
        let what = format!("a Markdown file of more than {} MB", limits::MARKDOWN_BYTES >> 20);
        return Err(ImportError::TooLarge { what });
    }
    let text = encoding::decode(bytes);
    let mut metadata = Metadata::default();
    let text = front_matter(&text, &mut metadata);
    let outline = Outline::of(text);
    if metadata.title.is_empty() {
        metadata.title = outline.title.unwrap_or_default();
    }
    card::complete(&mut metadata, file_name);
    let mut pictures = Pictures::default();
    let mut documents = Vec::new();
    let mut blocks = 0;
    let mut events = Parser::new_ext(text, options()).peekable();
    while events.peek().is_some() {
        if documents.len() >= limits::CHAPTERS {
            return Err(ImportError::TooLarge {
                what: format!("more than {} chapters", limits::CHAPTERS),
            });
        }
        let mut page = String::new();
        let mut first = true;
        let begins = |event: &Event<'_>| {
            level(event).is_some_and(|level| outline.divides.is_some_and(|divides| level <= divides))
        };
        let chapter = std::iter::from_fn(|| {
            let same = std::mem::take(&mut first);
            events.next_if(|event| same || !begins(event))
        });
        html::push_html(&mut page, chapter);
        let document = chapter_of(&page, &mut pictures);
        document.count_blocks(&mut blocks)?;
        documents.push(document);
    }
    Ok(Source {
        format: Format::Markdown,
        metadata,
        layout: Layout::default(),
        documents,
        contents: Vec::new(),
        cover: None,
        pictures,
        warnings: Vec::new(),
        start: None,
    })
}

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH
}

fn chapter_of(page: &str, pictures: &mut Pictures) -> SourceDocument {
    let document = Document::parse(page, Dialect::Html);
    let link = |href: &str| is_outside(href).then(|| Target::Outside(href.to_owned()));
    let style_checks = Cell::new(0);
    let mut surroundings = Surroundings {
        link: &link,
        image: &mut |_, _| None,
        pictures,
        style_checks: &style_checks,
        sheets: Vec::new(),
    };
    let mut flow = Flow::new();
    xhtml::read(document.root(), &mut flow, &mut surroundings);
    SourceDocument {
        draft: flow.finish(),
        ..SourceDocument::default()
    }
}

fn level(event: &Event<'_>) -> Option<HeadingLevel> {
    match event {
        Event::Start(Tag::Heading { level, .. }) => Some(*level),
        _ => None,
    }
}

/// What the headings say of the whole text.
struct Outline {
    /// The level whose headings begin chapters: the highest of which there are several.
    divides: Option<HeadingLevel>,
    /// A single heading above that level is the book's title.
    title: Option<String>,
}

impl Outline {
    fn of(text: &str) -> Self {
        const LEVELS: [HeadingLevel; 3] = [HeadingLevel::H1, HeadingLevel::H2, HeadingLevel::H3];
        let mut counts = [0_usize; 3];
        let mut title = None;
        let mut events = Parser::new_ext(text, options());
        while let Some(event) = events.next() {
            let Some(index) = LEVELS.iter().position(|known| level(&event) == Some(*known)) else {
                continue;
            };
            counts[index] += 1;
            if index == 0 && title.is_none() {
                let words = events
                    .by_ref()
                    .take_while(|event| !matches!(event, Event::End(_)));
                let words = words.filter_map(|event| {
                    if let Event::Text(text) = event {
                        Some(text.into_string())
                    } else {
                        None
                    }
                });
                title = Some(card::line(&words.collect::<String>()));
            }
        }
        let divides = LEVELS
            .iter()
            .zip(counts)
            .find(|(_, count)| *count > 1)
            .map(|(level, _)| *level);
        Self {
            divides,
            title: title.filter(|_| divides != Some(HeadingLevel::H1)),
        }
    }
}

/// The block between `---` lines that many Markdown books begin with; returns the text after it.
fn front_matter<'t>(text: &'t str, metadata: &mut Metadata) -> &'t str {
    let Some(body) = text
        .strip_prefix("---\n")
        .or_else(|| text.strip_prefix("---\r\n"))
    else {
        return text;
    };
    let Some(end) = body.find("\n---") else {
        return text;
    };
    for line in body[..end].lines() {
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        let value = card::line(value.trim().trim_matches(['"', '\'']));
        match key.trim().to_ascii_lowercase().as_str() {
            "title" => metadata.title = value,
            "author" | "creator" => metadata.creators.push(Creator {
                name: value,
                role: Role::Author,
            }),
            "lang" | "language" => metadata.language = language::normal(&value),
            "publisher" => metadata.publisher = Some(value),
            "date" => metadata.published = Some(value),
            _ => {}
        }
    }
    body[end + "\n---".len()..]
        .split_once('\n')
        .map_or("", |(_, rest)| rest)
}
