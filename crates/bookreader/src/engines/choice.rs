//! Which engine a command line asks for: one of the configuration, a service's address, or a program.

use std::str::FromStr;

use anyhow::{Context, bail};
use linguistics::engine::Member;

use super::{EngineSettings, LanguageEngines};

/// `NAME`, `http://...` or `"PROGRAM ARGUMENT..."`, each with `=WEIGHT` or without.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EngineChoice {
    name: String,
    weight: Option<f32>,
}

impl FromStr for EngineChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, weight) = match text.rsplit_once('=') {
            Some((name, weight)) if !weight.is_empty() && weight.parse::<f32>().is_ok() => {
                (name, weight.parse::<f32>().ok())
            }
            _ => (text, None),
        };
        if name.trim().is_empty() {
            return Err("an engine has a name, an address or a program".to_owned());
        }
        if weight.is_some_and(|weight| !(weight.is_finite() && weight > 0.0)) {
            return Err("a weight is a positive number".to_owned());
        }
        Ok(EngineChoice {
            name: name.trim().to_owned(),
            weight,
        })
    }
}

impl EngineChoice {
    /// Starts or calls the engine.
    pub(crate) fn meet(&self, configured: &LanguageEngines) -> anyhow::Result<Member> {
        let mut settings = self.settings(configured)?;
        settings.weight = self.weight.unwrap_or(settings.weight);
        let engine = settings
            .meet()
            .with_context(|| format!("the engine `{}`", self.name))?;
        Ok(Member {
            name: self.name.clone(),
            weight: settings.weight,
            engine,
        })
    }

    fn settings(&self, configured: &LanguageEngines) -> anyhow::Result<EngineSettings> {
        let name = &self.name;
        if let Some(settings) = configured.get(name) {
            return Ok(settings.clone());
        }
        if name.starts_with("http://") || name.starts_with("https://") {
            return Ok(EngineSettings {
                url: Some(name.parse().with_context(|| format!("`{name}` is no address"))?),
                ..EngineSettings::default()
            });
        }
        if name.contains([' ', '/']) {
            return Ok(EngineSettings {
                command: name.split_whitespace().map(str::to_owned).collect(),
                ..EngineSettings::default()
            });
        }
        let known: Vec<&str> = configured.keys().map(String::as_str).collect();
        if known.is_empty() {
            bail!(
                "no engine `{name}` is configured: give it a table [language_engines.{name}] in bookreader.toml, \
                 or name an address or a program"
            );
        }
        bail!(
            "no engine `{name}` is configured; there are: {}",
            known.join(", ")
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(text: &str) -> (String, Option<f32>) {
        let choice: EngineChoice = text.parse().unwrap();
        (choice.name, choice.weight)
    }

    #[test]
    fn an_engine_may_have_a_weight() {
        assert_eq!(choice("spacy"), ("spacy".into(), None));
        assert_eq!(choice("spacy=1.5"), ("spacy".into(), Some(1.5)));
        assert_eq!(
            choice("python3 adapter.py --mode=fast"),
            ("python3 adapter.py --mode=fast".into(), None)
        );
        for refused in ["", "=2", "spacy=0", "spacy=-1", "spacy=nan"] {
            assert!(refused.parse::<EngineChoice>().is_err(), "{refused}");
        }
    }

    #[test]
    fn an_engine_is_configured_or_reached_by_what_it_is() {
        let spacy = EngineSettings {
            command: vec!["spacy-engine".into()],
            ..EngineSettings::default()
        };
        let configured = LanguageEngines::from([("spacy".to_owned(), spacy.clone())]);
        let settings = |text: &str| text.parse::<EngineChoice>().unwrap().settings(&configured);
        assert_eq!(settings("spacy=2").unwrap(), spacy);
        let service = settings("http://127.0.0.1:9/=2").unwrap();
        assert_eq!(service.url.unwrap().as_str(), "http://127.0.0.1:9/");
        let program = settings("python3 adapter.py spacy ru_core_news_lg").unwrap();
        assert_eq!(program.command.len(), 4);
        let error = settings("stanza").unwrap_err().to_string();
        assert_eq!(error, "no engine `stanza` is configured; there are: spacy");
    }
}
