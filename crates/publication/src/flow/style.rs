//! What a publisher's styling comes down to: a few properties that fiction means something by.

/// How a piece of text is aligned, where that differs from running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Start,
    Center,
    End,
}

/// Raised or lowered text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shift {
    Super,
    Sub,
}

/// What is said of an element's look; `None` says nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Style {
    pub(crate) italic: Option<bool>,
    pub(crate) bold: Option<bool>,
    pub(crate) small_caps: Option<bool>,
    pub(crate) align: Option<Align>,
    pub(crate) no_indent: Option<bool>,
    pub(crate) preserve_space: Option<bool>,
    pub(crate) underline: Option<bool>,
    pub(crate) strike: Option<bool>,
    pub(crate) letter_spaced: Option<bool>,
    pub(crate) shift: Option<Shift>,
}

impl Style {
    /// This style with everything that `stronger` says instead.
    pub(crate) fn overlaid(self, stronger: Self) -> Self {
        Self {
            italic: stronger.italic.or(self.italic),
            bold: stronger.bold.or(self.bold),
            small_caps: stronger.small_caps.or(self.small_caps),
            align: stronger.align.or(self.align),
            no_indent: stronger.no_indent.or(self.no_indent),
            preserve_space: stronger.preserve_space.or(self.preserve_space),
            underline: stronger.underline.or(self.underline),
            strike: stronger.strike.or(self.strike),
            letter_spaced: stronger.letter_spaced.or(self.letter_spaced),
            shift: stronger.shift.or(self.shift),
        }
    }
}
