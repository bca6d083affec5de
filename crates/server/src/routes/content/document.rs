//! Sends the HTML of a chapter or of a part of it.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use bytes::Bytes;
use library::content;

use super::sandboxed;
use crate::ServerState;
use crate::admission::Caller;
use crate::delivery::{Caching, File};
use crate::extract::Path;
use crate::problem::Problem;

/// The HTML of a chapter (`3.html`) or of a part of it (`3.1.html`)
///
/// The address names a revision of the text, so its content never changes.
#[utoipa::path(
    get, path = "/content/{revision}/{document}", tag = "books",
    params(
        ("revision" = String, Path, pattern = "^[0-9a-f]{32}$"),
        ("document" = String, Path, pattern = r"^[0-9]{1,9}(\.[0-9]{1,9})?\.html$"),
    ),
    responses((status = OK, content_type = "text/html", body = String), (status = NOT_MODIFIED)),
)]
pub(crate) async fn document(
    State(state): State<ServerState>,
    caller: Caller,
    Path((revision, document)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let place = Place::parse(&revision, &document).ok_or_else(|| Problem::not_found("chapter"))?;
    let html = match place.part {
        None => content::chapter_html(state.library(), caller.0, &revision, place.chapter).await,
        Some(part) => content::part(state.library(), caller.0, &revision, place.chapter, part).await,
    };
    let bytes = Bytes::from(html.map_err(|error| caller.missing(error))?);
    let media_type = HeaderValue::from_static("text/html; charset=utf-8");
    let version = format!("{revision}-{document}");
    File {
        bytes,
        media_type,
        version,
        caching: Caching::PrivateImmutable,
    }
    .answer(&headers)
    .map(sandboxed)
}

struct Place {
    chapter: usize,
    part: Option<usize>,
}

impl Place {
    fn parse(revision: &str, document: &str) -> Option<Self> {
        if !is_revision(revision) {
            return None;
        }
        let name = document.strip_suffix(".html")?;
        match name.split_once('.') {
            None => Some(Self {
                chapter: number(name)?,
                part: None,
            }),
            Some((chapter, part)) => Some(Self {
                chapter: number(chapter)?,
                part: Some(number(part)?),
            }),
        }
    }
}

pub(super) fn is_revision(text: &str) -> bool {
    text.len() == 32
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// `parse` alone would take `+1` too.
fn number(text: &str) -> Option<usize> {
    let is_plain = (1..=9).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Request;

    use super::*;
    use crate::test_app::{TestBook, on_each_engine, readable};

    #[test]
    fn only_chapters_and_parts_have_addresses() {
        let revision = "0123456789abcdef0123456789abcdef";
        let place = Place::parse(revision, "12.3.html").unwrap();
        assert_eq!((place.chapter, place.part), (12, Some(3)));
        assert!(Place::parse(revision, "12.html").is_some());
        for wrong in [
            "12",
            "+1.html",
            "1.2.3.html",
            "a.html",
            ".html",
            "1..html",
            "99999999999999999999.html",
        ] {
            assert!(Place::parse(revision, wrong).is_none(), "{wrong}");
        }
        assert!(Place::parse("0123456789ABCDEF0123456789ABCDEF", "1.html").is_none());
    }

    #[tokio::test]
    async fn a_chapter_is_kept_for_good_and_may_do_nothing() {
        on_each_engine(async |app| {
            let anna = app.reader("anna").await;
            let book = readable(
                &app,
                &anna,
                &TestBook::new("Метель").chapter(&["Снег шёл всю ночь."]),
            )
            .await;
            let path = format!("/content/{}/0.html", book["revision"].as_str().unwrap());
            let html = anna.get(&path).await;
            assert_eq!(html.status, 200);
            assert_eq!(html.header("content-type"), "text/html; charset=utf-8");
            assert_eq!(
                html.header("cache-control"),
                "private, max-age=31536000, immutable"
            );
            assert_eq!(
                html.header("content-security-policy"),
                "default-src 'none'; sandbox; frame-ancestors 'none'"
            );
            let again = Request::get(&path)
                .header("if-none-match", html.header("etag"))
                .body(Body::empty())
                .unwrap();
            assert_eq!(anna.send(again).await.status, 304);
        })
        .await;
    }

    #[tokio::test]
    async fn a_private_chapter_is_for_its_owner() {
        on_each_engine(async |app| {
            let (anna, boris) = (app.reader("anna").await, app.reader("boris").await);
            let book = readable(
                &app,
                &anna,
                &TestBook::new("Метель").chapter(&["Снег шёл всю ночь."]),
            )
            .await;
            let path = format!("/content/{}/0.html", book["revision"].as_str().unwrap());
            boris.get(&path).await.problem(404, "not-found");
            app.anonymous().get(&path).await.problem(401, "sign-in-needed");
            let by_cookie = Request::get(&path).header("cookie", format!("access={}", anna.token()));
            assert_eq!(
                app.anonymous()
                    .send(by_cookie.body(Body::empty()).unwrap())
                    .await
                    .status,
                200
            );
        })
        .await;
    }
}
