//! pollinations.ai: the picture is the answer to a GET whose path holds the prompt.

use async_trait::async_trait;

use super::{
    Picture, Provider, ProviderError,
    egress::{Ask, Egress},
    service::{Service, short_seed, words},
    settings::PollinationsSettings,
};
use crate::brief::Brief;

/// Prompts are cut here: longer addresses are refused by servers on the way.
const LONGEST_PROMPT: usize = 1_200;

pub(super) struct Pollinations {
    service: Service,
    settings: PollinationsSettings,
}

impl Pollinations {
    pub(super) fn new(name: &str, settings: PollinationsSettings, egress: Egress) -> Self {
        let service = Service::new(name, &settings.address, &settings.service, egress);
        Self { service, settings }
    }

    fn key(&self) -> Option<&str> {
        self.settings.key.as_ref().map(super::settings::Secret::reveal)
    }
}

#[async_trait]
impl Provider for Pollinations {
    fn name(&self) -> &str {
        &self.service.name
    }

    async fn probe(&self) -> Result<(), ProviderError> {
        let ask = Ask::get(self.settings.models_address.clone()).bearer(self.key());
        self.service.send_json(ask).await.map(drop)
    }

    async fn illustrate(&self, brief: &Brief) -> Result<Picture, ProviderError> {
        let prompt: String = words(brief).chars().take(LONGEST_PROMPT).collect();
        let mut url = self.service.below(&self.settings.address, &[&prompt])?;
        url.query_pairs_mut()
            .append_pair("model", &self.settings.model)
            .append_pair("width", &brief.width.to_string())
            .append_pair("height", &brief.height.to_string())
            .append_pair("seed", &short_seed(brief).to_string())
            .append_pair("negative_prompt", &brief.negative)
            .append_pair("nologo", "true")
            .append_pair("private", "true")
            .append_pair("safe", "true");
        let bytes = self.service.send(Ask::get(url).bearer(self.key())).await?;
        self.service.picture(bytes, brief, true)
    }
}
