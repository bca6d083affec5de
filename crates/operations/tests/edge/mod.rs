//! nginx itself with our configuration, in front of a service that is alive, dead, or under maintenance.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::routing::{get, post};

use super::{deploy, program};

const HOST: &str = "bookreader.example";

struct Edge {
    folder: tempfile::TempDir,
    nginx: Child,
    plain: u16,
    tls: u16,
    service: u16,
    client: reqwest::Client,
}

impl Edge {
    async fn start() -> Option<Self> {
        let nginx = program("nginx", "nginx-light")?;
        let mut openssl = program("openssl", "openssl")?;
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir().unwrap();
        // nginx's workers are another user's.
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
        let at = |name: &str| folder.path().join(name).display().to_string();
        openssl.args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "90"]);
        openssl.args([
            "-subj",
            &format!("/CN={HOST}"),
            "-keyout",
            &at("privkey.pem"),
            "-out",
            &at("fullchain.pem"),
        ]);
        assert!(openssl.output().unwrap().status.success());
        let (plain, tls, service) = (free_port(), free_port(), free_port());
        let files = deploy().join("nginx");
        std::fs::copy(files.join("maintenance.html"), at("maintenance.html")).unwrap();
        let mut site = std::fs::read_to_string(files.join("bookreader.conf")).unwrap();
        let proxy = files.join("bookreader-proxy.conf").display().to_string();
        for (from, to) in [
            ("/etc/letsencrypt/live/bookreader.example", at("")),
            ("/var/log/nginx/", at("")),
            ("/etc/nginx/bookreader-proxy.conf", proxy),
            ("/run/bookreader/maintenance", at("flag")),
            ("/usr/share/bookreader", at("")),
            ("listen 80 ", format!("listen 127.0.0.1:{plain} ")),
            ("listen 443 ", format!("listen 127.0.0.1:{tls} ")),
            ("server 127.0.0.1:8000", format!("server 127.0.0.1:{service}")),
        ] {
            assert!(site.contains(from), "the configuration has no {from}");
            site = site.replace(from, &to);
        }
        std::fs::write(at("site.conf"), site).unwrap();
        let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|kind| format!("{kind}_temp_path {};", at(kind)))
            .concat();
        let main = format!(
            "daemon off; pid {}; error_log {};\nevents {{}}\nhttp {{ access_log off; {temporary} include {}; }}\n",
            at("pid"),
            at("error.log"),
            at("site.conf")
        );
        std::fs::write(at("nginx.conf"), main).unwrap();
        let test = Command::new(nginx.get_program())
            .args(["-t", "-c", &at("nginx.conf")])
            .output()
            .unwrap();
        assert!(test.status.success(), "{}", String::from_utf8_lossy(&test.stderr));
        let child = Command::new(nginx.get_program())
            .args(["-c", &at("nginx.conf")])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .danger_accept_invalid_certs(true)
            .resolve(HOST, SocketAddr::from((Ipv4Addr::LOCALHOST, tls)))
            .build()
            .unwrap();
        let edge = Self {
            folder,
            nginx: child,
            plain,
            tls,
            service,
            client,
        };
        while edge.client.get(edge.url("/metrics")).send().await.is_err() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Some(edge)
    }

    fn url(&self, path: &str) -> String {
        format!("https://{HOST}:{}{path}", self.tls)
    }

    fn flag(&self) -> PathBuf {
        self.folder.path().join("flag")
    }

    async fn get(&self, path: &str) -> (u16, reqwest::header::HeaderMap, String) {
        let request = self
            .client
            .get(self.url(path))
            .header("x-forwarded-for", "198.51.100.1");
        let answer = request.send().await.unwrap();
        (
            answer.status().as_u16(),
            answer.headers().clone(),
            answer.text().await.unwrap(),
        )
    }

    /// A service behind it that says who it takes the client for, and lets nobody sign in.
    async fn revive(&self) {
        let say = |request: Request| async move {
            let header = request.headers().get("x-forwarded-for").cloned();
            format!(
                "client {}",
                header.map_or(String::new(), |one| one.to_str().unwrap().to_owned())
            )
        };
        let router = Router::new()
            .route("/health", get(say))
            .route("/hello", get(say))
            .route("/api/v1/auth/login", post(|| async { StatusCode::UNAUTHORIZED }));
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, self.service))
            .await
            .unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
    }
}

impl Drop for Edge {
    fn drop(&mut self) {
        // The master ends its workers.
        let _ = Command::new("kill").arg(self.nginx.id().to_string()).status();
        let _ = self.nginx.wait();
    }
}

fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

fn assert_protected(headers: &reqwest::header::HeaderMap) {
    for name in [
        "strict-transport-security",
        "content-security-policy",
        "x-content-type-options",
        "x-frame-options",
        "referrer-policy",
    ] {
        assert_eq!(headers.get_all(name).iter().count(), 1, "{name}");
    }
    assert_eq!(headers["cache-control"], "no-store");
    assert!(
        !headers["server"].to_str().unwrap().contains('/'),
        "no version is told"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nginx_sends_everybody_to_tls_and_keeps_operators_pages_to_itself() {
    let Some(edge) = Edge::start().await else { return };
    edge.revive().await;
    let plain = edge
        .client
        .get(format!("http://127.0.0.1:{}/a?b=c", edge.plain))
        .send()
        .await
        .unwrap();
    assert_eq!(plain.status(), 301);
    assert_eq!(plain.headers()["location"], "https://bookreader.example/a?b=c");
    assert_eq!(edge.get("/metrics").await.0, 404);
    assert_eq!(edge.get("/ready").await.0, 404);
    let (status, _, body) = edge.get("/hello").await;
    assert_eq!(
        (status, body.as_str()),
        (200, "client 127.0.0.1"),
        "what the client says of itself is dropped"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_maintenance_page_is_shown_by_a_flag_and_with_a_dead_service() {
    let Some(edge) = Edge::start().await else { return };
    let is_page = |(status, headers, body): (u16, reqwest::header::HeaderMap, String)| {
        assert_eq!(status, 503);
        assert_eq!(headers["retry-after"], "120");
        assert_protected(&headers);
        assert!(body.contains("turning a page"), "{body}");
    };
    is_page(edge.get("/hello").await);
    edge.revive().await;
    assert_eq!(edge.get("/hello").await.0, 200);
    std::fs::write(edge.flag(), "").unwrap();
    is_page(edge.get("/hello").await);
    is_page(edge.get("/api/v1/books").await);
    assert_eq!(edge.get("/health").await.0, 200);
    std::fs::remove_file(edge.flag()).unwrap();
    assert_eq!(edge.get("/hello").await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_tries_to_sign_in_too_often_is_held_back() {
    let Some(edge) = Edge::start().await else { return };
    edge.revive().await;
    let mut statuses = Vec::new();
    for _ in 0..40 {
        let answer = edge
            .client
            .post(edge.url("/api/v1/auth/login"))
            .send()
            .await
            .unwrap();
        if answer.status() == 429 {
            assert_eq!(answer.headers()["retry-after"], "5");
            assert_protected(answer.headers());
        }
        statuses.push(answer.status().as_u16());
    }
    assert!(statuses[..20].iter().all(|status| *status == 401), "{statuses:?}");
    assert!(statuses.contains(&429), "{statuses:?}");
}
