//! Text into HTML and back, and which characters text may contain.

/// What each byte of UTF-8 means to [`run`]: 0 nothing, 1 the run may end here.
const STOPS: [bool; 256] = {
    let mut stops = [false; 256];
    let mut byte = 0;
    while byte < 0x21 {
        stops[byte] = true;
        byte += 1;
    }
    stops[0x7F] = true;
    stops[0xC2] = true;
    stops[0xE2] = true;
    stops[0xEF] = true;
    stops[0xF0] = false;
    stops
};

/// White space that collapses.
pub(super) fn is_space(character: char) -> bool {
    matches!(
        character,
        ' ' | '\n' | '\t' | '\r' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Characters that show nothing: a paragraph of them is an empty line.
pub(super) fn is_blank(character: char) -> bool {
    is_space(character)
        || matches!(
            character,
            '\u{a0}' | '\u{2000}'..='\u{200b}' | '\u{202f}' | '\u{3000}' | '\u{2060}'
        )
}

/// Characters that text never contains: controls, byte order marks, non-characters, overrides of the writing
/// direction, and soft hyphens, which only tell
/// a typesetter where a word could be broken.
fn is_forbidden(character: char) -> bool {
    matches!(character, '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
        && !is_space(character)
}

/// The longest beginning of `text` (which does not begin with white space) that can be written as it is: no forbidden
/// character, no white space but single spaces between other characters.
pub(super) fn run(text: &str) -> &str {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !STOPS[usize::from(bytes[at])] {
            at += 1;
            continue;
        }
        let mut rest = text[at..].chars();
        let Some(character) = rest.next() else { break };
        let next = rest.next();
        let stays = if character == ' ' {
            next.is_some_and(|next| !is_space(next) && !is_forbidden(next))
        } else {
            !is_space(character) && !is_forbidden(character)
        };
        if !stays {
            break;
        }
        at += character.len_utf8();
    }
    &text[..at]
}

/// The longest beginning of a line that can be written with its spaces.
pub(super) fn verbatim_run(text: &str) -> &str {
    let end = text
        .find(|c: char| is_forbidden(c) || (is_space(c) && c != ' '))
        .unwrap_or(text.len());
    &text[..end]
}

/// Appends `text` to HTML; returns its length in UTF-16 code units.
pub(super) fn text(text: &str, html: &mut String) -> usize {
    let mut units = 0;
    let mut from = 0;
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        units += usize::from(byte & 0xC0 != 0x80) + usize::from(*byte >= 0xF0);
        let (replacement, length) = match byte {
            b'&' => ("&amp;", 1),
            b'<' => ("&lt;", 1),
            b'>' => ("&gt;", 1),
            0xC2 if bytes[at + 1] == 0xA0 => ("&nbsp;", 2),
            _ => continue,
        };
        html.push_str(&text[from..at]);
        html.push_str(replacement);
        from = at + length;
    }
    html.push_str(&text[from..]);
    units
}

/// Appends `text` to a double-quoted attribute, in one line.
pub(crate) fn attribute(text: &str, html: &mut String) {
    let mut space = false;
    for character in text.chars().filter(|c| !is_forbidden(*c)) {
        if is_space(character) {
            space = true;
            continue;
        }
        if std::mem::take(&mut space) && !html.ends_with('"') {
            html.push(' ');
        }
        match character {
            '&' => html.push_str("&amp;"),
            '"' => html.push_str("&quot;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '\u{a0}' => html.push_str("&nbsp;"),
            other => html.push(other),
        }
    }
}

/// The text of HTML that this module wrote.
pub(crate) fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = if rest.starts_with('<') { '>' } else { ';' };
        let length = rest.find(end).map_or(rest.len(), |found| found + 1);
        match &rest[..length] {
            "&amp;" => text.push('&'),
            "&lt;" => text.push('<'),
            "&gt;" => text.push('>'),
            "&quot;" => text.push('"'),
            "&nbsp;" => text.push('\u{a0}'),
            _ => {}
        }
        rest = &rest[length..];
    }
    text.push_str(rest);
    text
}

/// Whether a paragraph only separates scenes: `* * *`, `⁂`, `———`.
pub(super) fn is_scene_break(text: &str) -> bool {
    let marks = text.chars().filter(|c| !c.is_whitespace()).count();
    let only = |set: &str| text.chars().all(|c| c.is_whitespace() || set.contains(c));
    (only("*⁂•·●◆◇♦❖✦✱✻~∗⁎☙❦❧§#¤○■□▪") && marks >= 1) || (only("-—–_=") && marks >= 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_ends_before_double_space_and_before_what_text_may_not_contain() {
        assert_eq!(run("слово и дело  вот"), "слово и дело");
        assert_eq!(run("a\u{ad}b"), "a");
        assert_eq!(run("«a\u{a0}b» — c\n"), "«a\u{a0}b» — c");
        assert_eq!(run("a \u{feff} b"), "a");
    }

    #[test]
    fn html_and_back() {
        let mut html = String::new();
        assert_eq!(text("a<b>&\u{a0}😀", &mut html), 8);
        assert_eq!(html, "a&lt;b&gt;&amp;&nbsp;😀");
        assert_eq!(plain(&format!("<i>{html}</i>")), "a<b>&\u{a0}😀");
    }

    #[test]
    fn asterisks_alone_are_a_scene_break_and_a_dash_with_words_is_not() {
        assert!(["***", "* * *", "⁂", "———"].into_iter().all(is_scene_break));
        assert!(!["— Да", "", "—"].into_iter().any(is_scene_break));
    }
}
