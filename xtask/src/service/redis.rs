//! A private Redis made from the installed program.

use std::io::Write as _;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, Result};

use crate::machine::{program, user};
use crate::process::Running;
use crate::secret;
use crate::service::folder::TemporaryFolder;
use crate::service::port;

/// A running Redis that keeps nothing on disk.
pub(crate) struct Redis {
    // Fields are dropped in this order: the server before its folder.
    _server: Running,
    _folder: TemporaryFolder,
    url: String,
}

impl Redis {
    /// Starts it; `None` when `redis-server` is not installed.
    pub(crate) fn start() -> Result<Option<Self>> {
        let Some(program) = program::find("redis-server") else {
            return Ok(None);
        };
        let folder = TemporaryFolder::new("redis")?;
        user::give(folder.path())?;
        let port = port::free()?;
        let password = secret::random()?;

        // The settings go through standard input, so that `ps` does not show the password.
        let mut command = user::command(&program)?;
        command.arg("-").current_dir(folder.path());
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut server = Running::start("redis-server", &mut command)?;
        let mut stdin = server
            .take_stdin()
            .context("redis-server has no standard input")?;
        write!(
            stdin,
            "bind 127.0.0.1\nport {port}\nrequirepass {password}\nsave \"\"\nappendonly no\n"
        )?;
        drop(stdin);

        port::wait_until("redis-server", &mut server, Duration::from_secs(20), || {
            port::is_taken(port)
        })?;
        let url = format!("redis://:{password}@127.0.0.1:{port}");
        Ok(Some(Self {
            _server: server,
            _folder: folder,
            url,
        }))
    }

    /// Its address, with the password.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;
    use std::net::TcpStream;

    use super::*;

    #[test]
    fn a_private_server_answers_its_owner_and_leaves_nothing_behind() {
        let Some(server) = Redis::start().unwrap() else {
            eprintln!("skipped: redis-server is not installed");
            return;
        };
        let (password, address) = server
            .url()
            .trim_start_matches("redis://:")
            .split_once('@')
            .unwrap();
        let mut stream = TcpStream::connect(address).unwrap();
        write!(stream, "PING\r\nAUTH {password}\r\nPING\r\nQUIT\r\n").unwrap();
        let mut answers = String::new();
        stream.read_to_string(&mut answers).unwrap();
        let answers: Vec<&str> = answers.lines().collect();
        assert_eq!(
            answers,
            ["-NOAUTH Authentication required.", "+OK", "+PONG", "+OK"]
        );

        let folder = server._folder.path().to_owned();
        drop(server);
        assert!(!folder.exists());
    }
}
