//! Language models behind OpenAI's `/v1/chat/completions`: Ollama, vLLM, Gemini and others.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use thiserror::Error;
use url::Url;

use super::{Egress, ProviderError, Secret, ServiceSettings, egress::Ask, service::Service};

/// Settings of a language model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChatSettings {
    /// Up to and with `/v1`.
    pub address: Url,
    /// Model name.
    pub model: String,
    /// API key.
    #[serde(default)]
    pub key: Option<Secret>,
    /// Trust and limits.
    #[serde(default)]
    pub service: ServiceSettings,
}

/// Why a language model gave no answer. Carries nothing of the request: errors are logged.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ChatError {
    /// It was not reached, or refused.
    #[error(transparent)]
    Provider(#[from] ProviderError),
    /// It answered with something else.
    #[error("the language model's answer is not JSON")]
    NotJson,
}

/// A language model that can be asked.
pub struct Chat {
    service: Service,
    settings: ChatSettings,
}

impl Chat {
    /// Asks nothing yet.
    pub fn new(settings: ChatSettings, egress: Egress) -> Self {
        let service = Service::new("the language model", &settings.address, &settings.service, egress);
        Self { service, settings }
    }

    /// The model's name.
    pub fn model(&self) -> &str {
        &self.settings.model
    }

    /// Sends a chat completion request once and returns the answer.
    ///
    /// # Errors
    /// When there is no answer of JSON within the time and size that the settings allow.
    pub async fn complete(&self, request: &Value) -> Result<Value, ChatError> {
        let url = self
            .service
            .below(&self.settings.address, &["chat", "completions"])?;
        let key = self.settings.key.as_ref().map(Secret::reveal);
        let answer = self.service.send(Ask::post(url, request).bearer(key)).await?;
        serde_json::from_slice(&answer).map_err(|_| ChatError::NotJson)
    }
}
