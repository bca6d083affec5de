//! A language model that a command may ask, when the command line names one.

use std::path::PathBuf;

use anyhow::{Context, bail};
use descriptions::llm::LlmError;
use pictures::provider::{Chat, ChatSettings, Egress, Secret, ServiceSettings, system_look_up};
use serde_json::Value;
use url::Url;

/// Largest answer taken.
const LARGEST_ANSWER: u64 = 1 << 20;

#[derive(Debug, clap::Args)]
#[group(skip)]
pub(crate) struct Arguments {
    /// Let a language model mark the descriptions and write the prompts: an OpenAI-compatible address, up to and with /v1.
    #[arg(long, value_name = "URL", requires = "llm_model")]
    llm_url: Option<Url>,
    /// Name of the language model.
    #[arg(long, value_name = "NAME", requires = "llm_url")]
    llm_model: Option<String>,
    /// File that holds the key for the language model, and nothing else.
    #[arg(long, value_name = "FILE", requires = "llm_url")]
    llm_key_file: Option<PathBuf>,
    /// Longest wait for one answer of the language model.
    #[arg(long, value_name = "SECONDS", default_value_t = 120, requires = "llm_url")]
    llm_timeout: u64,
}

/// A language model to ask, one request at a time.
pub(crate) struct LanguageModel {
    chat: Chat,
    runtime: tokio::runtime::Runtime,
}

impl Arguments {
    /// The model named on the command line; none by default.
    pub(crate) fn open(&self) -> anyhow::Result<Option<LanguageModel>> {
        let (Some(address), Some(model)) = (&self.llm_url, &self.llm_model) else {
            return Ok(None);
        };
        let key = self.llm_key_file.as_ref().map(|path| {
            let key = std::fs::read_to_string(path)
                .with_context(|| format!("the key in {} cannot be read", path.display()))?;
            match key.trim() {
                "" => bail!("{} holds no key", path.display()),
                key => Ok(Secret::new(key)),
            }
        });
        let settings = ChatSettings {
            address: address.clone(),
            model: model.clone(),
            key: key.transpose()?,
            // Whoever names an address on the command line may name one of this machine.
            service: ServiceSettings {
                local: true,
                timeout_seconds: self.llm_timeout,
                max_bytes: LARGEST_ANSWER,
                ..ServiceSettings::default()
            },
        };
        let egress = Egress::new(system_look_up()).context("the HTTP client cannot be made")?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .context("the runtime cannot be made")?;
        Ok(Some(LanguageModel {
            chat: Chat::new(settings, egress),
            runtime,
        }))
    }
}

impl LanguageModel {
    /// Its name.
    pub(crate) fn name(&self) -> &str {
        self.chat.model()
    }

    /// The answer to a chat completion request.
    pub(crate) fn post(&self, request: &Value) -> Result<Value, String> {
        let answer = self.runtime.block_on(self.chat.complete(request));
        answer.map_err(|error| error.to_string())
    }
}

/// Says why the built-in extractor stepped in.
pub(crate) fn warn(chapter: usize, error: &LlmError) {
    eprintln!(
        "bookreader: chapter {}: {error}; the built-in extractor steps in",
        chapter + 1
    );
}
