//! Prints the story of a book as plain text, a block a line: `text BOOK`.
//!
//! Measurements of the language models use it to have whole novels.

use std::io::Write;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: text BOOK")?;
    let book = publication::import(&std::fs::read(&path)?, Some(&path))?;
    let mut out = std::io::stdout().lock();
    for chapter in &book.chapters {
        if chapter.kind == publication::ChapterKind::Body {
            writeln!(out, "{}\n", chapter.text.trim())?;
        }
    }
    Ok(())
}
