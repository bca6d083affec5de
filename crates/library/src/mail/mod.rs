//! Letters to readers: queued in the transaction of what they tell, written in the reader's language, sent by a job.
//!
//! A row never holds a secret. The proof that a letter carries is made when the letter leaves, so a copy of the database
//! opens no account. What a stranger asks for (a forgotten password) is queued whether or not there is such an account:
//! only the job looks, and so neither the answer nor its time tells.

mod compose;
mod layout;
mod letter;
mod outbox;
mod post;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use compose::{Composed, compose};
pub use letter::Letter;
pub use outbox::{Mail, MailState, page};
pub(crate) use outbox::{Order, bounced, find, order, queued_again, settle};
pub(crate) use post::{Post, PostError};
