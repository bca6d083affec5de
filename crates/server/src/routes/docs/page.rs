//! Swagger UI, vendored in the binary and under a policy that lets it load nothing from elsewhere.

use std::sync::Arc;

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use bytes::Bytes;

use crate::delivery::{Caching, File};
use crate::extract::Path;
use crate::problem::Problem;

const POLICY: (HeaderName, HeaderValue) = (
    header::CONTENT_SECURITY_POLICY,
    HeaderValue::from_static(
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
         connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
);

const PAGE: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>BookReader AI: API</title>\
    <link rel=\"stylesheet\" href=\"/docs/swagger-ui.css\"><link rel=\"icon\" href=\"/docs/favicon-32x32.png\">\
    <div id=\"swagger-ui\"></div><script src=\"/docs/swagger-ui-bundle.js\"></script>\
    <script src=\"/docs/start.js\"></script></html>";

const START: &str =
    "SwaggerUIBundle({ url: '/api/v1/openapi.json', dom_id: '#swagger-ui', deepLinking: true });\n";

/// The page itself.
pub(crate) async fn page() -> Response {
    ([POLICY], Html(PAGE)).into_response()
}

/// A script, style or picture of the page.
pub(crate) async fn file(Path(name): Path<String>, headers: HeaderMap) -> Result<Response, Problem> {
    let (bytes, media_type) = find(&name).ok_or_else(|| Problem::not_found("file"))?;
    let version = env!("CARGO_PKG_VERSION").to_owned();
    File {
        bytes,
        media_type,
        version,
        caching: Caching::Revalidate,
    }
    .answer(&headers)
}

fn find(name: &str) -> Option<(Bytes, HeaderValue)> {
    if name == "start.js" {
        return Some((
            Bytes::from_static(START.as_bytes()),
            HeaderValue::from_static("text/javascript"),
        ));
    }
    // The vendored page has scripts of its own settings: ours stands in for it.
    if !["swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png"].contains(&name) {
        return None;
    }
    let file = utoipa_swagger_ui::serve(name, Arc::default()).ok().flatten()?;
    let media_type = HeaderValue::try_from(file.content_type).ok()?;
    Some((Bytes::from(file.bytes.into_owned()), media_type))
}

#[cfg(test)]
mod tests {
    use crate::test_app::on_each_engine;

    #[tokio::test]
    async fn the_page_has_all_that_it_loads_and_nothing_from_elsewhere() {
        on_each_engine(async |app| {
            let page = app.anonymous().get("/docs").await;
            assert!(!page.text().contains("http"), "{}", page.text());
            let files: Vec<_> = page
                .text()
                .split('"')
                .filter(|part| part.starts_with("/docs/"))
                .collect();
            assert_eq!(files.len(), 4);
            for file in files {
                assert_eq!(app.anonymous().get(file).await.status, 200, "{file}");
            }
            app.anonymous()
                .get("/docs/index.html")
                .await
                .problem(404, "not-found");
        })
        .await;
    }
}
