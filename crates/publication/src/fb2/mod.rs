//! FictionBook 2: one XML file with a description, bodies of nested sections, and pictures in base64.

mod body;
mod description;
mod divide;
pub mod write;

use std::collections::HashMap;

use crate::assemble::{Source, SourceDocument};
use crate::base64_lenient;
use crate::flow::Flow;
use crate::markup::{Dialect, Document, Element};
use crate::pictures::Pictures;
use crate::{Format, ImportError, Layout, Warning, card, encoding, limits};

/// Whether a text is FictionBook, by its root element.
pub(crate) fn is_fb2(text: &str) -> bool {
    let head = &text[..text.floor_char_boundary(8_192)];
    let folded = head.to_ascii_lowercase();
    folded.contains("<fictionbook") || folded.contains(":fictionbook")
}

/// Reads an FB2 document.
pub(crate) fn read(bytes: &[u8], file_name: Option<&str>) -> Result<Source, ImportError> {
    if bytes.len() > limits::FB2_BYTES {
        let what = format!("an FB2 file of more than {} MB", limits::FB2_BYTES >> 20);
        return Err(ImportError::TooLarge { what });
    }
    let text = encoding::decode(bytes);
    let document = Document::parse(&text, Dialect::Fb2);
    if document.truncated {
        return Err(ImportError::TooLarge {
            what: format!("more than {} elements", limits::NODES),
        });
    }
    let mut warnings = Vec::new();
    if document.refused_entities {
        let detail = "entities that grow or reach out of the book were left out".to_owned();
        warnings.push(Warning {
            code: "entities".into(),
            detail,
        });
    }
    let root = document.first("fictionbook").unwrap_or_else(|| document.root());
    let mut described = description::read(root);
    card::complete(&mut described.metadata, file_name);

    let mut pictures = Pictures::default();
    let mut binaries = Binaries::new(root);
    let stated = described
        .cover
        .as_deref()
        .and_then(|id| binaries.picture(id, &mut pictures));
    let cover = stated.or_else(|| {
        let id = binaries.called_cover()?;
        binaries.picture(id, &mut pictures)
    });
    let division = divide::divide(root);
    if division.documents.len() > limits::CHAPTERS {
        let what = format!(
            "{} sections, at most {} are allowed",
            division.documents.len(),
            limits::CHAPTERS
        );
        return Err(ImportError::TooLarge { what });
    }
    let ids = division.ids();
    let mut documents = Vec::with_capacity(division.documents.len());
    let mut blocks = 0;
    for piece in &division.documents {
        let mut flow = Flow::new();
        body::Reader {
            ids: &ids,
            binaries: &mut binaries,
            pictures: &mut pictures,
        }
        .read(piece, &mut flow);
        let document = SourceDocument {
            draft: flow.finish(),
            hint: piece.hint,
            title: piece.title.clone(),
            continues: false,
        };
        document.count_blocks(&mut blocks)?;
        documents.push(document);
    }
    Ok(Source {
        format: Format::Fb2,
        metadata: described.metadata,
        layout: Layout::default(),
        documents,
        contents: division.contents,
        cover,
        pictures,
        warnings,
        start: None,
    })
}

/// The pictures of the file, decoded when they are first used.
struct Binaries<'d, 'a> {
    by_id: HashMap<&'d str, Element<'d, 'a>>,
    /// The same in lower case.
    folded: HashMap<String, Element<'d, 'a>>,
    decoded: HashMap<String, Option<usize>>,
}

impl<'d, 'a> Binaries<'d, 'a> {
    fn new(root: Element<'d, 'a>) -> Self {
        let mut by_id = HashMap::new();
        let mut folded = HashMap::new();
        for binary in root.descendants().filter(|element| element.name() == "binary") {
            if let Some(id) = binary.attribute("id") {
                by_id.entry(id.trim()).or_insert(binary);
                folded.entry(id.trim().to_lowercase()).or_insert(binary);
            }
        }
        Self {
            by_id,
            folded,
            decoded: HashMap::new(),
        }
    }

    /// The id of a picture that is called a cover.
    fn called_cover(&self) -> Option<&'d str> {
        let mut ids: Vec<&str> = self.by_id.keys().copied().collect();
        ids.sort_unstable();
        ids.into_iter().find(|id| {
            let id = id.to_lowercase();
            id.starts_with("cover") || id.starts_with("обложка")
        })
    }

    /// The picture that `#id` (or, wrongly, `id`) refers to.
    fn picture(&mut self, reference: &str, pictures: &mut Pictures) -> Option<usize> {
        let id = reference.trim().trim_start_matches('#');
        if id.is_empty() {
            return None;
        }
        if let Some(known) = self.decoded.get(id) {
            return *known;
        }
        let exact = self.by_id.get(id).copied();
        let folded = || self.folded.get(&id.to_lowercase()).copied();
        let index = exact
            .or_else(folded)
            .and_then(|binary| match base64_lenient::decode(&binary.text()) {
                Some(bytes) => pictures.add(&bytes, id),
                None => {
                    pictures.warn(format!("“{}” is not base64", card::line(id)));
                    None
                }
            });
        self.decoded.insert(id.to_owned(), index);
        index
    }
}
