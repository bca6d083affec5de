//! Why a file cannot be imported, said so that the person who chose the file knows what to do.

use thiserror::Error;

use crate::card;

/// The file was refused. `Display` is a sentence for people; [`ImportError::code`] is for programs.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ImportError {
    /// Zero bytes.
    #[error("the file is empty: choose the book again, the copy may have been interrupted")]
    Empty,
    /// Not EPUB, FB2 or text.
    #[error("this is not a book we can read ({found}): send an EPUB, FB2, TXT or MD file")]
    NotABook {
        /// What it seems to be: `a PDF document`, `a PNG picture`, ...
        found: String,
    },
    /// Encrypted content.
    #[error("the book is protected by DRM ({scheme}): only a copy without protection can be imported")]
    Drm {
        /// `Readium LCP`, `Adobe ADEPT`, `Apple FairPlay`, ...
        scheme: String,
    },
    /// A ZIP archive with a password.
    #[error("the archive is password-protected: unpack it and send the book without a password")]
    Password,
    /// A limit of [`crate::limits`] was exceeded.
    #[error("the book is too large: {what}")]
    TooLarge {
        /// Which limit.
        what: String,
    },
    /// Recognised but damaged beyond repair.
    #[error("the {format} file is damaged: {reason}")]
    Malformed {
        /// `EPUB`, `FB2`, `ZIP`.
        format: &'static str,
        /// What is wrong, with the entry's name where there is one.
        reason: String,
    },
    /// Opened fine, but there is nothing to read in it.
    #[error("there is no text in this book: it may consist of pictures only")]
    NoText,
}

impl ImportError {
    /// The same without what a file's names may bring into a sentence for people: controls, mark-up, great length.
    pub(crate) fn printable(mut self) -> Self {
        let (Self::NotABook { found: said }
        | Self::Drm { scheme: said }
        | Self::TooLarge { what: said }
        | Self::Malformed { reason: said, .. }) = &mut self
        else {
            return self;
        };
        *said = card::line(&card::without_markup(said));
        self
    }

    /// A stable code for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty | Self::NotABook { .. } => "not-a-book",
            Self::Drm { .. } => "drm",
            Self::Password => "password",
            Self::TooLarge { .. } => "too-large",
            Self::Malformed { .. } => "malformed",
            Self::NoText => "no-text",
        }
    }
}
