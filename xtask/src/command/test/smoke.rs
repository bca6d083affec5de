//! Smoke scripts against the real server: ours, and the deployment checklist's own, word for word.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::machine::program;
use crate::service::bookreader::Bookreader;
use crate::service::folder::TemporaryFolder;
use crate::steps::LeftOut;
use crate::{checklist, process, workspace};

/// Each script passes, and passes again at once: a smoke test may not depend on its first run.
pub(super) fn scripts() -> Result<LeftOut> {
    let binary = workspace::binary("debug");
    let server = Bookreader::start(&binary)?;
    for _ in 0..2 {
        let ours = workspace::root().join("scripts/smoke-tests.sh");
        process::run(Command::new(ours).arg(server.url()).env("BOOKREADER", &binary))?;
    }
    let Some(corpus) = crate::command::corpus() else {
        println!("  BOOKREADER_CORPUS is not set: the checklist's own script is not at hand");
        return Ok(Vec::new());
    };
    if program::find("jq").is_none() || program::find("curl").is_none() {
        return Ok(vec![
            "the checklist's own smoke script: it needs curl and jq".to_owned(),
        ]);
    }
    verbatim(&corpus, server.url()).map(|()| Vec::new())
}

fn verbatim(corpus: &Path, url: &str) -> Result<()> {
    let folder = TemporaryFolder::new("smoke")?;
    let script = folder.path().join("smoke-tests-of-the-checklist.sh");
    std::fs::write(&script, checklist::smoke_script(corpus)?)?;
    for _ in 0..2 {
        process::run(Command::new("bash").arg(&script).arg(url))?;
    }
    Ok(())
}
