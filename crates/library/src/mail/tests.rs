//! Letters leave once there is a server that takes them, on both engines, through a real SMTP server (aiosmtpd).

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Stdio};

use chrono::TimeDelta;

use crate::accounts::{self, Language, NewUser};
use crate::configuration::{LibraryConfig, MailConfig, MailTransport, SmtpSecurity};
use crate::jobs::{self, JobKind, JobQuery, JobState, worker};
use crate::mail::{self, MailState};
use crate::test_world::{World, with_settings};

/// Takes letters and prints them; the first one is asked to come later, `refused@` is refused for good.
const SERVER: &str = r#"
import sys
from aiosmtpd.controller import Controller

class Handler:
    busy = True
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refused@"):
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"
    async def handle_DATA(self, server, session, envelope):
        if Handler.busy:
            Handler.busy = False
            return "451 4.3.0 later"
        sys.stdout.write(envelope.content.decode() + "\n==END==\n")
        sys.stdout.flush()
        return "250 OK"

import socket
with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]
controller = Controller(Handler(), hostname="127.0.0.1", port=port)
controller.start()
print(port, flush=True)
sys.stdin.read()
"#;

/// A mail server of this test's own; it ends with the test.
struct MailServer {
    process: Child,
    port: u16,
    output: BufReader<std::process::ChildStdout>,
}

impl MailServer {
    /// `None`, loudly, where aiosmtpd is not installed; a failure where `CI` is `true`. The test command names a Python that
    /// has it in `BOOKREADER_TEST_SMTP_PYTHON`.
    fn start() -> Option<Self> {
        let python = std::env::var_os("BOOKREADER_TEST_SMTP_PYTHON").unwrap_or_else(|| "python3".into());
        let mut process = Command::new(python)
            .args(["-c", SERVER])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .ok()?;
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        let Ok(port) = line.trim().parse() else {
            let mut why = String::new();
            process.stderr.take().unwrap().read_to_string(&mut why).unwrap();
            assert!(
                std::env::var("CI").as_deref() != Ok("true"),
                "aiosmtpd must be installed: {why}"
            );
            eprintln!("SKIPPED: aiosmtpd is not installed");
            return None;
        };
        Some(Self {
            process,
            port,
            output,
        })
    }

    fn settings(&self) -> LibraryConfig {
        LibraryConfig {
            public_url: "https://books.example".into(),
            mail: MailConfig {
                from: "BookReader AI <noreply@books.example>".into(),
                transport: MailTransport::Smtp {
                    host: "127.0.0.1".into(),
                    port: self.port,
                    security: SmtpSecurity::None,
                    username: None,
                    password: None,
                },
            },
            ..Default::default()
        }
    }

    /// The next letter that was taken.
    fn next(&mut self) -> String {
        let mut letter = String::new();
        loop {
            let mut line = String::new();
            assert_ne!(
                self.output.read_line(&mut line).unwrap(),
                0,
                "the server ended: {letter}"
            );
            if line.trim() == "==END==" {
                return letter;
            }
            letter.push_str(&line);
        }
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

async fn register(world: &World, address: &str, language: Language) {
    let new = NewUser {
        email: address.into(),
        password: "мороз и солнце".into(),
        full_name: "Анна".into(),
        language,
    };
    accounts::register(&world.library, new).await.unwrap();
}

async fn job(world: &World) -> jobs::Job {
    let query = JobQuery {
        kind: Some(JobKind::Mail),
        ..Default::default()
    };
    jobs::list(&world.library, &query).await.unwrap().remove(0)
}

#[tokio::test]
async fn a_letter_is_taken_by_a_real_server_after_it_was_asked_to_come_later() {
    for language in [Language::Russian, Language::English] {
        let Some(server) = MailServer::start() else { return };
        let server = std::sync::Mutex::new(server);
        let settings = server.lock().unwrap().settings();
        let first_run = std::sync::atomic::AtomicBool::new(true);
        with_settings(settings, async |world| {
            register(&world, "anna@example.org", language).await;
            worker::drain(&world.library).await.unwrap();
            if first_run.swap(false, std::sync::atomic::Ordering::Relaxed) {
                let waiting = job(&world).await;
                assert_eq!((waiting.state, waiting.failures), (JobState::Queued, 0));
                assert!(waiting.error.unwrap().detail.contains("4.3.0"));
                world.advance(TimeDelta::seconds(31));
                worker::drain(&world.library).await.unwrap();
            }
            assert_eq!(job(&world).await.state, JobState::Done);
            let letter = server.lock().unwrap().next();
            let mails = mail::page(&world.library, 1, 10).await.unwrap().items;
            assert_eq!(mails[0].state, MailState::Sent.name());
            for header in [
                "From: \"BookReader AI\" <noreply@books.example>".to_owned(),
                "To: anna@example.org".to_owned(),
                format!("Message-ID: <{}@books.example>", mails[0].id),
                "Auto-Submitted: auto-generated".to_owned(),
                "Content-Type: multipart/alternative".to_owned(),
                "Content-Type: text/plain".to_owned(),
                "Content-Type: text/html".to_owned(),
            ] {
                assert!(letter.contains(&header), "{header} is not in {letter}");
            }
        })
        .await;
    }
}

#[tokio::test]
async fn a_refused_letter_is_a_bounce_that_an_operator_sees() {
    let Some(server) = MailServer::start() else { return };
    with_settings(server.settings(), async |world| {
        register(&world, "refused@example.org", Language::English).await;
        worker::drain(&world.library).await.unwrap();
        let bounced = job(&world).await;
        assert_eq!(bounced.state, JobState::Failed);
        assert!(bounced.error.unwrap().detail.contains("5.1.1"));
        assert_eq!(
            mail::page(&world.library, 1, 10).await.unwrap().items[0].state,
            MailState::Bounced.name()
        );
        jobs::retry(&world.library, bounced.id).await.unwrap();
        assert_eq!(
            mail::page(&world.library, 1, 10).await.unwrap().items[0].state,
            MailState::Queued.name()
        );
    })
    .await;
}

#[tokio::test]
async fn a_server_that_is_away_is_waited_for_two_days() {
    let closed = {
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
        listener.local_addr().unwrap().port()
    };
    let mut settings = LibraryConfig::default();
    settings.mail.transport = MailTransport::Smtp {
        host: "127.0.0.1".into(),
        port: closed,
        security: SmtpSecurity::None,
        username: None,
        password: None,
    };
    with_settings(settings, async |world| {
        register(&world, "anna@example.org", Language::Russian).await;
        for hours in [0, 1, 46] {
            world.advance(TimeDelta::hours(hours));
            worker::drain(&world.library).await.unwrap();
            assert_eq!(job(&world).await.state, JobState::Queued, "{hours}");
        }
        world.advance(TimeDelta::hours(2));
        worker::drain(&world.library).await.unwrap();
        assert_eq!(job(&world).await.state, JobState::Failed);
    })
    .await;
}

#[tokio::test]
async fn no_row_holds_a_secret_and_a_synthetic_account_gets_no_letter() {
    crate::test_world::on_each_engine(async |world| {
        register(&world, "smoke-test@example.com", Language::Russian).await;
        worker::drain(&world.library).await.unwrap();
        assert_eq!(mail::page(&world.library, 1, 10).await.unwrap().items, []);
        register(&world, "anna@example.org", Language::Russian).await;
        worker::drain(&world.library).await.unwrap();
        let id = mail::page(&world.library, 1, 10).await.unwrap().items[0].id;
        let row = mail::find(&world.library, id).await.unwrap().unwrap();
        assert_eq!(row.letter, serde_json::json!({"kind": "confirm_address"}));
        let file = world.config.data_dir.join(format!("mail/{id}.eml"));
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(
            std::fs::metadata(file).unwrap().permissions().mode() & 0o777,
            0o600
        );
    })
    .await;
}
