//! The smoke journeys against a service that can be broken in one place at a time.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::net::Ipv4Addr;
use std::time::Duration;

use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use operations::Outcome;
use operations::smoke::{self, Account, Plan, Printer, Report};
use serde_json::{Value, json};

const USER: &str = "01931c2e-7a40-7cc0-9a6d-0d6a3f1f3b11";
const STRANGER: &str = "01931c2e-7a40-7cc0-9a6d-0d6a3f1f3b12";

/// How the service misbehaves.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    None,
    HealthSaysStarting,
    HealthIsHtml,
    HealthHangs,
    RegistrationConflicts,
    RegistrationHasNoId,
    RegistrationIsClosed,
    LoginIsLimited,
    LoginTokenIsEmpty,
    LoginTokenIsNested,
    ProfileIsAStranger,
    ProfileNeedsNoToken,
    BooksRedirect,
    BooksMiscount,
    RemovalIsForbidden,
}

fn service(fault: Fault) -> Router {
    Router::new()
        .route("/health", get(move || health(fault)))
        .route(
            "/api/v1/users/register",
            post(move |Json(body): Json<Value>| async move { register(fault, &body) }),
        )
        .route("/api/v1/auth/login", post(move || async move { login(fault) }))
        .route(
            "/api/v1/users/me",
            get(move |headers: HeaderMap| async move { profile(fault, &headers) })
                .delete(move || async move { remove(fault) }),
        )
        .route("/api/v1/books", get(move || async move { books(fault) }))
}

async fn health(fault: Fault) -> Response {
    match fault {
        Fault::HealthSaysStarting => Json(json!({"status": "starting", "version": "1"})).into_response(),
        Fault::HealthIsHtml => "<html>".into_response(),
        Fault::HealthHangs => std::future::pending().await,
        _ => Json(json!({"status": "ok", "version": "1.2.3"})).into_response(),
    }
}

fn register(fault: Fault, body: &Value) -> Response {
    let created = |answer: Value| (StatusCode::CREATED, Json(answer)).into_response();
    match fault {
        // The letters "id" are in this body: looking for them is how the original script was fooled.
        Fault::RegistrationConflicts => (
            StatusCode::CONFLICT,
            Json(json!({"code": "email_taken", "request_id": "1"})),
        )
            .into_response(),
        Fault::RegistrationHasNoId => created(json!({"email": body["email"], "provided": true})),
        Fault::RegistrationIsClosed => {
            (StatusCode::FORBIDDEN, Json(json!({"code": "sign_up_closed"}))).into_response()
        }
        _ => created(json!({"id": USER, "email": body["email"], "full_name": body["full_name"]})),
    }
}

fn login(fault: Fault) -> Response {
    match fault {
        Fault::LoginIsLimited => StatusCode::TOO_MANY_REQUESTS.into_response(),
        Fault::LoginTokenIsNested => Json(json!({"tokens": {"access_token": "t"}})).into_response(),
        Fault::LoginTokenIsEmpty => {
            Json(json!({"access_token": "", "token_type": "Bearer", "expires_in": 900})).into_response()
        }
        _ => Json(json!({"access_token": "t", "token_type": "Bearer", "expires_in": 900})).into_response(),
    }
}

fn profile(fault: Fault, headers: &HeaderMap) -> Response {
    let signed_in = headers
        .get("authorization")
        .is_some_and(|value| value == "Bearer t");
    match fault {
        Fault::ProfileIsAStranger if signed_in => Json(json!({"id": STRANGER})).into_response(),
        Fault::ProfileNeedsNoToken => Json(json!({"id": USER})).into_response(),
        _ if signed_in => Json(json!({"id": USER})).into_response(),
        _ => StatusCode::UNAUTHORIZED.into_response(),
    }
}

fn remove(fault: Fault) -> StatusCode {
    if fault == Fault::RemovalIsForbidden {
        StatusCode::FORBIDDEN
    } else {
        StatusCode::NO_CONTENT
    }
}

fn books(fault: Fault) -> Response {
    match fault {
        Fault::BooksRedirect => Redirect::permanent("/api/v1/books/").into_response(),
        Fault::BooksMiscount => {
            Json(json!({"items": [{"id": USER, "title": "Tale"}], "total": 0, "page": 1, "per_page": 20}))
                .into_response()
        }
        _ => Json(json!({"items": [{"id": USER, "title": "Tale"}], "total": 1, "page": 1, "per_page": 20}))
            .into_response(),
    }
}

fn client() -> reqwest::Client {
    // A second test of the same process finds the provider installed; that is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap()
}

async fn walk(fault: Fault, account: Account) -> Report {
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .unwrap();
    let target = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, service(fault)).await });
    // Only the service that hangs on purpose may meet the limit.
    let step_limit = Duration::from_secs(if fault == Fault::HealthHangs { 1 } else { 60 });
    let plan = Plan {
        target: target.parse().unwrap(),
        account,
        step_limit,
    };
    smoke::run(&client(), &plan, &mut |_| ()).await
}

#[tokio::test]
async fn a_sound_service_passes_every_journey() {
    let report = walk(Fault::None, Account::synthetic()).await;
    assert_eq!(report.outcome, Outcome::Pass);
    let ids: Vec<_> = report.steps.iter().map(|step| step.id).collect();
    assert_eq!(ids, ["health", "register", "login", "profile", "books"]);
}

#[tokio::test]
async fn a_throw_away_account_is_removed() {
    let report = walk(Fault::None, Account::throw_away([1; 24])).await;
    assert_eq!(report.steps.last().unwrap().id, "remove");
    assert_eq!(report.outcome, Outcome::Pass);
}

#[tokio::test]
async fn each_fault_is_found_by_exactly_its_own_journey() {
    let faults = [
        (Fault::HealthSaysStarting, "health", Outcome::Fail),
        (Fault::HealthIsHtml, "health", Outcome::Fail),
        (Fault::HealthHangs, "health", Outcome::Fail),
        (Fault::RegistrationConflicts, "register", Outcome::Fail),
        (Fault::RegistrationHasNoId, "register", Outcome::Fail),
        (Fault::RegistrationIsClosed, "register", Outcome::CannotTell),
        (Fault::LoginIsLimited, "login", Outcome::CannotTell),
        (Fault::LoginTokenIsEmpty, "login", Outcome::Fail),
        (Fault::LoginTokenIsNested, "login", Outcome::Fail),
        (Fault::ProfileIsAStranger, "profile", Outcome::Fail),
        (Fault::ProfileNeedsNoToken, "profile", Outcome::Fail),
        (Fault::BooksRedirect, "books", Outcome::Fail),
        (Fault::BooksMiscount, "books", Outcome::Fail),
        (Fault::RemovalIsForbidden, "remove", Outcome::Fail),
    ];
    for (fault, id, outcome) in faults {
        let report = walk(fault, Account::throw_away([2; 24])).await;
        let last = report.steps.last().unwrap();
        assert_eq!(
            (last.id, last.outcome, report.outcome),
            (id, outcome, outcome),
            "{fault:?}: {}",
            last.evidence
        );
        assert!(last.fix.is_some(), "{fault:?} says nothing about a fix");
    }
}

#[tokio::test]
async fn nobody_listening_is_a_failure_of_the_first_journey() {
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .unwrap();
    let target = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let plan = Plan {
        target: target.parse().unwrap(),
        account: Account::synthetic(),
        step_limit: Duration::from_secs(60),
    };
    let report = smoke::run(&client(), &plan, &mut |_| ()).await;
    assert_eq!((report.outcome, report.steps.len()), (Outcome::Fail, 1));
}

async fn printed(fault: Fault) -> (String, String) {
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .unwrap();
    let target = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, service(fault)).await });
    let plan = Plan {
        target: target.parse().unwrap(),
        account: Account::synthetic(),
        step_limit: Duration::from_secs(60),
    };
    let (mut lines, mut reasons) = (Vec::new(), Vec::new());
    let mut printer = Printer::new(&mut lines, &mut reasons);
    printer.begin("https://books.example").unwrap();
    let report = smoke::run(&client(), &plan, &mut |event| printer.event(&event).unwrap()).await;
    printer.end(&report).unwrap();
    (
        String::from_utf8(lines).unwrap(),
        String::from_utf8(reasons).unwrap(),
    )
}

#[tokio::test]
async fn a_pass_prints_the_lines_of_the_checklists_script() {
    let (lines, reasons) = printed(Fault::None).await;
    insta::assert_snapshot!(lines, @r"
    Running smoke tests against: https://books.example
    1. Health check... ✅ PASS
    2. User registration... ✅ PASS
    3. User login... ✅ PASS
    4. Get user profile... ✅ PASS
    5. List books... ✅ PASS

    ✅ All smoke tests passed!
    ");
    assert_eq!(reasons, "");
}

#[tokio::test]
async fn a_failure_ends_the_lines_and_says_why_beside_them() {
    let (lines, reasons) = printed(Fault::RegistrationConflicts).await;
    assert!(lines.ends_with("2. User registration... ❌ FAIL\n"));
    insta::assert_snapshot!(reasons, @r#"
    POST /api/v1/users/register answers 409 instead of 201: {"code":"email_taken","request_id":"1"}
    look up the request id in the service's log
    "#);
}
