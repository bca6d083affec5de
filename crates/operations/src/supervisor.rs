//! Changing versions without losing a request.
//!
//! The supervisor owns the listening socket and passes it to each generation of the service. A new generation starts closed;
//! when it is ready it is opened, the change is written down, and the old one is closed but kept warm, so that going back is a
//! matter of milliseconds. What was decided stands in one file that is replaced whole ([`Store`]): whatever is killed, and at
//! whichever [`Step`], the service ends up wholly on the old version or wholly on the new one. Generations outlive their
//! supervisor, and the next one adopts them.

mod bake;
mod control;
mod deploy;
mod event;
mod health;
mod launch;
mod lock;
mod logs;
mod orders;
mod process;
mod recover;
mod release;
mod retire;
mod rollback;
mod run;
mod state;
mod step;

pub use event::{Ending, Event};
pub use lock::{Lock, LockError};
pub use logs::log_file;
pub use orders::{DeployOrder, Live, OrderError, Orders, Overview, Process, Role, RollbackOrder};
pub(crate) use release::digest_of;
pub use release::{Release, ReleaseError};
pub use run::{Folders, Options, run};
pub use state::{Generation, State, Store};
pub use step::Step;
