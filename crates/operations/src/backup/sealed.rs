//! Sealing a file into the repository, and opening it again with every hash checked.

use std::fs::File;
use std::io::{self, Read, Write};

use sha2::{Digest, Sha256};

use super::{Entry, Key, Repository, RepositoryError};

/// Counts and hashes what passes through.
struct Hashing<T> {
    inner: T,
    hash: Sha256,
    bytes: u64,
}

impl<T> Hashing<T> {
    fn new(inner: T) -> Self {
        Self {
            inner,
            hash: Sha256::new(),
            bytes: 0,
        }
    }

    fn pass(&mut self, passed: &[u8]) {
        self.hash.update(passed);
        self.bytes += passed.len() as u64;
    }

    fn hex(self) -> String {
        hex::encode(self.hash.finalize())
    }
}

impl<T: Write> Write for Hashing<T> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.pass(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<T: Read> Read for Hashing<T> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(bytes)?;
        self.pass(&bytes[..read]);
        Ok(read)
    }
}

/// Seals what `source` gives into an object.
pub(super) fn seal(repository: &Repository, key: &Key, name: &str, source: impl Read) -> io::Result<Entry> {
    let mut file = repository.unfinished()?;
    let recipient = key.recipient();
    let encryptor = age::Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient))
        .map_err(io::Error::other)?;
    let mut source = Hashing::new(source);
    let mut sealed = Hashing::new(io::BufWriter::new(file.as_file_mut()));
    let mut writer = encryptor.wrap_output(&mut sealed)?;
    io::copy(&mut source, &mut writer)?;
    writer.finish()?;
    sealed.flush()?;
    let object = sealed.hex();
    repository.keep_object(file, &object)?;
    Ok(Entry {
        name: name.to_owned(),
        bytes: source.bytes,
        sha256: source.hex(),
        object,
    })
}

/// Writes what an object holds into `target`; anything that is not as it was sealed is an error.
pub(super) fn unseal(
    repository: &Repository,
    key: &Key,
    entry: &Entry,
    target: impl Write,
) -> Result<(), RepositoryError> {
    let damaged = |why: String| RepositoryError::Damaged {
        what: format!("{} (object {})", entry.name, entry.object),
        why,
    };
    let path = repository.object_path(&entry.object);
    let hash = hash_of(&path).map_err(|error| damaged(error.to_string()))?;
    if hash != entry.object {
        return Err(damaged("its bytes have changed".to_owned()));
    }
    let sealed = io::BufReader::new(File::open(path)?);
    let decryptor = age::Decryptor::new_buffered(sealed).map_err(|error| damaged(error.to_string()))?;
    let mut reader = decryptor
        .decrypt(std::iter::once(key.identity() as &dyn age::Identity))
        .map_err(|error| damaged(format!("this key does not open it: {error}")))?;
    let mut target = Hashing::new(target);
    io::copy(&mut reader, &mut target)?;
    target.flush()?;
    if target.bytes != entry.bytes || target.hex() != entry.sha256 {
        return Err(damaged("it opens to other bytes than were sealed".to_owned()));
    }
    Ok(())
}

fn hash_of(path: &std::path::Path) -> io::Result<String> {
    let mut hashing = Hashing::new(File::open(path)?);
    io::copy(&mut hashing, &mut io::sink())?;
    Ok(hashing.hex())
}
