//! Plans: what a reader may have, what they have, and the one place where the two are held against each other.
//!
//! A limit is checked in the transaction of the act that it limits, behind the lock of the reader's row: however many
//! requests come at once, none passes it. A reader who is above a limit, because their plan ended, loses nothing: they
//! add nothing more until they are below it again.

mod allowance;
mod budget;
pub(crate) mod charges;
mod counts;
mod grant;
mod standing;
#[cfg(test)]
mod tests;

pub use allowance::{Allowance, Plan, PlansConfig, UnknownPlan};
pub use budget::{BudgetSpent, Spending, spending};
pub(crate) use counts::{NoRoom, room_for_book, take_pictures};
pub use counts::{Period, Spent};
pub use grant::{Adjustment, Reason, adjust, grant, revoke};
pub(crate) use standing::allowance;
pub use standing::{Standing, Use, standing};
