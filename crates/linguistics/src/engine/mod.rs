//! Other engines: external processes or services that annotate our tokens, and the vote between engines.
//!
//! An engine takes a JSON object and answers with one (`engines/README.md`): a process a line on its standard input
//! and output, a service over HTTP. It never sees offsets: the request holds sentences as lists of tokens, the answer is
//! CoNLL-U with the same tokens.

mod conversation;
mod panel;
mod process;
mod vote;

pub use conversation::{Description, Engine, EngineError, LONGEST_ANSWER, Transport};
pub use panel::{ConsultError, Member, consult};
pub use process::Process;
pub use vote::{Opinion, vote};
