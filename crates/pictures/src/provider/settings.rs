//! Providers as the configuration file names them.

use std::{collections::BTreeMap, fmt, path::PathBuf};

use serde::{Deserialize, Serialize};
use url::Url;

/// Who draws, and in which order they are asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct IllustratorSettings {
    /// Names from `providers`, first choice first. The offline illustrator needs no name: it always comes last.
    pub order: Vec<String>,
    /// Providers by name.
    pub providers: BTreeMap<String, ProviderSettings>,
}

impl Default for IllustratorSettings {
    /// Nobody but the offline illustrator.
    fn default() -> Self {
        Self {
            order: Vec::new(),
            providers: BTreeMap::new(),
        }
    }
}

/// One provider, told apart by `kind`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum ProviderSettings {
    /// pollinations.ai and servers that speak alike.
    Pollinations(PollinationsSettings),
    /// `/v1/images/generations` of OpenAI, LocalAI and others.
    OpenaiCompatible(OpenaiSettings),
    /// AUTOMATIC1111 or Forge.
    Automatic1111(Automatic1111Settings),
    /// ComfyUI with a workflow of the operator.
    Comfyui(ComfyuiSettings),
}

impl ProviderSettings {
    /// The part that every kind has.
    pub fn service(&self) -> &ServiceSettings {
        match self {
            ProviderSettings::Pollinations(settings) => &settings.service,
            ProviderSettings::OpenaiCompatible(settings) => &settings.service,
            ProviderSettings::Automatic1111(settings) => &settings.service,
            ProviderSettings::Comfyui(settings) => &settings.service,
        }
    }
}

/// How far a service is trusted and how hard it is asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ServiceSettings {
    /// The service runs on this machine or network: plain HTTP and private addresses are allowed.
    pub local: bool,
    /// Hosts, beside that of the address, that answers may redirect to or name.
    pub hosts: Vec<String>,
    /// One attempt, from connecting to the last byte.
    pub timeout_seconds: u64,
    /// The largest answer.
    pub max_bytes: u64,
    /// Attempts for one picture, the first included.
    pub attempts: u32,
    /// Pause before the second attempt; doubled before each further one.
    pub pause_milliseconds: u64,
    /// Pictures drawn at the same time.
    pub concurrency: usize,
    /// Pictures begun in a minute.
    pub per_minute: u32,
    /// Failures in a row after which the service rests.
    pub rest_after: u32,
    /// How long it rests.
    pub rest_seconds: u64,
    /// Cost of one picture in millionths of the currency unit.
    pub cost_micros: u64,
}

impl Default for ServiceSettings {
    fn default() -> Self {
        Self {
            local: false,
            hosts: Vec::new(),
            timeout_seconds: 90,
            max_bytes: 20 << 20,
            attempts: 3,
            pause_milliseconds: 1_000,
            concurrency: 2,
            per_minute: 30,
            rest_after: 5,
            rest_seconds: 60,
            cost_micros: 0,
        }
    }
}

/// Settings of pollinations.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PollinationsSettings {
    /// The prompt is appended as the last path segment.
    pub address: Url,
    /// Where the names of models are listed; asked by the probe.
    pub models_address: Url,
    /// Model name.
    pub model: String,
    /// Secret key from the provider's site.
    pub key: Option<Secret>,
    /// Trust and limits.
    pub service: ServiceSettings,
}

impl Default for PollinationsSettings {
    fn default() -> Self {
        let parse = |address: &str| Url::parse(address).expect("the address is a literal");
        Self {
            address: parse("https://gen.pollinations.ai/image"),
            models_address: parse("https://gen.pollinations.ai/image/models"),
            model: "flux".to_owned(),
            key: None,
            service: ServiceSettings::default(),
        }
    }
}

/// Settings of an OpenAI-compatible service.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenaiSettings {
    /// Up to and with `/v1`.
    pub address: Url,
    /// Model name.
    pub model: String,
    /// API key.
    #[serde(default)]
    pub key: Option<Secret>,
    /// Sizes the model draws, as `1024x1024`; the one nearest in shape to the brief is asked for.
    #[serde(default = "OpenaiSettings::usual_sizes")]
    pub sizes: Vec<String>,
    /// Sent as `response_format` when set (`b64_json` or `url`); newer models refuse the field.
    #[serde(default)]
    pub response_format: Option<String>,
    /// Trust and limits.
    #[serde(default)]
    pub service: ServiceSettings,
}

impl OpenaiSettings {
    fn usual_sizes() -> Vec<String> {
        ["1024x1024", "1536x1024", "1024x1536"]
            .map(str::to_owned)
            .to_vec()
    }
}

/// Settings of AUTOMATIC1111 or Forge.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Automatic1111Settings {
    /// The root of the web interface, as `http://127.0.0.1:7860`.
    pub address: Url,
    /// Sampling steps.
    #[serde(default = "Automatic1111Settings::usual_steps")]
    pub steps: u32,
    /// Guidance scale.
    #[serde(default = "Automatic1111Settings::usual_guidance")]
    pub guidance: f32,
    /// Sampler name; the server's own when unset.
    #[serde(default)]
    pub sampler: Option<String>,
    /// Trust and limits.
    #[serde(default)]
    pub service: ServiceSettings,
}

impl Automatic1111Settings {
    fn usual_steps() -> u32 {
        24
    }

    fn usual_guidance() -> f32 {
        6.5
    }
}

/// Settings of ComfyUI.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComfyuiSettings {
    /// The root of the server, as `http://127.0.0.1:8188`.
    pub address: Url,
    /// A workflow saved in API format. In its values `{prompt}`, `{negative}`, `{seed}`, `{width}` and `{height}`
    /// are filled in; a value that is nothing but `{seed}`, `{width}` or `{height}` becomes a number.
    pub workflow: PathBuf,
    /// Between looks at whether the picture is done.
    #[serde(default = "ComfyuiSettings::usual_poll")]
    pub poll_milliseconds: u64,
    /// Trust and limits.
    #[serde(default)]
    pub service: ServiceSettings,
}

impl ComfyuiSettings {
    fn usual_poll() -> u64 {
        700
    }
}

/// A key that is never printed.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Takes a key.
    pub fn new(key: impl Into<String>) -> Self {
        Self(key.into())
    }

    /// The key, for the one header that carries it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl Serialize for Secret {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("***")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<IllustratorSettings, serde_json::Error> {
        serde_json::from_str(json)
    }

    #[test]
    fn a_provider_is_read_with_its_limits() {
        let settings = read(
            r#"{"order":["cloud","shed"],"providers":{
                "cloud":{"kind":"pollinations","key":"sk_1","service":{"per_minute":5}},
                "shed":{"kind":"automatic1111","address":"http://127.0.0.1:7860","service":{"local":true}}}}"#,
        )
        .unwrap();
        let ProviderSettings::Pollinations(cloud) = &settings.providers["cloud"] else {
            panic!("{settings:?}")
        };
        assert_eq!((cloud.service.per_minute, cloud.service.attempts), (5, 3));
        assert!(settings.providers["shed"].service().local);
    }

    #[test]
    fn a_misspelt_field_or_kind_is_an_error() {
        for json in [
            r#"{"orders":[]}"#,
            r#"{"providers":{"a":{"kind":"pollination"}}}"#,
            r#"{"providers":{"a":{"kind":"pollinations","colour":"red"}}}"#,
            r#"{"providers":{"a":{"kind":"pollinations","service":{"timeout":1}}}}"#,
        ] {
            assert!(read(json).is_err(), "{json}");
        }
    }

    #[test]
    fn a_key_is_never_printed() {
        let settings = read(r#"{"providers":{"a":{"kind":"pollinations","key":"sk_canary"}}}"#).unwrap();
        let printed = format!("{settings:?} {}", serde_json::to_string(&settings).unwrap());
        assert!(!printed.contains("canary"), "{printed}");
    }
}
