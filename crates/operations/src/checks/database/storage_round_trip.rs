//! Does the store of books and pictures take, give back and remove an object?

use crate::checks::{Finding, Subject};

pub(crate) async fn look(subject: &Subject<'_>) -> Finding {
    let library = match &subject.library {
        Ok(library) => library,
        Err(why) => return Finding::cannot_tell(why.clone(), super::FIX),
    };
    match library.probe_blobs().await {
        Ok(()) => Finding::pass("an object was stored, read back and removed"),
        Err(error) => {
            let cause = std::error::Error::source(&error).map_or(String::new(), |cause| format!(": {cause}"));
            Finding::fail(
                format!("{error}{cause}"),
                "check the [blobs] settings, the permissions and the room that is left",
            )
        }
    }
}
