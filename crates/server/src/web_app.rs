//! The reader app, embedded in the binary.

use axum::body::Bytes;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, header};
use axum::response::{Html, IntoResponse as _, Response};
use rust_embed::{Embed, EmbeddedFile};

use crate::delivery::{Caching, File};
use crate::problem::Problem;

/// The build output of `web/`. It may be missing: the server works without it.
#[derive(Embed)]
#[folder = "$WEB_APP_FOLDER"]
#[allow_missing = true]
struct Assets;

/// What the app's pages may do: only our own scripts, styles, pictures and addresses.
const POLICY: (HeaderName, HeaderValue) = (
    header::CONTENT_SECURITY_POLICY,
    HeaderValue::from_static(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; \
         connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'",
    ),
);

const INDEX: &str = "index.html";
/// Where the build puts files whose names carry a hash of what is in them.
const HASHED: &str = "assets/";

const PLACEHOLDER: &str = "<!doctype html><html lang=\"ru\"><meta charset=\"utf-8\"><title>BookReader AI</title>\
    <h1>BookReader AI</h1><p>Сервер работает, но веб-приложение в него не встроено. Соберите его: \
    <code>cargo xtask build</code>.</p><p lang=\"en\">The server works, but the web app is not built into it. Build it: \
    <code>cargo xtask build</code>.</p>";

/// Answers every address that is no route: a file of the app, its page, or a problem.
pub(crate) async fn serve(request: Request) -> Result<Response, Problem> {
    let path = request.uri().path().trim_start_matches('/');
    if !matches!(*request.method(), Method::GET | Method::HEAD) || is_of_the_api(path) {
        return Err(Problem::not_found("address"));
    }
    if let Some(file) = Assets::get(path).filter(|_| path != INDEX) {
        return asset(path, file, request.headers());
    }
    if path.starts_with(HASHED) || !wants_a_page(request.uri(), request.headers()) {
        return Err(Problem::not_found("address"));
    }
    page(request.headers())
}

fn is_of_the_api(path: &str) -> bool {
    ["api", "content", "docs"].contains(&path.split('/').next().unwrap_or_default())
}

/// The app finds its own way from any address that a browser opens.
fn wants_a_page(uri: &Uri, headers: &HeaderMap) -> bool {
    let accepts = headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    uri.path() == "/" || accepts.contains("text/html")
}

fn page(headers: &HeaderMap) -> Result<Response, Problem> {
    let mut response = match Assets::get(INDEX) {
        Some(file) => asset(INDEX, file, headers)?,
        None => Html(PLACEHOLDER).into_response(),
    };
    let (name, value) = POLICY;
    response.headers_mut().insert(name, value);
    Ok(response)
}

fn asset(path: &str, file: EmbeddedFile, headers: &HeaderMap) -> Result<Response, Problem> {
    let caching = if path.starts_with(HASHED) {
        Caching::Immutable
    } else {
        Caching::Revalidate
    };
    let media_type = media_type(file.metadata.mimetype());
    let version = hex::encode(&file.metadata.sha256_hash()[..16]);
    let bytes = match file.data {
        std::borrow::Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        std::borrow::Cow::Owned(bytes) => Bytes::from(bytes),
    };
    let mut response = File {
        bytes,
        media_type,
        version,
        caching,
    }
    .answer(headers)?;
    if path.ends_with(".js") {
        // A worker runs under the policy of its own script.
        let (name, value) = POLICY;
        response.headers_mut().insert(name, value);
    }
    Ok(response)
}

fn media_type(guessed: &str) -> HeaderValue {
    let is_text =
        guessed.starts_with("text/") || guessed.ends_with("javascript") || guessed.ends_with("json");
    let text = if is_text {
        format!("{guessed}; charset=utf-8")
    } else {
        guessed.to_owned()
    };
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("application/octet-stream"))
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Request;

    use crate::test_app::on_each_engine;

    #[tokio::test]
    async fn any_address_that_a_browser_opens_is_the_app() {
        on_each_engine(async |app| {
            let open = async |path: &str| {
                let request = Request::get(path)
                    .header("accept", "text/html,*/*;q=0.8")
                    .body(Body::empty())
                    .unwrap();
                app.anonymous().send(request).await
            };
            for path in ["/", "/books/42/read"] {
                let page = open(path).await;
                assert_eq!(page.status, 200);
                assert!(page.text().contains("BookReader"), "{path}");
                assert!(
                    page.header("content-security-policy")
                        .contains("script-src 'self';"),
                    "{page:?}"
                );
            }
            open("/api/v1/nothing").await.problem(404, "not-found");
            open("/assets/nothing-1234.js").await.problem(404, "not-found");
        })
        .await;
    }

    #[tokio::test]
    async fn what_is_not_a_page_is_not_found() {
        on_each_engine(async |app| {
            app.anonymous().get("/robots.php").await.problem(404, "not-found");
            app.anonymous()
                .delete("/books/42")
                .await
                .problem(404, "not-found");
        })
        .await;
    }
}
