//! The morphology network: for each token one of 753 tags.

use pulp::Arch;

use super::classifier::Classifier;
use super::dimensions::*;
use super::encoder::Encoder;
use crate::ModelError;
use crate::model_file::ModelFile;

pub(super) struct Morphology {
    pub(super) encoder: Encoder,
    head: Classifier,
    pub(super) tags: Vec<String>,
}

impl Morphology {
    pub(super) fn open(file: &ModelFile) -> Result<Morphology, ModelError> {
        let tags = file.lines("morphology.tags")?;
        let weights = file.sized::<f32>("morphology.head", LAYER3 * tags.len())?;
        let bias = file.sized::<f32>("morphology.head.bias", tags.len())?;
        Ok(Morphology {
            encoder: Encoder::open(file, MORPHOLOGY, encoder_sections!("morphology"))?,
            head: Classifier::new(&weights, &bias),
            tags,
        })
    }

    /// The tag of each row, gaps included, out of its encoding.
    pub(super) fn decode(&self, arch: Arch, encoded: &[f32], tags: &mut Vec<u16>) {
        tags.clear();
        self.head.classify(arch, encoded, tags);
    }
}
