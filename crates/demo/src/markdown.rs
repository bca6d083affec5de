//! The little of Markdown that the tales need: a heading, paragraphs, `*emphasis*`.

use crate::Chapter;

/// Reads a chapter: its first line is `# Title`, blank lines separate paragraphs.
///
/// # Panics
/// When the heading is missing: the sources are part of the program, and a test reads them all.
pub(crate) fn chapter(source: &str) -> Chapter {
    let (heading, body) = source.split_once('\n').expect("a chapter has more than one line");
    let title = heading
        .strip_prefix("# ")
        .expect("a chapter begins with its heading")
        .trim()
        .to_owned();
    let paragraphs: Vec<String> = body
        .split("\n\n")
        .map(|block| block.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|p| !p.is_empty())
        .collect();
    Chapter { title, paragraphs }
}

/// A paragraph as HTML.
pub(crate) fn paragraph_html(paragraph: &str) -> String {
    let escaped = paragraph
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let mut html = String::from("<p>");
    for (index, piece) in escaped.split('*').enumerate() {
        if index > 0 {
            html.push_str(if index % 2 == 1 { "<em>" } else { "</em>" });
        }
        html.push_str(piece);
    }
    html.push_str("</p>");
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_paragraph_are_joined() {
        let chapter = chapter("# One\n\nFirst\nline.\n\nSecond.\n");
        assert_eq!(chapter.title, "One");
        assert_eq!(chapter.paragraphs, ["First line.", "Second."]);
    }

    #[test]
    fn stars_emphasise_and_markup_is_escaped() {
        assert_eq!(
            paragraph_html("a *b* <c> & d"),
            "<p>a <em>b</em> &lt;c&gt; &amp; d</p>"
        );
    }
}
