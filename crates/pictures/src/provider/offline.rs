//! The offline illustrator as a provider: always there, costs nothing.

use async_trait::async_trait;

use super::{Picture, Provider, ProviderError};
use crate::{brief::Brief, encode, offline};

/// Name under which offline pictures are stored.
pub const OFFLINE: &str = "offline";

/// Draws on a thread for blocking work.
#[derive(Debug, Clone, Copy, Default)]
pub struct OfflineProvider;

#[async_trait]
impl Provider for OfflineProvider {
    fn name(&self) -> &str {
        OFFLINE
    }

    async fn probe(&self) -> Result<(), ProviderError> {
        Ok(())
    }

    async fn illustrate(&self, brief: &Brief) -> Result<Picture, ProviderError> {
        let brief = brief.clone();
        let failed = |reason: String| ProviderError::NotThePicture {
            provider: OFFLINE.to_owned(),
            reason,
        };
        let drawing = tokio::task::spawn_blocking(move || {
            let image = offline::illustrate(&brief);
            encode::png(&image).map(|bytes| (bytes, image.dimensions()))
        });
        let (bytes, (width, height)) = drawing
            .await
            .map_err(|_| failed("the illustrator stopped".to_owned()))?
            .map_err(|error| failed(error.to_string()))?;
        Ok(Picture {
            bytes,
            media_type: "image/png",
            width,
            height,
            provider: OFFLINE.to_owned(),
            cost_micros: 0,
        })
    }
}
