//! The HTML exactly as a browser will read it: its canonical text, and the proof that nothing but the vocabulary is in
//! it.
//!
//! What is served is parsed once more by a browser's rules. When every element, attribute and value of the result is
//! on the allow-list, sanitising would change nothing, so it is not run; anything else goes through ammonia with the
//! same list. Nothing reaches a reader that has not passed one of the two.

mod allow;
mod dom;

use std::cell::RefCell;

pub(crate) use allow::is_outside;

/// HTML that is safe to serve and its `textContent`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Served {
    pub(crate) html: String,
    pub(crate) text: String,
    /// The HTML had to be cleaned; positions computed before no longer hold.
    pub(crate) changed: bool,
}

/// Makes a chapter's HTML safe and reads its text.
pub(crate) fn serve(html: String) -> Served {
    let parsed = dom::parse(&html);
    if parsed.lawful {
        return Served {
            html,
            text: parsed.text,
            changed: false,
        };
    }
    let html = allow::clean(&html);
    let text = dom::parse(&html).text;
    Served {
        html,
        text,
        changed: true,
    }
}

/// The text a browser's `textContent` gives for `html` as the content of an element.
pub fn text_content(html: &str) -> String {
    dom::parse(html).text
}

/// Cleans HTML by the allow-list; what [`serve`] accepts unchanged, this leaves unchanged.
#[cfg(test)]
pub(crate) fn clean(html: &str) -> String {
    allow::clean(html)
}

/// Interior mutability for a parser that only hands out shared references.
type Shared<T> = RefCell<T>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lawful_html_is_served_as_it_is() {
        let html = "<h2 id=\"b-1\">Глава</h2>\n<p class=\"center indent-none\">а&nbsp;<i lang=\"fr\">b</i><br>\n<a href=\"3.html#b-x\" data-chapter=\"3\" data-offset=\"12\">c</a><img src=\"resources/ab.png\" width=\"1\" height=\"2\" alt=\"&lt;\" loading=\"lazy\" decoding=\"async\"></p>";
        let served = serve(html.to_owned());
        assert_eq!((served.html.as_str(), served.changed), (html, false));
        assert_eq!(served.text, "Глава\nа\u{a0}b\nc");
        assert_eq!(clean(html), html);
    }

    #[test]
    fn anything_else_is_cleaned() {
        for (html, cleaned) in [
            ("<p onclick=\"x()\">a</p>", "<p>a</p>"),
            ("<p>a<script>alert(1)</script></p>", "<p>a</p>"),
            ("<a href=\"javascript:alert(1)\">a</a>", "<a>a</a>"),
            ("<img src=\"http://127.0.0.1/x.png\" alt=\"\">", "<img alt=\"\">"),
            ("<p class=\"evil center\">a</p>", "<p class=\"center\">a</p>"),
            ("<p id=\"main\">a</p>", "<p>a</p>"),
            ("<p style=\"x\">a</p><!-- c -->", "<p>a</p>"),
            ("<form><b>a</b></form>", "<b>a</b>"),
        ] {
            let served = serve(html.to_owned());
            assert_eq!((served.html.as_str(), served.changed), (cleaned, true), "{html}");
        }
    }
}
