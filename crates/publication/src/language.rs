//! The language of a publication: what it says, checked against what it is written in.

use whatlang::Script;

use crate::{Metadata, Warning};

/// Keeps a declared language that the text does not contradict; else detects one.
pub(crate) fn settle(metadata: &mut Metadata, sample: &str, warnings: &mut Vec<Warning>) {
    let declared = metadata.language.take().and_then(|tag| normal(&tag));
    let detected = detect(sample);
    metadata.language = match (declared, detected) {
        (Some(declared), Some(detected)) if contradicts(&declared, detected, sample) => {
            let detail = format!("declared as “{declared}”, written in “{detected}”");
            warnings.push(Warning {
                code: "wrong-language".into(),
                detail,
            });
            Some(detected.to_owned())
        }
        (Some(declared), _) => Some(declared),
        (None, detected) => detected.map(str::to_owned),
    };
}

/// A BCP 47 tag in its usual spelling, or none when it is not one or says nothing.
pub(crate) fn normal(tag: &str) -> Option<String> {
    let tag = tag.trim().replace('_', "-");
    let mut subtags = tag.split('-');
    let language = subtags.next()?.to_ascii_lowercase();
    let language = match language.as_str() {
        "rus" | "russian" | "русский" | "ру" => "ru",
        "eng" | "english" => "en",
        "ukr" => "uk",
        "deu" | "ger" => "de",
        "fra" | "fre" => "fr",
        "spa" => "es",
        "ita" => "it",
        "und" | "mul" | "zxx" | "mis" => return None,
        other => other,
    };
    if !(2..=3).contains(&language.len()) || !language.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let mut normal = language.to_owned();
    for subtag in subtags.take(4) {
        if subtag.is_empty() || subtag.len() > 8 || !subtag.bytes().all(|b| b.is_ascii_alphanumeric()) {
            break;
        }
        normal.push('-');
        match subtag.len() {
            2 => normal.push_str(&subtag.to_ascii_uppercase()),
            4 => {
                normal.push_str(&subtag[..1].to_ascii_uppercase());
                normal.push_str(&subtag[1..].to_ascii_lowercase());
            }
            _ => normal.push_str(&subtag.to_ascii_lowercase()),
        }
    }
    Some(normal)
}

fn detect(sample: &str) -> Option<&'static str> {
    if sample.chars().filter(|c| c.is_alphabetic()).count() < 40 {
        return None;
    }
    let info = whatlang::detect(sample)?;
    if info.script() == Script::Cyrillic && !info.is_reliable() {
        return Some(cyrillic(sample));
    }
    (info.is_reliable() || info.confidence() > 0.2).then(|| two_letters(info.lang().code()))
}

/// Letters that only one of the East Slavic languages has.
fn cyrillic(sample: &str) -> &'static str {
    let count = |letters: &str| sample.chars().filter(|c| letters.contains(*c)).count();
    let (belarusian, ukrainian, russian) = (count("ўЎ"), count("їєґЇЄҐ"), count("ыэъёЫЭЪ"));
    if belarusian > ukrainian && belarusian > 0 {
        "be"
    } else if ukrainian > russian {
        "uk"
    } else {
        "ru"
    }
}

/// Only a different script or, for a long enough text, a sure detection is a contradiction.
fn contradicts(declared: &str, detected: &str, sample: &str) -> bool {
    let language = declared.split('-').next().unwrap_or("");
    if language == detected {
        return false;
    }
    let cyrillic = |tag: &str| {
        matches!(
            tag,
            "ru" | "uk" | "be" | "bg" | "sr" | "mk" | "kk" | "ky" | "tg" | "mn" | "tt" | "ba" | "cv" | "os"
        )
    };
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let share = sample
        .chars()
        .filter(|c| matches!(c, '\u{400}'..='\u{52f}'))
        .count()
        * 10;
    if cyrillic(language) {
        share < letters * 3
    } else {
        // Latin, Greek, Arabic... declared, Cyrillic written; or English declared by a converter's default.
        share > letters * 7
            || (language == "en"
                && letters > 2_000
                && !cyrillic(detected)
                && whatlang::detect(sample).is_some_and(|info| info.confidence() > 0.9))
    }
}

fn two_letters(code: &'static str) -> &'static str {
    match code {
        "rus" => "ru",
        "eng" => "en",
        "ukr" => "uk",
        "bel" => "be",
        "bul" => "bg",
        "srp" => "sr",
        "mkd" => "mk",
        "deu" => "de",
        "fra" => "fr",
        "spa" => "es",
        "por" => "pt",
        "ita" => "it",
        "nld" => "nl",
        "pol" => "pl",
        "ces" => "cs",
        "slk" => "sk",
        "slv" => "sl",
        "hrv" => "hr",
        "ron" => "ro",
        "hun" => "hu",
        "fin" => "fi",
        "swe" => "sv",
        "dan" => "da",
        "nob" => "nb",
        "est" => "et",
        "lav" => "lv",
        "lit" => "lt",
        "tur" => "tr",
        "ell" => "el",
        "heb" => "he",
        "ara" => "ar",
        "pes" => "fa",
        "jpn" => "ja",
        "cmn" => "zh",
        "kor" => "ko",
        "hin" => "hi",
        "vie" => "vi",
        "ind" => "id",
        "tha" => "th",
        "epo" => "eo",
        "lat" => "la",
        "cat" => "ca",
        "kat" => "ka",
        "hye" => "hy",
        "yid" => "yi",
        "ben" => "bn",
        "tam" => "ta",
        "urd" => "ur",
        "aze" => "az",
        "uzb" => "uz",
        "tuk" => "tk",
        "afr" => "af",
        "cym" => "cy",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUSSIAN: &str = "Отец мой Андрей Петрович Гринев в молодости своей служил при графе Минихе и вышел в отставку премьер-майором. С тех пор жил он в своей Симбирской деревне.";
    const ENGLISH: &str = "Mr. Sherlock Holmes, who was usually very late in the mornings, save upon those not infrequent occasions when he was up all night, was seated at the breakfast table.";

    fn settled(declared: Option<&str>, sample: &str) -> Option<String> {
        let mut metadata = Metadata {
            language: declared.map(str::to_owned),
            ..Metadata::default()
        };
        settle(&mut metadata, sample, &mut Vec::new());
        metadata.language
    }

    #[test]
    fn a_missing_language_is_detected_and_a_false_one_corrected() {
        assert_eq!(settled(None, RUSSIAN).as_deref(), Some("ru"));
        assert_eq!(settled(Some("en"), RUSSIAN).as_deref(), Some("ru"));
        assert_eq!(settled(Some("und"), ENGLISH).as_deref(), Some("en"));
        assert_eq!(settled(Some("ru"), ENGLISH).as_deref(), Some("en"));
    }

    #[test]
    fn a_declared_language_is_kept_and_spelt_properly() {
        assert_eq!(settled(Some("EN_gb"), ENGLISH).as_deref(), Some("en-GB"));
        assert_eq!(settled(Some("sr-cyrl"), RUSSIAN).as_deref(), Some("sr-Cyrl"));
        assert_eq!(settled(Some("<b>"), "").as_deref(), None);
    }
}
