//! Providers in order of preference, and the only place where anything is tried again.

use std::{fmt, sync::Arc, time::Duration};

use tokio::sync::Semaphore;

use super::{
    Picture, Provider, ProviderError,
    automatic1111::Automatic1111,
    breaker::Breaker,
    clock::Clock,
    comfyui::Comfyui,
    egress::Egress,
    offline::OfflineProvider,
    openai::Openai,
    pace::Pace,
    pollinations::Pollinations,
    settings::{IllustratorSettings, ProviderSettings, ServiceSettings},
};
use crate::brief::Brief;

/// The longest pause a provider can ask for; longer ones make us go to the next.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Random numbers from 0 to 1, for the jitter of pauses.
pub type Jitter = Arc<dyn Fn() -> f64 + Send + Sync>;

/// How far the words of a book may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Nothing leaves the machine.
    OfflineOnly,
    /// Providers of the configuration may be asked.
    Online,
}

/// A picture, and who failed before it was drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// The picture.
    pub picture: Picture,
    /// Why providers that come earlier in the order did not draw it.
    pub passed_over: Vec<ProviderError>,
}

/// Everybody who can draw, in order; the offline illustrator is the last.
#[derive(Clone)]
pub struct Illustrators {
    members: Arc<[Member]>,
    offline: OfflineProvider,
    clock: Arc<dyn Clock>,
    jitter: Jitter,
}

/// A provider with what keeps us from asking it too much.
struct Member {
    provider: Box<dyn Provider>,
    service: ServiceSettings,
    slots: Semaphore,
    pace: Pace,
    breaker: Breaker,
}

impl fmt::Debug for Illustrators {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.names()).finish()
    }
}

impl Illustrators {
    /// Builds the providers of the configuration.
    ///
    /// Errors name a provider in `order` that `providers` lacks, or settings that cannot work.
    pub fn new(
        settings: &IllustratorSettings,
        egress: &Egress,
        clock: Arc<dyn Clock>,
        jitter: Jitter,
    ) -> Result<Self, ProviderError> {
        let members = settings.order.iter().map(|name| {
            let settings = settings
                .providers
                .get(name)
                .ok_or_else(|| ProviderError::Misconfigured {
                    provider: name.clone(),
                    reason: "`order` names it, `providers` does not have it".to_owned(),
                })?;
            Ok(Member::new(
                build(name, settings, egress, &clock)?,
                settings.service().clone(),
            ))
        });
        let members = members.collect::<Result<_, ProviderError>>()?;
        Ok(Self {
            members,
            offline: OfflineProvider,
            clock,
            jitter,
        })
    }

    /// Names in the order they are asked, the offline illustrator last.
    pub fn names(&self) -> Vec<&str> {
        self.members
            .iter()
            .map(|member| member.provider.name())
            .chain([self.offline.name()])
            .collect()
    }

    /// What one picture costs at most, in millionths: with the dearest of those that may be asked.
    pub fn dearest_micros(&self) -> u64 {
        let costs = self.members.iter().map(|member| member.service.cost_micros);
        costs.max().unwrap_or(0)
    }

    /// Draws with the first provider that can. Only the offline illustrator's own failure is an error.
    pub async fn illustrate(&self, brief: &Brief, reach: Reach) -> Result<Drawn, ProviderError> {
        let mut passed_over = Vec::new();
        for member in self.members.iter().filter(|_| reach == Reach::Online) {
            match self.ask(member, brief).await {
                Ok(picture) => return Ok(Drawn { picture, passed_over }),
                Err(error) => {
                    tracing::warn!(
                        provider = member.provider.name(),
                        code = error.code(),
                        "passed over: {error}"
                    );
                    passed_over.push(error);
                }
            }
        }
        let picture = self.offline.illustrate(brief).await?;
        Ok(Drawn { picture, passed_over })
    }

    /// Probes everybody of the configuration, in order.
    pub async fn probe(&self) -> Vec<(String, Result<(), ProviderError>)> {
        let mut verdicts = Vec::new();
        for member in self.members.iter() {
            verdicts.push((member.provider.name().to_owned(), member.provider.probe().await));
        }
        verdicts
    }

    /// Asks one provider as often as its settings allow.
    async fn ask(&self, member: &Member, brief: &Brief) -> Result<Picture, ProviderError> {
        let provider = member.provider.name();
        let closed = || ProviderError::Unreachable {
            provider: provider.to_owned(),
            reason: "shutting down".to_owned(),
        };
        let _slot = member.slots.acquire().await.map_err(|_| closed())?;
        let mut attempt = 1;
        loop {
            member
                .breaker
                .admit(self.clock.now())
                .map_err(|remaining| ProviderError::Resting {
                    provider: provider.to_owned(),
                    remaining,
                })?;
            self.clock.sleep(member.pace.turn(self.clock.now())).await;
            let error = match member.provider.illustrate(brief).await {
                Ok(picture) => {
                    member.breaker.succeeded();
                    return Ok(picture);
                }
                Err(error) => error,
            };
            // A refusal shows that the service is alive; what it refuses once it refuses again.
            if matches!(error, ProviderError::Refused { .. }) {
                member.breaker.succeeded();
            } else {
                member.breaker.failed(self.clock.now());
            }
            let pause = self.pause(member, attempt, &error);
            if pause > LONGEST_PAUSE {
                member.breaker.rest(self.clock.now(), pause);
            }
            if !error.is_passing() || attempt >= member.service.attempts || pause > LONGEST_PAUSE {
                return Err(error);
            }
            self.clock.sleep(pause).await;
            attempt += 1;
        }
    }

    /// What the provider asked for, or a doubling pause of which half is chance.
    fn pause(&self, member: &Member, attempt: u32, error: &ProviderError) -> Duration {
        if let ProviderError::Unavailable {
            retry_after: Some(asked),
            ..
        } = error
        {
            return *asked;
        }
        let whole =
            Duration::from_millis(member.service.pause_milliseconds) * 2u32.saturating_pow(attempt - 1);
        whole
            .mul_f64(0.5 + 0.5 * (self.jitter)().clamp(0.0, 1.0))
            .min(LONGEST_PAUSE)
    }
}

impl Member {
    fn new(provider: Box<dyn Provider>, service: ServiceSettings) -> Self {
        Self {
            provider,
            slots: Semaphore::new(service.concurrency.max(1)),
            pace: Pace::new(service.per_minute),
            breaker: Breaker::new(service.rest_after, Duration::from_secs(service.rest_seconds)),
            service,
        }
    }
}

fn build(
    name: &str,
    settings: &ProviderSettings,
    egress: &Egress,
    clock: &Arc<dyn Clock>,
) -> Result<Box<dyn Provider>, ProviderError> {
    let egress = egress.clone();
    Ok(match settings.clone() {
        ProviderSettings::Pollinations(settings) => Box::new(Pollinations::new(name, settings, egress)),
        ProviderSettings::OpenaiCompatible(settings) => Box::new(Openai::new(name, settings, egress)),
        ProviderSettings::Automatic1111(settings) => Box::new(Automatic1111::new(name, settings, egress)),
        ProviderSettings::Comfyui(settings) => {
            Box::new(Comfyui::new(name, settings, egress, Arc::clone(clock))?)
        }
    })
}
