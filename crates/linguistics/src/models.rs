//! The models on disk, opened once and shared.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::annotation::{Annotation, Unit};
use crate::russian::Russian;
use crate::{Analysis, Language, english};

/// The installed models, memory-mapped. Cheap to clone; may be used from several threads.
#[derive(Clone)]
pub struct Models {
    russian: Arc<Russian>,
}

/// Why the models cannot be used. The rest of the product works without them.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// Nothing is installed there.
    #[error("no language models in {}; run: bookreader models install", directory.display())]
    Missing {
        /// Where they were looked for.
        directory: PathBuf,
    },
    /// A file is there, but it is not what was installed.
    #[error("language model {} is damaged ({reason}); run: bookreader models install", file.display())]
    Damaged {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The file could not be read.
    #[error("language model {} cannot be read", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// The system's reason.
        #[source]
        source: std::io::Error,
    },
}

impl Models {
    /// Opens the models installed in a directory. Files are mapped, not read: it takes milliseconds.
    ///
    /// # Errors
    /// When they are absent, damaged or unreadable; the message says how to install them.
    pub fn open(directory: &Path) -> Result<Models, ModelError> {
        Ok(Models {
            russian: Arc::new(Russian::open(directory)?),
        })
    }

    /// Where models live when nobody says otherwise: `$XDG_DATA_HOME/bookreader/models`, by default
    /// `~/.local/share/bookreader/models`.
    pub fn default_dir() -> PathBuf {
        let data = std::env::var_os("XDG_DATA_HOME")
            .filter(|dir| !dir.is_empty())
            .map(PathBuf::from);
        let home = || std::env::home_dir().unwrap_or_default().join(".local/share");
        data.unwrap_or_else(home).join("bookreader").join("models")
    }

    /// Analyses a text, usually a chapter. Pure computation on this thread: call it off the async ones.
    pub fn analyse(&self, language: Language, text: &str) -> Analysis {
        self.annotate(language, text, Unit::Chapter).into_analysis()
    }

    /// The models' own output for a text, nothing repaired.
    pub fn annotate(&self, language: Language, text: &str, unit: Unit) -> Annotation {
        match language {
            Language::Russian => self.russian.annotate(text, unit),
            Language::English => english::annotate(text, unit),
        }
    }

    /// [`Models::annotate`] of several texts on several threads; the order of the texts is kept.
    ///
    /// Each thread takes the next text when it is done with one, and some 30 MB of memory that stays with the
    /// models for later calls.
    pub fn annotate_all(
        &self,
        language: Language,
        texts: &[&str],
        unit: Unit,
        threads: usize,
    ) -> Vec<Annotation> {
        let next = AtomicUsize::new(0);
        let work = || {
            let mut done = Vec::new();
            while let Some((index, text)) = {
                let index = next.fetch_add(1, Ordering::Relaxed);
                texts.get(index).map(|text| (index, text))
            } {
                done.push((index, self.annotate(language, text, unit)));
            }
            done
        };
        let mut done = std::thread::scope(|scope| {
            let others: Vec<_> = (1..threads.min(texts.len())).map(|_| scope.spawn(work)).collect();
            let mut done = work();
            for other in others {
                done.extend(
                    other
                        .join()
                        .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
                );
            }
            done
        });
        done.sort_unstable_by_key(|(index, _)| *index);
        done.into_iter().map(|(_, annotation)| annotation).collect()
    }

    /// The word vector (Russian, `navec`, 300 numbers) of a word in any letter case, when it has one.
    pub fn vector(&self, word: &str) -> Option<[f32; 300]> {
        self.russian.vector(word)
    }
}

/// [`Models::annotate`] of an English text. English is part of the program: this needs no installed models.
pub fn annotate_english(text: &str, unit: Unit) -> Annotation {
    english::annotate(text, unit)
}

/// Analyses an English text. English is part of the program: this needs no installed models.
pub fn analyse_english(text: &str) -> Analysis {
    english::annotate(text, Unit::Chapter).into_analysis()
}
