//! A new step: four files, two engines, up and down.

use std::io;
use std::path::{Path, PathBuf};

use super::Kind;

/// Why there is no new step.
#[derive(Debug, thiserror::Error)]
pub enum NewError {
    /// The name would not do as a file's name.
    #[error("`{0}` is no name: use lower-case words joined by `_`, as in `book_series`")]
    Name(String),
    /// The folder is not that of the two engines' steps.
    #[error("{} cannot be read or written: name the folder that holds `sqlite` and `postgres`", .path.display())]
    File {
        /// Which path.
        path: PathBuf,
        /// What is wrong with it.
        source: io::Error,
    },
}

/// Writes the files of the next version into `folder`, to be filled in; gives their paths.
///
/// # Errors
/// See [`NewError`].
pub fn create(folder: &Path, name: &str, kind: Kind) -> Result<Vec<PathBuf>, NewError> {
    let is_word = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    if !name.split('_').all(is_word) {
        return Err(NewError::Name(name.to_owned()));
    }
    let mut newest = 0;
    for engine in ["sqlite", "postgres"] {
        newest = newest.max(newest_in(&folder.join(engine))?);
    }
    let first_line = match kind {
        Kind::Expand => "-- What it brings, and why.\n",
        Kind::Contract => "-- contract: what goes, and since which release nothing reads it.\n",
    };
    let mut written = Vec::new();
    for engine in ["sqlite", "postgres"] {
        for (direction, text) in [("up", first_line), ("down", "-- Takes back what `up` did.\n")] {
            let path = folder
                .join(engine)
                .join(format!("{:04}_{name}.{direction}.sql", newest + 1));
            std::fs::write(&path, text).map_err(|source| NewError::File {
                path: path.clone(),
                source,
            })?;
            written.push(path);
        }
    }
    Ok(written)
}

fn newest_in(folder: &Path) -> Result<u32, NewError> {
    let error = |source| NewError::File {
        path: folder.to_owned(),
        source,
    };
    let mut newest = 0;
    for entry in std::fs::read_dir(folder).map_err(error)? {
        let name = entry.map_err(error)?.file_name();
        let number = name
            .to_str()
            .and_then(|name| name.split('_').next()?.parse().ok());
        newest = newest.max(number.unwrap_or(0));
    }
    Ok(newest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_number_is_free_on_both_engines() {
        let folder = tempfile::tempdir().unwrap();
        for engine in ["sqlite", "postgres"] {
            std::fs::create_dir(folder.path().join(engine)).unwrap();
        }
        std::fs::write(folder.path().join("postgres/0007_a.up.sql"), "").unwrap();
        let written = create(folder.path(), "book_series", Kind::Contract).unwrap();
        let names: Vec<_> = written
            .iter()
            .map(|path| path.strip_prefix(folder.path()).unwrap().to_str().unwrap())
            .collect();
        assert_eq!(
            names,
            [
                "sqlite/0008_book_series.up.sql",
                "sqlite/0008_book_series.down.sql",
                "postgres/0008_book_series.up.sql",
                "postgres/0008_book_series.down.sql"
            ]
        );
        assert_eq!(
            Kind::of(&std::fs::read_to_string(&written[0]).unwrap()),
            Kind::Contract
        );
    }

    #[test]
    fn a_name_that_is_a_path_is_refused() {
        for name in ["", "../x", "Two Words", "a__b"] {
            assert!(matches!(
                create(Path::new("nowhere"), name, Kind::Expand),
                Err(NewError::Name(_))
            ));
        }
    }
}
