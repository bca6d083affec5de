//! OpenAI and servers that speak its `/v1/images/generations`.

use async_trait::async_trait;
use serde_json::{Value, json};
use url::Url;

use super::{
    Picture, Provider, ProviderError,
    egress::{Ask, Egress},
    service::{Service, words},
    settings::OpenaiSettings,
};
use crate::brief::Brief;

pub(super) struct Openai {
    service: Service,
    settings: OpenaiSettings,
}

impl Openai {
    pub(super) fn new(name: &str, settings: OpenaiSettings, egress: Egress) -> Self {
        let service = Service::new(name, &settings.address, &settings.service, egress);
        Self { service, settings }
    }

    fn key(&self) -> Option<&str> {
        self.settings.key.as_ref().map(super::settings::Secret::reveal)
    }

    /// The offered size nearest in shape.
    fn size(&self, brief: &Brief) -> Result<&str, ProviderError> {
        let asked = brief.width as f32 / brief.height.max(1) as f32;
        let shape = |size: &str| -> Option<f32> {
            let (width, height) = size.split_once('x')?;
            Some(width.parse::<f32>().ok()? / height.parse::<f32>().ok()?)
        };
        let far = |size: &str| shape(size).map_or(f32::MAX, |shape| (shape / asked).ln().abs());
        let nearest = self
            .settings
            .sizes
            .iter()
            .min_by(|a, b| far(a).total_cmp(&far(b)));
        nearest
            .map(String::as_str)
            .ok_or_else(|| self.service.misconfigured("`sizes` is empty"))
    }
}

#[async_trait]
impl Provider for Openai {
    fn name(&self) -> &str {
        &self.service.name
    }

    async fn probe(&self) -> Result<(), ProviderError> {
        let url = self.service.below(&self.settings.address, &["models"])?;
        self.service
            .send_json(Ask::get(url).bearer(self.key()))
            .await
            .map(drop)
    }

    async fn illustrate(&self, brief: &Brief) -> Result<Picture, ProviderError> {
        let url = self
            .service
            .below(&self.settings.address, &["images", "generations"])?;
        let mut body = json!({ "model": self.settings.model, "prompt": words(brief), "n": 1, "size": self.size(brief)? });
        if let Some(format) = &self.settings.response_format {
            body["response_format"] = json!(format);
        }
        let answer = self
            .service
            .send_json(Ask::post(url, &body).bearer(self.key()))
            .await?;
        let first = &answer["data"][0];
        if let Some(text) = first["b64_json"].as_str() {
            return self.service.picture_from_base64(text, brief, false);
        }
        let url = first["url"].as_str().and_then(|url| Url::parse(url).ok());
        let url = url.ok_or_else(|| self.service.not_the_picture(missing(&answer)))?;
        let bytes = self.service.send(Ask::get(url)).await?;
        self.service.picture(bytes, brief, false)
    }
}

fn missing(answer: &Value) -> &'static str {
    if answer.get("error").is_some() {
        "an error with status 200"
    } else {
        "no picture in the answer"
    }
}
