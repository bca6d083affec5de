//! The novels of the corpus as plain text, to train on and for measurements of the language models.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::command::{corpus, example};
use crate::service::folder::TemporaryFolder;
use crate::{process, workspace};

/// Novels as text files, which go when this is dropped; the longest first.
pub(crate) struct Novels {
    pub(crate) files: Vec<PathBuf>,
    _folder: TemporaryFolder,
}

/// Reads `books/` of the corpus with the importer; what is not mostly Cyrillic is left out.
pub(crate) fn russian() -> Result<Novels> {
    let books = corpus()
        .context("this needs BOOKREADER_CORPUS, a folder with novels in books/")?
        .join("books");
    let folder = TemporaryFolder::new("novels")?;
    let mut texts = Vec::new();
    for book in std::fs::read_dir(&books).with_context(|| format!("cannot read {}", books.display()))? {
        let text = text(&book?.path())?;
        if is_russian(&text) {
            texts.push(text);
        }
    }
    if texts.is_empty() {
        bail!("there is no Russian novel in {}", books.display());
    }
    texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
    let mut files = Vec::new();
    for (number, text) in texts.iter().enumerate() {
        let file = folder.path().join(format!("{number}.txt"));
        std::fs::write(&file, text)?;
        files.push(file);
    }
    Ok(Novels {
        files,
        _folder: folder,
    })
}

/// The text of each book of a folder, `BOOK.txt` each, in a folder that goes when this is dropped.
pub(crate) fn all(books: &Path) -> Result<TemporaryFolder> {
    let folder = TemporaryFolder::new("novels")?;
    for book in std::fs::read_dir(books).with_context(|| format!("cannot read {}", books.display()))? {
        let book = book?;
        let file = format!("{}.txt", book.file_name().display());
        std::fs::write(folder.path().join(file), text(&book.path())?)?;
    }
    Ok(folder)
}

fn text(book: &Path) -> Result<String> {
    process::output(
        example("publication", "text", &[])
            .arg(book)
            .current_dir(workspace::root()),
    )
}

fn is_russian(text: &str) -> bool {
    let letters = text.chars().filter(|one| one.is_alphabetic());
    let (mut cyrillic, mut all) = (0usize, 0usize);
    for letter in letters.take(10_000) {
        all += 1;
        cyrillic += usize::from(matches!(letter, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё'));
    }
    2 * cyrillic > all
}
