//! Folding of letters for search: SQLite's `lower` and `LIKE` know ASCII only, so both sides are folded here.

/// Lower case, ё as е, runs of white space as one space.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(
            word.chars()
                .flat_map(char::to_lowercase)
                .map(|letter| if letter == 'ё' { 'е' } else { letter }),
        );
    }
    folded
}

/// A `LIKE .. ESCAPE '\'` pattern that finds the folded text anywhere.
pub(crate) fn contains_pattern(text: &str) -> String {
    let mut pattern = String::from("%");
    for letter in fold(text).chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_yo_do_not_matter() {
        assert_eq!(fold("  Ёжик в\tТУМАНЕ "), "ежик в тумане");
        assert_eq!(fold("İstanbul"), fold("i\u{307}stanbul"));
    }

    #[test]
    fn wildcards_are_taken_literally() {
        assert_eq!(contains_pattern("100%_\\"), "%100\\%\\_\\\\%");
    }
}
