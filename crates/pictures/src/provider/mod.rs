//! Those who draw a [`Brief`] for us, over the network or offline, behind one trait.

mod address;
mod advert;
mod automatic1111;
mod breaker;
mod chain;
mod chat;
mod clock;
mod comfyui;
mod egress;
mod error;
mod offline;
mod openai;
mod pace;
mod pollinations;
mod service;
mod settings;
#[cfg(test)]
mod tests;

use async_trait::async_trait;

pub use address::is_public;
pub use chain::{Drawn, Illustrators, Jitter, Reach};
pub use chat::{Chat, ChatError, ChatSettings};
pub use clock::{Clock, MonotonicClock};
pub use egress::{Egress, LookUp, system_look_up};
pub use error::ProviderError;
pub use offline::{OFFLINE, OfflineProvider};
pub use settings::{
    Automatic1111Settings, ComfyuiSettings, IllustratorSettings, OpenaiSettings, PollinationsSettings,
    ProviderSettings, Secret, ServiceSettings,
};

use crate::brief::Brief;

/// Somebody who draws.
#[async_trait]
pub trait Provider: Send + Sync {
    /// The name from configuration; stored with each picture.
    fn name(&self) -> &str;

    /// Asks cheaply whether the provider would answer now. Draws nothing, costs nothing.
    async fn probe(&self) -> Result<(), ProviderError>;

    /// Draws the brief once. Retries belong to the caller of this method, never to its body.
    async fn illustrate(&self, brief: &Brief) -> Result<Picture, ProviderError>;
}

/// A picture as a provider gave it, verified: it decodes, and its size is within limits.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// The encoded picture.
    pub bytes: Vec<u8>,
    /// `image/png`, `image/jpeg` or `image/webp`, by its contents.
    pub media_type: &'static str,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Name of the provider that drew it.
    pub provider: String,
    /// What it cost, in millionths of the currency unit the configuration counts in.
    pub cost_micros: u64,
}
