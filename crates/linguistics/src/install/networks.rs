//! Converts natasha's networks and word vectors into one model file.
//!
//! The source layouts are those of the `slovnet` and `navec` packs: convolutions are (out, in, tap), linear
//! layers (in, out), vectors product-quantised. The target layouts are the ones the kernels read: see
//! `russian::network`.

use super::InstallError;
use super::pack::{Pack, floats, u32_at};
use super::packages::Wheel;
use crate::model_file::ModelWriter;
use crate::russian::network::dimensions::*;
use crate::russian::network::word_table;

const NAVEC: &str = "natasha/data/emb/navec_news_v1_1B_250K_300d_100q.tar";
const PACKS: [(&str, &str); NETWORKS] = [
    ("morphology", "natasha/data/model/slovnet_morph_news_v1.tar"),
    ("syntax", "natasha/data/model/slovnet_syntax_news_v1.tar"),
    ("names", "natasha/data/model/slovnet_ner_news_v1.tar"),
];

/// Builds the model file out of the wheel.
pub(super) fn convert(wheel: &mut Wheel<std::fs::File>) -> Result<Vec<u8>, InstallError> {
    let mut model = ModelWriter::default();
    write_vectors(&mut model, &Pack::new(wheel.read(NAVEC)?)?)?;

    let mut layer1 = vec![0f32; VECTOR * NETWORKS * TAPS * LAYER1];
    let names: [[&'static str; 8]; NETWORKS] = [
        encoder_sections!("morphology"),
        encoder_sections!("syntax"),
        encoder_sections!("names"),
    ];
    for (network, (_, path)) in PACKS.iter().enumerate() {
        let pack = Pack::new(wheel.read(path)?)?;
        let encoder = Encoder::read(&pack)?;
        encoder.word_columns(network, &mut layer1);
        encoder.write(&names[network], &mut model);
        match network {
            MORPHOLOGY => write_morphology(&mut model, &pack)?,
            SYNTAX => write_syntax(&mut model, &pack)?,
            _ => write_names(&mut model, &pack)?,
        }
    }
    model.numbers("layer1.words", &layer1);
    Ok(model.finish())
}

fn write_vectors(model: &mut ModelWriter, pack: &Pack) -> Result<(), InstallError> {
    let vocabulary = pack.gunzip("vocab.bin")?;
    let count = u32_at(&vocabulary, 0)? as usize;
    let text = vocabulary
        .get(4 + 4 * count..)
        .and_then(|text| std::str::from_utf8(text).ok());
    let words: Vec<&str> = text.unwrap_or_default().split('\n').collect();
    let quantised = pack.member("pq.bin")?;
    let indexes = quantised.get(16..16 + count * QUANTA).unwrap_or_default();
    let codes: Vec<f32> = floats(quantised.get(16 + count * QUANTA..).unwrap_or_default()).collect();
    if words.len() != count || indexes.is_empty() || codes.len() != CODES {
        return Err(InstallError::Convert(
            "the word vectors have an unknown layout".into(),
        ));
    }
    let table = word_table::build(&words);
    model.numbers("words.slots", &table.slots);
    model.numbers("words.starts", &table.starts);
    model.bytes("words.text", table.text);
    model.bytes("vectors.indexes", indexes.to_vec());
    model.numbers("vectors.codes", &codes);
    Ok(())
}

/// One convolution with its batch normalisation.
struct Layer {
    inputs: usize,
    filters: usize,
    weight: Vec<f32>,
    bias: Vec<f32>,
    norm: Vec<f32>,
}

impl Layer {
    fn read(pack: &Pack, first: usize, inputs: usize, filters: usize) -> Result<Layer, InstallError> {
        let channel = |id: usize| pack.array(first + id, filters);
        let (scale, offset, mean, deviation) = (channel(2)?, channel(3)?, channel(4)?, channel(5)?);
        let mut norm = Vec::with_capacity(2 * filters);
        norm.extend((0..filters).map(|f| scale[f] / deviation[f]));
        norm.extend((0..filters).map(|f| offset[f] - mean[f] * (scale[f] / deviation[f])));
        let weight = pack.array(first, filters * inputs * TAPS)?;
        Ok(Layer {
            inputs,
            filters,
            weight,
            bias: channel(1)?,
            norm,
        })
    }

    fn weight(&self, filter: usize, input: usize, tap: usize) -> f32 {
        self.weight[(filter * self.inputs + input) * TAPS + tap]
    }

    /// Rows (tap, input), columns filters.
    fn matrix(&self) -> Vec<f32> {
        let mut matrix = Vec::with_capacity(self.weight.len());
        for tap in 0..TAPS {
            for input in 0..self.inputs {
                matrix.extend((0..self.filters).map(|filter| self.weight(filter, input, tap)));
            }
        }
        matrix
    }
}

/// The three convolutions that all networks share in form, and the table of word shapes.
struct Encoder {
    shapes: Vec<f32>,
    layers: [Layer; 3],
}

impl Encoder {
    fn read(pack: &Pack) -> Result<Encoder, InstallError> {
        Ok(Encoder {
            shapes: pack.array(0, SHAPES * SHAPE)?,
            layers: [
                Layer::read(pack, 1, VECTOR + SHAPE, LAYER1)?,
                Layer::read(pack, 7, LAYER1, LAYER2)?,
                Layer::read(pack, 13, LAYER2, LAYER3)?,
            ],
        })
    }

    /// Layer 1 is linear in the word: its columns (network, tap, filter) of the matrix that projects a vector.
    fn word_columns(&self, network: usize, layer1: &mut [f32]) {
        for input in 0..VECTOR {
            for tap in 0..TAPS {
                for filter in 0..LAYER1 {
                    let column = (network * TAPS + tap) * LAYER1 + filter;
                    layer1[input * PROJECTION + column] = self.layers[0].weight(filter, input, tap);
                }
            }
        }
    }

    /// ... and linear in the shape, of which there are few: its contribution for each, bias included.
    fn shape_rows(&self) -> Vec<f32> {
        let layer = &self.layers[0];
        let mut rows = Vec::with_capacity(SHAPES * TAPS * LAYER1);
        for shape in self.shapes.chunks_exact(SHAPE) {
            for tap in 0..TAPS {
                for filter in 0..LAYER1 {
                    let products = shape.iter().enumerate().map(|(input, &value)| {
                        f64::from(value) * f64::from(layer.weight(filter, VECTOR + input, tap))
                    });
                    let bias = if tap == 1 {
                        f64::from(layer.bias[filter])
                    } else {
                        0.0
                    };
                    rows.push((products.sum::<f64>() + bias) as f32);
                }
            }
        }
        rows
    }

    fn write(&self, names: &[&'static str; 8], model: &mut ModelWriter) {
        let [first, second, third] = &self.layers;
        model.numbers(names[0], &self.shape_rows());
        model.numbers(names[1], &first.norm);
        for (layer, names) in [(second, &names[2..5]), (third, &names[5..8])] {
            model.numbers(names[0], &layer.matrix());
            model.numbers(names[1], &layer.bias);
            model.numbers(names[2], &layer.norm);
        }
    }
}

fn write_morphology(model: &mut ModelWriter, pack: &Pack) -> Result<(), InstallError> {
    let tags = pack.vocabulary("vocabs/tag.gz")?;
    let weight = pack.array(19, LAYER3 * tags.len())?;
    let bias = pack.array(20, tags.len())?;
    let shapes = pack.vocabulary("vocabs/shape.gz")?;
    if shapes.len() != SHAPES {
        return Err(InstallError::Convert(
            "the word shapes are not the known ones".into(),
        ));
    }
    model.bytes("shapes", shapes.join("\n").into_bytes());
    model.bytes("morphology.tags", tags.join("\n").into_bytes());
    model.numbers("morphology.head", &weight);
    model.numbers("morphology.head.bias", &bias);
    Ok(())
}

fn write_names(model: &mut ModelWriter, pack: &Pack) -> Result<(), InstallError> {
    let tags = pack.vocabulary("vocabs/tag.gz")?;
    if tags != NAME_TAGS {
        return Err(InstallError::Convert(
            "the name tags are not the known ones".into(),
        ));
    }
    model.numbers("names.head", &pack.array(19, LAYER3 * NAME_TAGS.len())?);
    model.numbers("names.head.bias", &pack.array(20, NAME_TAGS.len())?);
    model.numbers(
        "names.transitions",
        &pack.array(21, NAME_TAGS.len() * NAME_TAGS.len())?,
    );
    Ok(())
}

fn write_syntax(model: &mut ModelWriter, pack: &Pack) -> Result<(), InstallError> {
    let relations = pack.vocabulary("vocabs/rel.gz")?;
    if relations != RELATIONS {
        return Err(InstallError::Convert(
            "the relations are not the known ones".into(),
        ));
    }
    let parts: [(&'static str, usize, usize); 11] = [
        ("syntax.arc.head", 19, LAYER3 * ARC),
        ("syntax.arc.head.bias", 20, ARC),
        ("syntax.arc.tail", 21, LAYER3 * ARC),
        ("syntax.arc.tail.bias", 22, ARC),
        ("syntax.arc.root", 23, LAYER3),
        ("syntax.arc.kernel", 24, ARC * ARC),
        ("syntax.relation.head", 25, LAYER3 * ARC),
        ("syntax.relation.head.bias", 26, ARC),
        ("syntax.relation.tail", 27, LAYER3 * ARC),
        ("syntax.relation.tail.bias", 28, ARC),
        ("syntax.relation.root", 29, LAYER3),
    ];
    for (name, id, length) in parts {
        model.numbers(name, &pack.array(id, length)?);
    }
    let kernel = pack.array(30, ARC * RELATIONS.len() * ARC)?;
    model.numbers("syntax.relation.kernel", &relation_kernel(&kernel));
    Ok(())
}

/// From columns (relation, tail) to columns (tail, relation padded): the sum over the tail becomes additions
/// of whole rows.
fn relation_kernel(source: &[f32]) -> Vec<f32> {
    let mut kernel = vec![0f32; ARC * ARC * RELATIONS_PADDED];
    for head in 0..ARC {
        for relation in 0..RELATIONS.len() {
            for tail in 0..ARC {
                kernel[(head * ARC + tail) * RELATIONS_PADDED + relation] =
                    source[(head * RELATIONS.len() + relation) * ARC + tail];
            }
        }
    }
    kernel
}
