//! Fits one network: AdamW (Loshchilov and Hutter 2019) with a cosine schedule.

use super::{
    corpus::{Corpus, Example},
    gradient::{BatchWords, Counts, accumulate},
    random::Random,
};
use crate::network::{FLAG_ROWS, INPUT, LAST, Parameters, SENTENCE, STATE};

const EPOCHS: usize = 12;
/// Passages in a batch.
const BATCH: usize = 8;
const RATE: f32 = 2e-3;
/// Steps over which the rate rises from zero.
const WARM_UP: f32 = 30.0;
const DECAY: f32 = 1e-2;
const MOMENTUM: f32 = 0.9;
const VARIANCE: f32 = 0.999;

/// A network fitted to the examples; the same seed gives the same network.
pub(super) fn fit(corpus: &Corpus, examples: &[&Example], seed: u64) -> Parameters {
    let mut random = Random::new(seed);
    let dimension = corpus.dimension();
    let mut parameters = start(dimension, &mut random);
    let mut momentum = Parameters::zeros(dimension);
    let mut variance = Parameters::zeros(dimension);
    let steps = EPOCHS * examples.len().div_ceil(BATCH);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut step = 0;
    for _ in 0..EPOCHS {
        random.shuffle(&mut order);
        for batch in order.chunks(BATCH) {
            let batch: Vec<&Example> = batch.iter().map(|&at| examples[at]).collect();
            let gradient = gradient(corpus, &parameters, &batch, &mut random);
            step += 1;
            let rate = rate(step as f32, steps as f32);
            update(
                &mut parameters,
                &gradient,
                &mut momentum,
                &mut variance,
                rate,
                step,
            );
        }
    }
    parameters
}

fn gradient(corpus: &Corpus, parameters: &Parameters, batch: &[&Example], random: &mut Random) -> Parameters {
    let wanted = || batch.iter().flat_map(|example| &example.wanted);
    let counts = Counts {
        judged: wanted().filter(|wanted| wanted.visual.is_some()).count().max(1) as f32,
        sentences: wanted().count().max(1) as f32,
    };
    let mut gradient = Parameters::zeros(corpus.dimension());
    let mut batch_words = BatchWords::new(corpus, parameters, batch);
    for example in batch {
        accumulate(
            parameters,
            example,
            &mut batch_words,
            counts,
            random,
            &mut gradient,
        );
    }
    batch_words.finish(corpus, &mut gradient);
    gradient
}

fn rate(step: f32, steps: f32) -> f32 {
    let cosine = (1.0 + (std::f32::consts::PI * step / steps).cos()) / 2.0;
    RATE * (step / WARM_UP).min(1.0) * cosine.max(0.02)
}

fn update(
    parameters: &mut Parameters,
    gradient: &Parameters,
    momentum: &mut Parameters,
    variance: &mut Parameters,
    rate: f32,
    step: i32,
) {
    let (first, second) = (1.0 - MOMENTUM.powi(step), 1.0 - VARIANCE.powi(step));
    let tensors = parameters.tensors_mut().into_iter().zip(gradient.tensors());
    for ((weights, gradient), (momentum, variance)) in
        tensors.zip(momentum.tensors_mut().into_iter().zip(variance.tensors_mut()))
    {
        let decay = if is_bias(weights.len()) { 0.0 } else { DECAY };
        for (((w, g), m), v) in weights.iter_mut().zip(gradient).zip(momentum).zip(variance) {
            *m = MOMENTUM * *m + (1.0 - MOMENTUM) * g;
            *v = VARIANCE * *v + (1.0 - VARIANCE) * g * g;
            *w -= rate * (*m / first / ((*v / second).sqrt() + 1e-8) + decay * *w);
        }
    }
}

/// Biases are shorter than any matrix and are not decayed.
fn is_bias(length: usize) -> bool {
    length <= 3 * STATE
}

/// Random weights.
pub(super) fn start(dimension: usize, random: &mut Random) -> Parameters {
    let mut parameters = Parameters::zeros(dimension);
    let deviation = |inputs: usize, factor: f32| factor / (inputs as f32).sqrt();
    let token = deviation(dimension.min(100) + FLAG_ROWS, 1.4);
    let sentence = deviation(INPUT, 1.4);
    let mut fill = |tensor: &mut Vec<f32>, deviation: f32| {
        tensor
            .iter_mut()
            .for_each(|weight| *weight = deviation * random.normal());
    };
    fill(&mut parameters.token_vector, token);
    fill(&mut parameters.token_flags, token);
    fill(&mut parameters.sentence, sentence);
    for direction in [&mut parameters.forward, &mut parameters.backward] {
        fill(&mut direction.input, deviation(SENTENCE, 1.0));
        fill(&mut direction.state, deviation(STATE, 1.0));
    }
    fill(&mut parameters.output, deviation(LAST, 0.5));
    parameters
}
