//! Typed identifiers: UUID version 7, so that rows sort by the time of their making.

use uuid::{Builder, Uuid};

use crate::clock::Clock;
use crate::randomness::Randomness;

/// A fresh UUIDv7 (RFC 9562 section 5.7) from the clock and the randomness that were passed in.
pub(crate) fn fresh(clock: &Clock, randomness: &Randomness) -> Uuid {
    let milliseconds = u64::try_from(clock.now().timestamp_millis()).unwrap_or(0);
    Builder::from_unix_timestamp_millis(milliseconds, &randomness.bytes()).into_uuid()
}

macro_rules! typed_ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(out)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }
    )+};
}

typed_ids! {
    /// A person with an account.
    UserId,
    /// A user's copy of a publication, or its entry in the public catalogue.
    BookId,
    /// What a file says, shared by all who have the same file.
    PublicationId,
    /// A passage worth a picture.
    DescriptionId,
    /// A person of a story.
    CharacterId,
    /// A picture of a description.
    PictureId,
    /// A piece of durable work.
    JobId,
    /// A bookmark, highlight or note.
    AnnotationId,
    /// One sign-in on one device.
    SessionId,
    /// A letter on its way out.
    MailId,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::FakeClock;
    use chrono::{DateTime, TimeDelta};

    #[test]
    fn ids_sort_by_the_time_of_their_making() {
        let time = FakeClock::at(DateTime::UNIX_EPOCH + TimeDelta::days(20_000));
        let randomness = Randomness::seeded(1);
        let mut ids = Vec::new();
        for _ in 0..50 {
            ids.push(fresh(&time.clock(), &randomness));
            time.advance(TimeDelta::milliseconds(1));
        }
        assert!(ids.is_sorted());
        assert_eq!(ids[0].get_version_num(), 7);
    }

    #[test]
    fn an_id_reads_back_from_its_text() {
        let id = BookId(fresh(&Clock::system(), &Randomness::seeded(2)));
        assert_eq!(id.to_string().parse::<BookId>().unwrap(), id);
    }
}
