//! AUTOMATIC1111 and Forge: `/sdapi/v1/txt2img`.

use async_trait::async_trait;
use serde_json::json;

use super::{
    Picture, Provider, ProviderError,
    egress::{Ask, Egress},
    service::{Service, short_seed, words},
    settings::Automatic1111Settings,
};
use crate::brief::Brief;

pub(super) struct Automatic1111 {
    service: Service,
    settings: Automatic1111Settings,
}

impl Automatic1111 {
    pub(super) fn new(name: &str, settings: Automatic1111Settings, egress: Egress) -> Self {
        let service = Service::new(name, &settings.address, &settings.service, egress);
        Self { service, settings }
    }
}

#[async_trait]
impl Provider for Automatic1111 {
    fn name(&self) -> &str {
        &self.service.name
    }

    async fn probe(&self) -> Result<(), ProviderError> {
        let url = self
            .service
            .below(&self.settings.address, &["sdapi", "v1", "sd-models"])?;
        let models = self.service.send_json(Ask::get(url)).await?;
        match models.as_array() {
            Some(models) if !models.is_empty() => Ok(()),
            _ => Err(self.service.misconfigured("the server has no model loaded")),
        }
    }

    async fn illustrate(&self, brief: &Brief) -> Result<Picture, ProviderError> {
        let url = self
            .service
            .below(&self.settings.address, &["sdapi", "v1", "txt2img"])?;
        let even = |side: u32| (side / 8).max(8) * 8;
        let mut body = json!({
            "prompt": words(brief),
            "negative_prompt": brief.negative,
            "seed": short_seed(brief),
            "width": even(brief.width),
            "height": even(brief.height),
            "steps": self.settings.steps,
            "cfg_scale": self.settings.guidance,
            "batch_size": 1,
            "n_iter": 1,
            "save_images": false,
        });
        if let Some(sampler) = &self.settings.sampler {
            body["sampler_name"] = json!(sampler);
        }
        let answer = self.service.send_json(Ask::post(url, &body)).await?;
        let text = answer["images"][0].as_str();
        let text = text.ok_or_else(|| self.service.not_the_picture("no picture in the answer"))?;
        self.service.picture_from_base64(text, brief, true)
    }
}
