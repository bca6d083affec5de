//! A language model that answers, and one that misbehaves: each misbehaviour is named, none takes long or much memory.

use serde_json::{Value, json};

use super::stand_in::{self, StandIn};
use crate::provider::{Chat, ChatError, ChatSettings, Egress, ProviderError, system_look_up};

fn chat(server: &StandIn) -> Chat {
    let settings: ChatSettings = serde_json::from_value(json!({
        "address": server.url("/v1"),
        "model": "stand-in",
        "key": "sk_canary",
        "service": { "local": true, "timeout_seconds": 1, "max_bytes": 1 << 16 },
    }))
    .unwrap();
    Chat::new(settings, Egress::new(system_look_up()).unwrap())
}

async fn asked(server: &StandIn) -> Result<Value, ChatError> {
    chat(server).complete(&json!({ "model": "stand-in" })).await
}

#[tokio::test]
async fn a_request_is_posted_with_its_key_and_answered() {
    let server = StandIn::new(|_, _| stand_in::json(json!({ "choices": [] }))).await;
    assert_eq!(asked(&server).await, Ok(json!({ "choices": [] })));
    let request = &server.asked()[0];
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("POST", "/v1/chat/completions")
    );
    assert_eq!(request.authorization.as_deref(), Some("Bearer sk_canary"));
}

#[tokio::test]
async fn a_page_is_no_answer() {
    let server = StandIn::new(|_, _| stand_in::bytes("text/html", b"<p>queue full".to_vec())).await;
    assert_eq!(asked(&server).await, Err(ChatError::NotJson));
}

#[tokio::test]
async fn an_endless_answer_is_cut_off() {
    let server = StandIn::new(|_, _| stand_in::bytes("application/json", vec![b' '; 1 << 20])).await;
    let error = asked(&server).await.unwrap_err();
    assert!(
        matches!(error, ChatError::Provider(ProviderError::TooLarge { .. })),
        "{error:?}"
    );
}

#[tokio::test]
async fn nobody_there_is_an_error_that_names_no_key() {
    let server = StandIn::new(|_, _| stand_in::json(json!({}))).await;
    let chat = chat(&server);
    drop(server);
    let error = chat.complete(&json!({})).await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("canary"), "{error:?}");
}
