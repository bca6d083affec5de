//! The few things of a publisher's style sheets that mean something, found for an element by the rules of the cascade.

use std::cell::Cell;
use std::collections::HashMap;

use crate::flow::{Align, Shift, Style};
use crate::limits;
use crate::markup::Element;

/// Rules kept of one style sheet.
const RULES: usize = 10_000;

/// A style sheet, reduced to rules that say something in terms of [`Style`].
#[derive(Debug, Default)]
pub(crate) struct Stylesheet {
    rules: Vec<Rule>,
    /// Rules by the class, id or element their last part asks for.
    by_key: HashMap<String, Vec<usize>>,
    /// Style sheets it imports, as written.
    pub(crate) imports: Vec<String>,
}

#[derive(Debug)]
struct Rule {
    /// The element itself last, its ancestors before it.
    parts: Vec<Part>,
    specificity: (usize, usize, usize),
    style: Style,
}

#[derive(Debug, Default)]
struct Part {
    tag: Option<String>,
    id: Option<String>,
    classes: Vec<String>,
    /// The part before must be the parent, not any ancestor.
    child_only: bool,
}

impl Stylesheet {
    pub(crate) fn parse(css: &str) -> Self {
        let mut sheet = Self::default();
        let css = without_comments(css);
        sheet.read(&css, 0);
        sheet
    }

    /// How many rules are kept.
    pub(crate) fn len(&self) -> usize {
        self.rules.len()
    }

    /// Gives up its rules, not what it imports.
    pub(crate) fn without_rules(self) -> Self {
        Self {
            imports: self.imports,
            ..Self::default()
        }
    }

    fn read(&mut self, css: &str, depth: usize) {
        let mut rest = css;
        while let Some(at) = rest.find(['{', ';', '}']) {
            let prelude = rest[..at]
                .trim()
                .trim_start_matches("<!--")
                .trim_end_matches("-->")
                .trim();
            let terminator = rest.as_bytes()[at];
            rest = &rest[at + 1..];
            if terminator != b'{' {
                self.at_import(prelude);
                continue;
            }
            let end = block_end(rest);
            let block = &rest[..end];
            rest = rest.get(end + 1..).unwrap_or("");
            if prelude.starts_with('@') {
                let screen =
                    prelude.starts_with("@media") && !prelude.contains("print") && !prelude.contains("amzn");
                if screen && depth < 4 {
                    self.read(block, depth + 1);
                }
            } else {
                self.add(prelude, declarations(block));
            }
        }
    }

    fn at_import(&mut self, prelude: &str) {
        let Some(import) = prelude.strip_prefix("@import") else {
            return;
        };
        let address = import
            .trim()
            .trim_start_matches("url(")
            .trim_start_matches(['"', '\'', ' ']);
        let address = address.split(['"', '\'', ')', ' ']).next().unwrap_or("");
        if !address.is_empty() && self.imports.len() < 16 {
            self.imports.push(address.to_owned());
        }
    }

    fn add(&mut self, selectors: &str, style: Style) {
        if style == Style::default() {
            return;
        }
        for selector in selectors.split(',') {
            let Some(parts) = selector_parts(selector) else {
                continue;
            };
            let Some(last) = parts.last() else { continue };
            if self.rules.len() >= RULES {
                return;
            }
            let key = match (&last.id, last.classes.first(), &last.tag) {
                (Some(id), ..) => format!("#{id}"),
                (None, Some(class), _) => format!(".{class}"),
                (None, None, Some(tag)) => tag.clone(),
                (None, None, None) => "*".to_owned(),
            };
            let specificity = parts.iter().fold((0, 0, 0), |(ids, classes, tags), part| {
                (
                    ids + usize::from(part.id.is_some()),
                    classes + part.classes.len(),
                    tags + usize::from(part.tag.is_some()),
                )
            });
            self.by_key.entry(key).or_default().push(self.rules.len());
            self.rules.push(Rule {
                parts,
                specificity,
                style,
            });
        }
    }

    fn candidates(&self, element: Element<'_, '_>, checks: &Cell<usize>) -> Vec<&Rule> {
        let mut found: Vec<usize> = Vec::new();
        let mut take = |key: &str| found.extend(self.by_key.get(key).into_iter().flatten());
        take(element.name());
        take("*");
        if let Some(id) = element.attribute("id") {
            take(&format!("#{id}"));
        }
        for class in element
            .attribute("class")
            .unwrap_or("")
            .split_ascii_whitespace()
            .take(32)
        {
            take(&format!(".{class}"));
        }
        found.sort_unstable();
        found.dedup();
        checks.set(checks.get().saturating_sub(1));
        found
            .into_iter()
            .map(|index| &self.rules[index])
            .filter(|rule| matches(&rule.parts, element, checks))
            .collect()
    }
}

/// What the sheets (in order) and the element's own attributes say about it. `checks` is how many rules may still be
/// tried on elements of this book.
pub(crate) fn style_of(sheets: &[&Stylesheet], element: Element<'_, '_>, checks: &Cell<usize>) -> Style {
    let mut rules: Vec<&Rule> = Vec::new();
    for sheet in sheets.iter().filter(|sheet| !sheet.rules.is_empty()) {
        if checks.get() == 0 {
            break;
        }
        rules.extend(sheet.candidates(element, checks));
    }
    rules.sort_by_key(|rule| rule.specificity);
    let sheets = rules
        .into_iter()
        .fold(presentation(element), |style, rule| style.overlaid(rule.style));
    match element.attribute("style") {
        Some(own) => sheets.overlaid(declarations(own)),
        None => sheets,
    }
}

/// Attributes and elements of old HTML that style sheets have replaced.
fn presentation(element: Element<'_, '_>) -> Style {
    let mut style = Style::default();
    match element.attribute("align").map(str::trim) {
        Some("center" | "middle") => style.align = Some(Align::Center),
        Some("right") => style.align = Some(Align::End),
        _ => {}
    }
    match element.name() {
        "center" => style.align = Some(Align::Center),
        "pre" | "textarea" => style.preserve_space = Some(true),
        _ => {}
    }
    style
}

fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(open) = rest.find("/*") {
        out.push_str(&rest[..open]);
        out.push(' ');
        rest = rest[open + 2..]
            .find("*/")
            .map_or("", |close| &rest[open + 2 + close + 2..]);
    }
    out.push_str(rest);
    out
}

/// Position of the bracket that closes the block whose content `css` begins with.
fn block_end(css: &str) -> usize {
    let mut depth = 0;
    for (at, byte) in css.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 0 => return at,
            b'}' => depth -= 1,
            _ => {}
        }
    }
    css.len()
}

/// None for selectors with pseudo-classes, attributes or siblings: what they pick cannot be told here.
fn selector_parts(selector: &str) -> Option<Vec<Part>> {
    let spaced = selector.replace('>', " > ");
    let mut parts = Vec::new();
    let mut child_only = false;
    for word in spaced.split_ascii_whitespace() {
        if word == ">" {
            child_only = true;
            continue;
        }
        if word.contains([':', '[', '+', '~', '\\', '(', '@', '%']) || parts.len() > 8 {
            return None;
        }
        let mut part = Part {
            child_only: std::mem::take(&mut child_only),
            ..Part::default()
        };
        let first = word.find(['.', '#']).unwrap_or(word.len());
        let tag = &word[..first];
        part.tag = (!tag.is_empty() && tag != "*")
            .then(|| tag.rsplit('|').next().unwrap_or(tag).to_ascii_lowercase());
        if word.matches('.').count() > limits::SELECTOR_CLASSES {
            return None;
        }
        let mut rest = &word[first..];
        while !rest.is_empty() {
            let end = rest[1..].find(['.', '#']).map_or(rest.len(), |at| at + 1);
            match rest.as_bytes()[0] {
                b'#' => part.id = Some(rest[1..end].to_owned()),
                _ => part.classes.push(rest[1..end].to_owned()),
            }
            rest = &rest[end..];
        }
        parts.push(part);
    }
    Some(parts)
}

fn matches(parts: &[Part], element: Element<'_, '_>, checks: &Cell<usize>) -> bool {
    if checks.get() == 0 {
        return false;
    }
    let Some((last, before)) = parts.split_last() else {
        return true;
    };
    if !last.matches(element, checks) {
        return false;
    }
    if before.is_empty() {
        return true;
    }
    let mut ancestor = element.parent();
    while let Some(candidate) = ancestor {
        // Greedy from the innermost ancestor: exact for descendants, good enough for children.
        if before.last().is_some_and(|part| part.matches(candidate, checks)) {
            return matches(before, candidate, checks);
        }
        if last.child_only {
            return false;
        }
        ancestor = candidate.parent();
    }
    false
}

impl Part {
    fn matches(&self, element: Element<'_, '_>, checks: &Cell<usize>) -> bool {
        let class_list = element.attribute("class").unwrap_or("");
        checks.set(checks.get().saturating_sub(1 + class_list.len() / 64));
        self.tag.as_deref().is_none_or(|tag| tag == element.name())
            && self
                .id
                .as_deref()
                .is_none_or(|id| element.attribute("id") == Some(id))
            && self
                .classes
                .iter()
                .all(|class| class_list.split_ascii_whitespace().any(|has| has == class))
    }
}

/// The declarations of a block or of a `style` attribute.
pub(crate) fn declarations(block: &str) -> Style {
    let mut style = Style::default();
    for declaration in block.split(';') {
        let Some((property, value)) = declaration.split_once(':') else {
            continue;
        };
        let value = value.to_ascii_lowercase();
        let value = value.trim().trim_end_matches("!important").trim();
        apply(&mut style, property.trim().to_ascii_lowercase().as_str(), value);
    }
    style
}

fn apply(style: &mut Style, property: &str, value: &str) {
    match property {
        "font-style" => style.italic = Some(value.starts_with("italic") || value.starts_with("oblique")),
        "font-weight" => style.bold = bold(value),
        "font-variant" | "font-variant-caps" => style.small_caps = Some(value.contains("small-caps")),
        "font" if value.contains("italic") => style.italic = Some(true),
        "text-align" => style.align = align(value),
        "text-indent" => style.no_indent = Some(is_zero(value)),
        "white-space" => style.preserve_space = Some(value.starts_with("pre") && value != "pre-line"),
        "text-decoration" | "text-decoration-line" => {
            style.underline = Some(value.contains("underline"));
            style.strike = Some(value.contains("line-through"));
        }
        "letter-spacing" => style.letter_spaced = Some(is_wide(value)),
        "vertical-align" => {
            style.shift = match value {
                "super" | "text-top" => Some(Shift::Super),
                "sub" | "text-bottom" => Some(Shift::Sub),
                _ => None,
            }
        }
        _ => {}
    }
}

fn bold(value: &str) -> Option<bool> {
    match value {
        "bold" | "bolder" => Some(true),
        "normal" | "lighter" => Some(false),
        _ => value.parse::<u16>().ok().map(|weight| weight >= 600),
    }
}

fn align(value: &str) -> Option<Align> {
    match value {
        "center" | "-webkit-center" => Some(Align::Center),
        "right" | "end" => Some(Align::End),
        "left" | "start" | "justify" => Some(Align::Start),
        _ => None,
    }
}

fn is_zero(value: &str) -> bool {
    let number: String = value
        .chars()
        .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+'))
        .collect();
    number.parse::<f64>().is_ok_and(|number| number.abs() < 1e-6)
}

fn is_wide(value: &str) -> bool {
    let number: String = value
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == '.')
        .collect();
    let unit = &value[number.len()..];
    number.parse::<f64>().is_ok_and(|number| match unit {
        "em" | "rem" => number >= 0.1,
        "px" | "pt" => number >= 1.5,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::{Dialect, Document};

    fn style(css: &str, html: &str, name: &str) -> Style {
        let document = Document::parse(html, Dialect::Html);
        style_of(
            &[&Stylesheet::parse(css)],
            document.first(name).unwrap(),
            &Cell::new(1_000),
        )
    }

    #[test]
    fn the_more_specific_rule_wins_and_the_style_attribute_wins_over_all() {
        let css =
            "p.a { font-style: normal } p { font-style: italic; text-align: center } .x p {font-weight:bold}";
        let found = style(
            css,
            "<div class='x'><p class='a' style='text-align:right'>t</p></div>",
            "p",
        );
        assert_eq!(
            (found.italic, found.align, found.bold),
            (Some(false), Some(Align::End), Some(true))
        );
    }

    #[test]
    fn comments_imports_and_media_blocks() {
        let sheet = Stylesheet::parse(
            "/* p{} */@import url('http://127.0.0.1/x.css'); @font-face{src:url(x)} @media screen { b {font-variant: small-caps} } @media print { b {font-style:italic} }",
        );
        assert_eq!(sheet.imports, ["http://127.0.0.1/x.css"]);
        let document = Document::parse("<b>x</b>", Dialect::Html);
        let found = style_of(&[&sheet], document.first("b").unwrap(), &Cell::new(1_000));
        assert_eq!((found.small_caps, found.italic), (Some(true), None));
    }

    #[test]
    fn checks_run_out_and_long_selectors_are_left_out() {
        let document = Document::parse("<b class='a'>x</b>", Dialect::Html);
        let found = |css: &str, checks: usize| {
            style_of(
                &[&Stylesheet::parse(css)],
                document.first("b").unwrap(),
                &Cell::new(checks),
            )
            .italic
        };
        assert_eq!(found("b{font-style:italic}", 100), Some(true));
        assert_eq!(found("b{font-style:italic}", 0), None);
        assert_eq!(
            found(
                &format!("b{}{{font-style:italic}}", ".a".repeat(1_000)),
                1_000_000
            ),
            None
        );
    }

    #[test]
    fn what_cannot_be_judged_is_left_out() {
        assert_eq!(
            style(
                "p:first-child{font-style:italic} p+p{font-weight:bold} p::before{font-style:italic} } {",
                "<p>x</p>",
                "p"
            ),
            Style::default()
        );
    }
}
