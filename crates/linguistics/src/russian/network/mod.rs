//! slovnet's three networks (morphology, syntax, names) over navec's word vectors.

mod classifier;
pub(crate) mod dimensions;
mod encoder;
mod kernels;
mod matrix;
mod morphology;
mod names;
mod positives;
mod projections;
mod sparse;
mod syntax;
mod vectors;
pub(crate) mod word_table;

use std::ops::Range;

use pulp::Arch;

use crate::ModelError;
use crate::model_file::{ModelFile, Section};
use dimensions::{LAYER3, PROJECTION, VECTOR};
pub(crate) use encoder::Input;
use morphology::Morphology;
use names::Names;
pub(crate) use names::Scores;
use projections::Projections;
pub(crate) use syntax::Arc;
use syntax::Syntax;
pub(crate) use vectors::Vectors;

/// The networks in an open model file.
pub(crate) struct Networks {
    pub(crate) vectors: Vectors,
    layer1: Section<f32>,
    shapes: Vec<String>,
    morphology: Morphology,
    syntax: Syntax,
    names: Names,
}

/// The most tokens one call of [`Networks::tag`] takes, with their context.
pub(crate) const MOST_TOKENS: usize = projections::MOST_AT_ONCE - 2 * CONTEXT;
/// Tokens on each side that a token's encoding depends on.
pub(crate) const CONTEXT: usize = 3;

/// Memory of one thread's work with the networks: some 30 MB.
pub(crate) struct Workspace {
    arch: Arch,
    projections: Projections,
    encoder: encoder::Scratch,
    encoded: Vec<f32>,
    /// Encoded pieces of a long sentence.
    pieces: Vec<f32>,
    scores: Vec<f32>,
    syntax: syntax::Scratch,
    row_tags: Vec<u16>,
    row_arcs: Vec<Arc>,
    rows: Rows,
}

impl Workspace {
    pub(crate) fn new(networks: &Networks) -> Workspace {
        Workspace {
            arch: Arch::new(),
            projections: Projections::new(networks.vectors.len()),
            encoder: encoder::Scratch::default(),
            encoded: Vec::new(),
            pieces: Vec::new(),
            scores: Vec::new(),
            syntax: syntax::Scratch::default(),
            row_tags: Vec::new(),
            row_arcs: Vec::new(),
            rows: Rows::default(),
        }
    }
}

/// What the networks say of some tokens. Each vector has one element per token.
#[derive(Default)]
pub(crate) struct Tagged {
    pub(crate) tags: Vec<u16>,
    pub(crate) arcs: Vec<Arc>,
    pub(crate) name_scores: Vec<Scores>,
}

/// Tokens to tag: a part of a text's, and where in the text sequences begin.
pub(crate) struct Part<'a> {
    /// All tokens of the text.
    pub(crate) inputs: &'a [Input],
    /// Sentences to tag, one after another, or one piece of a sentence: at most [`MOST_TOKENS`].
    pub(crate) sentences: &'a [Range<usize>],
    /// For each token of the text, whether a sentence begins at it.
    pub(crate) begins_sentence: &'a [bool],
    /// For each token of the text, whether a sequence of names begins at it.
    pub(crate) begins_names: &'a [bool],
}

impl Part<'_> {
    fn tokens(&self) -> Range<usize> {
        let start = self.sentences.first().map_or(0, |first| first.start);
        start..self.sentences.last().map_or(0, |last| last.end)
    }

    /// Its tokens with their context.
    fn around(&self) -> Range<usize> {
        let Range { start, end } = self.tokens();
        start.saturating_sub(CONTEXT)..(end + CONTEXT).min(self.inputs.len())
    }
}

impl Networks {
    pub(crate) fn open(file: &ModelFile) -> Result<Networks, ModelError> {
        Ok(Networks {
            vectors: Vectors::open(file)?,
            layer1: file.sized("layer1.words", VECTOR * PROJECTION)?,
            shapes: file.lines("shapes")?,
            morphology: Morphology::open(file)?,
            syntax: Syntax::open(file)?,
            names: Names::open(file)?,
        })
    }

    /// The morphological tags: `NOUN|Animacy=Anim|Case=Nom|...`.
    pub(crate) fn tags(&self) -> &[String] {
        &self.morphology.tags
    }

    /// The names of word shapes in the order of their numbers.
    pub(crate) fn shapes(&self) -> &[String] {
        &self.shapes
    }

    /// Tags whole sentences of a text and appends the results.
    pub(crate) fn tag(&self, part: &Part<'_>, workspace: &mut Workspace, tagged: &mut Tagged) {
        self.tag_words(part, workspace, tagged);
        let Workspace {
            arch,
            encoded,
            syntax,
            row_arcs,
            rows,
            ..
        } = workspace;
        self.syntax
            .decode(*arch, &rows.sentences, encoded, syntax, row_arcs);
        tagged
            .arcs
            .extend(rows.of_tokens.iter().map(|&row| row_arcs[row]));
        self.score_names(part, workspace, tagged);
    }

    /// Tags a piece of a long sentence; [`Networks::join_pieces`] finds its arcs when all pieces are there.
    pub(crate) fn tag_piece(&self, part: &Part<'_>, workspace: &mut Workspace, tagged: &mut Tagged) {
        self.tag_words(part, workspace, tagged);
        let Workspace {
            encoded,
            pieces,
            rows,
            ..
        } = workspace;
        for row in &rows.of_tokens {
            pieces.extend_from_slice(&encoded[row * LAYER3..(row + 1) * LAYER3]);
        }
        self.score_names(part, workspace, tagged);
    }

    /// The arcs of the sentence whose pieces were tagged.
    pub(crate) fn join_pieces(&self, workspace: &mut Workspace, tagged: &mut Tagged) {
        let Workspace {
            arch,
            pieces,
            syntax,
            row_arcs,
            ..
        } = workspace;
        let sentence = 0..pieces.len() / LAYER3;
        self.syntax
            .decode(*arch, std::slice::from_ref(&sentence), pieces, syntax, row_arcs);
        tagged.arcs.extend_from_slice(row_arcs);
        *pieces = Vec::new();
    }

    /// Tags words, and encodes them for syntax.
    fn tag_words(&self, part: &Part<'_>, workspace: &mut Workspace, tagged: &mut Tagged) {
        let Workspace {
            arch,
            projections,
            encoder,
            encoded,
            row_tags,
            rows,
            ..
        } = workspace;
        let around = part.around();
        let words = part.inputs[around].iter().map(|input| input.word);
        projections.ensure(&self.vectors, &self.layer1, words);

        rows.lay(part, part.begins_sentence);
        let morphology = &self.morphology;
        morphology
            .encoder
            .encode(*arch, &rows.inputs, projections, encoder, encoded);
        morphology.decode(*arch, encoded, row_tags);
        tagged
            .tags
            .extend(rows.of_tokens.iter().map(|&row| row_tags[row]));
        self.syntax
            .encoder
            .encode(*arch, &rows.inputs, projections, encoder, encoded);
    }

    fn score_names(&self, part: &Part<'_>, workspace: &mut Workspace, tagged: &mut Tagged) {
        let Workspace {
            arch,
            projections,
            encoder,
            encoded,
            scores,
            rows,
            ..
        } = workspace;
        rows.lay(part, part.begins_names);
        self.names
            .encoder
            .encode(*arch, &rows.inputs, projections, encoder, encoded);
        self.names.score(*arch, encoded, scores);
        let of_row = |&row: &usize| {
            let first = row * Scores::default().len();
            Scores::try_from(&scores[first..first + Scores::default().len()]).expect("a row of scores")
        };
        tagged.name_scores.extend(rows.of_tokens.iter().map(of_row));
    }

    /// The best name tags of one sequence.
    pub(crate) fn name_tags(&self, scores: &[Scores], tags: &mut Vec<u8>) {
        self.names.decode(scores, tags);
    }
}

/// Rows of the encoder: tokens with a gap before each that begins a sequence.
#[derive(Default)]
struct Rows {
    inputs: Vec<Input>,
    /// Row of each token to tag.
    of_tokens: Vec<usize>,
    /// Rows of each sentence.
    sentences: Vec<Range<usize>>,
}

impl Rows {
    fn lay(&mut self, part: &Part<'_>, begins: &[bool]) {
        let tokens = part.tokens();
        self.inputs.clear();
        self.of_tokens.clear();
        self.sentences.clear();
        for token in part.around() {
            if begins[token] {
                self.inputs.push(Input::GAP);
            }
            if tokens.contains(&token) {
                self.of_tokens.push(self.inputs.len());
            }
            self.inputs.push(part.inputs[token]);
        }
        let row = |token: usize| self.of_tokens[token - tokens.start];
        for sentence in part.sentences.iter().filter(|sentence| !sentence.is_empty()) {
            self.sentences
                .push(row(sentence.start)..row(sentence.end - 1) + 1);
        }
    }
}
