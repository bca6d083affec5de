//! What is sent to each kind of provider, and what is made of a good answer.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{
    stand_in::{self, StandIn},
    *,
};
use crate::encode;
use base64::{Engine as _, engine::general_purpose::STANDARD};

fn png() -> Vec<u8> {
    encode::png(&drawing(1)).unwrap()
}

async fn drawn(settings: Value) -> Drawn {
    let illustrators = painter(settings, &Arc::default()).unwrap();
    illustrators
        .illustrate(&brief("a lamp / a window?"), Reach::Online)
        .await
        .unwrap()
}

fn by_painter(drawn: &Drawn) -> (&str, &str, u32, u32, u64) {
    let Picture {
        provider,
        media_type,
        width,
        height,
        cost_micros,
        ..
    } = &drawn.picture;
    (provider, media_type, *width, *height, *cost_micros)
}

#[tokio::test]
async fn pollinations_is_asked_by_get_with_key_seed_and_model() {
    let server = StandIn::new(|_, _| stand_in::bytes("image/png", png())).await;
    let drawn = drawn(json!({
        "kind": "pollinations", "address": server.url("/image"), "key": "sk_1", "model": "flux",
        "service": { "local": true, "cost_micros": 400 }
    }))
    .await;
    assert_eq!(by_painter(&drawn), ("painter", "image/png", 128, 96, 400));
    assert_eq!(drawn.passed_over, []);
    let asked = server.asked();
    assert_eq!(asked[0].authorization.as_deref(), Some("Bearer sk_1"));
    assert!(
        asked[0]
            .target
            .starts_with("/image/a%20lamp%20%2F%20a%20window%3F,%20pen%20and%20ink"),
        "{}",
        asked[0].target
    );
    assert!(asked[0].target.ends_with(
        "?model=flux&width=128&height=96&seed=7&negative_prompt=text&nologo=true&private=true&safe=true"
    ));
}

#[tokio::test]
async fn openai_answers_in_base64_or_by_address() {
    let server = StandIn::new(|number, asked| match (number, asked.target.as_str()) {
        (0, "/v1/images/generations") => {
            stand_in::json(json!({ "data": [{ "b64_json": STANDARD.encode(png()) }] }))
        }
        _ => stand_in::status(404),
    })
    .await;
    let settings = |server: &StandIn| {
        json!({
            "kind": "openai-compatible", "address": server.url("/v1"), "model": "painter-1", "key": "sk_2",
            "response_format": "b64_json", "service": { "local": true }
        })
    };
    assert_eq!(drawn(settings(&server)).await.picture.provider, "painter");
    let body: Value = serde_json::from_str(&server.asked()[0].body).unwrap();
    assert_eq!((&body["size"], &body["n"]), (&json!("1536x1024"), &json!(1)));
    assert_eq!(body["response_format"], json!("b64_json"));

    let address = Arc::new(std::sync::OnceLock::<String>::new());
    let own = Arc::clone(&address);
    let server = StandIn::new(move |number, asked| {
        assert!(
            number < 1 || asked.authorization.is_none(),
            "the key stays with the service"
        );
        match number {
            0 => stand_in::json(json!({ "data": [{ "url": own.get().unwrap() }] })),
            _ => stand_in::bytes("image/png", png()),
        }
    })
    .await;
    address.set(server.url("/files/1.png")).unwrap();
    assert_eq!(drawn(settings(&server)).await.picture.provider, "painter");
    assert_eq!(server.asked().len(), 2);
}

#[tokio::test]
async fn automatic1111_gets_steps_and_sides_in_eights() {
    let server = StandIn::new(|_, _| stand_in::json(json!({ "images": [STANDARD.encode(png())] }))).await;
    let settings = json!({
        "kind": "automatic1111", "address": server.url(""), "steps": 12, "sampler": "Euler", "service": { "local": true }
    });
    assert_eq!(drawn(settings).await.picture.provider, "painter");
    let asked = server.asked();
    assert_eq!(
        (asked[0].method.as_str(), asked[0].target.as_str()),
        ("POST", "/sdapi/v1/txt2img")
    );
    let body: Value = serde_json::from_str(&asked[0].body).unwrap();
    assert_eq!(
        (&body["steps"], &body["seed"], &body["sampler_name"]),
        (&json!(12), &json!(7), &json!("Euler"))
    );
    assert_eq!((&body["width"], &body["height"]), (&json!(128), &json!(96)));
}

#[tokio::test]
async fn comfyui_is_queued_watched_and_fetched() {
    let server = StandIn::new(|number, asked| match number {
        0 => stand_in::json(json!({ "prompt_id": "ab-1" })),
        1 => stand_in::json(json!({})),
        2 => stand_in::json(json!({ "ab-1": { "outputs": {
            "9": { "images": [{ "filename": "b 1.png", "subfolder": "", "type": "output" }] } } } })),
        _ => {
            assert_eq!(asked.target, "/view?filename=b+1.png&subfolder=&type=output");
            stand_in::bytes("image/png", png())
        }
    })
    .await;
    let folder = std::env::temp_dir().join(format!("bookreader-workflow-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let workflow = folder.join("workflow.json");
    std::fs::write(
        &workflow,
        r#"{"6":{"inputs":{"text":"{prompt}"}},"3":{"inputs":{"seed":"{seed}"}}}"#,
    )
    .unwrap();
    let settings = json!({ "kind": "comfyui", "address": server.url(""), "workflow": workflow, "service": { "local": true } });
    let drawn = drawn(settings).await;
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(drawn.picture.provider, "painter", "{:?}", drawn.passed_over);
    let body: Value = serde_json::from_str(&server.asked()[0].body).unwrap();
    assert_eq!(body["prompt"]["3"]["inputs"]["seed"], json!(7));
    assert!(
        body["prompt"]["6"]["inputs"]["text"]
            .as_str()
            .unwrap()
            .starts_with("a lamp / a window?, pen")
    );
}

#[tokio::test]
async fn a_workflow_without_a_place_for_the_prompt_is_refused_at_once() {
    let settings =
        json!({ "kind": "comfyui", "address": "http://127.0.0.1:1", "workflow": "/nowhere/workflow.json" });
    let error = painter(settings, &Arc::default()).unwrap_err();
    assert_eq!(error.code(), "misconfigured");
}

#[tokio::test]
async fn a_probe_costs_nothing_and_tells_a_dead_service() {
    let server = StandIn::new(|_, _| stand_in::json(json!([{ "name": "flux" }]))).await;
    let service = json!({ "local": true });
    let alive = json!({ "kind": "pollinations", "address": server.url("/image"), "models_address": server.url("/image/models"), "service": service });
    let verdict = painter(alive, &Arc::default()).unwrap().probe().await;
    assert_eq!(verdict, [("painter".to_owned(), Ok(()))]);
    assert_eq!(server.asked()[0].target, "/image/models");
    let dead = json!({ "kind": "automatic1111", "address": "http://127.0.0.1:9", "service": service });
    let verdict = painter(dead, &Arc::default()).unwrap().probe().await;
    assert_eq!(verdict[0].1.as_ref().unwrap_err().code(), "unreachable");
}
