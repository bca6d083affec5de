//! One lenient reader for every kind of markup that books bring: OPF, NCX, XHTML, HTML, FB2, SVG.
//!
//! It never fails and never loses text: what is not markup is text. Names are lower-cased, prefixes are kept apart,
//! entities of a document type are expanded only when they are short and plain, nothing external is ever read.

mod references;
mod tokens;
mod tree;

pub(crate) use tree::{Dialect, Document, Element, Node};
