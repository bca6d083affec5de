//! The checks that ask Prometheus and Alertmanager, against stand-ins that answer as told.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::HashMap;
use std::net::Ipv4Addr;

use axum::extract::Query;
use axum::routing::get;
use axum::{Json, Router};
use operations::Outcome;
use operations::checks::{Check, Finding, Settings, Subject};
use operations::smoke::Account;
use serde_json::{Value, json};

/// What the stand-ins know.
#[derive(Clone, Copy)]
struct World {
    errors: f64,
    requests: f64,
    p95: Option<f64>,
    redis_up: &'static str,
    alerts: &'static [&'static str],
}

const WELL: World = World {
    errors: 0.0,
    requests: 20_000.0,
    p95: Some(0.12),
    redis_up: "1",
    alerts: &["Watchdog"],
};

fn answer(world: World, query: &str) -> Value {
    let one = |number: f64| json!([{"metric": {}, "value": [0.0, number.to_string()]}]);
    let result = match query {
        "up" => json!([
            {"metric": {"job": "backend", "instance": "a"}, "value": [0.0, "1"]},
            {"metric": {"job": "redis", "instance": "b"}, "value": [0.0, world.redis_up]},
        ]),
        query if query.contains("status=~") => one(world.errors),
        query if query.contains("http_requests_total") => one(world.requests),
        query if query.contains("histogram_quantile") => world.p95.map_or(json!([]), one),
        other => panic!("nobody answers {other}"),
    };
    json!({"status": "success", "data": {"resultType": "vector", "result": result}})
}

async fn serve(router: Router) -> url::Url {
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    address.parse().unwrap()
}

async fn look(check: Check, world: World) -> Finding {
    let router = Router::new()
        .route(
            "/api/v1/query",
            get(move |Query(asked): Query<HashMap<String, String>>| async move {
                Json(answer(world, &asked["query"]))
            }),
        )
        .route(
            "/api/v2/alerts",
            get(move || async move {
                let alert = |name: &&str| json!({"labels": {"alertname": name}});
                Json(world.alerts.iter().map(alert).collect::<Vec<_>>())
            }),
        );
    look_at(check, serve(router).await).await
}

async fn look_at(check: Check, address: url::Url) -> Finding {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().build().unwrap();
    let subject = Subject {
        client: &client,
        service: address.clone(),
        prometheus: address.clone(),
        alertmanager: address,
        account: Account::synthetic(),
        source: "/nowhere".into(),
        data_dir: "/nowhere".into(),
        library: Err("there is none".to_owned()),
        backups: Err("there are none".to_owned()),
        now: chrono::DateTime::UNIX_EPOCH,
        settings: Settings::default(),
        version: "1.2.3",
    };
    check.look(&subject).await
}

#[tokio::test]
async fn each_fault_fails_its_own_check_and_no_other() {
    let checks = [
        Check::Targets,
        Check::ErrorRate,
        Check::RollbackRate,
        Check::Latency,
        Check::Alerts,
    ];
    let faults: [(World, &[Check]); 6] = [
        (WELL, &[]),
        (
            World {
                redis_up: "0",
                ..WELL
            },
            &[Check::Targets],
        ),
        (World { errors: 40.0, ..WELL }, &[Check::ErrorRate]),
        (
            World {
                errors: 1200.0,
                ..WELL
            },
            &[Check::ErrorRate, Check::RollbackRate],
        ),
        (
            World {
                p95: Some(0.6),
                ..WELL
            },
            &[Check::Latency],
        ),
        (
            World {
                alerts: &["Watchdog", "DiskFull"],
                ..WELL
            },
            &[Check::Alerts],
        ),
    ];
    for (world, broken) in faults {
        for check in checks {
            let finding = look(check, world).await;
            let wanted = if broken.contains(&check) {
                Outcome::Fail
            } else {
                Outcome::Pass
            };
            assert_eq!(finding.outcome, wanted, "{}: {}", check.name(), finding.evidence);
        }
    }
}

#[tokio::test]
async fn what_is_down_is_named() {
    let finding = look(
        Check::Targets,
        World {
            redis_up: "0",
            ..WELL
        },
    )
    .await;
    assert_eq!(finding.evidence, "down: redis b");
}

#[tokio::test]
async fn no_traffic_and_no_monitoring_are_doubts() {
    let idle = World {
        requests: 0.0,
        p95: None,
        ..WELL
    };
    for check in [Check::ErrorRate, Check::RollbackRate, Check::Latency] {
        assert_eq!(
            look(check, idle).await.outcome,
            Outcome::CannotTell,
            "{}",
            check.name()
        );
    }
    for check in [Check::Targets, Check::ErrorRate, Check::Latency, Check::Alerts] {
        let finding = look_at(check, "http://127.0.0.1:9".parse().unwrap()).await;
        assert_eq!(finding.outcome, Outcome::CannotTell, "{}", check.name());
    }
}
