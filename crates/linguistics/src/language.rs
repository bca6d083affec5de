//! The languages the product reads, and how to tell which one a text is in.

use std::fmt;
use std::str::FromStr;

/// A language with an analysis of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// Русский.
    Russian,
    /// English.
    English,
}

impl Language {
    /// The BCP 47 primary subtag: `ru` or `en`.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Russian => "ru",
            Language::English => "en",
        }
    }

    /// The language a BCP 47 tag (or an ISO 639-2 code, as old book files carry) names.
    ///
    /// Region, script and letter case do not matter: `ru-RU`, `RUS`, `en_gb`.
    pub fn from_tag(tag: &str) -> Option<Language> {
        let primary = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
        match primary.as_str() {
            "ru" | "rus" => Some(Language::Russian),
            "en" | "eng" => Some(Language::English),
            _ => None,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        Language::from_tag(tag).ok_or_else(|| UnknownLanguage(tag.to_owned()))
    }
}

/// A language tag that names neither Russian nor English.
#[derive(Debug, thiserror::Error)]
#[error("language `{0}` has no analysis here: use `ru` or `en`")]
pub struct UnknownLanguage(String);

/// Letters of a text that are looked at before deciding.
const SAMPLE: usize = 20_000;

/// The language of a text by its letters, or `None` when it has none of either script.
///
/// The two languages share no letters, so counting scripts decides; a Russian novel with French
/// conversations is still Russian. Ukrainian and other Cyrillic texts count as Russian, French and other
/// Latin ones as English: the caller who knows better from metadata says so.
pub fn detect(text: &str) -> Option<Language> {
    let (mut cyrillic, mut latin) = (0usize, 0usize);
    for letter in text.chars().filter(|c| c.is_alphabetic()).take(SAMPLE) {
        match letter {
            '\u{400}'..='\u{52f}' | '\u{1c80}'..='\u{1c8f}' => cyrillic += 1,
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' => latin += 1,
            _ => {}
        }
    }
    match (cyrillic, latin) {
        (0, 0) => None,
        (cyrillic, latin) if cyrillic >= latin => Some(Language::Russian),
        _ => Some(Language::English),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_decide() {
        assert_eq!(detect("Мороз и солнце; день чудесный!"), Some(Language::Russian));
        assert_eq!(detect("It was a bright cold day."), Some(Language::English));
        assert_eq!(
            detect("— Eh bien, — сказала она, глядя в окно на снег."),
            Some(Language::Russian)
        );
        assert_eq!(detect("1812 — 1825 …"), None);
        assert_eq!(detect(""), None);
    }

    #[test]
    fn tags_of_old_and_new_books_are_understood() {
        assert_eq!(Language::from_tag("ru-RU"), Some(Language::Russian));
        assert_eq!(Language::from_tag("RUS"), Some(Language::Russian));
        assert_eq!(Language::from_tag("en_GB"), Some(Language::English));
        assert_eq!(Language::from_tag("fr"), None);
        assert!("de".parse::<Language>().is_err());
    }
}
