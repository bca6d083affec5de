//! SVG reduced to drawing: no scripts, no events, no references out of the file.

use crate::encoding;
use crate::flow::escape_attribute;
use crate::markup::{Dialect, Document, Element, Node};

/// A safe SVG file.
pub(super) struct Clean {
    pub(super) bytes: Vec<u8>,
    pub(super) size: Option<(u32, u32)>,
}

/// Elements that only draw. Names are as the reader gives them, in lower case; see [`spelling`].
const DRAWING: &[&str] = &[
    "svg",
    "g",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "textpath",
    "defs",
    "use",
    "symbol",
    "marker",
    "lineargradient",
    "radialgradient",
    "stop",
    "clippath",
    "mask",
    "pattern",
    "title",
    "desc",
    "image",
    "switch",
    "filter",
    "fegaussianblur",
    "feoffset",
    "feblend",
    "fecolormatrix",
    "femerge",
    "femergenode",
    "feflood",
    "fecomposite",
];

/// Rewrites an SVG document; none when it is not one.
pub(super) fn clean(bytes: &[u8]) -> Option<Clean> {
    let head = &bytes[..bytes.len().min(4096)];
    if !contains(head, b"<svg") && !contains(head, b":svg") && !contains(head, &[b'<', 0, b's', 0, b'v', 0]) {
        return None;
    }
    let source = encoding::decode(bytes);
    let document = Document::parse(&source, Dialect::Xml);
    let svg = document.first("svg")?;
    let mut out = String::with_capacity(source.len());
    write(svg, &mut out, true);
    Some(Clean {
        size: size(svg),
        bytes: out.into_bytes(),
    })
}

/// Rewrites an `svg` element of a page as a file; none when nothing is drawn.
pub(super) fn clean_element(svg: Element<'_, '_>) -> Option<Vec<u8>> {
    let draws = |element: Element<'_, '_>| {
        matches!(
            element.name(),
            "path" | "rect" | "circle" | "ellipse" | "line" | "polyline" | "polygon" | "text" | "use"
        )
    };
    if !svg.descendants().any(draws) {
        return None;
    }
    let mut out = String::new();
    write(svg, &mut out, true);
    Some(out.into_bytes())
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    memchr::memmem::find(bytes, needle).is_some()
}

fn write(element: Element<'_, '_>, out: &mut String, is_root: bool) {
    let name = element.name();
    if !DRAWING.contains(&name) || (name == "use" && is_in_something_used(element)) {
        return;
    }
    let name = spelling(name);
    out.push('<');
    out.push_str(name);
    if is_root {
        out.push_str(" xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"");
    }
    for (key, value) in element.attribute_pairs() {
        if is_safe(key, value) {
            out.push(' ');
            out.push_str(spelling(key));
            out.push_str("=\"");
            escape_attribute(value, out);
            out.push('"');
        }
    }
    out.push('>');
    for node in element.nodes() {
        match node {
            Node::Element(child) => write(child, out, false),
            Node::Text(text) => {
                let mut escaped = String::new();
                escape_attribute(text, &mut escaped);
                out.push_str(&escaped.replace("&nbsp;", "\u{a0}"));
            }
        }
    }
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

/// Copies of copies would double with every level.
fn is_in_something_used(element: Element<'_, '_>) -> bool {
    let mut around = Some(element);
    while let Some(candidate) = around {
        if candidate.attribute("id").is_some() {
            return true;
        }
        around = candidate.parent().filter(|parent| parent.name() != "svg");
    }
    false
}

fn is_safe(key: &str, value: &str) -> bool {
    let plain = key
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    let value = value.trim().to_ascii_lowercase();
    match key {
        "href" | "xlink:href" => value.starts_with('#') || is_inline_picture(&value),
        _ if key.starts_with("on") || key.starts_with("xmlns") || !plain => false,
        _ => {
            // An escaped letter may spell any of the words below.
            !value.contains('\\')
                && !value.contains("javascript:")
                && !value.contains("expression(")
                && !value.contains("@import")
                && is_local(&value)
        }
    }
}

fn is_inline_picture(value: &str) -> bool {
    [
        "data:image/png",
        "data:image/jpeg",
        "data:image/gif",
        "data:image/webp",
    ]
    .iter()
    .any(|kind| value.starts_with(kind))
}

/// Every `url(...)` in it points into the same file.
fn is_local(value: &str) -> bool {
    value
        .split("url(")
        .skip(1)
        .all(|rest| rest.trim_start_matches([' ', '"', '\'']).starts_with('#'))
}

fn size(svg: Element<'_, '_>) -> Option<(u32, u32)> {
    let length = |value: &str| {
        let digits = value.trim().trim_end_matches("px");
        digits
            .parse::<f64>()
            .ok()
            .filter(|n| *n >= 1.0 && *n < 100_000.0)
            .map(|n| n.round() as u32)
    };
    let stated = svg
        .attribute("width")
        .and_then(length)
        .zip(svg.attribute("height").and_then(length));
    stated.or_else(|| {
        let mut numbers = svg
            .attribute("viewbox")?
            .split([' ', ','])
            .filter(|part| !part.is_empty())
            .skip(2);
        Some((length(numbers.next()?)?, length(numbers.next()?)?))
    })
}

/// SVG is sensitive to case where the reader is not.
fn spelling(name: &str) -> &str {
    const MIXED: &[&str] = &[
        "viewBox",
        "preserveAspectRatio",
        "linearGradient",
        "radialGradient",
        "clipPath",
        "textPath",
        "gradientUnits",
        "gradientTransform",
        "spreadMethod",
        "clipPathUnits",
        "maskUnits",
        "maskContentUnits",
        "patternUnits",
        "patternContentUnits",
        "patternTransform",
        "markerWidth",
        "markerHeight",
        "markerUnits",
        "refX",
        "refY",
        "startOffset",
        "textLength",
        "lengthAdjust",
        "stdDeviation",
        "feGaussianBlur",
        "feOffset",
        "feBlend",
        "feColorMatrix",
        "feMerge",
        "feMergeNode",
        "feFlood",
        "feComposite",
        "filterUnits",
        "primitiveUnits",
        "pathLength",
    ];
    MIXED
        .iter()
        .find(|mixed| mixed.eq_ignore_ascii_case(name))
        .copied()
        .unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(svg: &str) -> String {
        String::from_utf8(clean(svg.as_bytes()).unwrap().bytes).unwrap()
    }

    #[test]
    fn drawing_stays_and_everything_active_or_remote_goes() {
        let svg = cleaned(
            r##"<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 20" onload="x()"><script>alert(1)</script><path d="M0 0" fill="url(#g)" style="background:url(http://x/)"/><a href="http://x"><text>a</text></a><use xlink:href="#p"/><image href="file:///etc/passwd"/><linearGradient id="g"/><foreignObject><p>x</p></foreignObject></svg>"##,
        );
        assert_eq!(
            svg,
            r##"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 20"><path d="M0 0" fill="url(#g)"></path><use xlink:href="#p"></use><image></image><linearGradient id="g"></linearGradient></svg>"##
        );
    }

    #[test]
    fn copies_of_copies_and_escaped_words_go() {
        let svg = cleaned(
            r##"<svg><defs><g id="a"><path d="M0"/></g><g id="b"><use href="#a"/><use href="#a"/></g></defs><use href="#b"/><path style="fill:u\72l(http://x)"/></svg>"##,
        );
        assert_eq!(svg.matches("<use").count(), 1, "{svg}");
        assert!(!svg.contains("http://x"), "{svg}");
    }

    #[test]
    fn the_size_comes_from_the_attributes_or_the_view_box() {
        let size = |svg: &str| clean(svg.as_bytes()).unwrap().size;
        assert_eq!(
            size("<svg width='30px' height='40' viewBox='0 0 1 1'/>"),
            Some((30, 40))
        );
        assert_eq!(
            size("<svg width='100%' height='100%' viewBox='0,0,600,800'/>"),
            Some((600, 800))
        );
    }

    #[test]
    fn other_xml_is_not_a_picture() {
        assert!(clean(b"<html/>").is_none() && clean(b"noise").is_none());
    }
}
