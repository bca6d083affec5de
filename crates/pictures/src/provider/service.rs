//! What every online provider does with an answer.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::Value;
use url::Url;

use super::{
    Picture, ProviderError,
    advert::AdvertDetector,
    egress::{Ask, Egress, Rules},
    settings::ServiceSettings,
};
use crate::{
    brief::Brief,
    verify::{self, Limits},
};

/// A service on the other side of the door, by name.
pub(super) struct Service {
    pub(super) name: String,
    egress: Egress,
    rules: Rules,
    cost_micros: u64,
    limits: Limits,
    adverts: AdvertDetector,
}

impl Service {
    pub(super) fn new(name: &str, address: &Url, settings: &ServiceSettings, egress: Egress) -> Self {
        Self {
            name: name.to_owned(),
            egress,
            rules: Rules::new(name, address, settings),
            cost_micros: settings.cost_micros,
            limits: Limits {
                bytes: settings.max_bytes as usize,
                ..Limits::default()
            },
            adverts: AdvertDetector::default(),
        }
    }

    pub(super) async fn send(&self, ask: Ask) -> Result<Vec<u8>, ProviderError> {
        self.egress.send(ask, &self.rules).await
    }

    pub(super) async fn send_json(&self, ask: Ask) -> Result<Value, ProviderError> {
        let body = self.send(ask).await?;
        serde_json::from_slice(&body).map_err(|_| self.not_the_picture("the answer is not JSON"))
    }

    /// Verifies the bytes and wraps them up. `shaped` says the provider draws any shape it is asked for.
    pub(super) fn picture(
        &self,
        bytes: Vec<u8>,
        brief: &Brief,
        shaped: bool,
    ) -> Result<Picture, ProviderError> {
        let verified = verify::picture(&bytes, &self.limits)
            .map_err(|error| self.not_the_picture(&error.to_string()))?;
        if let Some(objection) = self.adverts.objection(&verified.image, brief, shaped) {
            return Err(self.not_the_picture(&objection));
        }
        let (width, height) = verified.image.dimensions();
        Ok(Picture {
            bytes,
            media_type: verified.media_type,
            width,
            height,
            provider: self.name.clone(),
            cost_micros: self.cost_micros,
        })
    }

    /// A picture from base64, with or without a data URL before it.
    pub(super) fn picture_from_base64(
        &self,
        text: &str,
        brief: &Brief,
        shaped: bool,
    ) -> Result<Picture, ProviderError> {
        let text = text.rsplit_once("base64,").map_or(text, |(_, data)| data);
        let bytes = STANDARD
            .decode(text.trim())
            .map_err(|_| self.not_the_picture("the picture is not base64"))?;
        self.picture(bytes, brief, shaped)
    }

    pub(super) fn not_the_picture(&self, reason: &str) -> ProviderError {
        ProviderError::NotThePicture {
            provider: self.name.clone(),
            reason: reason.to_owned(),
        }
    }

    pub(super) fn misconfigured(&self, reason: impl Into<String>) -> ProviderError {
        ProviderError::Misconfigured {
            provider: self.name.clone(),
            reason: reason.into(),
        }
    }

    /// `base` with further path segments, each escaped.
    pub(super) fn below(&self, base: &Url, segments: &[&str]) -> Result<Url, ProviderError> {
        let mut url = base.clone();
        url.path_segments_mut()
            .map_err(|()| self.misconfigured("the address cannot carry a path"))?
            .pop_if_empty()
            .extend(segments);
        Ok(url)
    }
}

/// The words that are sent: the prompt, then the manner, in the reader's own words when there are any.
pub(super) fn words(brief: &Brief) -> String {
    let manner = if brief.words.is_empty() {
        brief.style.words()
    } else {
        &brief.words
    };
    format!("{}, {manner}", brief.prompt.trim().trim_end_matches('.'))
}

/// Seeds of most services are 31 bits.
pub(super) fn short_seed(brief: &Brief) -> u64 {
    brief.seed % (1 << 31)
}
