//! The demo library: two tales of our own, in the public catalogue.

use anyhow::Context;
use library::Library;
use library::accounts::{self, NewUser, Role, User};
use library::books::{self, Upload};
use library::randomness::Randomness;

/// Whose books the demo library's are. Nobody can sign in with it: its password is made up and forgotten.
const KEEPER: &str = "demo-library@example.com";

/// Puts the tales into the catalogue unless they are there; workers do the rest.
pub(crate) async fn put_into_catalogue(library: &Library) -> anyhow::Result<()> {
    let keeper = keeper(library).await.context("the demo library has no keeper")?;
    for tale in demo::tales() {
        let epub = tale
            .epub()
            .with_context(|| format!("the demo tale {} cannot be made", tale.slug()))?;
        let upload = Upload::from_bytes(library, Some(&format!("{}.epub", tale.slug())), &epub).await?;
        let added = books::add(library, keeper.id, upload).await?;
        books::publish(library, added.book.id, true).await?;
    }
    Ok(())
}

async fn keeper(library: &Library) -> anyhow::Result<User> {
    if let Some(keeper) = accounts::find(library, KEEPER).await? {
        return Ok(keeper);
    }
    let password = hex::encode(Randomness::system().bytes::<32>());
    let new = NewUser {
        email: KEEPER.to_owned(),
        password,
        full_name: "BookReader AI".to_owned(),
        language: library::accounts::Language::default(),
    };
    Ok(accounts::create(library, new, Role::Reader).await?)
}
