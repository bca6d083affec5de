//! The product itself, with its demo library, for the end-to-end and browser tests.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::process::Running;
use crate::secret;
use crate::service::folder::TemporaryFolder;
use crate::service::port;

/// The account that [`create_reader`] makes.
pub(crate) const READER: &str = "reader@example.com";
/// The account that looks after the service under test; its password is the reader's.
pub(crate) const ADMINISTRATOR: &str = "administrator@example.com";

/// A running server in a temporary data folder.
pub(crate) struct Bookreader {
    // Fields are dropped in this order: the server before its folder.
    _server: Running,
    folder: TemporaryFolder,
    url: String,
    password: String,
}

impl Bookreader {
    /// Starts `binary` with an empty data folder, the demo library, a reader and an administrator.
    pub(crate) fn start(binary: &Path) -> Result<Self> {
        let folder = TemporaryFolder::new("demo")?;
        let data = folder.path().join("data");
        let password = secret::random()?;
        create_reader(binary, &data, &password)?;
        create_account(binary, &data, ADMINISTRATOR, "administrator", &password)?;

        let port = port::free()?;
        let log = std::fs::File::create(folder.path().join("log"))?;
        let mut command = Command::new(binary);
        command
            .args([
                "serve",
                "--demo",
                "--listen",
                &format!("127.0.0.1:{port}"),
                "--data-dir",
            ])
            .arg(&data);
        command
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .current_dir(folder.path());
        let mut server = Running::start("bookreader", &mut command)?;
        port::wait_until("bookreader", &mut server, Duration::from_secs(60), || {
            is_healthy(port)
        })
        .with_context(|| folder.log_tail())?;
        Ok(Self {
            _server: server,
            folder,
            url: format!("http://127.0.0.1:{port}"),
            password,
        })
    }

    /// Its address without a trailing slash.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Where it leaves its letters, each in a file.
    pub(crate) fn letters(&self) -> PathBuf {
        self.folder.path().join("data").join("mail")
    }

    /// Password of [`READER`] and [`ADMINISTRATOR`].
    pub(crate) fn password(&self) -> &str {
        &self.password
    }
}

/// Creates the account [`READER`] in `data`, which may be empty.
pub(crate) fn create_reader(binary: &Path, data: &Path, password: &str) -> Result<()> {
    create_account(binary, data, READER, "reader", password)
}

fn create_account(binary: &Path, data: &Path, email: &str, role: &str, password: &str) -> Result<()> {
    let mut command = Command::new(binary);
    command.args([
        "user",
        "create",
        "--email",
        email,
        "--name",
        "Demo Reader",
        "--role",
        role,
        "--password-stdin",
        "--data-dir",
    ]);
    let mut child = command
        .arg(data)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot start {}", binary.display()))?;
    child
        .stdin
        .take()
        .context("no standard input")?
        .write_all(password.as_bytes())?;
    let status = child.wait()?;
    if !status.success() {
        bail!("`bookreader user create` failed: {status}");
    }
    Ok(())
}

/// Whether `GET /health` on `port` answers 200.
pub(crate) fn is_healthy(port: u16) -> bool {
    health_status(port).is_ok_and(|line| line.starts_with("HTTP/1.1 200"))
}

fn health_status(port: u16) -> Result<String> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    stream.write_all(b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.take(4096).read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}
