//! Exchanges with a stand-in on the loopback interface that misbehaves in every way we could think of.

mod chain;
mod chat;
mod exchanges;
mod misbehaviour;
mod stand_in;

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use image::RgbImage;

use super::*;
use crate::brief::{Brief, Style, Subject};

/// A brief for a small picture.
pub(crate) fn brief(prompt: &str) -> Brief {
    Brief {
        prompt: prompt.to_owned(),
        original: "Дождь.".to_owned(),
        negative: "text".to_owned(),
        subject: Subject::Location,
        concepts: Vec::new(),
        style: Style::Ink,
        words: String::new(),
        seed: 7,
        width: 128,
        height: 96,
    }
}

/// A picture of the shape that [`brief`] asks for, different for each `tone`.
pub(super) fn drawing(tone: u8) -> RgbImage {
    RgbImage::from_fn(128, 96, |x, y| image::Rgb([(x * 2) as u8, (y * 2) as u8, tone]))
}

/// A clock that jumps over every wait and writes it down.
#[derive(Default)]
pub(super) struct JumpingClock {
    milliseconds: AtomicU64,
    waits: Mutex<Vec<Duration>>,
}

impl JumpingClock {
    /// Waits that were longer than nothing.
    pub(super) fn waits(&self) -> Vec<Duration> {
        self.waits.lock().unwrap().clone()
    }

    pub(super) fn advance(&self, time: Duration) {
        self.milliseconds
            .fetch_add(time.as_millis() as u64, Ordering::SeqCst);
    }
}

#[async_trait]
impl Clock for JumpingClock {
    fn now(&self) -> Duration {
        Duration::from_millis(self.milliseconds.load(Ordering::SeqCst))
    }

    async fn sleep(&self, time: Duration) {
        if !time.is_zero() {
            self.advance(time);
            self.waits.lock().unwrap().push(time);
        }
        tokio::task::yield_now().await;
    }
}

/// Everything resolves to the loopback interface.
pub(super) fn look_up_loopback() -> LookUp {
    Arc::new(|_| Box::pin(async { Ok(vec![std::net::Ipv4Addr::LOCALHOST.into()]) }))
}

/// Illustrators of one provider named `painter`, described in JSON.
pub(super) fn painter(
    settings: serde_json::Value,
    clock: &Arc<JumpingClock>,
) -> Result<Illustrators, ProviderError> {
    let settings = serde_json::json!({ "order": ["painter"], "providers": { "painter": settings } });
    let settings: IllustratorSettings = serde_json::from_value(settings).unwrap();
    let egress = Egress::new(look_up_loopback()).unwrap();
    let clock: Arc<dyn Clock> = Arc::clone(clock) as Arc<dyn Clock>;
    Illustrators::new(&settings, &egress, clock, Arc::new(|| 1.0))
}
