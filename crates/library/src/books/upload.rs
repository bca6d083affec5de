//! A file on its way in: written to a temporary file and hashed as it comes, and stopped at the limit.

use std::io::{Read, Seek, Write};

use bytes::Bytes;
use futures::{Stream, StreamExt, pin_mut};
use sha2::{Digest, Sha256};

use crate::Library;
use crate::books::AddError;
use crate::storage::StorageError;

/// Longest file name that is kept, in characters.
const LONGEST_NAME: usize = 200;

/// A whole file that was received and not yet looked at. Its temporary file goes when this is dropped.
pub struct Upload {
    pub(super) file_name: Option<String>,
    pub(super) sha256: String,
    pub(super) byte_length: u64,
    file: std::fs::File,
}

impl Upload {
    /// Receives a file from a stream of chunks.
    ///
    /// # Errors
    /// [`AddError::TooLarge`] as soon as the limit is passed; [`AddError::Interrupted`] when the stream breaks.
    pub async fn receive<E: std::fmt::Display>(
        library: &Library,
        file_name: Option<String>,
        chunks: impl Stream<Item = Result<Bytes, E>>,
    ) -> Result<Self, AddError> {
        let limit = library.config().uploads.max_bytes;
        let mut hasher = Sha256::new();
        let mut byte_length = 0_u64;
        let folder = library.unfinished_dir();
        let mut file = tokio::task::spawn_blocking(move || tempfile::tempfile_in(folder))
            .await
            .map_err(StorageError::from)?
            .map_err(StorageError::from)?;
        pin_mut!(chunks);
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk.map_err(|error| AddError::Interrupted(error.to_string()))?;
            byte_length += chunk.len() as u64;
            if byte_length > limit {
                return Err(AddError::TooLarge { limit });
            }
            hasher.update(&chunk);
            // The page cache takes this; it is not worth a thread per chunk.
            file.write_all(&chunk).map_err(StorageError::from)?;
        }
        let file_name = file_name.and_then(|name| clean_name(&name));
        Ok(Self {
            file_name,
            sha256: hex::encode(hasher.finalize()),
            byte_length,
            file,
        })
    }

    /// Takes a file that is in memory already.
    ///
    /// # Errors
    /// As for [`Self::receive`].
    pub async fn from_bytes(
        library: &Library,
        file_name: Option<&str>,
        bytes: &[u8],
    ) -> Result<Self, AddError> {
        let chunks = futures::stream::once(std::future::ready(Ok::<_, std::convert::Infallible>(
            Bytes::copy_from_slice(bytes),
        )));
        Self::receive(library, file_name.map(str::to_owned), chunks).await
    }

    /// Reads the file back.
    pub(super) async fn into_bytes(self) -> Result<Bytes, StorageError> {
        let mut file = self.file;
        let bytes = tokio::task::spawn_blocking(move || {
            let mut bytes = Vec::new();
            file.rewind()?;
            file.read_to_end(&mut bytes)?;
            Ok::<_, std::io::Error>(bytes)
        })
        .await??;
        Ok(bytes.into())
    }
}

/// The last component without control characters: a name to show, never a path.
fn clean_name(name: &str) -> Option<String> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last
        .chars()
        .filter(|letter| !letter.is_control())
        .take(LONGEST_NAME)
        .collect();
    let clean = clean.trim();
    (!clean.is_empty()).then(|| clean.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_is_never_a_path() {
        assert_eq!(
            clean_name("../../etc/Обломов.fb2").as_deref(),
            Some("Обломов.fb2")
        );
        assert_eq!(clean_name("C:\\books\\a\u{0}b.epub").as_deref(), Some("ab.epub"));
        assert_eq!(clean_name("folder/"), None);
    }
}
