//! How an engine is reached.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, bail};
use linguistics::engine::{Engine, Process, Transport};
use serde::{Deserialize, Serialize};
use url::Url;

use super::service::Service;

/// Engines by their names.
pub(crate) type LanguageEngines = BTreeMap<String, EngineSettings>;

/// One engine: a program or a service.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct EngineSettings {
    /// The program and its arguments.
    pub(crate) command: Vec<String>,
    /// The service's address.
    pub(crate) url: Option<Url>,
    /// How much its voice counts; the built-in models' counts 1.
    pub(crate) weight: f32,
    /// How long one answer may take.
    pub(crate) timeout_seconds: u64,
}

impl Default for EngineSettings {
    fn default() -> Self {
        EngineSettings {
            command: Vec::new(),
            url: None,
            weight: 1.0,
            timeout_seconds: 60,
        }
    }
}

impl EngineSettings {
    /// Refuses what cannot be reached or weighed.
    pub(crate) fn check(&self) -> anyhow::Result<()> {
        match (&self.command[..], &self.url) {
            ([], None) => bail!("it needs a `command` or a `url`"),
            ([_, ..], Some(_)) => bail!("it has both a `command` and a `url`: which one?"),
            (_, Some(url)) if !matches!(url.scheme(), "http" | "https") => {
                bail!("`{url}` is neither http nor https")
            }
            _ => {}
        }
        if !(self.weight.is_finite() && self.weight > 0.0) {
            bail!("its weight is no positive number");
        }
        if self.timeout_seconds == 0 {
            bail!("it is given no time to answer");
        }
        Ok(())
    }

    /// Starts the program or calls the service, and asks what it is.
    pub(crate) fn meet(&self) -> anyhow::Result<Engine> {
        self.check()?;
        let timeout = Duration::from_secs(self.timeout_seconds);
        let transport: Box<dyn Transport> = match (&self.command[..], &self.url) {
            ([program, arguments @ ..], _) => {
                let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
                let process = Process::start(program, &arguments, timeout);
                Box::new(process.with_context(|| format!("`{program}` cannot be started"))?)
            }
            ([], Some(url)) => Box::new(Service::new(url.clone(), timeout)?),
            ([], None) => bail!("it needs a `command` or a `url`"),
        };
        Ok(Engine::meet(transport)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(settings: EngineSettings) -> String {
        settings.check().unwrap_err().to_string()
    }

    #[test]
    fn an_engine_is_a_program_or_a_service() {
        let program = EngineSettings {
            command: vec!["python3".into(), "adapter.py".into()],
            ..EngineSettings::default()
        };
        program.check().unwrap();
        let service = EngineSettings {
            url: Some("http://127.0.0.1:8765/".parse().unwrap()),
            ..EngineSettings::default()
        };
        service.check().unwrap();
        assert_eq!(
            refusal(EngineSettings::default()),
            "it needs a `command` or a `url`"
        );
        let both = EngineSettings {
            url: service.url.clone(),
            ..program.clone()
        };
        assert!(refusal(both).ends_with("which one?"));
        let strange = EngineSettings {
            url: Some("ftp://example.org/".parse().unwrap()),
            ..EngineSettings::default()
        };
        assert!(refusal(strange).ends_with("neither http nor https"));
        for weight in [0.0, -1.0, f32::NAN] {
            let settings = EngineSettings {
                weight,
                ..program.clone()
            };
            assert_eq!(refusal(settings), "its weight is no positive number");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_program_is_asked_what_it_is() {
        let hello = r#"read -r line; echo '{"id":1,"engine":"spacy","model":"tiny","version":"2"}'"#;
        let settings = EngineSettings {
            command: ["sh", "-c", hello].map(str::to_owned).to_vec(),
            ..EngineSettings::default()
        };
        assert_eq!(settings.meet().unwrap().description().model, "tiny");
        let absent = EngineSettings {
            command: vec!["/nonexistent/python".into()],
            ..EngineSettings::default()
        };
        let error = format!("{:#}", absent.meet().err().unwrap());
        assert!(
            error.starts_with("`/nonexistent/python` cannot be started"),
            "{error}"
        );
    }
}
