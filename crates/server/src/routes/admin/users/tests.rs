//! Who may do what to whom, and that it is in the log.

use serde_json::json;

use crate::test_app::{Client, PASSWORD, on_each_engine};

const USERS: &str = "/api/v1/admin/users";

async fn id(client: &Client) -> String {
    client.get("/api/v1/users/me").await.expect(200)["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn a_suspended_reader_is_out_at_once_and_back_with_everything() {
    on_each_engine(async |app| {
        let (anna, moderator) = (app.reader("anna").await, app.moderator().await);
        let path = format!("{USERS}/{}/suspension", id(&anna).await);
        let suspended = moderator
            .json("PUT", &path, json!({"reason": "спам"}))
            .await
            .expect(200);
        assert_eq!(suspended["suspension"]["reason"], "спам");
        anna.get("/api/v1/users/me").await.problem(401, "token-invalid");
        let refresh = json!({"refresh_token": anna.refresh_token});
        anna.post("/api/v1/auth/refresh", refresh)
            .await
            .problem(401, "session-ended");
        let right = json!({"email": "anna@example.org", "password": PASSWORD});
        app.anonymous()
            .post("/api/v1/auth/login", right.clone())
            .await
            .problem(403, "suspended");
        let wrong = json!({"email": "anna@example.org", "password": "не тот пароль"});
        app.anonymous()
            .post("/api/v1/auth/login", wrong)
            .await
            .problem(401, "wrong-credentials");
        moderator.delete(&path).await.expect(200);
        app.anonymous()
            .post("/api/v1/auth/login", right)
            .await
            .expect(200);
        let log = app
            .administrator()
            .await
            .get("/api/v1/admin/audit")
            .await
            .expect(200);
        let acts: Vec<_> = log["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| &entry["act"]["act"])
            .collect();
        assert_eq!(acts, ["restored", "suspended"]);
    })
    .await;
}

#[tokio::test]
async fn nobody_acts_on_themselves_nor_on_a_higher_rank() {
    on_each_engine(async |app| {
        let (moderator, administrator) = (app.moderator().await, app.administrator().await);
        let reason = json!({"reason": "x"});
        for (who, whom, status, code) in [
            (&moderator, &administrator, 403, "higher-rank"),
            (&moderator, &moderator, 409, "own-account"),
            (&administrator, &administrator, 409, "own-account"),
        ] {
            let path = format!("{USERS}/{}/suspension", id(whom).await);
            who.json("PUT", &path, reason.clone()).await.problem(status, code);
        }
        let nobody = format!("{USERS}/0190c0de-0000-7000-8000-000000000000/suspension");
        administrator
            .json("PUT", &nobody, reason)
            .await
            .problem(404, "not-found");
    })
    .await;
}

#[tokio::test]
async fn another_role_needs_another_sign_in() {
    on_each_engine(async |app| {
        let (anna, administrator) = (app.reader("anna").await, app.administrator().await);
        let path = format!("{USERS}/{}/role", id(&anna).await);
        anna.get(USERS).await.problem(403, "forbidden");
        let promoted = administrator
            .json("PUT", &path, json!({"role": "moderator"}))
            .await
            .expect(200);
        assert_eq!(promoted["role"], "moderator");
        anna.get("/api/v1/users/me").await.problem(401, "token-invalid");
        let anna = app.anonymous().login("anna@example.org", PASSWORD).await;
        let found = anna.get(&format!("{USERS}?q=ANNA@")).await.expect(200);
        assert_eq!(
            (&found["total"], &found["items"][0]["email"]),
            (&json!(1), &json!("anna@example.org"))
        );
        anna.json("PUT", &path, json!({"role": "administrator"}))
            .await
            .problem(403, "forbidden");
        administrator
            .json("PUT", &path, json!({"role": "emperor"}))
            .await
            .problem(422, "invalid");
    })
    .await;
}

#[tokio::test]
async fn a_plan_is_given_and_taken_back() {
    on_each_engine(async |app| {
        let (anna, administrator) = (app.reader("anna").await, app.administrator().await);
        let path = format!("{USERS}/{}/plan", id(&anna).await);
        let gift = json!({"plan": "premium", "until": "2030-01-01T00:00:00Z"});
        administrator.json("PUT", &path, gift).await.expect(200);
        let standing = anna.get("/api/v1/users/me/plan").await.expect(200);
        assert_eq!(
            (&standing["plan"], &standing["until"]),
            (&json!("premium"), &json!("2030-01-01T00:00:00Z"))
        );
        assert_eq!(administrator.delete(&path).await.expect(200)["plan"], "ultimate");
    })
    .await;
}

#[tokio::test]
async fn work_and_letters_of_all_are_seen_by_administrators() {
    on_each_engine(async |app| {
        let administrator = app.administrator().await;
        let new = json!({"email": "anna@example.org", "password": PASSWORD, "full_name": "Анна"});
        app.anonymous()
            .post("/api/v1/users/register", new)
            .await
            .expect(201);
        let queued = administrator
            .get("/api/v1/admin/jobs?state=queued")
            .await
            .expect(200);
        let job = queued[0]["id"].as_str().unwrap();
        let cancelled = administrator
            .post(&format!("/api/v1/admin/jobs/{job}/cancel"), json!(null))
            .await
            .expect(200);
        assert_eq!(
            (&cancelled["kind"], &cancelled["state"]),
            (&json!("mail"), &json!("cancelled"))
        );
        administrator
            .post(&format!("/api/v1/admin/jobs/{job}/retry"), json!(null))
            .await
            .expect(200);
        app.work().await;
        let mails = administrator.get("/api/v1/admin/mails").await.expect(200);
        assert_eq!(
            (&mails["total"], &mails["items"][0]["state"]),
            (&json!(1), &json!("sent"))
        );
    })
    .await;
}
