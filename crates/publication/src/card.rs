//! Strings of the catalogue card: short, in one line, nothing in them that acts.

use crate::{Metadata, Role, limits};

/// Plain text in one line, without control, markup-hiding and direction-changing characters, at most
/// [`limits::NAME_CHARS`] characters.
pub(crate) fn line(text: &str) -> String {
    let mut line = String::new();
    let mut characters = 0;
    for word in text.split_whitespace() {
        let word: String = word
            .chars()
            .filter(|c| is_printable(*c))
            .take(limits::NAME_CHARS)
            .collect();
        if word.is_empty() {
            continue;
        }
        if characters > 0 {
            line.push(' ');
        }
        characters += 1 + word.chars().count();
        line.push_str(&word);
        if characters > limits::NAME_CHARS {
            let cut: String = line.chars().take(limits::NAME_CHARS - 1).collect();
            return cut.trim_end().to_owned() + "…";
        }
    }
    line
}

/// Plain text of several paragraphs, at most [`limits::DESCRIPTION_CHARS`] characters.
pub(crate) fn paragraphs<'t>(texts: impl IntoIterator<Item = &'t str>) -> Option<String> {
    let mut out = String::new();
    let mut left = limits::DESCRIPTION_CHARS;
    for text in texts {
        let words: Vec<&str> = text.split_whitespace().collect();
        let paragraph: String = words
            .join(" ")
            .chars()
            .filter(|c| is_printable(*c))
            .take(left)
            .collect();
        if paragraph.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push('\n');
        }
        left = left.saturating_sub(paragraph.chars().count());
        out.push_str(&paragraph);
    }
    (!out.is_empty()).then_some(out)
}

fn is_printable(character: char) -> bool {
    !character.is_control()
        && !matches!(character, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// A title without mark-up: some files escape HTML in their metadata.
pub(crate) fn without_markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        let Some(close) = rest[open..].find('>') else {
            break;
        };
        let starts_tag =
            rest[open + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        if starts_tag {
            out.push_str(&rest[..open]);
            out.push(' ');
        } else {
            out.push_str(&rest[..=open + close]);
        }
        rest = &rest[open + close + 1..];
    }
    out.push_str(rest);
    out
}

/// Orders and bounds the lists, and finds a title for a book without one.
pub(crate) fn complete(metadata: &mut Metadata, file_name: Option<&str>) {
    metadata.creators.sort_by_key(|creator| creator.role);
    let mut known = std::collections::HashSet::new();
    metadata
        .creators
        .retain(|creator| known.insert((creator.name.clone(), creator.role)));
    metadata.creators.truncate(limits::LIST_ENTRIES);
    metadata.subjects.truncate(limits::LIST_ENTRIES);
    metadata.identifiers.truncate(limits::LIST_ENTRIES);
    if metadata.title.is_empty() {
        metadata.title = file_name
            .map(title_of_file)
            .filter(|title| !title.is_empty())
            .unwrap_or_else(|| "Без названия".to_owned());
    }
}

/// `tolstoy_anna-karenina.fb2.zip` is called “tolstoy anna-karenina”.
fn title_of_file(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let mut stem = name;
    for extension in [".zip", ".gz", ".epub", ".fb2", ".txt", ".md", ".markdown", ".fbz"] {
        let at = stem.len().saturating_sub(extension.len());
        if stem.is_char_boundary(at) && stem[at..].eq_ignore_ascii_case(extension) {
            stem = &stem[..at];
        }
    }
    line(&without_markup(&stem.replace('_', " ")))
}

/// The MARC relator or word for what a creator did.
pub(crate) fn role(code: &str) -> Role {
    match code
        .trim()
        .to_ascii_lowercase()
        .rsplit(['/', ':'])
        .next()
        .unwrap_or("")
    {
        "" | "aut" | "author" | "cre" => Role::Author,
        "trl" | "translator" => Role::Translator,
        "ill" | "illustrator" | "art" | "artist" => Role::Illustrator,
        "edt" | "editor" => Role::Editor,
        _ => Role::Contributor,
    }
}

/// A number in a series, with a point or a comma.
pub(crate) fn position(text: &str) -> Option<f64> {
    let text = text.trim().replace(',', ".");
    // “2.5.1” is the first of something in 2.5.
    let second_point = text.match_indices('.').nth(1).map_or(text.len(), |(at, _)| at);
    let number = text[..second_point].parse::<f64>().ok()?;
    (number.is_finite() && (0.0..100_000.0).contains(&number)).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_no_controls_and_is_cut() {
        assert_eq!(line(" a\u{202e}b\n\tc\0 "), "ab c");
        let long = line(&"а".repeat(1_000_000));
        assert_eq!(long.chars().count(), limits::NAME_CHARS);
    }

    #[test]
    fn markup_in_a_title_is_taken_out_and_comparisons_stay() {
        assert_eq!(
            line(&without_markup("<script>x</script>A <b>B</b> 1 < 2")),
            "x A B 1 < 2"
        );
    }

    #[test]
    fn a_file_name_makes_a_title() {
        assert_eq!(title_of_file("../x/Война_и мир.fb2.ZIP"), "Война и мир");
        assert_eq!(title_of_file(".epub"), "");
    }
}
