//! One passage forward with dropout and backward: the gradient of the loss by every weight.

use rustc_hash::FxHashMap;

use super::{
    corpus::{Corpus, Example, Wanted},
    random::Random,
};
use crate::{
    Kind,
    features::SENTENCE_WIDTH,
    network::{
        GATES, INPUT, Input, LAST, MAXIMUM_FACTOR, MEAN_FACTOR, OUTPUTS, Parameters, Recurrent, SENTENCE,
        STATE, State, TOKEN, add_outer, add_rows, add_transposed, rectify, run, sigmoid,
    },
};

/// Shares of values that are dropped in training.
const DROP_VECTOR: f32 = 0.2;
const DROP_FLAG: f32 = 0.1;
const DROP_INPUT: f32 = 0.2;
const DROP_HIDDEN: f32 = 0.25;
/// Weight of the losses of kind and border beside that of being visual.
const KIND_LOSS: f32 = 2.0;
const BORDER_LOSS: f32 = 0.3;

/// What a batch divides its losses by.
#[derive(Clone, Copy)]
pub(super) struct Counts {
    pub(super) judged: f32,
    pub(super) sentences: f32,
}

/// Word products of a batch and the gradients by them.
pub(super) struct BatchWords {
    rows: FxHashMap<usize, usize>,
    products: Vec<[f32; TOKEN]>,
    gradients: Vec<[f32; TOKEN]>,
}

impl BatchWords {
    pub(super) fn new(corpus: &Corpus, parameters: &Parameters, batch: &[&Example]) -> Self {
        let mut new = Self {
            rows: FxHashMap::default(),
            products: Vec::new(),
            gradients: Vec::new(),
        };
        for word in batch.iter().flat_map(|example| example.words()) {
            new.rows.entry(word).or_insert_with(|| {
                new.products.push(corpus.product(parameters, word));
                new.products.len() - 1
            });
        }
        new.gradients = vec![[0.0; TOKEN]; new.products.len()];
        new
    }

    /// Adds the batch's gradient by the weights of the vectors.
    pub(super) fn finish(&self, corpus: &Corpus, gradient: &mut Parameters) {
        let mut order: Vec<_> = self.rows.iter().map(|(&word, &row)| (word, row)).collect();
        order.sort_unstable();
        for (word, row) in order {
            corpus.add_gradient(gradient, word, &self.gradients[row]);
        }
    }
}

/// A token as it went through: its row, how its vector was scaled, the flags kept, its hidden layer.
struct TokenTrace {
    word: Option<(usize, f32)>,
    flags: Vec<u8>,
    hidden: [f32; TOKEN],
}

struct SentenceTrace {
    tokens: Vec<TokenTrace>,
    /// For each maximum the token it is from.
    greatest: [Option<usize>; TOKEN],
    input: Vec<f32>,
    input_mask: Vec<f32>,
    hidden_mask: Vec<f32>,
}

/// Adds an example's gradient and returns its loss.
pub(super) fn accumulate(
    parameters: &Parameters,
    example: &Example,
    words: &mut BatchWords,
    counts: Counts,
    random: &mut Random,
    gradient: &mut Parameters,
) -> f32 {
    let mut traces = Vec::new();
    let mut hidden: Vec<Vec<f32>> = Vec::new();
    for input in &example.inputs {
        let trace = sentence_forward(parameters, input, words, random);
        let mut out = parameters.sentence_bias.clone();
        add_rows(&mut out, &trace.input, &parameters.sentence);
        rectify(&mut out);
        out.iter_mut()
            .zip(&trace.hidden_mask)
            .for_each(|(value, mask)| *value *= mask);
        hidden.push(out);
        traces.push(trace);
    }
    let forward = run(&parameters.forward, hidden.iter());
    let mut backward = run(&parameters.backward, hidden.iter().rev());
    backward.reverse();

    let mut loss = 0.0;
    let mut hidden_gradients = vec![vec![0.0; SENTENCE]; hidden.len()];
    let mut forward_gradients = Vec::with_capacity(hidden.len());
    let mut backward_gradients = Vec::with_capacity(hidden.len());
    for at in 0..hidden.len() {
        let mask = masks(2 * STATE, DROP_HIDDEN, random);
        let mut last = [0.0; LAST];
        last[..STATE].copy_from_slice(&forward[at].after);
        last[STATE..2 * STATE].copy_from_slice(&backward[at].after);
        last.iter_mut()
            .zip(&mask)
            .for_each(|(value, mask)| *value *= mask);
        last[2 * STATE..].copy_from_slice(&hidden[at]);
        let mut outputs = [0.0; OUTPUTS];
        outputs.copy_from_slice(&parameters.output_bias);
        add_rows(&mut outputs, &last, &parameters.output);
        let (sentence_loss, by_outputs) = judge(&outputs, example.wanted[at], counts);
        loss += sentence_loss;
        add_outer(&mut gradient.output, &last, &by_outputs);
        add(&mut gradient.output_bias, &by_outputs);
        let mut by_last = [0.0; LAST];
        add_transposed(&mut by_last, &parameters.output, &by_outputs);
        by_last
            .iter_mut()
            .zip(&mask)
            .for_each(|(value, mask)| *value *= mask);
        add(&mut hidden_gradients[at], &by_last[2 * STATE..]);
        forward_gradients.push(by_last[..STATE].to_vec());
        backward_gradients.push(by_last[STATE..2 * STATE].to_vec());
    }

    let order: Vec<usize> = (0..hidden.len()).collect();
    recurrent_backward(
        &parameters.forward,
        (&forward, &hidden, &order),
        &forward_gradients,
        &mut hidden_gradients,
        &mut gradient.forward,
    );
    let order: Vec<usize> = (0..hidden.len()).rev().collect();
    recurrent_backward(
        &parameters.backward,
        (&backward, &hidden, &order),
        &backward_gradients,
        &mut hidden_gradients,
        &mut gradient.backward,
    );
    for ((trace, hidden), by_hidden) in traces.iter().zip(&hidden).zip(&mut hidden_gradients) {
        for ((value, mask), out) in by_hidden.iter_mut().zip(&trace.hidden_mask).zip(hidden) {
            *value = if *out > 0.0 { *value * mask } else { 0.0 };
        }
        sentence_backward(parameters, trace, by_hidden, words, gradient);
    }
    loss
}

fn sentence_forward(
    parameters: &Parameters,
    input: &Input,
    words: &BatchWords,
    random: &mut Random,
) -> SentenceTrace {
    let mut pooled = vec![0.0; INPUT];
    pooled[..SENTENCE_WIDTH].copy_from_slice(&input.dense);
    let mut greatest = [None; TOKEN];
    let mut tokens = Vec::with_capacity(input.tokens.len());
    let share = MEAN_FACTOR / input.tokens.len().max(1) as f32;
    for (index, token) in input.tokens.iter().enumerate() {
        let mut hidden = [0.0; TOKEN];
        hidden.copy_from_slice(&parameters.token_bias);
        let kept = !random.chance(DROP_VECTOR);
        let word = token
            .word
            .filter(|_| kept)
            .map(|word| (words.rows[&word], 1.0 / (1.0 - DROP_VECTOR)));
        if let Some((row, scale)) = word {
            hidden
                .iter_mut()
                .zip(&words.products[row])
                .for_each(|(h, p)| *h += scale * p);
        }
        let flags: Vec<u8> = token
            .flags
            .iter()
            .copied()
            .filter(|_| !random.chance(DROP_FLAG))
            .collect();
        for &flag in &flags {
            let row = &parameters.token_flags[usize::from(flag) * TOKEN..][..TOKEN];
            hidden
                .iter_mut()
                .zip(row)
                .for_each(|(h, w)| *h += w / (1.0 - DROP_FLAG));
        }
        rectify(&mut hidden);
        for (at, &h) in hidden.iter().enumerate() {
            pooled[SENTENCE_WIDTH + at] += share * h;
            let maximum = &mut pooled[SENTENCE_WIDTH + TOKEN + at];
            if MAXIMUM_FACTOR * h > *maximum {
                *maximum = MAXIMUM_FACTOR * h;
                greatest[at] = Some(index);
            }
        }
        tokens.push(TokenTrace { word, flags, hidden });
    }
    let input_mask = masks(INPUT, DROP_INPUT, random);
    pooled
        .iter_mut()
        .zip(&input_mask)
        .for_each(|(value, mask)| *value *= mask);
    SentenceTrace {
        tokens,
        greatest,
        input: pooled,
        input_mask,
        hidden_mask: masks(SENTENCE, DROP_HIDDEN, random),
    }
}

fn sentence_backward(
    parameters: &Parameters,
    trace: &SentenceTrace,
    by_hidden: &[f32],
    words: &mut BatchWords,
    gradient: &mut Parameters,
) {
    add_outer(&mut gradient.sentence, &trace.input, by_hidden);
    add(&mut gradient.sentence_bias, by_hidden);
    let mut by_input = vec![0.0; INPUT];
    add_transposed(&mut by_input, &parameters.sentence, by_hidden);
    by_input
        .iter_mut()
        .zip(&trace.input_mask)
        .for_each(|(value, mask)| *value *= mask);
    let (by_mean, by_maximum) = by_input[SENTENCE_WIDTH..].split_at(TOKEN);
    let share = MEAN_FACTOR / trace.tokens.len().max(1) as f32;
    for (index, token) in trace.tokens.iter().enumerate() {
        let mut by_token = [0.0; TOKEN];
        for at in 0..TOKEN {
            if token.hidden[at] > 0.0 {
                by_token[at] = share * by_mean[at];
                if trace.greatest[at] == Some(index) {
                    by_token[at] += MAXIMUM_FACTOR * by_maximum[at];
                }
            }
        }
        add(&mut gradient.token_bias, &by_token);
        for &flag in &token.flags {
            let row = &mut gradient.token_flags[usize::from(flag) * TOKEN..][..TOKEN];
            row.iter_mut()
                .zip(&by_token)
                .for_each(|(w, g)| *w += g / (1.0 - DROP_FLAG));
        }
        if let Some((row, scale)) = token.word {
            words.gradients[row]
                .iter_mut()
                .zip(&by_token)
                .for_each(|(sum, g)| *sum += scale * g);
        }
    }
}

/// Back through one direction; `steps` are the states, the inputs, and the order they were read in.
fn recurrent_backward(
    weights: &Recurrent,
    (states, inputs, order): (&[State], &[Vec<f32>], &[usize]),
    by_states: &[Vec<f32>],
    by_inputs: &mut [Vec<f32>],
    gradient: &mut Recurrent,
) {
    let mut carried = [0.0; STATE];
    for (step, &at) in order.iter().enumerate().rev() {
        let state = &states[at];
        let before = step
            .checked_sub(1)
            .map_or([0.0; STATE], |earlier| states[order[earlier]].after);
        let mut by_seen = [0.0; GATES];
        let mut by_recalled = [0.0; GATES];
        let mut by_before = [0.0; STATE];
        for i in 0..STATE {
            let by_after = by_states[at][i] + carried[i];
            let (reset, update, candidate) = (state.reset[i], state.update[i], state.candidate[i]);
            let by_candidate = by_after * (1.0 - update) * (1.0 - candidate * candidate);
            let by_update = by_after * (before[i] - candidate) * update * (1.0 - update);
            let by_reset = by_candidate * state.recalled[i] * reset * (1.0 - reset);
            by_before[i] = by_after * update;
            by_seen[i] = by_reset;
            by_seen[STATE + i] = by_update;
            by_seen[2 * STATE + i] = by_candidate;
            by_recalled[i] = by_reset;
            by_recalled[STATE + i] = by_update;
            by_recalled[2 * STATE + i] = by_candidate * reset;
        }
        add(&mut gradient.bias, &by_seen);
        add_outer(&mut gradient.input, &inputs[at], &by_seen);
        add_transposed(&mut by_inputs[at], &weights.input, &by_seen);
        add_outer(&mut gradient.state, &before, &by_recalled);
        add_transposed(&mut by_before, &weights.state, &by_recalled);
        carried = by_before;
    }
}

/// The loss of a sentence's outputs and its gradient.
fn judge(outputs: &[f32; OUTPUTS], wanted: Wanted, counts: Counts) -> (f32, [f32; OUTPUTS]) {
    let mut gradient = [0.0; OUTPUTS];
    let mut loss = 0.0;
    if let Some(visual) = wanted.visual {
        let (value, slope) = logistic(outputs[0], f32::from(u8::from(visual)));
        loss += value / counts.judged;
        gradient[0] = slope / counts.judged;
    }
    if wanted.kinds.iter().any(|share| *share > 0.0) {
        let logits = &outputs[1..=Kind::ALL.len()];
        let greatest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let total: f32 = logits.iter().map(|logit| (logit - greatest).exp()).sum();
        let weight = KIND_LOSS / counts.sentences;
        for (at, (logit, share)) in logits.iter().zip(wanted.kinds).enumerate() {
            gradient[1 + at] = weight * ((logit - greatest).exp() / total - share);
            loss += weight * share * (total.ln() + greatest - logit);
        }
    }
    let (value, slope) = logistic(outputs[OUTPUTS - 1], wanted.opens);
    let weight = BORDER_LOSS / counts.sentences;
    gradient[OUTPUTS - 1] = weight * slope;
    (loss + weight * value, gradient)
}

/// Logistic loss of a logit, whose wanted probability is given, and its slope.
fn logistic(logit: f32, wanted: f32) -> (f32, f32) {
    (
        logit.max(0.0) - logit * wanted + (-logit.abs()).exp().ln_1p(),
        sigmoid(logit) - wanted,
    )
}

fn masks(width: usize, dropped: f32, random: &mut Random) -> Vec<f32> {
    (0..width)
        .map(|_| {
            if random.chance(dropped) {
                0.0
            } else {
                1.0 / (1.0 - dropped)
            }
        })
        .collect()
}

fn add(sum: &mut [f32], values: &[f32]) {
    sum.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
}

#[cfg(test)]
mod tests {
    use linguistics::Language;

    use super::*;
    use crate::{
        evaluation::{Drawn, Passage},
        network::InputToken,
        training::fit,
    };

    fn passage() -> Passage {
        Passage {
            id: String::new(),
            language: Language::English,
            work: String::new(),
            text: String::new(),
            sentences: Vec::new(),
            drawn: Drawn::Random,
            first: Vec::new(),
            second: Vec::new(),
        }
    }

    /// Three sentences of two words each.
    fn example() -> Example {
        let mut random = Random::new(3);
        let mut input = |at: usize| Input {
            dense: (0..SENTENCE_WIDTH).map(|_| random.normal()).collect(),
            tokens: vec![
                InputToken {
                    word: Some(at % 2),
                    flags: vec![1, 20],
                },
                InputToken {
                    word: None,
                    flags: vec![2],
                },
            ],
        };
        let wanted = |visual, kinds, opens| Wanted { visual, kinds, opens };
        Example {
            passage: passage(),
            ranges: Vec::new(),
            inputs: (0..3).map(&mut input).collect(),
            wanted: vec![
                wanted(Some(false), [0.0; 5], 0.0),
                wanted(Some(true), [0.5, 0.0, 0.5, 0.0, 0.0], 1.0),
                wanted(None, [0.0, 1.0, 0.0, 0.0, 0.0], 0.5),
            ],
        }
    }

    fn loss(corpus: &Corpus, parameters: &Parameters, gradient: &mut Parameters) -> f32 {
        let example = &corpus.examples[0];
        let mut words = BatchWords::new(corpus, parameters, &[example]);
        let counts = Counts {
            judged: 2.0,
            sentences: 3.0,
        };
        let loss = accumulate(
            parameters,
            example,
            &mut words,
            counts,
            &mut Random::new(9),
            gradient,
        );
        words.finish(corpus, gradient);
        loss
    }

    #[test]
    fn the_gradient_is_the_slope_of_the_loss() {
        let vectors = vec![vec![0.3, -0.8, 0.5], vec![-0.2, 0.4, 1.1]];
        let corpus = Corpus::of(vec![example()], vectors);
        let parameters = fit::start(3, &mut Random::new(5));
        let mut gradient = Parameters::zeros(3);
        loss(&corpus, &parameters, &mut gradient);
        let mut random = Random::new(11);
        for tensor in 0..parameters.tensors().len() {
            for _ in 0..6 {
                let length = parameters.tensors()[tensor].len();
                let at = (random.uniform() * length as f32) as usize;
                let step = 1e-3;
                let shifted = |by: f32| {
                    let mut shifted = parameters.clone();
                    shifted.tensors_mut()[tensor][at] += by;
                    loss(&corpus, &shifted, &mut Parameters::zeros(3))
                };
                // A rectifier or a maximum may turn on one side: the gradient is the slope of either.
                let here = shifted(0.0);
                let slopes = [(shifted(step) - here) / step, (here - shifted(-step)) / step];
                let computed = gradient.tensors()[tensor][at];
                assert!(
                    slopes
                        .iter()
                        .any(|slope| (slope - computed).abs() < 2e-3 + 0.05 * slope.abs()),
                    "tensor {tensor}, {at}: {computed} for {slopes:?}"
                );
            }
        }
    }
}
