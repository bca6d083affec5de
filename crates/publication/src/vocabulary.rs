//! The fixed vocabulary of chapter HTML: which elements, classes and roles can occur.
//!
//! Blocks: `p`, `h1`-`h6`, `hr`, `li`, `dt`, `dd`, `td`, `th`, `caption`, `figcaption`. They stand in `div` (classed),
//! `blockquote`, `aside`, `section` (notes), `ul`, `ol`, `dl`, `table`, `thead`, `tbody`, `tr`, `figure`. Inline:
//! `a`, `abbr`, `b`, `bdi`, `bdo`, `br`, `cite`, `code`, `em`, `i`, `img`, `q`, `rp`, `rt`, `ruby`, `s`, `small`,
//! `span`, `strong`, `sub`, `sup`, `u`.

/// What the classes mean, in the order in which they are written.
///
/// - `verse`: a paragraph that is a line of verse (or several, separated by `br`); `stanza` groups such lines, `poem`
///   groups stanzas
/// - `epigraph`, `cite`, `annotation`: quotations before and inside the text; `text-author` and `date` sign them
/// - `subtitle`: a heading below the level of chapters
/// - `scene-break`: asterisks or a rule between scenes; `space-before`: an empty line came before
/// - `center`, `right`, `indent-none`, `preformatted`: the publisher's layout
/// - `italic`, `bold`, `small-caps`, `upright`, `letter-spaced`: the publisher's type
/// - `image`: a block that is a picture only
/// - `note`: a foot- or endnote; `note-ref`: a reference to one; `backlink`: the way back
/// - `math`: a formula in words
/// - `top`, `middle`, `bottom`: where the text of a cell stands in a row that is higher
pub const CLASSES: &[&str] = &[
    "poem",
    "stanza",
    "verse",
    "epigraph",
    "cite",
    "annotation",
    "text-author",
    "date",
    "subtitle",
    "scene-break",
    "image",
    "note",
    "note-ref",
    "backlink",
    "math",
    "center",
    "right",
    "indent-none",
    "preformatted",
    "italic",
    "bold",
    "small-caps",
    "upright",
    "letter-spaced",
    "space-before",
    "top",
    "middle",
    "bottom",
];

/// Elements of chapter HTML.
pub const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "aside",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
];

/// Values of the `role` attribute.
pub const ROLES: &[&str] = &["doc-noteref", "doc-footnote", "doc-endnotes", "doc-backlink"];
