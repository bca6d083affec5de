//! Russian: razdel's segmentation, slovnet's networks, pymorphy2's dictionary, put together as natasha does.

pub(crate) mod abbreviations;
pub(crate) mod characters;
pub(crate) mod dictionary;
pub(crate) mod line;
pub(crate) mod network;
mod normal_form;
mod segmentation;
pub(crate) mod sentences;
mod shape;
mod surfaces;
pub(crate) mod tokens;

use std::ops::Range;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use crate::annotation::{AnnotatedSentence, AnnotatedToken, Annotation, NameTag, Unit};
use crate::install::{DICTIONARY_FILE, NETWORKS_FILE};
use crate::model_file::ModelFile;
use crate::{EntityKind, Features, Language, ModelError, Upos};
use dictionary::Dictionary;
use dictionary::tags::Grammar;
use network::dimensions::{NAME_TAGS, RELATIONS};
use network::{Input, MOST_TOKENS, Networks, Part, Tagged, Workspace};
use normal_form::NameToken;
use segmentation::{Segmentation, Segmenter};
use shape::Shapes;
use surfaces::Surfaces;

/// Tokens tagged at once.
const PART: usize = MOST_TOKENS;
/// The longest sentence whose heads are chosen among all its tokens: the work grows with the square.
const LONGEST_SENTENCE: usize = 8 * PART;

/// The Russian models.
pub(crate) struct Russian {
    networks: Networks,
    dictionary: Dictionary,
    shapes: Shapes,
    tags: Vec<Tag>,
    /// Memory of threads that are done, for the next ones.
    idle: Mutex<Vec<Session>>,
}

/// A morphological tag of the network, taken apart.
struct Tag {
    pos: Upos,
    features: Features,
    grammar: Grammar,
}

/// One thread's memory between texts.
struct Session {
    segmenter: Segmenter,
    surfaces: Surfaces,
    workspace: Workspace,
}

impl Russian {
    pub(crate) fn open(directory: &Path) -> Result<Russian, ModelError> {
        let networks = Networks::open(&ModelFile::open(&directory.join(NETWORKS_FILE))?)?;
        let dictionary = Dictionary::open(&ModelFile::open(&directory.join(DICTIONARY_FILE))?)?;
        let shapes = Shapes::new(networks.shapes());
        let tags = networks.tags().iter().map(|tag| Tag::new(tag)).collect();
        Ok(Russian {
            networks,
            dictionary,
            shapes,
            tags,
            idle: Mutex::default(),
        })
    }

    pub(crate) fn vector(&self, word: &str) -> Option<[f32; 300]> {
        self.networks.vectors.of_word(word)
    }

    /// Annotates a text; the output is natasha's own.
    pub(crate) fn annotate(&self, text: &str, unit: Unit) -> Annotation {
        let mut session = self.session();
        let mut annotation = Annotation::new(Language::Russian);
        let mut rest = segmentation::Lines::new(text);
        while session.segmenter.read(&mut rest, unit) {
            session.surfaces.make_room();
            self.annotate_segmented(text, &mut session, &mut annotation);
        }
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(session);
        annotation
    }

    fn session(&self) -> Session {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.unwrap_or_else(|| Session {
            segmenter: Segmenter::default(),
            surfaces: Surfaces::default(),
            workspace: Workspace::new(&self.networks),
        })
    }

    /// Annotates what the segmenter has read and appends it.
    fn annotate_segmented(&self, text: &str, session: &mut Session, annotation: &mut Annotation) {
        let Session {
            segmenter,
            surfaces,
            workspace,
        } = session;
        let found = &segmenter.found;
        let (numbers, inputs): (Vec<u32>, Vec<Input>) = found
            .tokens
            .iter()
            .map(|token| surfaces.number(&text[token.range()], &self.networks.vectors, &self.shapes))
            .unzip();
        let tagged = self.tag(found, &inputs, workspace);
        let mut name_tags = Vec::with_capacity(found.tokens.len());
        for sequence in found.name_sequences() {
            self.networks
                .name_tags(&tagged.name_scores[sequence], &mut name_tags);
        }

        let first = annotation.tokens.len();
        annotation.tokens.reserve(found.tokens.len());
        for (index, token) in found.tokens.iter().enumerate() {
            let tag_number = tagged.tags[index];
            let tag = &self.tags[usize::from(tag_number)];
            let word = &text[token.range()];
            let lemma = surfaces.lemma(numbers[index], word, tag_number, &tag.grammar, &self.dictionary);
            annotation.tokens.push(AnnotatedToken {
                start: token.start,
                end: token.end,
                lemma,
                pos: tag.pos,
                features: tag.features.clone(),
                head: tagged.arcs[index].head,
                relation: RELATIONS[usize::from(tagged.arcs[index].relation)],
                name: NameTag::Outside,
            });
        }
        annotation
            .sentences
            .extend(found.sentences.iter().map(|sentence| AnnotatedSentence {
                range: sentence.range.clone(),
                paragraph: sentence.paragraph,
                tokens: first + sentence.tokens.start..first + sentence.tokens.end,
            }));
        for sequence in found.name_sequences() {
            for (kind, name) in names(&name_tags[sequence.clone()]) {
                let name = sequence.start + name.start..sequence.start + name.end;
                let normal = self.normal_name(text, found, &tagged, name.clone(), kind);
                annotation.add_entity(first + name.start..first + name.end, kind, normal);
            }
        }
    }

    fn tag(&self, found: &Segmentation, inputs: &[Input], workspace: &mut Workspace) -> Tagged {
        let mut tagged = Tagged::default();
        let mut sentences: Vec<Range<usize>> = Vec::new();
        for sentence in &found.sentences {
            let sentence = sentence.tokens.clone();
            let taken = sentences.first().map_or(0, |first| sentence.end - first.start);
            if taken > PART {
                self.networks
                    .tag(&found.part(inputs, &sentences), workspace, &mut tagged);
                sentences.clear();
            }
            if sentence.len() <= PART {
                sentences.push(sentence);
                continue;
            }
            for sentence in pieces(sentence, LONGEST_SENTENCE) {
                for piece in pieces(sentence, PART) {
                    self.networks
                        .tag_piece(&found.part(inputs, &[piece]), workspace, &mut tagged);
                }
                self.networks.join_pieces(workspace, &mut tagged);
            }
        }
        self.networks
            .tag(&found.part(inputs, &sentences), workspace, &mut tagged);
        tagged
    }

    fn normal_name(
        &self,
        text: &str,
        found: &Segmentation,
        tagged: &Tagged,
        name: Range<usize>,
        kind: EntityKind,
    ) -> String {
        let token = |index: usize| {
            let tag = &self.tags[usize::from(tagged.tags[index])];
            let range = found.tokens[index].range();
            let before = if index > name.start {
                found.tokens[index - 1].end as usize
            } else {
                range.start
            };
            NameToken {
                text: &text[range.clone()],
                pos: tag.pos,
                features: &tag.features,
                grammar: &tag.grammar,
                space_before: text[before..range.start].chars().count(),
                head: head_inside(found, tagged, index, &name),
            }
        };
        let tokens: Vec<NameToken<'_>> = name.clone().map(token).collect();
        match kind {
            EntityKind::Organisation => normal_form::of_organisation(&tokens, &self.dictionary),
            EntityKind::Person | EntityKind::Location => normal_form::of_name(&tokens, &self.dictionary),
        }
    }
}

/// Index in the name of a token's head, when the head is in the name too.
fn head_inside(found: &Segmentation, tagged: &Tagged, index: usize, name: &Range<usize>) -> Option<usize> {
    let sentence = found
        .sentences
        .partition_point(|sentence| sentence.tokens.end <= index);
    let head = (tagged.arcs[index].head as usize).checked_sub(1)?;
    let head = found.sentences.get(sentence)?.tokens.start + head;
    name.contains(&head).then(|| head - name.start)
}

impl Tag {
    fn new(tag: &str) -> Tag {
        let (pos, features) = tag.split_once('|').unwrap_or((tag, ""));
        Tag {
            pos: pos.parse().unwrap_or(Upos::Other),
            features: Features::new(features),
            grammar: Grammar::of_tag(tag),
        }
    }
}

impl Segmentation {
    fn part<'a>(&'a self, inputs: &'a [Input], sentences: &'a [Range<usize>]) -> Part<'a> {
        Part {
            inputs,
            sentences,
            begins_sentence: &self.begins_sentence,
            begins_names: &self.begins_names,
        }
    }
}

/// A sentence in pieces of at most so many tokens.
fn pieces(sentence: Range<usize>, most: usize) -> impl Iterator<Item = Range<usize>> {
    let end = sentence.end;
    sentence
        .step_by(most)
        .map(move |start| start..(start + most).min(end))
}

/// Names out of the tags of one sequence: `B` begins one, `I` of any kind extends the open one, `O` closes
/// it, and what the networks' padding tag marks is passed over.
fn names(tags: &[u8]) -> Vec<(EntityKind, Range<usize>)> {
    let mut names: Vec<(EntityKind, Range<usize>)> = Vec::new();
    let mut open = false;
    for (index, &tag) in tags.iter().enumerate() {
        match NAME_TAGS[usize::from(tag)].split_once('-') {
            Some(("B", kind)) => {
                names.push((kind_of(kind), index..index + 1));
                open = true;
            }
            Some(_) if open => {
                if let Some((_, range)) = names.last_mut() {
                    range.end = index + 1;
                }
            }
            None if NAME_TAGS[usize::from(tag)] == "O" => open = false,
            _ => {}
        }
    }
    names
}

fn kind_of(name: &str) -> EntityKind {
    match name {
        "PER" => EntityKind::Person,
        "LOC" => EntityKind::Location,
        _ => EntityKind::Organisation,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(written: &[&str]) -> Vec<u8> {
        let place = |tag: &&str| NAME_TAGS.iter().position(|known| known == tag).unwrap() as u8;
        written.iter().map(place).collect()
    }

    #[test]
    fn names_open_extend_and_close() {
        let found = names(&tags(&[
            "B-PER", "I-PER", "O", "I-LOC", "B-LOC", "B-LOC", "I-ORG", "<pad>", "I-LOC",
        ]));
        let expected = [
            (EntityKind::Person, 0..2),
            (EntityKind::Location, 4..5),
            (EntityKind::Location, 5..9),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_long_sentence_is_cut_into_pieces_without_loss() {
        let cut: Vec<_> = pieces(10..10 + 2 * PART + 1, PART).collect();
        assert_eq!(
            cut,
            [
                10..10 + PART,
                10 + PART..10 + 2 * PART,
                10 + 2 * PART..11 + 2 * PART
            ]
        );
        assert_eq!(pieces(3..3, PART).count(), 0);
    }
}
