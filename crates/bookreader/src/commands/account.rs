//! An account that a command names by its address.

use anyhow::Context;
use library::ids::UserId;
use library::{Library, accounts};

/// The account with this address.
pub(super) async fn find(library: &Library, email: &str) -> anyhow::Result<UserId> {
    let user = accounts::find(library, email)
        .await?
        .with_context(|| format!("nobody has the address {email}"))?;
    Ok(user.id)
}
