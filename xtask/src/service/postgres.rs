//! A private PostgreSQL made from the installed programs.

use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use rustix::process::Signal;

use crate::machine::{program, user};
use crate::process::Running;
use crate::secret;
use crate::service::folder::TemporaryFolder;
use crate::service::port;

/// A running cluster; dropping it ends the server, then removes its files.
pub(crate) struct Postgres {
    // Fields are dropped in this order: the server before its folder.
    _server: Running,
    _folder: TemporaryFolder,
    url: String,
}

impl Postgres {
    /// Makes a cluster and starts it; `None` when PostgreSQL's programs are not installed.
    pub(crate) fn start() -> Result<Option<Self>> {
        let Some(programs) = program::find_postgres() else {
            return Ok(None);
        };
        let folder = TemporaryFolder::new("postgres")?;
        let password = secret::random()?;
        let password_file = folder.path().join("password");
        write_private(&password_file, &password)?;
        user::give(folder.path())?;
        user::give(&password_file)?;

        let data = folder.path().join("data");
        let mut initdb = user::command(&programs.join("initdb"))?;
        initdb.args([
            "--username=bookreader",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--no-locale",
            "--no-sync",
        ]);
        initdb
            .arg("--pwfile")
            .arg(&password_file)
            .arg("--pgdata")
            .arg(&data)
            .current_dir(folder.path());
        let made = initdb.output().context("cannot start initdb")?;
        if !made.status.success() {
            bail!("initdb failed: {}", String::from_utf8_lossy(&made.stderr));
        }

        let port = port::free()?;
        let log = std::fs::File::create(folder.path().join("log"))?;
        let mut command = user::command(&programs.join("postgres"))?;
        command
            .arg("-D")
            .arg(&data)
            .arg("-k")
            .arg(folder.path())
            .current_dir(folder.path());
        for setting in settings(port) {
            command.arg("-c").arg(setting);
        }
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        // SIGINT is PostgreSQL's "fast" shutdown: it does not wait for idle clients.
        let mut server = Running::start("postgres", &mut command)?.ended_by(Signal::INT);
        port::wait_until("postgres", &mut server, Duration::from_secs(60), || {
            is_ready(&data)
        })?;
        let url = format!("postgres://bookreader:{password}@127.0.0.1:{port}/postgres");
        Ok(Some(Self {
            _server: server,
            _folder: folder,
            url,
        }))
    }

    /// Address of the superuser's database, with the password.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

/// Durability is off: nobody will miss this data.
fn settings(port: u16) -> [String; 7] {
    [
        format!("port={port}"),
        "listen_addresses=127.0.0.1".to_owned(),
        "fsync=off".to_owned(),
        "synchronous_commit=off".to_owned(),
        "full_page_writes=off".to_owned(),
        "max_connections=200".to_owned(),
        "log_min_messages=warning".to_owned(),
    ]
}

/// The server writes its state into the last line of `postmaster.pid`; sockets are open long before.
fn is_ready(data: &Path) -> bool {
    std::fs::read_to_string(data.join("postmaster.pid"))
        .is_ok_and(|state| state.lines().last().is_some_and(|line| line.trim() == "ready"))
}

fn write_private(file: &Path, text: &str) -> Result<()> {
    use std::io::Write as _;
    let mut out = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)?;
    out.write_all(text.as_bytes())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn a_private_server_answers_its_owner_and_leaves_nothing_behind() {
        let Some(server) = Postgres::start().unwrap() else {
            eprintln!("skipped: PostgreSQL is not installed");
            return;
        };
        let folder = server._folder.path().to_owned();
        let query = |url: &str| {
            Command::new("psql")
                .args([url, "-Atc", "select 40 + 2"])
                .output()
                .unwrap()
        };
        assert_eq!(query(server.url()).stdout, b"42\n");

        let without_password = server
            .url()
            .replace(server.url().split(['/', '@']).nth(2).unwrap(), "bookreader:wrong");
        assert!(!query(&without_password).status.success());

        let url = server.url().to_owned();
        drop(server);
        assert!(!query(&url).status.success());
        assert!(!folder.exists());
    }
}
