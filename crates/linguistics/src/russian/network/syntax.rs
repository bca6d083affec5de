//! The syntax network: for each token its head, each chosen on its own, and the relation to it.

use pulp::Arch;

use super::dimensions::*;
use super::encoder::Encoder;
use super::kernels::{argmax, bias_and_rectify, combine};
use super::matrix::{Shape, multiply, multiply_by_columns};
use crate::ModelError;
use crate::model_file::{ModelFile, Section};

/// Arc scores computed at once, of one sentence: 1 MiB.
const SCORES: usize = 1 << 18;
/// Heads whose relation scores are computed at once.
const HEADS: usize = 64;
/// Numbers in the relation scores of one head: (tail, relation).
const HEAD_SCORES: usize = ARC * RELATIONS_PADDED;
/// Stands for the root among rows.
const ROOT: u32 = u32::MAX;

/// A dense layer with a rectifier, and what it makes of the root.
struct Rectified {
    weight: Section<f32>,
    bias: Section<f32>,
}

impl Rectified {
    fn open(file: &ModelFile, weight: &str, bias: &str) -> Result<Rectified, ModelError> {
        Ok(Rectified {
            weight: file.sized(weight, LAYER3 * ARC)?,
            bias: file.sized(bias, ARC)?,
        })
    }

    fn apply(&self, arch: Arch, encoded: &[f32], output: &mut Vec<f32>) {
        let rows = encoded.len() / LAYER3;
        output.resize(rows * ARC, 0.0);
        multiply(
            Shape {
                rows,
                inner: LAYER3,
                columns: ARC,
            },
            encoded,
            LAYER3,
            &self.weight,
            output,
            ARC,
        );
        bias_and_rectify(arch, output, &self.bias);
    }

    fn of_root(&self, root: &[f32]) -> Vec<f32> {
        let mut output = Vec::new();
        self.apply(Arch::new(), root, &mut output);
        output
    }
}

pub(super) struct Syntax {
    pub(super) encoder: Encoder,
    arc_head: Rectified,
    arc_tail: Rectified,
    arc_kernel: Section<f32>,
    arc_root: Vec<f32>,
    relation_head: Rectified,
    relation_tail: Rectified,
    relation_kernel: Section<f32>,
    relation_root: Vec<f32>,
}

/// Memory of the scorers.
#[derive(Default)]
pub(super) struct Scratch {
    heads: Vec<f32>,
    tails: Vec<f32>,
    bilinear: Vec<f32>,
    scores: Vec<f32>,
    arcs: Vec<(u32, u32)>,
}

/// One token's syntax as the network gives it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Arc {
    /// 0 for the root, else one more than the head's index in the sentence.
    pub(crate) head: u32,
    /// Index in [`RELATIONS`].
    pub(crate) relation: u8,
}

impl Syntax {
    pub(super) fn open(file: &ModelFile) -> Result<Syntax, ModelError> {
        let rectified = |weight: &str, bias: &str| Rectified::open(file, weight, bias);
        let arc_tail = rectified("syntax.arc.tail", "syntax.arc.tail.bias")?;
        let relation_head = rectified("syntax.relation.head", "syntax.relation.head.bias")?;
        let relation_kernel = file.sized::<f32>("syntax.relation.kernel", ARC * HEAD_SCORES)?;
        let arc_root = arc_tail.of_root(&file.sized("syntax.arc.root", LAYER3)?);
        let root = relation_head.of_root(&file.sized("syntax.relation.root", LAYER3)?);
        let mut relation_root = vec![0.0; HEAD_SCORES];
        combine(Arch::new(), &root, &relation_kernel, &mut relation_root);
        Ok(Syntax {
            encoder: Encoder::open(file, SYNTAX, encoder_sections!("syntax"))?,
            arc_head: rectified("syntax.arc.head", "syntax.arc.head.bias")?,
            arc_kernel: file.sized("syntax.arc.kernel", ARC * ARC)?,
            relation_tail: rectified("syntax.relation.tail", "syntax.relation.tail.bias")?,
            arc_tail,
            arc_root,
            relation_head,
            relation_kernel,
            relation_root,
        })
    }

    /// Arcs of sentences, each a range of rows; `arcs` gets one for each row.
    pub(super) fn decode(
        &self,
        arch: Arch,
        sentences: &[std::ops::Range<usize>],
        encoded: &[f32],
        scratch: &mut Scratch,
        arcs: &mut Vec<Arc>,
    ) {
        arcs.clear();
        arcs.resize(encoded.len() / LAYER3, Arc::default());
        self.choose_heads(arch, sentences, encoded, scratch, arcs);
        self.choose_relations(arch, sentences, encoded, scratch, arcs);
    }

    /// Score of an arc is bilinear in its ends; the candidates of a sentence are its tokens and the root.
    fn choose_heads(
        &self,
        arch: Arch,
        sentences: &[std::ops::Range<usize>],
        encoded: &[f32],
        scratch: &mut Scratch,
        arcs: &mut [Arc],
    ) {
        let Scratch {
            heads,
            tails,
            bilinear,
            scores,
            ..
        } = scratch;
        self.arc_head.apply(arch, encoded, heads);
        self.arc_tail.apply(arch, encoded, tails);
        bilinear.resize(heads.len(), 0.0);
        let rows = heads.len() / ARC;
        multiply(
            Shape {
                rows,
                inner: ARC,
                columns: ARC,
            },
            heads,
            ARC,
            &self.arc_kernel,
            bilinear,
            ARC,
        );
        for sentence in sentences {
            let (length, stride) = (sentence.len(), sentence.len() + 1);
            if length == 0 {
                continue;
            }
            let tails = &tails[sentence.start * ARC..sentence.end * ARC];
            let at_once = (SCORES / stride).max(1);
            for start in sentence.clone().step_by(at_once) {
                let block = start..(start + at_once).min(sentence.end);
                let left = &bilinear[block.start * ARC..block.end * ARC];
                scores.resize(block.len() * stride, 0.0);
                let shape = Shape {
                    rows: block.len(),
                    inner: ARC,
                    columns: length,
                };
                multiply_by_columns(shape, left, ARC, tails, &mut scores[1..], stride);
                let rows = scores.chunks_exact_mut(stride).zip(left.chunks_exact(ARC));
                for ((scores, left), arc) in rows.zip(&mut arcs[block]) {
                    scores[0] = left.iter().zip(&self.arc_root).map(|(a, b)| a * b).sum();
                    arc.head = argmax(arch, scores) as u32;
                }
            }
        }
    }

    /// Relation scores are bilinear too. The head's side is the dear one: it is computed once per head.
    fn choose_relations(
        &self,
        arch: Arch,
        sentences: &[std::ops::Range<usize>],
        encoded: &[f32],
        scratch: &mut Scratch,
        arcs: &mut [Arc],
    ) {
        let Scratch {
            heads,
            tails,
            bilinear,
            scores,
            arcs: pairs,
        } = scratch;
        self.relation_head.apply(arch, encoded, heads);
        self.relation_tail.apply(arch, encoded, tails);
        sort_by_head(sentences, arcs, pairs);
        scores.resize(HEADS * HEAD_SCORES, 0.0);
        bilinear.resize(heads.len().max(HEADS * ARC), 0.0);
        let mut relation = |head_scores: &[f32], row: u32| {
            let mut relations = [0f32; RELATIONS_PADDED];
            let tail = &tails[row as usize * ARC..(row as usize + 1) * ARC];
            combine(arch, tail, head_scores, &mut relations);
            arcs[row as usize].relation = argmax(arch, &relations[..RELATIONS.len()]) as u8;
        };
        let mut rest = &pairs[..];
        while let Some(&(first, _)) = rest.first().filter(|(head, _)| *head != ROOT) {
            let (mut count, mut last, mut taken) = (1, first, 0);
            bilinear[..ARC].copy_from_slice(&heads[first as usize * ARC..][..ARC]);
            while let Some(&(head, _)) = rest.get(taken).filter(|(head, _)| *head != ROOT) {
                if head != last {
                    if count == HEADS {
                        break;
                    }
                    bilinear[count * ARC..][..ARC].copy_from_slice(&heads[head as usize * ARC..][..ARC]);
                    (count, last) = (count + 1, head);
                }
                taken += 1;
            }
            let shape = Shape {
                rows: count,
                inner: ARC,
                columns: HEAD_SCORES,
            };
            multiply(shape, bilinear, ARC, &self.relation_kernel, scores, HEAD_SCORES);
            let mut head_scores = scores.chunks_exact(HEAD_SCORES);
            for group in rest[..taken].chunk_by(|a, b| a.0 == b.0) {
                let Some(of_head) = head_scores.next() else { break };
                group.iter().for_each(|&(_, row)| relation(of_head, row));
            }
            rest = &rest[taken..];
        }
        rest.iter()
            .for_each(|&(_, row)| relation(&self.relation_root, row));
    }
}

/// Pairs (row of the head, row of the token), in the order of heads, the root last.
fn sort_by_head(sentences: &[std::ops::Range<usize>], arcs: &[Arc], pairs: &mut Vec<(u32, u32)>) {
    pairs.clear();
    for sentence in sentences {
        pairs.extend(sentence.clone().map(|row| match arcs[row].head {
            0 => (ROOT, row as u32),
            head => (sentence.start as u32 + head - 1, row as u32),
        }));
    }
    pairs.sort_unstable();
}
