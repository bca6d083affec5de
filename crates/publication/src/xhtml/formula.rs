//! MathML in words: what is written in it, in its order.

use crate::flow::{Classes, Flow, Inline};
use crate::markup::{Element, Node};

/// Reads a formula; one without words is what its own description says.
pub(super) fn read(flow: &mut Flow, math: Element<'_, '_>) {
    flow.begin(Inline {
        tag: "span",
        class: Classes::of("math"),
        ..Inline::default()
    });
    if math.has_text() {
        words(flow, math);
    } else {
        flow.text(math.attribute("alttext").unwrap_or(""));
    }
    flow.end();
}

/// White space between elements only lays out the source.
fn words(flow: &mut Flow, element: Element<'_, '_>) {
    for node in element.nodes() {
        match node {
            Node::Text(text) if text.trim().is_empty() => {}
            Node::Text(text) => flow.text(text),
            // The same formula in another language.
            Node::Element(other) if other.name().starts_with("annotation") => {}
            Node::Element(other) if matches!(other.name(), "style" | "script") => {}
            Node::Element(child) => words(flow, child),
        }
    }
}
