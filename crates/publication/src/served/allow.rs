//! The allow-list, once for the check and once for ammonia.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::element_attributes;
use crate::vocabulary::{CLASSES, ELEMENTS, ROLES};

/// Whether `element` may have `name="value"`.
pub(super) fn attribute(element: &str, name: &str, value: &str) -> bool {
    match (element, name) {
        (_, "class") => value.split(' ').all(|class| CLASSES.contains(&class)),
        (_, "id") => is_id(value),
        (_, "role") => ROLES.contains(&value),
        (_, "lang") => value.len() <= 35 && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'),
        (_, "dir") => matches!(value, "rtl" | "ltr"),
        ("a", "href") => is_inside(value) || is_outside(value),
        ("a", "rel") => value == "external noopener noreferrer nofollow",
        ("a", "data-chapter" | "data-offset") | ("img", "width" | "height") => is_number(value),
        ("td" | "th" | "ol" | "li", _) => element_attributes::is_lawful(element, name, value),
        ("img", "src") => value.strip_prefix("resources/").is_some_and(is_resource_name),
        ("img", "alt") => true,
        ("img", "loading") => value == "lazy",
        ("img", "decoding") => value == "async",
        _ => false,
    }
}

fn is_number(value: &str) -> bool {
    (1..=10).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_digit())
}

fn is_id(value: &str) -> bool {
    value.strip_prefix("b-").is_some_and(|id| {
        (1..=100).contains(&id.len())
            && id
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
    })
}

fn is_resource_name(value: &str) -> bool {
    value.len() <= 40
        && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.')
        && !value.contains("..")
}

/// `12.html` or `12.html#b-id`: a place in the same book.
fn is_inside(value: &str) -> bool {
    let (file, id) = value
        .split_once('#')
        .map_or((value, None), |(file, id)| (file, Some(id)));
    file.strip_suffix(".html").is_some_and(is_number) && id.is_none_or(is_id)
}

/// A web address of a public host, or a mail address.
pub(crate) fn is_outside(value: &str) -> bool {
    let printable = value.len() <= 2_000
        && value
            .bytes()
            .all(|b| b.is_ascii_graphic() && !matches!(b, b'"' | b'<' | b'>'));
    let host = value
        .strip_prefix("https://")
        .or_else(|| value.strip_prefix("http://"));
    printable && host.is_some_and(is_public_host)
}

/// Whether an address goes to a host name under a public top-level domain: never to a number or to this machine.
fn is_public_host(address: &str) -> bool {
    let host = address.split(['/', '?', '#']).next().unwrap_or("");
    let host = host
        .split_once(':')
        .map_or(host, |(host, _)| host)
        .trim_end_matches('.');
    let labels: Vec<&str> = host.split('.').collect();
    let top = labels.last().copied().unwrap_or("");
    let label =
        |label: &&str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let private = [
        "local",
        "localhost",
        "internal",
        "lan",
        "home",
        "corp",
        "intranet",
        "test",
        "invalid",
        "onion",
    ];
    labels.len() > 1
        && labels.iter().all(label)
        && top.len() > 1
        && top.bytes().any(|b| b.is_ascii_alphabetic())
        && !private.contains(&top.to_ascii_lowercase().as_str())
}

static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut builder = ammonia::Builder::empty();
    let generic = ["id", "role", "lang", "dir"];
    let specific: HashMap<&str, HashSet<&str>> = HashMap::from([
        ("a", HashSet::from(["href", "rel", "data-chapter", "data-offset"])),
        (
            "img",
            HashSet::from(["src", "width", "height", "alt", "loading", "decoding"]),
        ),
        ("td", HashSet::from(["colspan", "rowspan"])),
        ("th", HashSet::from(["colspan", "rowspan"])),
        ("ol", HashSet::from(["start", "type", "reversed"])),
        ("li", HashSet::from(["value"])),
    ]);
    builder
        .tags(ELEMENTS.iter().copied().collect())
        .clean_content_tags(HashSet::from(["script", "style"]))
        .generic_attributes(HashSet::from(generic))
        .tag_attributes(specific)
        .allowed_classes(
            ELEMENTS
                .iter()
                .map(|tag| (*tag, CLASSES.iter().copied().collect()))
                .collect(),
        )
        .url_schemes(HashSet::from(["http", "https"]))
        .link_rel(None)
        .attribute_filter(|element, name, value| {
            (name == "class" || attribute(element, name, value)).then_some(Cow::Borrowed(value))
        });
    builder
});

/// Removes everything that is not on the list; text is kept except in scripts and styles.
pub(super) fn clean(html: &str) -> String {
    CLEANER.clean(html).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_out_of_the_book_go_to_public_hosts_only() {
        assert!(
            [
                "https://standardebooks.org/ebooks?x=1",
                "http://www.gutenberg.org"
            ]
            .into_iter()
            .all(is_outside)
        );
        for address in [
            "http://127.0.0.1:9/",
            "http://[::1]/",
            "http://localhost/x",
            "https://a@b.com/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "http://169.254.169.254",
            "http://2130706433/",
            "http://router.lan/",
            "data:text/html,x",
        ] {
            assert!(!is_outside(address), "{address}");
        }
    }

    #[test]
    fn places_in_the_book_are_numbered_files() {
        assert!(attribute("a", "href", "3.html#b-n_1") && attribute("a", "href", "3.html"));
        assert!(!attribute("a", "href", "../3.html") && !attribute("a", "href", "3.html#n1"));
    }
}
