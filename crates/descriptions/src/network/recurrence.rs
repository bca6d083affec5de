//! One direction of the recurrent layer.

use super::{SENTENCE, arithmetic::add_rows, parameters::Recurrent};

/// Width of a direction's state.
pub(crate) const STATE: usize = 32;
/// Width of the three gates.
pub(crate) const GATES: usize = 3 * STATE;

/// One step's values, kept whole because training needs them.
#[derive(Clone)]
pub(crate) struct State {
    pub(crate) reset: [f32; STATE],
    pub(crate) update: [f32; STATE],
    pub(crate) candidate: [f32; STATE],
    /// What the earlier state adds to the candidate before the reset gate.
    pub(crate) recalled: [f32; STATE],
    pub(crate) after: [f32; STATE],
}

/// Runs over the inputs in the order given.
pub(crate) fn run<'a>(weights: &Recurrent, inputs: impl Iterator<Item = &'a Vec<f32>>) -> Vec<State> {
    let mut before = [0.0; STATE];
    inputs
        .map(|input| {
            debug_assert_eq!(input.len(), SENTENCE, "the layer below gives the width");
            let state = step(weights, input, &before);
            before = state.after;
            state
        })
        .collect()
}

fn step(weights: &Recurrent, input: &[f32], before: &[f32; STATE]) -> State {
    let mut seen = [0.0; GATES];
    seen.copy_from_slice(&weights.bias);
    add_rows(&mut seen, input, &weights.input);
    let mut recalled = [0.0; GATES];
    add_rows(&mut recalled, before, &weights.state);
    let mut state = State {
        reset: [0.0; STATE],
        update: [0.0; STATE],
        candidate: [0.0; STATE],
        recalled: [0.0; STATE],
        after: [0.0; STATE],
    };
    for i in 0..STATE {
        state.reset[i] = sigmoid(seen[i] + recalled[i]);
        state.update[i] = sigmoid(seen[STATE + i] + recalled[STATE + i]);
        state.recalled[i] = recalled[2 * STATE + i];
        state.candidate[i] = (seen[2 * STATE + i] + state.reset[i] * state.recalled[i]).tanh();
        state.after[i] = (1.0 - state.update[i]) * state.candidate[i] + state.update[i] * before[i];
    }
    state
}

/// The logistic function.
pub(crate) fn sigmoid(value: f32) -> f32 {
    1.0 / (1.0 + (-value).exp())
}
