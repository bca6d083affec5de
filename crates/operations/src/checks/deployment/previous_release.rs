//! Is the program of the version before still on disk, whole?

use crate::checks::{Finding, Subject};
use crate::supervisor::{Folders, Store, digest_of};

pub(crate) async fn look(subject: &Subject<'_>) -> Finding {
    let folders = Folders::of(&subject.data_dir);
    let previous = match Store::open(&folders.state()) {
        Ok(store) => store.state().previous.clone(),
        Err(error) => return Finding::fail(format!("the supervisor's state: {error}"), super::FIX),
    };
    let Some(previous) = previous else {
        return Finding::cannot_tell(
            "no version came before the one that serves",
            "run this again after the first deployment",
        );
    };
    let program = folders.releases().join(&previous.release).join("bookreader");
    let hashed = tokio::task::spawn_blocking(move || digest_of(&program));
    let fix = "deploy the version before once more, then this one: going back needs it on disk";
    match hashed.await {
        Ok(Ok(hash)) if hash.starts_with(&previous.release) => Finding::pass(format!(
            "release {} is on disk with the bytes it had",
            previous.release
        )),
        Ok(Ok(_)) => Finding::fail(
            format!("release {} is not as it was stored", previous.release),
            fix,
        ),
        Ok(Err(error)) => Finding::fail(format!("release {}: {error}", previous.release), fix),
        Err(error) => Finding::cannot_tell(error.to_string(), fix),
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest as _, Sha256};

    use crate::supervisor::{Folders, Generation, Store};

    #[test]
    fn the_state_that_the_check_reads_is_the_one_that_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::of(folder.path());
        std::fs::create_dir(folders.run()).unwrap();
        let mut store = Store::open(&folders.state()).unwrap();
        let hash = hex::encode(Sha256::digest(b"x"));
        store
            .change(|state| {
                state.previous = Some(Generation {
                    number: 1,
                    release: hash[..16].to_owned(),
                    since: chrono::DateTime::UNIX_EPOCH,
                });
            })
            .unwrap();
        let read = Store::open(&folders.state()).unwrap();
        assert_eq!(read.state().previous.as_ref().unwrap().release, hash[..16]);
    }
}
