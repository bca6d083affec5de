//! Attributes of tables and lists that mean something to a reader: bounded numbers and known words.

use crate::flow::Classes;
use crate::markup::Element;

/// An attribute that is written as it is.
pub(crate) type Stated = (&'static str, String);

/// Columns that one cell may take: no page shows more, and a browser makes each of them.
const COLUMNS: i64 = 100;
/// Rows that one cell may take; 0 means all that are left.
const ROWS: i64 = 1_000;
/// The largest number that a list may count from, and the smallest below zero.
const COUNT: i64 = 999_999_999;

/// What the source says of a cell, list or list item and is kept.
pub(crate) fn of(element: Element<'_, '_>) -> Vec<Stated> {
    let number = |name: &'static str, lowest: i64, highest: i64| {
        let number = leading_number(element.attribute(name)?)?.clamp(lowest.min(0), highest);
        (number >= lowest).then(|| (name, number.to_string()))
    };
    let stated = match element.name() {
        "td" | "th" => [
            number("colspan", 2, COLUMNS),
            number("rowspan", 0, ROWS).filter(|(_, rows)| rows != "1"),
            None,
        ],
        "ol" => [
            number("start", -COUNT, COUNT),
            element
                .attribute("type")
                .map(str::trim)
                .filter(|kind| is_numbering(kind))
                .map(|kind| ("type", kind.to_owned())),
            element.attribute("reversed").map(|_| ("reversed", String::new())),
        ],
        "li" => [number("value", -COUNT, COUNT), None, None],
        _ => [None, None, None],
    };
    stated.into_iter().flatten().collect()
}

/// The classes that `valign` of a cell or its row means.
pub(crate) fn vertical_alignment(element: Element<'_, '_>) -> Classes {
    let stated = element.attribute("valign").unwrap_or("").trim();
    match stated.to_ascii_lowercase().as_str() {
        "top" | "baseline" => Classes::of("top"),
        "middle" | "center" => Classes::of("middle"),
        "bottom" => Classes::of("bottom"),
        _ => Classes::default(),
    }
}

/// Whether `element` may have `name="value"`, as [`of`] writes it.
pub(crate) fn is_lawful(element: &str, name: &str, value: &str) -> bool {
    let between = |lowest: i64, highest: i64| {
        value
            .parse::<i64>()
            .is_ok_and(|number| (lowest..=highest).contains(&number) && number.to_string() == value)
    };
    match (element, name) {
        ("td" | "th", "colspan") => between(2, COLUMNS),
        ("td" | "th", "rowspan") => between(0, ROWS),
        ("ol", "start") | ("li", "value") => between(-COUNT, COUNT),
        ("ol", "type") => is_numbering(value),
        ("ol", "reversed") => value.is_empty(),
        _ => false,
    }
}

/// Digits, letters or Roman numerals, as HTML has them.
fn is_numbering(kind: &str) -> bool {
    matches!(kind, "1" | "a" | "A" | "i" | "I")
}

/// The number that a value begins with, read as a browser does; one that is too long is as large as can be.
fn leading_number(value: &str) -> Option<i64> {
    let value = value.trim_start();
    let (sign, digits) = match value.as_bytes().first()? {
        b'-' => (-1, &value[1..]),
        b'+' => (1, &value[1..]),
        _ => (1, value),
    };
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    (length > 0).then(|| sign * digits[..length].parse::<i64>().unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::{Dialect, Document};

    fn kept(source: &str) -> String {
        let document = Document::parse(source, Dialect::Xml);
        let element = document.root().elements().next().unwrap();
        let stated = of(element);
        for (name, value) in &stated {
            assert!(is_lawful(element.name(), name, value), "{name}={value}");
        }
        let stated: Vec<String> = stated
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        stated.join(" ")
    }

    #[test]
    fn numbers_are_read_as_browsers_read_them_and_bounded() {
        assert_eq!(kept("<td colspan=' 2px' rowspan='3'/>"), "colspan=2 rowspan=3");
        assert_eq!(kept("<td colspan='1' rowspan='1'/>"), "");
        assert_eq!(kept("<td colspan='0' rowspan='0'/>"), "rowspan=0");
        assert_eq!(
            kept("<th colspan='99999999999999999999' rowspan='70000'/>"),
            "colspan=100 rowspan=1000"
        );
        assert_eq!(kept("<td colspan='-2' rowspan='x'/>"), "");
        assert_eq!(
            kept("<ol start='-5' reversed='reversed' type='i'/>"),
            "start=-5 type=i reversed="
        );
        assert_eq!(kept("<ol start='0' type='disc'/>"), "start=0");
        assert_eq!(kept("<li value='+7'/>"), "value=7");
        assert_eq!(kept("<p colspan='2' start='3'/>"), "");
    }

    #[test]
    fn what_is_not_written_so_is_not_lawful() {
        for (element, name, value) in [
            ("td", "colspan", "1000"),
            ("td", "colspan", "02"),
            ("ol", "type", "disc"),
            ("ol", "reversed", "x"),
            ("ul", "start", "1"),
            ("li", "value", "1e3"),
        ] {
            assert!(!is_lawful(element, name, value), "{element} {name}={value}");
        }
    }
}
