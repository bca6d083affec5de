//! Markup cut into tags and texts, in one pass, without ever failing.

use std::borrow::Cow;

use memchr::{memchr, memmem};

use super::references::References;
use crate::limits;

/// One piece of markup. Names are lower case.
#[derive(Debug, PartialEq)]
pub(super) enum Token<'a> {
    Start {
        name: Cow<'a, str>,
        attributes: Vec<Attribute<'a>>,
        empty: bool,
    },
    End {
        name: Cow<'a, str>,
    },
    /// Text as it is meant: references are expanded.
    Text(Cow<'a, str>),
}

/// An attribute; the name is lower case and may have a prefix.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Attribute<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) value: Cow<'a, str>,
}

/// Reads tokens off a text.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    source: &'a str,
    /// The content of `style` is no markup: so in HTML, not in FB2.
    raw_styles: bool,
    at: usize,
    references: References<'a>,
    /// Where each terminator occurs next (none: no more), so that no stretch is ever searched twice.
    next: Vec<(&'static str, Option<usize>)>,
    /// Inside an element whose content is not markup (`script`, `style`).
    raw: Option<&'static str>,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(source: &'a str, raw_styles: bool) -> Self {
        Self {
            source,
            raw_styles,
            at: 0,
            references: References::default(),
            next: Vec::new(),
            raw: None,
        }
    }

    pub(super) fn references(&self) -> &References<'a> {
        &self.references
    }

    fn rest(&self) -> &'a str {
        &self.source[self.at..]
    }

    /// Position just after the next `terminator`, or none for the rest of the source.
    fn find_after(&mut self, from: usize, terminator: &'static str) -> Option<usize> {
        let known = self.next.iter().position(|(known, _)| *known == terminator);
        let start = match known.map(|index| self.next[index].1) {
            Some(None) => None,
            Some(Some(start)) if start >= from => Some(start),
            _ => {
                let found = memmem::find(&self.source.as_bytes()[from..], terminator.as_bytes());
                let start = found.map(|offset| from + offset);
                match known {
                    Some(index) => self.next[index].1 = start,
                    None => self.next.push((terminator, start)),
                }
                start
            }
        };
        start.map(|start| start + terminator.len())
    }

    fn text(&mut self, end: usize) -> Token<'a> {
        let text = &self.source[self.at..end];
        self.at = end;
        Token::Text(self.references.expand(text))
    }

    /// The opening bracket is no markup: it and what follows up to the next one is text.
    fn literal_bracket(&mut self) -> Token<'a> {
        let next = memchr(b'<', &self.source.as_bytes()[self.at + 1..]);
        let end = next.map_or(self.source.len(), |offset| self.at + 1 + offset);
        self.text(end)
    }

    /// Where the end tag of an element without markup in it begins.
    fn raw_end(&mut self, name: &'static str) -> Option<usize> {
        let closing = match name {
            "style" => ["</style", "</STYLE", "</Style"],
            _ => ["</script", "</SCRIPT", "</Script"],
        };
        let ends = closing.map(|tag| Some(self.find_after(self.at, tag)? - tag.len()));
        ends.into_iter().flatten().min()
    }

    fn raw_text(&mut self, name: &'static str) -> Option<Token<'a>> {
        self.raw = None;
        let end = self.raw_end(name).unwrap_or(self.source.len());
        let text = &self.source[self.at..end];
        self.at = end;
        (!text.is_empty()).then_some(Token::Text(Cow::Borrowed(text)))
    }

    fn comment(&mut self) {
        let open = self.at + "<!--".len();
        self.at = self.find_after(open, "-->").unwrap_or(open);
    }

    fn processing_instruction(&mut self) {
        let open = self.at + "<?".len();
        self.at = self.find_after(open, ">").unwrap_or(open);
    }

    fn cdata(&mut self) -> Token<'a> {
        let open = self.at + "<![CDATA[".len();
        let close = self.find_after(open, "]]>");
        let text = &self.source[open..close.map_or(self.source.len(), |end| end - "]]>".len())];
        self.at = close.unwrap_or(self.source.len());
        Token::Text(Cow::Borrowed(text))
    }

    fn declaration(&mut self) {
        let open = self.at + "<!".len();
        let Some(close) = self.find_after(open, ">") else {
            self.at = open;
            return;
        };
        self.at = close;
        let bracket = self.source[open..close].find('[');
        if let Some(bracket) = bracket.map(|offset| open + offset)
            && let Some(end) = self.find_after(bracket, "]")
        {
            self.references.declare(&self.source[bracket..end]);
            self.at = self.find_after(end, ">").unwrap_or(end);
        }
    }

    fn end_tag(&mut self) -> Option<Token<'a>> {
        let start = self.at + "</".len();
        let length = name_length(&self.source[start..]);
        if length == 0 {
            return Some(self.literal_bracket());
        }
        let name = lower(&self.source[start..start + length]);
        let after = &self.source.as_bytes()[start + length..];
        let close = memchr::memchr2(b'>', b'<', after).map_or(self.source.len(), |offset| {
            start + length + offset + usize::from(after[offset] == b'>')
        });
        self.at = close;
        Some(Token::End { name })
    }

    fn start_tag(&mut self) -> Option<Token<'a>> {
        let length = name_length(&self.rest()[1..]);
        let name = lower(&self.rest()[1..=length]);
        if self.find_after(self.at, ">").is_none() {
            return Some(self.literal_bracket());
        }
        self.at += 1 + length;
        let mut attributes = Vec::new();
        let mut empty = self.attributes(&mut attributes);
        let raw = match &*name {
            "script" => Some("script"),
            "style" if self.raw_styles => Some("style"),
            _ => None,
        };
        if let Some(raw) = raw.filter(|_| !empty) {
            // One that is never closed has no content: what follows is the book's.
            empty = self.raw_end(raw).is_none();
            self.raw = (!empty).then_some(raw);
        }
        Some(Token::Start {
            name,
            attributes,
            empty,
        })
    }

    /// Reads up to and including the end of a start tag; says whether it closes itself.
    fn attributes(&mut self, attributes: &mut Vec<Attribute<'a>>) -> bool {
        loop {
            let bytes = self.rest().as_bytes();
            let blank = bytes.iter().take_while(|b| b.is_ascii_whitespace()).count();
            self.at += blank;
            match &bytes[blank..] {
                [] | [b'<', ..] => return false,
                [b'>', ..] => {
                    self.at += 1;
                    return false;
                }
                [b'/', b'>', ..] => {
                    self.at += 2;
                    return true;
                }
                [b'/' | b'=' | b'"' | b'\'', ..] => self.at += 1,
                _ => {
                    let attribute = self.attribute();
                    let known = attributes.iter().any(|kept| kept.name == attribute.name);
                    if !known && attributes.len() < limits::ATTRIBUTES {
                        attributes.push(attribute);
                    }
                }
            }
        }
    }

    fn attribute(&mut self) -> Attribute<'a> {
        let rest = self.rest();
        let length = rest
            .bytes()
            .take_while(|b| {
                !b.is_ascii_whitespace() && !matches!(b, b'=' | b'>' | b'/' | b'<' | b'"' | b'\'')
            })
            .count();
        let name = lower(&rest[..length]);
        self.at += length;
        let after = self.rest().trim_start_matches(|c: char| c.is_ascii_whitespace());
        let Some(value) = after.strip_prefix('=') else {
            return Attribute {
                name,
                value: Cow::Borrowed(""),
            };
        };
        let value = value.trim_start_matches(|c: char| c.is_ascii_whitespace());
        self.at = self.source.len() - value.len();
        let value = self.attribute_value();
        Attribute {
            name,
            value: self.references.expand(value),
        }
    }

    fn attribute_value(&mut self) -> &'a str {
        let rest = self.rest();
        let quote = match rest.as_bytes().first() {
            Some(b'"') => Some("\""),
            Some(b'\'') => Some("'"),
            _ => None,
        };
        if let Some(quote) = quote
            && let Some(end) = self.find_after(self.at + 1, quote)
        {
            let value = &self.source[self.at + 1..end - 1];
            if !(value.contains('<') && self.continues_a_word(end)) {
                self.at = end;
                return value;
            }
        }
        // Without quotes, or with an opening one that is never closed.
        let start = usize::from(quote.is_some());
        let stop = |b: &u8| matches!(b, b'>' | b'<') || (quote.is_none() && b.is_ascii_whitespace());
        let length = rest.bytes().skip(start).take_while(|b| !stop(b)).count();
        self.at += start + length;
        rest[start..start + length].trim_end_matches('/')
    }

    /// Whether the quote before `end` is followed by more of a value, so that it is really the opening quote of
    /// a later attribute.
    fn continues_a_word(&self, end: usize) -> bool {
        !matches!(
            self.source.as_bytes().get(end),
            None | Some(b'>' | b'/' | b'?' | b' ' | b'\t' | b'\r' | b'\n')
        )
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if let Some(name) = self.raw {
                if let Some(text) = self.raw_text(name) {
                    return Some(text);
                }
                continue;
            }
            let rest = self.rest();
            match memchr(b'<', rest.as_bytes()) {
                None if rest.is_empty() => return None,
                None => return Some(self.text(self.source.len())),
                Some(0) => {}
                Some(offset) => return Some(self.text(self.at + offset)),
            }
            match rest.as_bytes() {
                [_, b'!', b'-', b'-', ..] => self.comment(),
                [_, b'!', b'[', b'C', b'D', b'A', b'T', b'A', b'[', ..] => return Some(self.cdata()),
                [_, b'!', ..] => self.declaration(),
                [_, b'?', ..] => self.processing_instruction(),
                [_, b'/', ..] => return self.end_tag(),
                _ if name_length(&rest[1..]) > 0 => return self.start_tag(),
                _ => return Some(self.literal_bracket()),
            }
        }
    }
}

fn name_length(text: &str) -> usize {
    let starts = |b: u8| b.is_ascii_alphabetic() || b == b'_' || b == b':' || b >= 0x80;
    if !text.as_bytes().first().is_some_and(|b| starts(*b)) {
        return 0;
    }
    text.bytes()
        .take_while(|b| starts(*b) || b.is_ascii_digit() || matches!(b, b'-' | b'.'))
        .count()
}

fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|b| b.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str) -> String {
        Tokens::new(source, true)
            .map(|token| match token {
                Token::Start {
                    name,
                    attributes,
                    empty,
                } => {
                    let attributes: String = attributes
                        .iter()
                        .map(|a| format!(" {}={:?}", a.name, a.value))
                        .collect();
                    format!("[{name}{attributes}{}]", if empty { "/" } else { "" })
                }
                Token::End { name } => format!("[/{name}]"),
                Token::Text(text) => text.into_owned(),
            })
            .collect()
    }

    #[test]
    fn tags_attributes_and_references() {
        assert_eq!(
            shown(
                "<?xml version='1.0'?><!DOCTYPE html><P Class=a l:href='#n&amp;1' checked>x &amp; y<br/></P><!-- - -->"
            ),
            r##"[p class="a" l:href="#n&1" checked=""]x & y[br/][/p]"##
        );
    }

    #[test]
    fn what_is_not_markup_is_text() {
        assert_eq!(
            shown("a < b <3 </ > <p>5 <6</p> <"),
            "a < b <3 </ > [p]5 <6[/p] <"
        );
    }

    #[test]
    fn cdata_is_text_and_script_is_not_markup() {
        assert_eq!(
            shown("<![CDATA[a < <b>]]><script>if (a<b) '</p>'</script>x"),
            "a < <b>[script]if (a<b) '</p>'[/script]x"
        );
    }

    #[test]
    fn a_script_without_an_end_has_no_content() {
        assert_eq!(shown("<script>a <p>b</p>"), "[script/]a [p]b[/p]");
        assert_eq!(
            shown("<SCRIPT>a</Script>b<style>c</STYLE >d"),
            "[script]a[/script]b[style]c[/style]d"
        );
    }

    #[test]
    fn an_unclosed_quote_does_not_swallow_the_text() {
        assert_eq!(
            shown("<a href=\"x>one</a> two <a href=\"y\">three</a>"),
            r#"[a href="x"]one[/a] two [a href="y"]three[/a]"#
        );
        assert_eq!(shown("<a href=\"x>one</a> two"), r#"[a href="x"]one[/a] two"#);
    }

    #[test]
    fn unclosed_comments_and_tags_do_not_swallow_the_text() {
        assert_eq!(shown("a<!-- b"), "a b");
        assert_eq!(shown("a<p b"), "a<p b");
        assert_eq!(shown("<p<b>x</b"), "[p][b]x[/b]");
    }

    #[test]
    fn attributes_are_capped() {
        let source = format!(
            "<p {}>x",
            (0..100_000).map(|n| format!("a{n}='' ")).collect::<String>()
        );
        let Some(Token::Start { attributes, .. }) = Tokens::new(&source, true).next() else {
            panic!("no start tag")
        };
        assert_eq!(attributes.len(), limits::ATTRIBUTES);
    }
}
