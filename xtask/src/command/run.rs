//! `cargo xtask run`: from a fresh clone to an open book.

use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::process::Running;
use crate::service::{bookreader, port};
use crate::{secret, workspace};

const PORT: u16 = 8000;

/// Builds, starts the server with the demo library, and stays until Ctrl-C.
pub(crate) fn run(rest: &[String]) -> Result<()> {
    super::no_arguments("run", rest)?;
    if port::is_taken(PORT) {
        bail!("port {PORT} is taken: end the program that listens on it, then try again");
    }
    super::build::everything()?;

    let binary = workspace::binary("release");
    let data = workspace::private().join("data");
    let password = sign_in(&binary, &data)?;
    let mut command = Command::new(&binary);
    command
        .args([
            "serve",
            "--demo",
            "--listen",
            &format!("127.0.0.1:{PORT}"),
            "--data-dir",
        ])
        .arg(&data);
    let mut server = Running::start("bookreader", &mut command)?;
    port::wait_until("bookreader", &mut server, Duration::from_secs(60), || {
        bookreader::is_healthy(PORT)
    })?;

    println!("\n  BookReader AI   http://localhost:{PORT}");
    println!("  e-mail          {}", bookreader::READER);
    println!("  password        {password}");
    println!("  data            {}", data.display());
    println!("  stop            Ctrl-C\n");
    let status = server.wait()?;
    if !status.success() {
        bail!("bookreader ended: {status}");
    }
    Ok(())
}

/// The demo account's password: made once, kept beside its data, readable by this user only.
fn sign_in(binary: &Path, data: &Path) -> Result<String> {
    let file = workspace::private().join("demo-password");
    if data.is_dir()
        && let Ok(password) = std::fs::read_to_string(&file)
    {
        return Ok(password);
    }
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(workspace::private())?;
    let password = secret::random()?;
    bookreader::create_reader(binary, data, &password)?;
    let mut out = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&file)?;
    std::io::Write::write_all(&mut out, password.as_bytes())
        .with_context(|| format!("cannot write {}", file.display()))?;
    Ok(password)
}
