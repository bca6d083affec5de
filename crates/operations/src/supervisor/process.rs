//! A generation's process: begun here, or adopted from a supervisor that died.

use std::ffi::OsString;
use std::io;
use std::net::TcpListener;
use std::os::fd::{AsFd as _, OwnedFd};
use std::path::Path;
use std::process::Stdio;

use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};
use tokio::io::unix::AsyncFd;
use tokio::sync::watch;

use crate::generation::{self, NoAnswer, Place};

/// A process that lives, or did a moment ago.
#[derive(Debug, Clone)]
pub(super) struct Running {
    pub(super) client: generation::Client,
    pub(super) pid: u32,
    handle: std::sync::Arc<OwnedFd>,
    ended: watch::Receiver<bool>,
}

/// Why there is no process.
#[derive(Debug, thiserror::Error)]
pub(super) enum ProcessError {
    #[error("the program cannot be started")]
    Start(#[source] io::Error),
    #[error("the process cannot be watched")]
    Watch(#[from] rustix::io::Errno),
    #[error(transparent)]
    Client(#[from] NoAnswer),
}

impl Running {
    /// Starts `program` with the listening socket as its standard input and its log going to a file of its own.
    pub(super) fn start(
        program: &Path,
        arguments: &[OsString],
        place: &Place,
        listener: &TcpListener,
        log: &Path,
    ) -> Result<Self, ProcessError> {
        let client = generation::Client::new(place)?;
        let socket = OwnedFd::from(listener.try_clone().map_err(ProcessError::Start)?);
        let log = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(log)
            .map_err(ProcessError::Start)?;
        let mut child = tokio::process::Command::new(program)
            .args(arguments)
            .stdin(Stdio::from(socket))
            .stdout(Stdio::from(log.try_clone().map_err(ProcessError::Start)?))
            .stderr(Stdio::from(log))
            // A Ctrl-C at the terminal is for the supervisor, which then stops its generations in order.
            .process_group(0)
            .spawn()
            .map_err(ProcessError::Start)?;
        let pid = child.id().ok_or(rustix::io::Errno::SRCH)?;
        let handle = open(pid)?;
        let (end, ended) = watch::channel(false);
        tokio::spawn(async move {
            match child.wait().await {
                Ok(status) => tracing::info!(pid, %status, "a generation ended"),
                Err(error) => tracing::error!(pid, %error, "a generation cannot be waited for"),
            }
            end.send_replace(true);
        });
        Ok(Self {
            client,
            pid,
            handle: handle.into(),
            ended,
        })
    }

    /// Finds a process that another supervisor started; none when nobody answers there.
    pub(super) async fn adopt(place: &Place) -> Option<Self> {
        let client = generation::Client::new(place).ok()?;
        let pid = client.status().await.ok()?.pid;
        let handle = open(pid).ok()?;
        // Asked again, because the number could have been given to another process in between.
        if client.status().await.ok()?.pid != pid {
            return None;
        }
        #[expect(
            deprecated,
            reason = "what follows it is unsafe; this descriptor is owned and open for as long as it is watched"
        )]
        let watched = AsyncFd::new(handle.try_clone().ok()?).ok()?;
        let (end, ended) = watch::channel(false);
        tokio::spawn(async move {
            // The descriptor of a process becomes readable when it ends.
            if let Err(error) = watched.readable().await {
                tracing::error!(pid, %error, "a generation cannot be waited for");
            }
            end.send_replace(true);
        });
        Some(Self {
            client,
            pid,
            handle: handle.into(),
            ended,
        })
    }

    pub(super) fn has_ended(&self) -> bool {
        *self.ended.borrow()
    }

    pub(super) async fn end(&self) {
        let mut ended = self.ended.clone();
        // Without its sender nobody waits for the process any more.
        let _ = ended.wait_for(|ended| *ended).await;
    }

    /// `kill -9`; the handle is that of the process and of no other with its number.
    pub(super) fn kill(&self) {
        if let Err(error) = pidfd_send_signal(self.handle.as_fd(), Signal::KILL) {
            tracing::debug!(pid = self.pid, %error, "not killed");
        }
    }
}

fn open(pid: u32) -> rustix::io::Result<OwnedFd> {
    let pid = i32::try_from(pid)
        .ok()
        .and_then(Pid::from_raw)
        .ok_or(rustix::io::Errno::SRCH)?;
    pidfd_open(pid, PidfdFlags::empty())
}
