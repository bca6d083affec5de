//! slovnet's three networks (morphology, syntax, names) over navec's word vectors.

pub(crate) mod dimensions;
mod encoder;
mod kernels;
mod matrix;
mod morphology;
mod names;
mod projections;
mod syntax;
mod vectors;
pub(crate) mod word_table;

use std::ops::Range;

use pulp::Arch;

use crate::ModelError;
use crate::model_file::{ModelFile, Section};
use dimensions::{PROJECTION, VECTOR};
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
    /// Those to tag, at most [`MOST_TOKENS`].
    pub(crate) tokens: Range<usize>,
    /// Sentences, or pieces of one, that make up `tokens`.
    pub(crate) sentences: &'a [Range<usize>],
    /// For each token of the text, whether a sentence begins at it.
    pub(crate) begins_sentence: &'a [bool],
    /// For each token of the text, whether a sequence of names begins at it.
    pub(crate) begins_names: &'a [bool],
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

    /// Tags a part of a text and appends the results.
    pub(crate) fn tag(&self, part: &Part<'_>, workspace: &mut Workspace, tagged: &mut Tagged) {
        let Workspace {
            arch,
            projections,
            encoder,
            encoded,
            scores,
            ..
        } = workspace;
        let arch = *arch;
        let around =
            part.tokens.start.saturating_sub(CONTEXT)..(part.tokens.end + CONTEXT).min(part.inputs.len());
        let words = part.inputs[around.clone()].iter().map(|input| input.word);
        projections.ensure(&self.vectors, &self.layer1, words);

        let rows = &mut workspace.rows;
        rows.lay(part, &around, part.begins_sentence);
        self.morphology
            .encoder
            .encode(arch, &rows.inputs, projections, encoder, encoded);
        self.morphology
            .decode(arch, &rows.inputs, encoded, scores, &mut workspace.row_tags);
        tagged
            .tags
            .extend(rows.of_tokens.iter().map(|&row| workspace.row_tags[row]));

        self.syntax
            .encoder
            .encode(arch, &rows.inputs, projections, encoder, encoded);
        let (syntax, arcs) = (&mut workspace.syntax, &mut workspace.row_arcs);
        self.syntax.decode(arch, &rows.sentences, encoded, syntax, arcs);
        tagged.arcs.extend(rows.of_tokens.iter().map(|&row| arcs[row]));

        rows.lay(part, &around, part.begins_names);
        self.names
            .encoder
            .encode(arch, &rows.inputs, projections, encoder, encoded);
        self.names.score(arch, encoded, scores);
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
    fn lay(&mut self, part: &Part<'_>, around: &Range<usize>, begins: &[bool]) {
        self.inputs.clear();
        self.of_tokens.clear();
        self.sentences.clear();
        for token in around.clone() {
            if begins[token] {
                self.inputs.push(Input::GAP);
            }
            if part.tokens.contains(&token) {
                self.of_tokens.push(self.inputs.len());
            }
            self.inputs.push(part.inputs[token]);
        }
        let row = |token: usize| self.of_tokens[token - part.tokens.start];
        for sentence in part.sentences.iter().filter(|sentence| !sentence.is_empty()) {
            self.sentences
                .push(row(sentence.start)..row(sentence.end - 1) + 1);
        }
    }
}
