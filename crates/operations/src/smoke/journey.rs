//! The journeys, one file each, and what they hand to one another.

mod books;
mod health;
mod login;
mod profile;
mod register;
mod remove;

use super::account::Account;
use crate::exchange::Exchange;
pub(super) use crate::exchange::Trouble;

/// One critical journey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Journey {
    Health,
    Register,
    Login,
    Profile,
    Books,
    Remove,
}

impl Journey {
    /// The journeys to walk with `account`, in order.
    pub(super) fn of(account: &Account) -> impl Iterator<Item = Self> + use<> {
        let tidy = account.throw_away.then_some(Self::Remove);
        [
            Self::Health,
            Self::Register,
            Self::Login,
            Self::Profile,
            Self::Books,
        ]
        .into_iter()
        .chain(tidy)
    }

    /// A name for programs.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Health => "health",
            Self::Register => "register",
            Self::Login => "login",
            Self::Profile => "profile",
            Self::Books => "books",
            Self::Remove => "remove",
        }
    }

    /// The checklist's title.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Health => "Health check",
            Self::Register => "User registration",
            Self::Login => "User login",
            Self::Profile => "Get user profile",
            Self::Books => "List books",
            Self::Remove => "Remove test account",
        }
    }

    /// Walks it; gives evidence in words.
    pub(super) async fn walk(self, visit: &mut Visit<'_>) -> Result<String, Trouble> {
        match self {
            Self::Health => health::walk(visit).await,
            Self::Register => register::walk(visit).await,
            Self::Login => login::walk(visit).await,
            Self::Profile => profile::walk(visit).await,
            Self::Books => books::walk(visit).await,
            Self::Remove => remove::walk(visit).await,
        }
    }
}

/// What later journeys know from earlier ones.
pub(super) struct Visit<'a> {
    exchange: Exchange<'a>,
    account: Account,
    user: Option<uuid::Uuid>,
    token: Option<String>,
}

impl<'a> Visit<'a> {
    pub(super) fn new(exchange: Exchange<'a>, account: Account) -> Self {
        Self {
            exchange,
            account,
            user: None,
            token: None,
        }
    }
}
