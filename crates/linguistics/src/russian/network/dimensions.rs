//! Sizes and fixed vocabularies of the three networks.

/// The networks, in the order their layer-1 projections lie side by side.
pub(crate) const NETWORKS: usize = 3;
/// Index of the morphology network.
pub(crate) const MORPHOLOGY: usize = 0;
/// Index of the syntax network.
pub(crate) const SYNTAX: usize = 1;
/// Index of the network of names.
pub(crate) const NAMES: usize = 2;

/// Numbers in a word vector.
pub(crate) const VECTOR: usize = 300;
/// Quanta a vector is made of.
pub(crate) const QUANTA: usize = 100;
/// Numbers in a quantum.
pub(crate) const QUANTUM: usize = VECTOR / QUANTA;
/// Codes per quantum.
pub(crate) const CENTROIDS: usize = 256;
/// Numbers in the code book.
pub(crate) const CODES: usize = QUANTA * CENTROIDS * QUANTUM;
/// Word shapes.
pub(crate) const SHAPES: usize = 66;
/// Numbers a word shape is embedded in.
pub(crate) const SHAPE: usize = 30;

/// Width of the convolutions in tokens.
pub(crate) const TAPS: usize = 3;
/// Filters of layer 1.
pub(crate) const LAYER1: usize = 256;
/// Filters of layer 2.
pub(crate) const LAYER2: usize = 128;
/// Filters of layer 3: the encoder's output.
pub(crate) const LAYER3: usize = 64;
/// Numbers in a word's layer-1 projection for one network: (tap, filter).
pub(crate) const TAPPED: usize = TAPS * LAYER1;
/// Numbers in a word's layer-1 projection for all networks.
pub(crate) const PROJECTION: usize = NETWORKS * TAPPED;

/// Width of the arc and relation scorers.
pub(crate) const ARC: usize = 32;

/// Tags of the network of names.
pub(crate) const NAME_TAGS: [&str; 8] = ["<pad>", "O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG"];

/// Dependency relations of the syntax network, in the order of its outputs.
pub(crate) const RELATIONS: [&str; 45] = [
    "<pad>",
    "acl",
    "acl:relcl",
    "advcl",
    "advmod",
    "amod",
    "appos",
    "aux",
    "aux:pass",
    "case",
    "cc",
    "ccomp",
    "compound",
    "conj",
    "cop",
    "csubj",
    "csubj:pass",
    "dep",
    "det",
    "discourse",
    "dislocated",
    "expl",
    "fixed",
    "flat",
    "flat:foreign",
    "flat:name",
    "goeswith",
    "iobj",
    "list",
    "mark",
    "nmod",
    "nsubj",
    "nsubj:pass",
    "nummod",
    "nummod:entity",
    "nummod:gov",
    "obj",
    "obl",
    "obl:agent",
    "orphan",
    "parataxis",
    "punct",
    "root",
    "vocative",
    "xcomp",
];
/// Relations padded to whole vector registers.
pub(crate) const RELATIONS_PADDED: usize = 48;

/// Names of the eight sections of one encoder.
macro_rules! encoder_sections {
    ($network:literal) => {
        [
            concat!($network, ".layer1.shapes"),
            concat!($network, ".layer1.norm"),
            concat!($network, ".layer2"),
            concat!($network, ".layer2.bias"),
            concat!($network, ".layer2.norm"),
            concat!($network, ".layer3"),
            concat!($network, ".layer3.bias"),
            concat!($network, ".layer3.norm"),
        ]
    };
}
pub(crate) use encoder_sections;
