//! A chapter before its links are known.

use crate::element_attributes::Stated;

/// HTML whose attributes are still to be written, and where they go.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    /// The HTML so far.
    pub(crate) html: String,
    /// Length of its text in UTF-16 code units.
    pub(crate) utf16: usize,
    /// What is to be written into the HTML, by increasing position.
    pub(crate) inserts: Vec<Insert>,
    /// The ids of the source and where they are.
    pub(crate) ids: Vec<IdEntry>,
    /// Where blocks begin that are in no other block.
    pub(crate) tops: Vec<Top>,
    /// The headings, in order.
    pub(crate) headings: Vec<Heading>,
    /// Number of pictures.
    pub(crate) images: usize,
    /// Characters of text that stand inside links.
    pub(crate) linked: usize,
}

/// Something to be written at a position of the draft's HTML.
#[derive(Debug)]
pub(crate) struct Insert {
    pub(crate) position: usize,
    pub(crate) kind: InsertKind,
}

#[derive(Debug)]
pub(crate) enum InsertKind {
    /// Attributes of a block or a container, just before the end of its start tag.
    Block(BlockAttributes),
    /// Attributes of an `a`, just before the end of its start tag.
    Link(Link),
    /// A place inside a block that ids point to.
    Anchor,
}

/// Attributes of a block.
#[derive(Debug, Default)]
pub(crate) struct BlockAttributes {
    pub(crate) classes: Classes,
    pub(crate) role: Option<&'static str>,
    pub(crate) language: Option<String>,
    pub(crate) right_to_left: bool,
    /// What a cell, list or item says of itself.
    pub(crate) stated: Vec<Stated>,
}

/// A link inside the book or out of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) target: Target,
    pub(crate) note: NoteLink,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// A file of the book (its index in the reading order) and an id in it.
    Inside { document: usize, id: Option<String> },
    /// An address on the web.
    Outside(String),
}

/// Whether a link is a reference to a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoteLink {
    /// No.
    No,
    /// It looks like one: a number in brackets or raised.
    Likely,
    /// The book says so.
    Yes,
    /// The way back from a note.
    Back,
}

/// An id of the source.
#[derive(Debug)]
pub(crate) struct IdEntry {
    pub(crate) id: String,
    /// Index into [`Draft::inserts`]; none for the end of the draft.
    pub(crate) insert: Option<usize>,
    /// Offset into the text, in UTF-16 code units.
    pub(crate) utf16: usize,
}

/// Where a top-level block begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Top {
    pub(crate) html: usize,
    pub(crate) utf16: usize,
}

/// A heading of the draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heading {
    /// 1 to 6.
    pub(crate) level: u8,
    /// In one line.
    pub(crate) text: String,
    pub(crate) utf16: usize,
}

/// A set of classes of [`crate::vocabulary::CLASSES`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Classes(u32);

impl Classes {
    /// The class with this name; it must be in the vocabulary.
    pub(crate) fn of(name: &str) -> Self {
        let index = crate::vocabulary::CLASSES.iter().position(|class| *class == name);
        debug_assert!(index.is_some(), "class {name} is not in the vocabulary");
        Self(index.map_or(0, |index| 1 << index))
    }

    pub(crate) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    pub(crate) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The names, separated by spaces.
    pub(crate) fn names(self) -> String {
        let names = crate::vocabulary::CLASSES
            .iter()
            .enumerate()
            .filter(|(index, _)| self.0 & (1 << index) != 0);
        names.map(|(_, name)| *name).collect::<Vec<_>>().join(" ")
    }
}
