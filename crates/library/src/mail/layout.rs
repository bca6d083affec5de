//! One wording, laid out twice: as plain text, and as HTML that needs nothing from a network.

use crate::accounts::Language;
use crate::mail::words::Wording;

/// The plain text.
pub(super) fn text(wording: &Wording, link: Option<&str>) -> String {
    let mut parts = vec![wording.greeting.clone()];
    parts.extend(wording.paragraphs.iter().cloned());
    if let (Some(button), Some(link)) = (wording.button, link) {
        parts.push(format!("{button}:\n{link}"));
    }
    parts.push(wording.afterword.to_owned());
    parts.push(format!("-- \n{}", wording.signature));
    parts.join("\n\n") + "\n"
}

/// The HTML: styles inside, because readers of mail drop all others.
pub(super) fn html(wording: &Wording, language: Language, link: Option<&str>) -> String {
    let paragraph =
        |text: &str, style: &str| format!("<p style=\"margin:0 0 16px;{style}\">{}</p>", escape(text));
    let mut body = paragraph(&wording.greeting, "");
    for text in &wording.paragraphs {
        body.push_str(&paragraph(text, ""));
    }
    if let (Some(button), Some(link)) = (wording.button, link) {
        let (button, link) = (escape(button), escape(link));
        body.push_str(&format!(
            "<p style=\"margin:24px 0\"><a href=\"{link}\" style=\"display:inline-block;padding:12px 20px;\
             border-radius:8px;background:#7a3b1d;color:#ffffff;text-decoration:none\">{button}</a></p>\
             <p style=\"margin:0 0 16px;font-size:13px;color:#5c5348;word-break:break-all\">{link}</p>"
        ));
    }
    body.push_str(&paragraph(wording.afterword, "color:#5c5348"));
    body.push_str(&paragraph(wording.signature, "color:#5c5348"));
    format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title></head>\
         <body style=\"margin:0;background:#f6f1e7\"><div style=\"max-width:560px;margin:0 auto;padding:32px 24px;\
         background:#fffdf8;color:#2b2620;font:16px/1.5 Georgia,serif\">{body}</div></body></html>",
        language.name(),
        escape(wording.subject),
    )
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::Letter;
    use crate::mail::words::word;

    #[test]
    fn a_name_is_never_markup() {
        let wording = word(
            &Letter::ResetPassword {},
            Language::Russian,
            "<img src=x> & \"co\"",
        );
        let page = html(&wording, Language::Russian, Some("https://books.example/a?b&c"));
        assert!(page.contains("&lt;img src=x&gt; &amp; &quot;co&quot;") && !page.contains("<img"));
        assert!(page.contains("href=\"https://books.example/a?b&amp;c\""));
    }

    #[test]
    fn both_languages_say_everything() {
        let letters = [
            Letter::ConfirmAddress {},
            Letter::ResetPassword {},
            Letter::AddressChanged {
                new_address: "new@example.org".into(),
            },
            Letter::PasswordChanged {},
        ];
        for letter in letters {
            for language in [Language::Russian, Language::English] {
                let wording = word(&letter, language, "Анна");
                let link = letter.proof().map(|_| "https://books.example/#proof");
                let (plain, page) = (text(&wording, link), html(&wording, language, link));
                assert_eq!(wording.button.is_some(), letter.proof().is_some(), "{letter:?}");
                assert_eq!(plain.contains("#proof"), link.is_some());
                assert_eq!(page.contains("#proof"), link.is_some());
                for part in &wording.paragraphs {
                    assert!(
                        plain.contains(part.as_str()) && page.contains(part.as_str()),
                        "{letter:?}"
                    );
                }
            }
        }
    }
}
