//! A plain text file: paragraphs by its own habits, chapters by their headings.

use super::headings::level;
use super::paragraphs::{Block, split};
use crate::assemble::{Hint, Source, SourceDocument, SourceEntry};
use crate::flow::{BlockContext, Flow};
use crate::pictures::Pictures;
use crate::{Format, ImportError, Layout, Metadata, card, encoding, limits};

/// Characters that a run of text between headings may have and still be front matter.
const SHORT: usize = 60;

/// Reads a text.
pub(crate) fn read(bytes: &[u8], file_name: Option<&str>) -> Result<Source, ImportError> {
    if bytes.len() > limits::TEXT_BYTES {
        return Err(ImportError::TooLarge {
            what: format!("more than {} MB of text", limits::TEXT_BYTES >> 20),
        });
    }
    let text = with_line_feeds(encoding::decode(bytes));
    let mut metadata = Metadata::default();
    let (front, story, back) = gutenberg(&text);
    if let Some(front) = front {
        read_gutenberg_card(front, &mut metadata);
    }
    card::complete(&mut metadata, file_name);
    let mut book = Book::default();
    if let Some(front) = front {
        book.page(front, Hint::Front);
    }
    book.story(story);
    if let Some(back) = back {
        book.page(back, Hint::Back);
    }
    let mut blocks = 0;
    for document in &book.documents {
        document.count_blocks(&mut blocks)?;
    }
    if book.documents.len() > limits::CHAPTERS {
        let what = format!(
            "{} chapters, at most {} are allowed",
            book.documents.len(),
            limits::CHAPTERS
        );
        return Err(ImportError::TooLarge { what });
    }
    Ok(Source {
        format: Format::Text,
        metadata,
        layout: Layout::default(),
        documents: book.documents,
        contents: book.contents,
        cover: None,
        pictures: Pictures::default(),
        warnings: Vec::new(),
        start: None,
    })
}

/// Files of old Macintoshes end their lines by carriage returns only.
fn with_line_feeds(text: String) -> String {
    if text.contains('\n') {
        text
    } else {
        text.replace('\r', "\n")
    }
}

#[derive(Default)]
struct Book {
    documents: Vec<SourceDocument>,
    contents: Vec<SourceEntry>,
}

impl Book {
    /// Text around the story, as one chapter.
    fn page(&mut self, text: &str, hint: Hint) {
        let mut flow = Flow::new();
        for block in split(text) {
            write(&mut flow, &block, "p");
        }
        self.documents.push(SourceDocument {
            draft: flow.finish(),
            hint: Some(hint),
            ..SourceDocument::default()
        });
    }

    fn story(&mut self, text: &str) {
        let mut flow = Flow::new();
        let mut length = 0;
        let mut in_part = false;
        for block in split(text) {
            let heading = match &block {
                Block::Paragraph { text, alone } => level(text, *alone).map(|level| (level, text.clone())),
                Block::Gap => None,
            };
            let Some((level, title)) = heading else {
                length += write(&mut flow, &block, "p");
                continue;
            };
            // A part's heading and its first chapter's stand on one page.
            let follows_part = in_part && length == 0 && level == 2;
            if !follows_part && !flow.is_empty() {
                self.documents.push(SourceDocument {
                    draft: std::mem::take(&mut flow).finish(),
                    ..SourceDocument::default()
                });
            }
            length = 0;
            let id = format!("heading {}", self.contents.len());
            flow.id(&id);
            let target = Some((self.documents.len(), Some(id)));
            let entry = SourceEntry {
                title: card::line(&title),
                target,
                children: Vec::new(),
            };
            match self.contents.last_mut() {
                Some(part) if in_part && level == 2 => part.children.push(entry),
                _ => self.contents.push(entry),
            }
            in_part |= level == 1;
            write(&mut flow, &block, if level == 1 { "h1" } else { "h2" });
        }
        self.documents.push(SourceDocument {
            draft: flow.finish(),
            ..SourceDocument::default()
        });
        self.mark_front();
    }

    /// A few words before the first heading are a title page.
    fn mark_front(&mut self) {
        let Some(first) = self.documents.first_mut().filter(|first| first.hint.is_none()) else {
            return;
        };
        let is_listed = self
            .contents
            .iter()
            .any(|entry| entry.target.as_ref().is_some_and(|(document, _)| *document == 0));
        if !is_listed && !self.contents.is_empty() && first.draft.utf16 < SHORT * 5 {
            first.hint = Some(Hint::Front);
        }
    }
}

/// Writes a block; returns its length.
fn write(flow: &mut Flow, block: &Block, tag: &'static str) -> usize {
    match block {
        Block::Gap => {
            flow.empty_line();
            0
        }
        Block::Paragraph { text, .. } => {
            flow.enter(BlockContext {
                tag,
                ..BlockContext::default()
            });
            flow.text(text);
            flow.leave();
            text.len()
        }
    }
}

/// Project Gutenberg's frame around a text.
fn gutenberg(text: &str) -> (Option<&str>, &str, Option<&str>) {
    let marker = |text: &str, kind: &str| {
        let names = [
            format!("*** {kind} OF THE PROJECT"),
            format!("*** {kind} OF THIS PROJECT"),
            format!("***{kind} OF THE PROJECT"),
        ];
        names.iter().filter_map(|name| text.find(name)).min()
    };
    let start =
        marker(text, "START").map(|at| text[at..].find('\n').map_or(text.len(), |line| at + line + 1));
    let body = start.unwrap_or(0);
    let end = marker(&text[body..], "END").map(|at| body + at);
    (
        start.map(|start| &text[..start]),
        &text[body..end.unwrap_or(text.len())],
        end.map(|end| &text[end..]),
    )
}

fn read_gutenberg_card(front: &str, metadata: &mut Metadata) {
    for line in front.lines().take(100) {
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        let value = card::line(value);
        match key.trim() {
            "Title" => metadata.title = value,
            "Author" => metadata.creators.push(crate::Creator {
                name: value,
                role: crate::Role::Author,
            }),
            "Translator" => metadata.creators.push(crate::Creator {
                name: value,
                role: crate::Role::Translator,
            }),
            _ => {}
        }
    }
}
