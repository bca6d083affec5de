//! Answers that a browser saves as a file.

use axum::http::HeaderValue;

/// `Content-Disposition` of a file to be saved: RFC 6266 with the name in UTF-8 (RFC 8187), and a plain name for those who
/// cannot read that.
pub(crate) fn attachment(name: &str, plain: &str, extension: &str) -> HeaderValue {
    let name: String = name
        .chars()
        .filter(|letter| !letter.is_control())
        .take(100)
        .collect();
    let encoded: String = url::form_urlencoded::byte_serialize(name.trim().as_bytes()).collect();
    let encoded = encoded.replace('+', "%20").replace('*', "%2A");
    let text =
        format!("attachment; filename=\"{plain}.{extension}\"; filename*=UTF-8''{encoded}.{extension}");
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_in_any_letters_becomes_a_name() {
        assert_eq!(
            attachment("Гроза \"1\"\r\n", "book", "epub"),
            "attachment; filename=\"book.epub\"; filename*=UTF-8''%D0%93%D1%80%D0%BE%D0%B7%D0%B0%20%221%22.epub"
        );
    }
}
