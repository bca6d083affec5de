//! A language's trained model and its file: the length of the settings, the settings as JSON, then for each network the
//! standardisation in 32-bit floats and the weights in 16 (bfloat16, little-endian).

use std::sync::LazyLock;

use linguistics::Language;
use serde::{Deserialize, Serialize};

use super::decode::Decoder;
use crate::{
    features::SENTENCE_WIDTH,
    network::{Network, Parameters},
};

/// A trained model.
pub(crate) struct Model {
    pub(crate) settings: Settings,
    pub(crate) networks: Vec<Network>,
}

/// What was tuned after the networks were trained.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Settings {
    /// Numbers in a word vector.
    pub(crate) dimension: usize,
    /// Networks whose outputs are averaged.
    pub(crate) networks: usize,
    /// How spans are cut.
    pub(crate) decoder: Decoder,
    /// Weights of a span's mean logit, greatest logit, log length and 1 in the logit of its score.
    pub(crate) ranking: [f32; 4],
}

static RUSSIAN: LazyLock<Model> = LazyLock::new(|| Model::committed(include_bytes!("../../model/ru.bin")));
static ENGLISH: LazyLock<Model> = LazyLock::new(|| Model::committed(include_bytes!("../../model/en.bin")));

impl Model {
    /// The committed model of a language.
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::Russian => &RUSSIAN,
            Language::English => &ENGLISH,
        }
    }

    fn committed(bytes: &[u8]) -> Self {
        Self::decode(bytes).expect("the committed models are read by a test")
    }

    /// Reads a model; `None` when the bytes are not one.
    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        let (length, rest) = bytes.split_first_chunk::<4>()?;
        let (settings, mut rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        let settings: Settings = serde_json::from_slice(settings).ok()?;
        let mut networks = Vec::with_capacity(settings.networks);
        for _ in 0..settings.networks {
            let mean = floats(&mut rest)?;
            let scale = floats(&mut rest)?;
            let mut parameters = Parameters::zeros(settings.dimension);
            for tensor in parameters.tensors_mut() {
                for value in tensor {
                    let (half, after) = rest.split_first_chunk::<2>()?;
                    *value = f32::from_bits(u32::from(u16::from_le_bytes(*half)) << 16);
                    rest = after;
                }
            }
            networks.push(Network {
                mean,
                scale,
                parameters,
            });
        }
        rest.is_empty().then_some(Self { settings, networks })
    }

    /// The bytes [`decode`](Self::decode) reads; weights are rounded to the nearest bfloat16.
    #[cfg(feature = "training")]
    pub(crate) fn encode(&self) -> Vec<u8> {
        let settings = serde_json::to_vec(&self.settings).expect("plain numbers are always JSON");
        let mut bytes = u32::try_from(settings.len())
            .expect("settings are short")
            .to_le_bytes()
            .to_vec();
        bytes.extend(settings);
        for network in &self.networks {
            for value in network.mean.iter().chain(&network.scale) {
                bytes.extend(value.to_le_bytes());
            }
            for value in network.parameters.tensors().into_iter().flatten() {
                let bits = value.to_bits();
                let rounded = bits + 0x7fff + ((bits >> 16) & 1);
                bytes.extend(((rounded >> 16) as u16).to_le_bytes());
            }
        }
        bytes
    }
}

fn floats(rest: &mut &[u8]) -> Option<Vec<f32>> {
    let mut values = Vec::with_capacity(SENTENCE_WIDTH);
    for _ in 0..SENTENCE_WIDTH {
        let (four, after) = rest.split_first_chunk::<4>()?;
        values.push(f32::from_le_bytes(*four));
        *rest = after;
    }
    Some(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_models_are_whole() {
        for language in [Language::Russian, Language::English] {
            let model = Model::of(language);
            assert!(!model.networks.is_empty(), "{language} has a network");
        }
    }

    #[test]
    fn a_cut_file_is_refused() {
        let whole = include_bytes!("../../model/ru.bin");
        assert!(Model::decode(&whole[..whole.len() - 1]).is_none());
        assert!(Model::decode(b"").is_none());
    }
}
