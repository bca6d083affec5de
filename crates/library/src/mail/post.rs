//! Handing letters over: to an SMTP server (RFC 5321), or to a folder on a machine that has none.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use lettre::transport::smtp;
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use uuid::Uuid;

use crate::configuration::{MailTransport, SmtpSecurity};
use crate::storage::StorageError;

/// How long one command of the server may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where letters are handed over.
#[derive(Clone)]
pub(crate) enum Post {
    Folder(PathBuf),
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
}

/// Why a letter was not taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PostError {
    /// It will never be.
    #[error("refused for good: {0}")]
    Refused(String),
    /// It may be, later.
    #[error("not taken now: {0}")]
    Later(String),
    /// The folder cannot be written.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl Post {
    /// Connects to nothing yet.
    pub(crate) fn open(transport: &MailTransport, data_dir: &Path) -> Result<Self, smtp::Error> {
        let (host, port, security, username, password) = match transport {
            MailTransport::Files { path } => {
                return Ok(Self::Folder(
                    path.clone().unwrap_or_else(|| data_dir.join("mail")),
                ));
            }
            MailTransport::Smtp {
                host,
                port,
                security,
                username,
                password,
            } => (host, port, security, username, password),
        };
        let builder = match security {
            SmtpSecurity::Tls => AsyncSmtpTransport::<Tokio1Executor>::relay(host)?,
            SmtpSecurity::Starttls => AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(host)?,
            SmtpSecurity::None => AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host),
        };
        let mut builder = builder.port(*port).timeout(Some(PATIENCE));
        if let (Some(username), Some(password)) = (username, password) {
            builder = builder.credentials(Credentials::new(username.clone(), password.0.clone()));
        }
        Ok(Self::Smtp(builder.build()))
    }

    /// Hands a letter over.
    pub(crate) async fn send(&self, id: Uuid, message: Message) -> Result<(), PostError> {
        match self {
            Self::Folder(folder) => {
                let folder = folder.clone();
                let written = tokio::task::spawn_blocking(move || keep(&folder, id, &message.formatted()));
                Ok(written
                    .await
                    .map_err(StorageError::from)?
                    .map_err(StorageError::from)?)
            }
            Self::Smtp(transport) => match transport.send(message).await {
                Ok(_) => Ok(()),
                Err(error) if error.is_permanent() => Err(PostError::Refused(says(&error))),
                Err(error) => Err(PostError::Later(says(&error))),
            },
        }
    }
}

/// The error with what is beneath it.
fn says(error: &smtp::Error) -> String {
    let mut says = error.to_string();
    let mut beneath = std::error::Error::source(error);
    while let Some(cause) = beneath {
        says.push_str(&format!(": {cause}"));
        beneath = cause.source();
    }
    says
}

/// A file appears whole or not at all, and is for its owner's eyes: it holds proofs.
fn keep(folder: &Path, id: Uuid, letter: &[u8]) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(letter)?;
    file.as_file().sync_all()?;
    file.persist(folder.join(format!("{id}.eml")))?;
    Ok(())
}
