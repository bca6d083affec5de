//! From drafts of documents to finished chapters: links resolved, HTML proved safe, text read back, kinds told apart.

mod cut;
mod kinds;
mod links;
mod parts;
mod reading_order;
mod revision;

use std::collections::{HashMap, HashSet};

pub(crate) use kinds::Hint;

use crate::flow::Draft;
use crate::pictures::Pictures;
use crate::served::{Served, serve};
use crate::{
    Chapter, Format, ImportError, Layout, Metadata, Publication, TocEntry, Warning, card, limits, offsets,
};

/// Everything a format's reader found in a file.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) format: Format,
    pub(crate) metadata: Metadata,
    pub(crate) layout: Layout,
    /// The documents in reading order, empty ones too.
    pub(crate) documents: Vec<SourceDocument>,
    pub(crate) contents: Vec<SourceEntry>,
    /// Index into `pictures`.
    pub(crate) cover: Option<usize>,
    pub(crate) pictures: Pictures,
    pub(crate) warnings: Vec<Warning>,
    /// The document where the file says that the text begins.
    pub(crate) start: Option<usize>,
}

impl SourceDocument {
    /// Refuses a book that has more blocks than [`limits::BLOCKS`]; `total` counts those of the documents so far.
    pub(crate) fn count_blocks(&self, total: &mut usize) -> Result<(), ImportError> {
        *total += self.draft.inserts.len();
        if *total > limits::BLOCKS {
            return Err(ImportError::TooLarge {
                what: format!("more than {} paragraphs and links", limits::BLOCKS),
            });
        }
        Ok(())
    }
}

/// One document of the reading order.
#[derive(Debug, Default)]
pub(crate) struct SourceDocument {
    pub(crate) draft: Draft,
    /// What the file says of it.
    pub(crate) hint: Option<Hint>,
    /// A title besides the table of contents and the headings.
    pub(crate) title: Option<String>,
    /// It continues the chapter of the document before.
    pub(crate) continues: bool,
}

/// An entry of the table of contents before it is known where its target ends up.
#[derive(Debug, Default)]
pub(crate) struct SourceEntry {
    pub(crate) title: String,
    /// Index of a document and an id in it.
    pub(crate) target: Option<(usize, Option<String>)>,
    pub(crate) children: Vec<SourceEntry>,
}

/// A place in the finished book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    chapter: usize,
    utf16: usize,
}

/// A chapter in the making: the documents in it, joined.
struct Unit {
    draft: Draft,
    hint: Option<Hint>,
    title: Option<String>,
}

/// Makes the publication.
pub(crate) fn assemble(source: Source) -> Result<Publication, ImportError> {
    let Source {
        format,
        mut metadata,
        layout,
        documents,
        contents,
        cover,
        pictures,
        mut warnings,
        start,
    } = source;
    warnings.extend(pictures.warnings.iter().cloned());
    let reading_order::ReadingOrder { mut units, places } = reading_order::join(documents, &contents);
    if units.is_empty() {
        return Err(ImportError::NoText);
    }
    if units.iter().map(|unit| unit.draft.html.len()).sum::<usize>() > limits::TEXT_BYTES {
        return Err(ImportError::TooLarge {
            what: format!("more than {} MB of text", limits::TEXT_BYTES >> 20),
        });
    }
    let contents = resolve_contents(contents, &places);
    let marks = links::resolve(&units, &places);
    let write = |(unit, marks): (&mut Unit, &links::Marks)| {
        let html = links::write(&unit.draft, marks);
        unit.draft.html = String::new();
        html
    };
    let htmls: Vec<String> = units.iter_mut().zip(&marks).map(write).collect();
    let served = serve_all(htmls);
    if served.iter().all(|served| served.text.trim().is_empty()) {
        return Err(ImportError::NoText);
    }
    let contents = if says_something(&contents) {
        contents
    } else {
        let by_headings = contents_from_headings(&units);
        if contents.is_empty() || by_headings.len() >= CHAPTERS_BESIDE_ONE_ENTRY {
            by_headings
        } else {
            contents
        }
    };
    let mut titles = titles(&units, &contents);
    let kinds = kinds::tell_apart(&units, &served, &titles, &metadata);
    let start = kinds::start(
        &kinds,
        start
            .and_then(|document| places.document(document))
            .map(|place| place.chapter),
    );
    let chapters: Vec<Chapter> = served
        .into_iter()
        .enumerate()
        .map(|(index, served)| {
            let parts = parts::cut(&served, &units[index].draft, &marks[index]);
            let length = offsets::utf16_len(&served.text);
            let Served { html, text, .. } = served;
            Chapter {
                title: titles[index].take(),
                kind: kinds[index],
                html,
                text,
                length,
                parts,
            }
        })
        .collect();
    let sample = language_sample(&chapters);
    crate::language::settle(&mut metadata, &sample, &mut warnings);
    let resources = pictures.into_resources();
    let revision = revision::of(&chapters, &resources);
    for warning in &mut warnings {
        warning.detail = card::line(&card::without_markup(&warning.detail));
    }
    let mut known = HashSet::new();
    warnings.retain(|warning| known.insert(warning.clone()));
    warnings.truncate(limits::WARNINGS);
    Ok(Publication {
        format,
        metadata,
        cover,
        contents,
        chapters,
        resources,
        warnings,
        revision,
        start,
        layout,
    })
}

/// Proves every chapter, on as many threads as there are processors.
fn serve_all(htmls: Vec<String>) -> Vec<Served> {
    let bytes: usize = htmls.iter().map(String::len).sum();
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = processors.min(4).min(htmls.len());
    if threads < 2 || bytes < 200_000 {
        return htmls.into_iter().map(serve).collect();
    }
    let share = bytes / threads + 1;
    let mut shares: Vec<Vec<String>> = vec![Vec::new()];
    let mut filled = 0;
    for html in htmls {
        if filled >= share && shares.len() < threads {
            shares.push(Vec::new());
            filled = 0;
        }
        filled += html.len();
        if let Some(last) = shares.last_mut() {
            last.push(html);
        }
    }
    std::thread::scope(|scope| {
        let workers: Vec<_> = shares
            .into_iter()
            .map(|share| scope.spawn(move || share.into_iter().map(serve).collect::<Vec<_>>()))
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| {
                worker
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
            .collect()
    })
}

fn resolve_contents(entries: Vec<SourceEntry>, places: &reading_order::Places) -> Vec<TocEntry> {
    let mut left = limits::TOC_ENTRIES;
    resolve_entries(entries, places, &mut left)
}

/// Entries that lead nowhere give way to their children.
fn resolve_entries(
    entries: Vec<SourceEntry>,
    places: &reading_order::Places,
    left: &mut usize,
) -> Vec<TocEntry> {
    let mut resolved = Vec::new();
    for entry in entries {
        if *left == 0 {
            break;
        }
        *left -= 1;
        let children = resolve_entries(entry.children, places, left);
        let place = entry
            .target
            .and_then(|(document, id)| places.find(document, id.as_deref()));
        let place = place.or_else(|| {
            children.first().map(|child| Place {
                chapter: child.chapter,
                utf16: child.offset,
            })
        });
        match place {
            Some(place) if !entry.title.is_empty() => {
                resolved.push(TocEntry {
                    title: entry.title,
                    chapter: place.chapter,
                    offset: place.utf16,
                    children,
                });
            }
            _ => resolved.extend(children),
        }
    }
    resolved
}

/// Headings from which on a table of contents of one entry is not believed.
const CHAPTERS_BESIDE_ONE_ENTRY: usize = 5;

/// Whether a table of contents has more than the one entry, “Start”, that some converters write.
fn says_something(contents: &[TocEntry]) -> bool {
    match contents {
        [] => false,
        [only] => !only.children.is_empty(),
        _ => true,
    }
}

/// A table of contents for books without one.
fn contents_from_headings(units: &[Unit]) -> Vec<TocEntry> {
    let mut entries: Vec<TocEntry> = Vec::new();
    for (chapter, unit) in units.iter().enumerate() {
        let top = unit.draft.headings.iter().map(|heading| heading.level).min();
        let own = unit.title.iter().map(|title| TocEntry {
            title: title.clone(),
            chapter,
            offset: 0,
            children: Vec::new(),
        });
        if top.is_none() {
            entries.extend(own);
        }
        for heading in unit
            .draft
            .headings
            .iter()
            .filter(|heading| Some(heading.level) <= top.map(|top| top + 1))
        {
            let entry = TocEntry {
                title: crate::card::line(&heading.text),
                chapter,
                offset: heading.utf16,
                children: Vec::new(),
            };
            match entries.last_mut() {
                Some(last) if Some(heading.level) != top && last.chapter == chapter => {
                    last.children.push(entry)
                }
                _ => entries.push(entry),
            }
        }
    }
    entries.truncate(limits::TOC_ENTRIES);
    entries
}

/// A chapter is called as the table of contents calls its beginning, else as its first heading.
fn titles(units: &[Unit], contents: &[TocEntry]) -> Vec<Option<String>> {
    let mut first: HashMap<usize, (usize, String)> = HashMap::new();
    let mut stack: Vec<&TocEntry> = contents.iter().rev().collect();
    while let Some(entry) = stack.pop() {
        let known = first.get(&entry.chapter);
        if known.is_none_or(|(offset, _)| entry.offset < *offset) {
            first.insert(entry.chapter, (entry.offset, entry.title.clone()));
        }
        stack.extend(entry.children.iter().rev());
    }
    let title = |(index, unit): (usize, &Unit)| {
        let heading = unit
            .draft
            .headings
            .first()
            .map(|heading| (heading.utf16, crate::card::line(&heading.text)));
        let entry = first.remove(&index);
        let entry = match (entry, &heading) {
            // An entry for a place after the first heading names a section, not the chapter.
            (Some((offset, _)), Some((heading, _))) if offset > *heading => None,
            (entry, _) => entry,
        };
        entry
            .map(|(_, title)| title)
            .or_else(|| unit.title.clone())
            .or(heading.map(|(_, title)| title))
            .filter(|title| !title.is_empty())
    };
    units.iter().enumerate().map(title).collect()
}

/// Text of the story for language detection, from the middle of the longest chapters.
fn language_sample(chapters: &[Chapter]) -> String {
    let mut longest: Vec<&Chapter> = chapters.iter().collect();
    longest.sort_by_key(|chapter| std::cmp::Reverse(chapter.length));
    let mut sample = String::new();
    for chapter in longest.into_iter().take(4) {
        let from = chapter.text.floor_char_boundary(chapter.text.len() / 3);
        let to = chapter.text.floor_char_boundary(from + 4_000);
        sample.push_str(&chapter.text[from..to]);
        sample.push('\n');
    }
    sample
}
