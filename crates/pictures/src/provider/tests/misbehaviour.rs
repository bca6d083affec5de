//! Bad answers: each is named, none is stored, none takes long or much memory.

use std::sync::Arc;

use axum::response::Response;
use image::RgbImage;
use serde_json::json;

use super::{
    stand_in::{self, StandIn},
    *,
};
use crate::encode;

/// Asks a painter once who answers so; the picture is then drawn offline, and this is why.
async fn objection(
    answer: impl Fn(usize, &stand_in::Asked) -> Response + Send + Sync + 'static,
) -> ProviderError {
    let server = StandIn::new(answer).await;
    let service = json!({ "local": true, "attempts": 1, "timeout_seconds": 1, "max_bytes": 1 << 20 });
    let settings = json!({ "kind": "pollinations", "address": server.url("/image"), "service": service });
    let illustrators = painter(settings, &Arc::default()).unwrap();
    let mut drawn = illustrators
        .illustrate(&brief("canary of Kronstadt"), Reach::Online)
        .await
        .unwrap();
    assert_eq!(drawn.picture.provider, OFFLINE);
    let error = drawn.passed_over.remove(0);
    assert!(
        !format!("{error} {error:?}").contains("canary"),
        "the prompt is in the error: {error:?}"
    );
    error
}

fn reason(error: ProviderError) -> String {
    match error {
        ProviderError::NotThePicture { reason, .. } | ProviderError::Forbidden { reason, .. } => reason,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_page_with_status_200_is_no_picture() {
    let page =
        objection(|_, _| stand_in::bytes("image/jpeg", b"<!DOCTYPE html><p>queue full".to_vec())).await;
    assert_eq!(reason(page), "the bytes are a page, not PNG, JPEG or WebP");
    let svg = objection(|_, _| stand_in::bytes("image/png", b"<svg onload='alert(1)'/>".to_vec())).await;
    assert_eq!(reason(svg), "the bytes are SVG, not PNG, JPEG or WebP");
    let empty = objection(|_, _| stand_in::bytes("image/png", Vec::new())).await;
    assert_eq!(reason(empty), "the bytes are empty, not PNG, JPEG or WebP");
}

#[tokio::test]
async fn an_advert_with_status_200_is_not_the_picture() {
    let advert = RgbImage::from_fn(768, 768, |x, y| image::Rgb([x as u8, y as u8, 9]));
    let advert = encode::jpeg(&advert, 80).unwrap();
    let error = objection(move |_, _| stand_in::bytes("image/jpeg", advert.clone())).await;
    assert_eq!(reason(error), "asked for 128x96, got 768x768");
}

#[tokio::test]
async fn half_a_picture_is_no_picture() {
    let half = || {
        let mut bytes = encode::jpeg(&drawing(1), 90).unwrap();
        bytes.truncate(bytes.len() / 2);
        bytes
    };
    assert_eq!(
        reason(objection(move |_, _| stand_in::bytes("image/jpeg", half())).await),
        "the file is cut short"
    );
    let gone = objection(move |_, _| stand_in::broken(half())).await;
    assert_eq!(gone.code(), "unreachable");
}

#[tokio::test]
async fn half_a_gigabyte_is_refused_by_its_header_and_an_endless_body_at_the_limit() {
    let announced = objection(|_, _| stand_in::promised(500 << 20, vec![0; 1000])).await;
    assert_eq!(
        announced,
        ProviderError::TooLarge {
            provider: "painter".into(),
            limit: 1 << 20
        }
    );
    assert_eq!(objection(|_, _| stand_in::endless()).await.code(), "too-large");
}

#[tokio::test]
async fn a_service_that_sends_nothing_more_runs_out_of_time() {
    let slow = objection(|_, _| stand_in::promised(1000, vec![0x89])).await;
    assert_eq!(slow.code(), "timed-out");
}

#[tokio::test]
async fn a_flood_of_pixels_is_not_unpacked() {
    let flood = || {
        let mut bytes = encode::png(&drawing(1)).unwrap();
        bytes[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
        bytes
    };
    assert_eq!(
        objection(move |_, _| stand_in::bytes("image/png", flood()))
            .await
            .code(),
        "not-the-picture"
    );
}

#[tokio::test]
async fn a_redirect_to_another_place_is_not_followed() {
    for target in [
        "http://169.254.169.254/latest/meta-data",
        "http://127.0.0.2:6379/",
        "file:///etc/passwd",
        "http://[::1]/",
    ] {
        let error = objection(move |_, _| stand_in::redirect(target)).await;
        assert!(["the host is not on the allow-list", "not HTTPS"].contains(&reason(error).as_str()));
    }
    assert_eq!(
        reason(objection(|_, _| stand_in::redirect("/image/again")).await),
        "too many redirects"
    );
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
