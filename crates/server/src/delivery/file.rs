//! Bytes with a validator: `ETag`, `304 Not Modified`, ranges.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use library::books::Blob;

use super::range::{Asked, asked};
use crate::problem::Problem;

/// How long a client may keep a file without asking again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Caching {
    /// The address names these very bytes, and anybody may see them.
    Immutable,
    /// The address names these very bytes, and only this reader may see them.
    PrivateImmutable,
    /// It hardly ever changes; this reader may keep it for a day.
    PrivateDay,
    /// Keep it, but ask each time whether it changed.
    Revalidate,
    /// As above, for this reader only.
    PrivateRevalidate,
}

impl Caching {
    fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Immutable => "public, max-age=31536000, immutable",
            Self::PrivateImmutable => "private, max-age=31536000, immutable",
            Self::PrivateDay => "private, max-age=86400",
            Self::Revalidate => "no-cache",
            Self::PrivateRevalidate => "private, no-cache",
        })
    }
}

/// A file on its way out.
pub(crate) struct File {
    /// What is sent.
    pub(crate) bytes: Bytes,
    /// Its `Content-Type`.
    pub(crate) media_type: HeaderValue,
    /// What changes when the bytes change; without quotes.
    pub(crate) version: String,
    /// How long it may be kept.
    pub(crate) caching: Caching,
}

impl File {
    /// A stored blob, which its own hash names.
    pub(crate) fn of(blob: Blob, caching: Caching) -> Self {
        let unknown = HeaderValue::from_static("application/octet-stream");
        let media_type = HeaderValue::try_from(blob.media_type).unwrap_or(unknown);
        Self {
            bytes: blob.bytes,
            media_type,
            version: blob.sha256,
            caching,
        }
    }

    /// The answer that the request's validators and range ask for.
    ///
    /// A text may be compressed on its way, so its validator is a weak one, and only what is never compressed is
    /// served in parts.
    pub(crate) fn answer(self, request: &HeaderMap) -> Result<Response, Problem> {
        let tag = self.tag();
        if is_unchanged(request, &tag) {
            return Ok((StatusCode::NOT_MODIFIED, self.headers(&tag)).into_response());
        }
        if self.is_compressible() {
            return Ok((self.headers(&tag), self.bytes).into_response());
        }
        self.answer_in_parts(request, &tag)
    }

    fn answer_in_parts(self, request: &HeaderMap, tag: &str) -> Result<Response, Problem> {
        let length = self.bytes.len();
        let mut headers = self.headers(tag);
        headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        match asked(wanted_range(request, tag), length) {
            Asked::Whole => Ok((headers, self.bytes).into_response()),
            Asked::Part(range) => {
                headers.insert(
                    header::CONTENT_RANGE,
                    ascii(&format!("bytes {}-{}/{length}", range.start, range.end - 1)),
                );
                Ok((StatusCode::PARTIAL_CONTENT, headers, self.bytes.slice(range)).into_response())
            }
            Asked::Beyond => Err(Problem::new(
                StatusCode::RANGE_NOT_SATISFIABLE,
                "range-not-satisfiable",
                format!("The file has {length} bytes: ask for some of those."),
            )
            .header(header::CONTENT_RANGE, ascii(&format!("bytes */{length}")))),
        }
    }

    fn headers(&self, tag: &str) -> HeaderMap {
        HeaderMap::from_iter([
            (header::CONTENT_TYPE, self.media_type.clone()),
            (header::CACHE_CONTROL, self.caching.header()),
            (header::ETAG, ascii(tag)),
        ])
    }

    fn tag(&self) -> String {
        if self.is_compressible() {
            format!("W/\"{}\"", self.version)
        } else {
            format!("\"{}\"", self.version)
        }
    }

    fn is_compressible(&self) -> bool {
        let kind = self.media_type.to_str().unwrap_or_default();
        kind.starts_with("text/")
            || [
                "application/javascript",
                "application/json",
                "application/manifest+json",
                "image/svg+xml",
            ]
            .iter()
            .any(|text| kind.starts_with(text))
    }
}

fn ascii(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).expect("made of hexadecimal digits and numbers")
}

/// Weak comparison (RFC 9110 section 13.1.2).
fn is_unchanged(request: &HeaderMap, tag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let ours = opaque(tag);
    request
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .any(|theirs| theirs.trim() == "*" || opaque(theirs) == ours)
}

/// The range, unless `If-Range` says that it was meant for another version.
fn wanted_range<'a>(request: &'a HeaderMap, tag: &str) -> Option<&'a str> {
    let is_same_version = request
        .get(header::IF_RANGE)
        .is_none_or(|theirs| theirs.as_bytes() == tag.as_bytes());
    request
        .get(header::RANGE)
        .filter(|_| is_same_version)?
        .to_str()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture() -> File {
        File {
            bytes: Bytes::from_static(b"0123456789"),
            media_type: HeaderValue::from_static("image/png"),
            version: "abc".into(),
            caching: Caching::PrivateImmutable,
        }
    }

    fn asking(pairs: &[(header::HeaderName, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.clone(), HeaderValue::from_static(value)))
            .collect()
    }

    fn answer(pairs: &[(header::HeaderName, &'static str)]) -> Response {
        picture().answer(&asking(pairs)).unwrap()
    }

    #[test]
    fn the_known_version_is_not_sent_again() {
        let response = answer(&[(header::IF_NONE_MATCH, r#""old", W/"abc""#)]);
        assert_eq!(response.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(response.headers()[header::ETAG], r#""abc""#);
    }

    #[test]
    fn a_part_is_labelled() {
        let response = answer(&[(header::RANGE, "bytes=2-4")]);
        assert_eq!(response.status(), StatusCode::PARTIAL_CONTENT);
        assert_eq!(response.headers()[header::CONTENT_RANGE], "bytes 2-4/10");
    }

    #[test]
    fn a_part_of_another_version_is_answered_with_the_whole() {
        let response = answer(&[(header::RANGE, "bytes=2-4"), (header::IF_RANGE, r#""old""#)]);
        assert_eq!(response.status(), StatusCode::OK);
    }

    #[test]
    fn a_range_beyond_the_end_is_a_problem() {
        let problem = picture()
            .answer(&asking(&[(header::RANGE, "bytes=10-")]))
            .unwrap_err();
        assert_eq!(problem.status(), StatusCode::RANGE_NOT_SATISFIABLE);
    }

    #[test]
    fn a_text_has_a_weak_validator_and_no_parts() {
        let mut text = picture();
        text.media_type = HeaderValue::from_static("text/html; charset=utf-8");
        let response = text.answer(&asking(&[(header::RANGE, "bytes=2-4")])).unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[header::ETAG], r#"W/"abc""#);
    }
}
