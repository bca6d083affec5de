//! Who is asked, how often, and who comes next.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    http::{StatusCode, header},
    response::IntoResponse,
};
use serde_json::json;

use super::{
    stand_in::{self, Asked, StandIn},
    *,
};
use crate::encode;

const MILLISECOND: Duration = Duration::from_millis(1);

async fn server(
    answer: impl Fn(usize, &Asked) -> axum::response::Response + Send + Sync + 'static,
) -> StandIn {
    StandIn::new(answer).await
}

fn settings(server: &StandIn, service: serde_json::Value) -> serde_json::Value {
    let mut service = service;
    service["local"] = json!(true);
    json!({ "kind": "pollinations", "address": server.url("/image"), "service": service })
}

fn good(number: usize) -> axum::response::Response {
    stand_in::bytes("image/png", encode::png(&drawing(number as u8)).unwrap())
}

async fn drawn(illustrators: &Illustrators) -> Drawn {
    illustrators
        .illustrate(&brief("a lamp"), Reach::Online)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_busy_service_is_asked_again_when_it_said_to() {
    let server = server(|number, _| match number {
        0 => (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "7")]).into_response(),
        _ => good(number),
    })
    .await;
    let clock = Arc::new(JumpingClock::default());
    let illustrators = painter(settings(&server, json!({})), &clock).unwrap();
    assert_eq!(drawn(&illustrators).await.picture.provider, "painter");
    assert_eq!(clock.waits(), [Duration::from_secs(7)]);
}

#[tokio::test]
async fn a_failing_service_is_asked_with_doubling_pauses_and_then_left() {
    let server = server(|_, _| stand_in::status(503)).await;
    let clock = Arc::new(JumpingClock::default());
    let illustrators = painter(
        settings(&server, json!({ "attempts": 4, "pause_milliseconds": 500 })),
        &clock,
    )
    .unwrap();
    let drawn = drawn(&illustrators).await;
    assert_eq!(
        (drawn.picture.provider.as_str(), drawn.passed_over[0].code()),
        (OFFLINE, "unavailable")
    );
    assert_eq!(
        clock.waits(),
        [500 * MILLISECOND, 1000 * MILLISECOND, 2000 * MILLISECOND]
    );
    assert_eq!(server.asked().len(), 4);
}

#[tokio::test]
async fn a_service_that_wants_us_back_in_an_hour_is_left_at_once() {
    let server =
        server(|_, _| (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "3600")]).into_response())
            .await;
    let clock = Arc::new(JumpingClock::default());
    let illustrators = painter(settings(&server, json!({})), &clock).unwrap();
    assert_eq!(drawn(&illustrators).await.picture.provider, OFFLINE);
    assert_eq!((server.asked().len(), clock.waits().len()), (1, 0));
    clock.advance(Duration::from_secs(3599));
    assert_eq!(drawn(&illustrators).await.passed_over[0].code(), "resting");
    clock.advance(Duration::from_secs(1));
    assert_eq!(drawn(&illustrators).await.passed_over[0].code(), "unavailable");
    assert_eq!(server.asked().len(), 2);
}

#[tokio::test]
async fn a_refusal_is_never_repeated_and_does_not_tire_the_breaker() {
    let server = server(|_, _| stand_in::status(402)).await;
    let illustrators = painter(settings(&server, json!({ "rest_after": 1 })), &Arc::default()).unwrap();
    for _ in 0..3 {
        let error = ProviderError::Refused {
            provider: "painter".into(),
            status: 402,
        };
        assert_eq!(drawn(&illustrators).await.passed_over, [error]);
    }
    assert_eq!(server.asked().len(), 3);
}

#[tokio::test]
async fn a_service_that_keeps_failing_rests() {
    let server = server(|number, _| {
        if number < 2 {
            stand_in::status(500)
        } else {
            good(number)
        }
    })
    .await;
    let clock = Arc::new(JumpingClock::default());
    let service = json!({ "attempts": 1, "rest_after": 2, "rest_seconds": 60 });
    let illustrators = painter(settings(&server, service), &clock).unwrap();
    let code = |drawn: &Drawn| drawn.passed_over.first().map(ProviderError::code);
    assert_eq!(code(&drawn(&illustrators).await), Some("unavailable"));
    assert_eq!(code(&drawn(&illustrators).await), Some("unavailable"));
    assert_eq!(code(&drawn(&illustrators).await), Some("resting"));
    assert_eq!(server.asked().len(), 2, "a resting service is not asked");
    clock.advance(Duration::from_secs(61));
    assert_eq!(drawn(&illustrators).await.picture.provider, "painter");
}

#[tokio::test]
async fn the_next_in_order_draws_what_the_first_cannot() {
    let (first, second) = (
        server(|_, _| stand_in::status(400)).await,
        server(|number, _| good(number)).await,
    );
    let settings = json!({
        "order": ["first", "second"],
        "providers": { "first": settings(&first, json!({})), "second": settings(&second, json!({})) }
    });
    let settings: IllustratorSettings = serde_json::from_value(settings).unwrap();
    let egress = Egress::new(look_up_loopback()).unwrap();
    let clock = Arc::new(JumpingClock::default());
    let illustrators = Illustrators::new(&settings, &egress, clock, Arc::new(|| 0.0)).unwrap();
    assert_eq!(illustrators.names(), ["first", "second", OFFLINE]);
    let drawn = drawn(&illustrators).await;
    assert_eq!(drawn.picture.provider, "second");
    assert_eq!(drawn.passed_over.len(), 1);
}

#[tokio::test]
async fn nothing_leaves_the_machine_for_a_book_that_stays_offline() {
    let server = server(|number, _| good(number)).await;
    let illustrators = painter(settings(&server, json!({})), &Arc::default()).unwrap();
    let drawn = illustrators
        .illustrate(&brief("a lamp in a dark room"), Reach::OfflineOnly)
        .await
        .unwrap();
    assert_eq!(
        (drawn.picture.provider.as_str(), drawn.picture.cost_micros),
        (OFFLINE, 0)
    );
    assert_eq!(server.asked().len(), 0);
}

#[tokio::test]
async fn more_pictures_than_a_minute_allows_wait_their_turn() {
    let server = server(|number, _| good(number)).await;
    let clock = Arc::new(JumpingClock::default());
    let illustrators = painter(settings(&server, json!({ "per_minute": 6 })), &clock).unwrap();
    for number in 0..3 {
        let brief = Brief {
            seed: number,
            ..brief("a lamp")
        };
        illustrators.illustrate(&brief, Reach::Online).await.unwrap();
    }
    assert_eq!(clock.waits(), [Duration::from_secs(10), Duration::from_secs(10)]);
}

#[tokio::test]
async fn no_more_pictures_are_drawn_at_once_than_the_settings_say() {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let counters = (Arc::clone(&now), Arc::clone(&most));
    let server = server(move |number, _| {
        let (now, most) = (Arc::clone(&counters.0), Arc::clone(&counters.1));
        most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        let picture = encode::png(&drawing(number as u8)).unwrap();
        let body = futures::stream::once(async move {
            tokio::time::sleep(20 * MILLISECOND).await;
            now.fetch_sub(1, Ordering::SeqCst);
            Ok::<_, std::io::Error>(picture)
        });
        axum::response::Response::new(axum::body::Body::from_stream(body))
    })
    .await;
    let service = json!({ "concurrency": 2, "per_minute": 1000 });
    let illustrators = painter(settings(&server, service), &Arc::default()).unwrap();
    let briefs: Vec<Brief> = (0..8)
        .map(|seed| Brief {
            seed,
            ..brief("a lamp")
        })
        .collect();
    let all = briefs
        .iter()
        .map(|brief| illustrators.illustrate(brief, Reach::Online));
    for drawn in futures::future::join_all(all).await {
        assert_eq!(drawn.unwrap().picture.provider, "painter");
    }
    assert_eq!(most.load(Ordering::SeqCst), 2);
}

#[test]
fn a_name_without_settings_is_an_error() {
    let settings = IllustratorSettings {
        order: vec!["ghost".into()],
        ..IllustratorSettings::default()
    };
    let egress = Egress::new(look_up_loopback()).unwrap();
    let error = Illustrators::new(
        &settings,
        &egress,
        Arc::new(JumpingClock::default()),
        Arc::new(|| 0.0),
    )
    .unwrap_err();
    assert_eq!(error.code(), "misconfigured");
}
