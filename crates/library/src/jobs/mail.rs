//! Sends a letter.
//!
//! A letter leaves at least once: when the process dies between the handing over and the commit it leaves again, under the
//! same Message-ID.

use chrono::TimeDelta;

use crate::ids::MailId;
use crate::jobs::context::{Finished, JobContext, JobError};
use crate::mail::{self, Composed, MailState, PostError};

/// A letter that no server took for this long is given up.
const PATIENCE: TimeDelta = TimeDelta::days(2);
/// Seconds between attempts: half the letter's age, within these bounds.
const BETWEEN_ATTEMPTS: (i64, i64) = (30, 3600);

pub(super) async fn run(context: &JobContext, id: MailId) -> Result<Finished, JobError> {
    let library = &context.library;
    let row = match mail::find(library, id).await? {
        Some(row) if row.state == MailState::Queued.name() => row,
        _ => return context.finish(library.db().write().await?).await,
    };
    let state = match mail::compose(library, &row).await? {
        Composed::Nobody => MailState::Dropped,
        Composed::Unaddressable(detail) => return Err(give_up(detail)),
        Composed::Message(message) => {
            let age = library.now() - row.created_at;
            library
                .post()
                .send(row.id, *message)
                .await
                .map_err(|error| judge(error, age))?;
            MailState::Sent
        }
    };
    let transaction = library.db().write().await?;
    mail::settle(library, &transaction, id, state).await?;
    let finished = context.finish(transaction).await?;
    metrics::counter!("mails_total", "kind" => row.kind, "state" => state.name()).increment(1);
    Ok(finished)
}

fn judge(error: PostError, age: TimeDelta) -> JobError {
    let detail = error.to_string();
    match error {
        PostError::Storage(error) => error.into(),
        PostError::Later(_) if age < PATIENCE => JobError::Wait {
            code: "mail-later",
            detail,
            seconds: (age.num_seconds() / 2).clamp(BETWEEN_ATTEMPTS.0, BETWEEN_ATTEMPTS.1),
        },
        PostError::Refused(_) | PostError::Later(_) => give_up(detail),
    }
}

fn give_up(detail: String) -> JobError {
    metrics::counter!("mails_total", "kind" => "any", "state" => MailState::Bounced.name()).increment(1);
    JobError::GiveUp {
        code: "mail-refused".to_owned(),
        detail,
    }
}
