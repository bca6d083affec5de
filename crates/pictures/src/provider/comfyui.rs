//! ComfyUI: a workflow of the operator is queued, watched and its picture fetched.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use serde_json::{Value, json};

use super::{
    Picture, Provider, ProviderError,
    clock::Clock,
    egress::{Ask, Egress},
    service::{Service, short_seed, words},
    settings::ComfyuiSettings,
};
use crate::brief::Brief;

pub(super) struct Comfyui {
    service: Service,
    settings: ComfyuiSettings,
    workflow: Value,
    clock: Arc<dyn Clock>,
}

/// A picture that a finished workflow left on the server.
struct Output {
    name: String,
    folder: String,
    kind: String,
}

impl Comfyui {
    /// Reads the workflow file.
    pub(super) fn new(
        name: &str,
        settings: ComfyuiSettings,
        egress: Egress,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, ProviderError> {
        let service = Service::new(name, &settings.address, &settings.service, egress);
        let unusable = |reason: String| {
            service.misconfigured(format!("workflow {}: {reason}", settings.workflow.display()))
        };
        let text =
            std::fs::read_to_string(&settings.workflow).map_err(|error| unusable(error.to_string()))?;
        let workflow: Value = serde_json::from_str(&text).map_err(|error| unusable(error.to_string()))?;
        if !text.contains("{prompt}") {
            return Err(unusable("`{prompt}` is nowhere in it".to_owned()));
        }
        Ok(Self {
            service,
            settings,
            workflow,
            clock,
        })
    }

    async fn queue(&self, brief: &Brief) -> Result<String, ProviderError> {
        let url = self.service.below(&self.settings.address, &["prompt"])?;
        let body = json!({ "prompt": filled(&self.workflow, brief), "client_id": "bookreader" });
        let answer = self.service.send_json(Ask::post(url, &body)).await?;
        let id = answer["prompt_id"].as_str().filter(|id| {
            id.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        });
        id.map(str::to_owned)
            .ok_or_else(|| self.service.not_the_picture("the workflow was not queued"))
    }

    /// Looks until the workflow is done or the time of one attempt is over.
    async fn finished(&self, id: &str) -> Result<Output, ProviderError> {
        let url = self.service.below(&self.settings.address, &["history", id])?;
        let pause = Duration::from_millis(self.settings.poll_milliseconds.max(50));
        let end = self.clock.now() + Duration::from_secs(self.settings.service.timeout_seconds);
        while self.clock.now() < end {
            let history = self.service.send_json(Ask::get(url.clone())).await?;
            let entry = &history[id];
            if entry["status"]["status_str"] == "error" {
                return Err(self.service.not_the_picture("the workflow failed"));
            }
            if let Some(output) = first_output(entry) {
                return Ok(output);
            }
            self.clock.sleep(pause).await;
        }
        Err(ProviderError::TimedOut {
            provider: self.service.name.clone(),
        })
    }
}

#[async_trait]
impl Provider for Comfyui {
    fn name(&self) -> &str {
        &self.service.name
    }

    async fn probe(&self) -> Result<(), ProviderError> {
        let url = self.service.below(&self.settings.address, &["system_stats"])?;
        self.service.send_json(Ask::get(url)).await.map(drop)
    }

    async fn illustrate(&self, brief: &Brief) -> Result<Picture, ProviderError> {
        let id = self.queue(brief).await?;
        let output = self.finished(&id).await?;
        let mut url = self.service.below(&self.settings.address, &["view"])?;
        url.query_pairs_mut()
            .append_pair("filename", &output.name)
            .append_pair("subfolder", &output.folder)
            .append_pair("type", &output.kind);
        let bytes = self.service.send(Ask::get(url)).await?;
        self.service.picture(bytes, brief, false)
    }
}

fn first_output(entry: &Value) -> Option<Output> {
    let outputs = entry["outputs"].as_object()?;
    let image = outputs.values().find_map(|node| node["images"].get(0))?;
    let text = |key: &str| image[key].as_str().unwrap_or_default().to_owned();
    Some(Output {
        name: image["filename"].as_str()?.to_owned(),
        folder: text("subfolder"),
        kind: text("type"),
    })
}

/// The workflow with the brief in its places.
fn filled(value: &Value, brief: &Brief) -> Value {
    match value {
        Value::String(text) => match text.as_str() {
            "{seed}" => json!(short_seed(brief)),
            "{width}" => json!(brief.width),
            "{height}" => json!(brief.height),
            _ => json!(filled_text(text, brief)),
        },
        Value::Array(items) => items.iter().map(|item| filled(item, brief)).collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(key, value)| (key.clone(), filled(value, brief)))
            .collect(),
        other => other.clone(),
    }
}

/// One pass, so that a prompt which contains `{seed}` stays as it is.
fn filled_text(text: &str, brief: &Brief) -> String {
    let places = [
        ("{prompt}", words(brief)),
        ("{negative}", brief.negative.clone()),
        ("{seed}", short_seed(brief).to_string()),
        ("{width}", brief.width.to_string()),
        ("{height}", brief.height.to_string()),
    ];
    let mut out = String::new();
    let mut rest = text;
    while let Some((at, place, value)) = places
        .iter()
        .filter_map(|(place, value)| rest.find(place).map(|at| (at, *place, value)))
        .min_by_key(|(at, ..)| *at)
    {
        out.push_str(&rest[..at]);
        out.push_str(value);
        rest = &rest[at + place.len()..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::tests::brief;

    #[test]
    fn a_workflow_is_filled_once_and_numbers_stay_numbers() {
        let workflow =
            json!({"3": {"inputs": {"seed": "{seed}", "text": "oil, {prompt}, {width}px", "steps": 20}}});
        let filled = filled(&workflow, &brief("a {seed} of grain"));
        assert_eq!(filled["3"]["inputs"]["seed"], json!(7));
        assert_eq!(filled["3"]["inputs"]["steps"], json!(20));
        let text = filled["3"]["inputs"]["text"].as_str().unwrap();
        assert!(
            text.starts_with("oil, a {seed} of grain, ") && text.ends_with(", 128px"),
            "{text}"
        );
    }
}
