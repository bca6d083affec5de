//! Bad answers of every kind of provider, at every step of its exchange: each is named, none is stored, none takes long
//! or much memory.

use std::sync::Arc;

use axum::response::Response;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use image::RgbImage;
use serde_json::json;

use super::{
    stand_in::{self, Asked, StandIn},
    *,
};
use crate::encode;

/// A kind of provider and how many answers it needs for one picture.
#[derive(Debug, Clone, Copy)]
struct Kind {
    name: &'static str,
    steps: usize,
}

const KINDS: [Kind; 4] = [
    Kind {
        name: "pollinations",
        steps: 1,
    },
    Kind {
        name: "openai-compatible",
        steps: 2,
    },
    Kind {
        name: "automatic1111",
        steps: 1,
    },
    Kind {
        name: "comfyui",
        steps: 3,
    },
];

impl Kind {
    /// A good answer of this step of the exchange, with these bytes for the picture.
    fn answer(self, step: usize, asked: &Asked, picture: Vec<u8>) -> Response {
        match (self.name, step) {
            ("automatic1111", _) => stand_in::json(json!({ "images": [STANDARD.encode(picture)] })),
            ("openai-compatible", 0) => {
                let url = format!("http://{}/files/1.png", asked.host);
                stand_in::json(json!({ "data": [{ "url": url }] }))
            }
            ("comfyui", 0) => stand_in::json(json!({ "prompt_id": "ab-1" })),
            ("comfyui", 1) => stand_in::json(json!({ "ab-1": { "outputs": {
                "9": { "images": [{ "filename": "1.png", "subfolder": "", "type": "output" }] } } } })),
            _ => stand_in::bytes("image/png", picture),
        }
    }

    /// A painter of this kind that asks the server once.
    fn painter(self, server: &StandIn) -> Illustrators {
        let service = json!({ "local": true, "attempts": 1, "timeout_seconds": 1, "max_bytes": 1 << 20 });
        let mut settings = json!({ "kind": self.name, "address": server.url("/of"), "service": service });
        let folder = tempfile::tempdir().unwrap();
        if self.name == "openai-compatible" {
            settings["model"] = json!("painter-1");
        }
        if self.name == "comfyui" {
            let workflow = folder.path().join("workflow.json");
            std::fs::write(&workflow, r#"{"6":{"inputs":{"text":"{prompt}"}}}"#).unwrap();
            settings["workflow"] = json!(workflow);
        }
        painter(settings, &Arc::default()).unwrap()
    }
}

/// Asks a painter whose exchange ends so; the picture is then drawn offline, and this is why.
async fn objection(
    kind: Kind,
    answer: impl Fn(usize, &Asked) -> Response + Send + Sync + 'static,
) -> ProviderError {
    let server = StandIn::new(answer).await;
    let illustrators = kind.painter(&server);
    let mut drawn = illustrators
        .illustrate(&brief("canary of Kronstadt"), Reach::Online)
        .await
        .unwrap();
    assert_eq!(drawn.picture.provider, OFFLINE, "{kind:?}");
    let error = drawn.passed_over.remove(0);
    assert!(
        !format!("{error} {error:?}").contains("canary"),
        "the prompt is in the error: {error:?}"
    );
    error
}

/// What every kind says of these bytes in place of a picture.
async fn objections(picture: impl Fn() -> Vec<u8> + Clone + Send + Sync + 'static) -> Vec<String> {
    let mut reasons = Vec::new();
    for kind in KINDS {
        let picture = picture.clone();
        let error = objection(kind, move |step, asked| kind.answer(step, asked, picture())).await;
        reasons.push(reason(error));
    }
    reasons.dedup();
    reasons
}

/// What every kind says when any step of its exchange is answered so.
async fn misanswered(
    bad: impl Fn() -> Response + Clone + Send + Sync + 'static,
) -> Vec<(Kind, usize, ProviderError)> {
    let mut errors = Vec::new();
    for kind in KINDS {
        for bad_step in 0..kind.steps {
            let bad = bad.clone();
            let error = objection(kind, move |step, asked| {
                if step == bad_step {
                    bad()
                } else {
                    kind.answer(step, asked, encode::png(&drawing(1)).unwrap())
                }
            });
            errors.push((kind, bad_step, error.await));
        }
    }
    errors
}

fn reason(error: ProviderError) -> String {
    match error {
        ProviderError::NotThePicture { reason, .. } | ProviderError::Forbidden { reason, .. } => reason,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn bytes_of_another_kind_are_no_picture() {
    let cases: [(&[u8], &str); 4] = [
        (
            b"<!DOCTYPE html><p>queue full",
            "the bytes are a page, not PNG, JPEG or WebP",
        ),
        (
            b"<svg onload='alert(1)'/>",
            "the bytes are SVG, not PNG, JPEG or WebP",
        ),
        (
            b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
            "the bytes are GIF, not PNG, JPEG or WebP",
        ),
        (b"", "the bytes are empty, not PNG, JPEG or WebP"),
    ];
    for (bytes, says) in cases {
        assert_eq!(objections(move || bytes.to_vec()).await, [says]);
    }
}

#[tokio::test]
async fn half_a_picture_is_no_picture() {
    let half = || {
        let mut bytes = encode::jpeg(&drawing(1), 90).unwrap();
        bytes.truncate(bytes.len() / 2);
        bytes
    };
    assert_eq!(objections(half).await, ["the file is cut short"]);
    for (kind, step, error) in misanswered(move || stand_in::broken(half())).await {
        assert_eq!(error.code(), "unreachable", "{kind:?}, step {step}");
    }
}

#[tokio::test]
async fn a_flood_of_pixels_is_not_unpacked() {
    let flood = || {
        let mut bytes = encode::png(&drawing(1)).unwrap();
        bytes[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
        bytes
    };
    for says in objections(flood).await {
        assert!(
            says.contains("does not decode") || says.contains("60000x60000"),
            "{says}"
        );
    }
}

#[tokio::test]
async fn an_advert_of_another_shape_is_not_the_picture() {
    let advert = || {
        encode::jpeg(
            &RgbImage::from_fn(768, 768, |x, y| image::Rgb([x as u8, y as u8, 9])),
            80,
        )
        .unwrap()
    };
    for kind in KINDS.into_iter().filter(|kind| kind.steps == 1) {
        let error = objection(kind, move |step, asked| kind.answer(step, asked, advert())).await;
        assert_eq!(reason(error), "asked for 128x96, got 768x768", "{kind:?}");
    }
}

#[tokio::test]
async fn an_advert_that_comes_for_any_words_is_not_the_picture() {
    for kind in KINDS {
        let server = StandIn::new(move |number, asked| {
            kind.answer(number % kind.steps, asked, encode::jpeg(&drawing(3), 80).unwrap())
        })
        .await;
        let illustrators = kind.painter(&server);
        for (words, provider) in [("a lamp", "painter"), ("a wolf", OFFLINE), ("a lamp", "painter")] {
            let drawn = illustrators
                .illustrate(&brief(words), Reach::Online)
                .await
                .unwrap();
            assert_eq!(drawn.picture.provider, provider, "{kind:?}, {words}");
        }
    }
}

#[tokio::test]
async fn a_page_with_status_200_is_no_answer() {
    for (kind, step, error) in
        misanswered(|| stand_in::bytes("application/json", b"<!DOCTYPE html>".to_vec())).await
    {
        assert_eq!(error.code(), "not-the-picture", "{kind:?}, step {step}");
    }
    for (kind, step, error) in misanswered(|| stand_in::json(json!({ "error": "queue full" }))).await {
        assert_eq!(error.code(), "not-the-picture", "{kind:?}, step {step}");
    }
}

#[tokio::test]
async fn half_a_gigabyte_is_refused_by_its_header_and_an_endless_body_at_the_limit() {
    for (kind, step, error) in misanswered(|| stand_in::promised(500 << 20, vec![0; 1000])).await {
        let too_large = ProviderError::TooLarge {
            provider: "painter".into(),
            limit: 1 << 20,
        };
        assert_eq!(error, too_large, "{kind:?}, step {step}");
    }
    for (kind, step, error) in misanswered(stand_in::endless).await {
        assert_eq!(error.code(), "too-large", "{kind:?}, step {step}");
    }
}

#[tokio::test]
async fn a_service_that_sends_nothing_more_runs_out_of_time() {
    for (kind, step, error) in misanswered(|| stand_in::promised(1000, vec![0x89])).await {
        assert_eq!(error.code(), "timed-out", "{kind:?}, step {step}");
    }
}

#[tokio::test]
async fn a_redirect_to_another_place_is_not_followed() {
    for target in [
        "http://169.254.169.254/latest/meta-data",
        "http://127.0.0.2:6379/",
        "file:///etc/passwd",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://user@127.0.0.1/",
    ] {
        for (kind, step, error) in misanswered(move || stand_in::redirect(target)).await {
            assert_eq!(error.code(), "forbidden", "{kind:?}, step {step}, {target}");
        }
    }
}

#[tokio::test]
async fn redirects_in_a_circle_end() {
    let error = objection(KINDS[0], |_, _| stand_in::redirect("/of/again")).await;
    assert_eq!(reason(error), "too many redirects");
}

#[tokio::test]
async fn statuses_say_whether_to_come_again() {
    for (status, code) in [
        (400, "refused"),
        (402, "refused"),
        (404, "refused"),
        (429, "unavailable"),
        (500, "unavailable"),
    ] {
        for (kind, step, error) in misanswered(move || stand_in::status(status)).await {
            assert_eq!(error.code(), code, "{kind:?}, step {step}, {status}");
        }
    }
}

#[tokio::test]
async fn an_address_in_an_answer_is_checked_as_a_redirect_is() {
    for url in [
        "http://169.254.169.254/latest/meta-data",
        "http://127.0.0.2/1.png",
        "file:///etc/passwd",
    ] {
        let error = objection(KINDS[1], move |_, _| {
            stand_in::json(json!({ "data": [{ "url": url }] }))
        });
        assert_eq!(error.await.code(), "forbidden", "{url}");
    }
}

#[tokio::test]
async fn a_name_of_the_world_that_resolves_to_this_machine_is_not_connected_to() {
    let server = StandIn::new(|_, _| stand_in::status(200)).await;
    let port = server.url("").rsplit(':').next().unwrap().to_owned();
    let settings = json!({
        "kind": "pollinations", "address": format!("https://images.example:{port}/image"), "service": { "attempts": 1 }
    });
    let illustrators = painter(settings, &Arc::default()).unwrap();
    let drawn = illustrators
        .illustrate(&brief("a lamp"), Reach::Online)
        .await
        .unwrap();
    assert_eq!(
        reason(drawn.passed_over[0].clone()),
        "the name resolves to a private address"
    );
    assert_eq!(server.asked().len(), 0);
}
