//! Character references: `&amp;`, `&#1071;`, `&nbsp;`, and the entities a document declares itself.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// Longest value of a declared entity that is expanded.
const ENTITY_BYTES: usize = 256;
/// How many bytes the expansions of declared entities may come to in one document.
const EXPANSION_BYTES: usize = 64 << 10;
/// Longest entity name looked for after an ampersand.
const NAME_BYTES: usize = 64;

/// What `&name;` stands for in one document.
#[derive(Debug, Default)]
pub(super) struct References<'a> {
    /// `None`: declared, but nested, external or too long to be expanded; such a reference is dropped.
    declared: HashMap<&'a str, Option<Cow<'a, str>>>,
    expanded: Cell<usize>,
    refused: Cell<bool>,
}

impl<'a> References<'a> {
    /// Reads the entity declarations of a document type's internal subset.
    pub(super) fn declare(&mut self, subset: &'a str) {
        for declaration in subset.split("<!ENTITY").skip(1) {
            let declaration = declaration.trim_start();
            let Some(end) = declaration.find(char::is_whitespace) else {
                continue;
            };
            let (name, value) = (&declaration[..end], declaration[end..].trim_start());
            self.declared.entry(name).or_insert_with(|| plain_value(value));
        }
    }

    /// Whether the document declares entities of its own.
    pub(super) fn any_declared(&self) -> bool {
        !self.declared.is_empty()
    }

    /// Whether a reference was dropped because its entity may not be expanded.
    pub(super) fn refused(&self) -> bool {
        self.refused.get()
    }

    /// The text with its references replaced; an unknown reference stays as it is written.
    pub(super) fn expand<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let Some(first) = memchr::memchr(b'&', text.as_bytes()) else {
            return Cow::Borrowed(text);
        };
        let mut expanded = String::with_capacity(text.len());
        expanded.push_str(&text[..first]);
        let mut rest = &text[first..];
        while !rest.is_empty() {
            let used = self.expand_one(rest, &mut expanded);
            rest = &rest[used..];
            let plain = memchr::memchr(b'&', rest.as_bytes()).unwrap_or(rest.len());
            expanded.push_str(&rest[..plain]);
            rest = &rest[plain..];
        }
        Cow::Owned(expanded)
    }

    /// Expands the reference at the start of `text`, which is an ampersand; returns the bytes it took.
    fn expand_one(&self, text: &str, expanded: &mut String) -> usize {
        if let Some((character, used)) = numeric(text) {
            expanded.extend(character);
            return used;
        }
        let name = name_after_ampersand(text);
        let terminated = text[1 + name.len()..].starts_with(';');
        if terminated {
            if let Some(value) = self.declared.get(name) {
                self.expand_declared(value.as_deref(), expanded);
                return name.len() + 2;
            }
            if let Some(&(first, second)) = NAMED_ENTITIES.get(&text[1..name.len() + 2])
                && first != 0
            {
                expanded.extend(
                    [first, second]
                        .iter()
                        .filter(|code| **code != 0)
                        .filter_map(|code| char::from_u32(*code)),
                );
                return name.len() + 2;
            }
        }
        expanded.push('&');
        1
    }

    fn expand_declared(&self, value: Option<&str>, expanded: &mut String) {
        let total = self.expanded.get() + value.map_or(0, str::len);
        match value {
            Some(value) if total <= EXPANSION_BYTES => {
                self.expanded.set(total);
                expanded.push_str(value);
            }
            _ => self.refused.set(true),
        }
    }
}

/// The value of `"..."` when it is short, internal and holds neither markup nor references to other entities.
fn plain_value(declaration: &str) -> Option<Cow<'_, str>> {
    let quote = declaration.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let value = &declaration[1..1 + declaration[1..].find(quote)?];
    if value.len() > ENTITY_BYTES || value.contains('<') {
        return None;
    }
    let expanded = References::default().expand(value);
    (!expanded.contains('&')).then_some(expanded)
}

fn name_after_ampersand(text: &str) -> &str {
    let end = text
        .bytes()
        .skip(1)
        .take(NAME_BYTES)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
        .count();
    &text[1..=end]
}

/// `&#N;` and `&#xN;`: the character it stands for (none for those that text may not contain) and its length.
fn numeric(text: &str) -> Option<(Option<char>, usize)> {
    let digits = text.strip_prefix("&#")?;
    let (digits, radix, prefix) = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 3),
        None => (digits, 10, 2),
    };
    let length = digits
        .bytes()
        .take_while(|b| char::from(*b).is_digit(radix))
        .count();
    if length == 0 {
        return None;
    }
    let used = prefix + length + usize::from(digits[length..].starts_with(';'));
    let significant = digits[..length].trim_start_matches('0');
    let code = if significant.len() > 7 {
        u32::MAX
    } else {
        u32::from_str_radix(significant, radix).unwrap_or(0)
    };
    Some((character(code), used))
}

fn character(code: u32) -> Option<char> {
    match code {
        0x80..=0x9F => C1_REPLACEMENTS[(code - 0x80) as usize],
        0x09 | 0x0A | 0x0D | 0x20.. => Some(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expand(text: &str) -> String {
        References::default().expand(text).into_owned()
    }

    #[test]
    fn named_decimal_and_hexadecimal_references_become_characters() {
        assert_eq!(expand("a&nbsp;&mdash;&#1071;&#x42f;&lt;"), "a\u{a0}—ЯЯ<");
    }

    #[test]
    fn a_bare_ampersand_and_an_unknown_name_stay() {
        assert_eq!(
            expand("Tom & Jerry &unknown; R&D &"),
            "Tom & Jerry &unknown; R&D &"
        );
    }

    #[test]
    fn windows_1252_numbers_mean_what_browsers_think_and_forbidden_ones_vanish() {
        assert_eq!(
            expand("&#151;&#0;&#1;&#xD800;&#x110000;&#99999999999999;"),
            "—\u{fffd}\u{fffd}\u{fffd}"
        );
    }

    #[test]
    fn short_plain_entities_are_expanded_and_dangerous_ones_dropped() {
        let mut references = References::default();
        references.declare(r#"<!ENTITY who "Илья &#1048;льич"> <!ENTITY lol "&who;&who;"> <!ENTITY x SYSTEM "file:///etc/passwd">"#);
        assert_eq!(references.expand("[&who;|&lol;|&x;]"), "[Илья Ильич||]");
        assert!(references.refused());
    }

    #[test]
    fn expansion_has_a_budget() {
        let mut references = References::default();
        let subset = format!("<!ENTITY a '{}'>", "a".repeat(ENTITY_BYTES));
        references.declare(&subset);
        assert!(references.expand(&"&a;".repeat(20_000)).len() <= EXPANSION_BYTES);
    }
}
