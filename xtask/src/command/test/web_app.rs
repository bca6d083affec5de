//! The web side: packages, types, lints, unit tests, build, browser tests.

use anyhow::Result;

use crate::machine::program;
use crate::service::bookreader::{ADMINISTRATOR, Bookreader, READER};
use crate::steps::{self, LeftOut};
use crate::{process, web, workspace};

/// What the lock file names; anew on a CI machine, else when the lock file has changed.
pub(super) fn packages() -> Result<LeftOut> {
    if steps::continuous_integration() {
        process::run(web::npm().args(["ci", "--no-audit", "--no-fund"]))?;
    } else {
        web::install_packages()?;
    }
    Ok(Vec::new())
}

/// Types of TypeScript and Svelte.
pub(super) fn check() -> Result<LeftOut> {
    web::script("check").map(|()| Vec::new())
}

/// Lints and formatting.
pub(super) fn lint() -> Result<LeftOut> {
    web::script("lint")?;
    web::script("format:check").map(|()| Vec::new())
}

/// Tests without a browser.
pub(super) fn unit() -> Result<LeftOut> {
    web::script("test").map(|()| Vec::new())
}

/// The bundle that the server embeds.
pub(super) fn build() -> Result<LeftOut> {
    web::build().map(|()| Vec::new())
}

/// Tests in Chromium, against the real server with the demo library.
pub(super) fn browser() -> Result<LeftOut> {
    if program::find("chromium").is_none() {
        return Ok(vec![
            "browser tests: Chromium is not installed (Debian package `chromium`)".to_owned(),
        ]);
    }
    let server = Bookreader::start(&workspace::binary("debug"))?;
    process::run(
        web::npm()
            .args(["run", "--silent", "e2e"])
            .env("BASE_URL", server.url())
            .env("E2E_EMAIL", READER)
            .env("E2E_PASSWORD", server.password())
            .env("E2E_ADMINISTRATOR", ADMINISTRATOR)
            .env("E2E_LETTERS", server.letters()),
    )?;
    Ok(Vec::new())
}
