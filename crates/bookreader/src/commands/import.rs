//! `bookreader import`: books onto a reader's shelf, and into the public catalogue if asked for.

use std::path::{Path, PathBuf};

use anyhow::Context;
use library::Library;
use library::books::{self, Upload};
use library::ids::{BookId, UserId};
use library::jobs::worker;

use super::{book_file, open_library};
use crate::configuration::Configuration;
use crate::exit::Exit;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// EPUB, FB2, text or Markdown files.
    #[arg(required = true)]
    books: Vec<PathBuf>,
    /// Whose shelf: the address of an account.
    #[arg(long, value_name = "EMAIL")]
    user: String,
    /// Also show the books to everybody.
    #[arg(long)]
    catalogue: bool,
    /// Leave the work to running workers instead of doing it now.
    #[arg(long)]
    queue: bool,
}

pub(crate) async fn run(arguments: Arguments, configuration: Configuration) -> anyhow::Result<Exit> {
    let library = open_library(&configuration).await?;
    library.migrations().up().await?;
    let user = library::accounts::find(&library, &arguments.user)
        .await?
        .with_context(|| {
            format!(
                "nobody has the address {}: `bookreader user create` first",
                arguments.user
            )
        })?;
    let mut exit = Exit::Done;
    for path in &arguments.books {
        match shelve(&library, user.id, path, arguments.catalogue).await {
            Ok(book) => println!("{book}  {}", path.display()),
            Err(error) => {
                eprintln!("bookreader: {error:#}");
                exit = Exit::Failed;
            }
        }
    }
    if !arguments.queue {
        worker::drain(&library).await?;
    }
    library.close().await;
    Ok(exit)
}

async fn shelve(library: &Library, user: UserId, path: &Path, catalogue: bool) -> anyhow::Result<BookId> {
    let bytes = book_file::read(path)?;
    let name = path.file_name().and_then(|name| name.to_str());
    let upload = Upload::from_bytes(library, name, &bytes).await?;
    let added = books::add(library, user, upload)
        .await
        .with_context(|| format!("{} was not imported", path.display()))?;
    if catalogue {
        books::publish(library, added.book.id, true).await?;
    }
    Ok(added.book.id)
}
