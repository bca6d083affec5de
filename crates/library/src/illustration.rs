//! A description as an order for an illustrator, and in words for those who cannot see the picture.

use pictures::Concept;

/// Longest text for those who cannot see the picture, in characters.
const LONGEST_ALT: usize = 300;

/// What a passage names, as illustrators take it.
#[must_use]
pub fn concepts(named: Vec<::descriptions::Concept>) -> Vec<Concept> {
    named
        .into_iter()
        .map(|one| Concept {
            name: one.name,
            category: one.category.name().to_owned(),
            weight: one.weight,
        })
        .collect()
}

/// The passage itself says what the picture shows; cut at a word when it is longer than 300 characters.
#[must_use]
pub fn alt_text(passage: &str) -> String {
    let words: Vec<&str> = passage.split_whitespace().collect();
    let whole = words.join(" ");
    match whole.char_indices().nth(LONGEST_ALT) {
        None => whole,
        Some((cut, _)) => {
            let end = whole[..cut].rfind(' ').unwrap_or(cut);
            format!("{}…", &whole[..end])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_passage_is_cut_at_a_word() {
        assert_eq!(alt_text("Мороз\nи  солнце"), "Мороз и солнце");
        let long = alt_text(&"слово ".repeat(100));
        assert!(long.ends_with("слово…") && long.chars().count() <= LONGEST_ALT + 1);
    }
}
