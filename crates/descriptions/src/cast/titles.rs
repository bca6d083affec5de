//! Titles and kinship that stand before a name.

use linguistics::Language;

use super::name::Title;
use crate::Gender;

use Gender::{Female, Male};
use Title::{Familiar, Miss, Missis, Mister};

/// A title with what it says of gender.
type Entry = (&'static [&'static str], Title, Option<Gender>);

const ENGLISH: [Entry; 9] = [
    (
        &[
            "mr",
            "mister",
            "monsieur",
            "m",
            "herr",
            "signor",
            "squire",
            "inspector",
            "reverend",
        ],
        Mister,
        Some(Male),
    ),
    (
        &[
            "captain",
            "capt",
            "cap'n",
            "colonel",
            "major",
            "general",
            "lieutenant",
            "sergeant",
            "admiral",
        ],
        Mister,
        Some(Male),
    ),
    (&["dr", "doctor", "professor", "prof", "judge"], Mister, None),
    (
        &["count", "baron", "duke", "earl", "marquis", "lord"],
        Familiar,
        Some(Male),
    ),
    (
        &[
            "mrs", "missis", "madame", "mme", "frau", "signora", "countess", "duchess", "baroness", "widow",
        ],
        Missis,
        Some(Female),
    ),
    (
        &["miss", "mademoiselle", "mlle", "ms", "fraulein", "signorina"],
        Miss,
        Some(Female),
    ),
    (
        &[
            "sir",
            "uncle",
            "prince",
            "king",
            "father",
            "brother",
            "master",
            "grandfather",
            "saint",
            "st",
        ],
        Familiar,
        Some(Male),
    ),
    (
        &[
            "lady",
            "aunt",
            "princess",
            "queen",
            "mother",
            "sister",
            "dame",
            "grandmother",
            "nurse",
        ],
        Familiar,
        Some(Female),
    ),
    (&["cousin"], Familiar, None),
];

const RUSSIAN: [Entry; 7] = [
    (
        &[
            "князь",
            "граф",
            "барон",
            "господин",
            "мосье",
            "месье",
            "мистер",
            "лорд",
            "герр",
            "пан",
            "маркиз",
        ],
        Mister,
        Some(Male),
    ),
    (
        &[
            "капитан",
            "полковник",
            "генерал",
            "майор",
            "поручик",
            "ротмистр",
            "урядник",
            "купец",
            "помещик",
        ],
        Mister,
        Some(Male),
    ),
    (&["доктор", "профессор"], Mister, None),
    (
        &[
            "княгиня",
            "графиня",
            "баронесса",
            "госпожа",
            "мадам",
            "миссис",
            "фрау",
            "пани",
            "генеральша",
        ],
        Missis,
        Some(Female),
    ),
    (
        &["княжна", "барышня", "мадемуазель", "мисс", "панна"],
        Miss,
        Some(Female),
    ),
    (
        &[
            "отец",
            "дядя",
            "дядюшка",
            "брат",
            "дед",
            "дедушка",
            "сэр",
            "царь",
            "король",
            "царевич",
            "старец",
        ],
        Familiar,
        Some(Male),
    ),
    (
        &[
            "тетя",
            "тетка",
            "тетушка",
            "сестра",
            "баба",
            "бабушка",
            "няня",
            "леди",
            "царица",
            "королева",
            "мать",
        ],
        Familiar,
        Some(Female),
    ),
];

/// What a word says that stands before a name: an English word as it is written, the lemma of a Russian one.
pub(super) fn title(language: Language, word: &str) -> Option<(Title, Option<Gender>)> {
    let word = word.to_lowercase().replace('’', "'");
    let word = word.trim_end_matches('.');
    let titles: &[Entry] = match language {
        Language::English => &ENGLISH,
        Language::Russian => &RUSSIAN,
    };
    titles
        .iter()
        .find(|(words, ..)| words.contains(&word))
        .map(|&(_, title, gender)| (title, gender))
}

/// Whether a lemma names an animal: the name beside it is hers.
pub(super) fn is_animal(lemma: &str) -> bool {
    const ANIMALS: &[&str] = &[
        "собака",
        "пес",
        "сука",
        "щенок",
        "лошадь",
        "конь",
        "кобыла",
        "кобылка",
        "жеребец",
        "мерин",
        "кот",
        "кошка",
        "попугай",
        "корова",
        "бык",
        "сеттер",
        "пойнтер",
        "dog",
        "hound",
        "horse",
        "mare",
        "pony",
        "parrot",
        "cat",
        "spaniel",
        "terrier",
        "retriever",
        "setter",
        "puppy",
        "kitten",
    ];
    ANIMALS.contains(&lemma)
}

/// Whether a capitalised word names nobody of the story: a power, an exclamation, a rank.
pub(super) fn is_no_name(lemma: &str) -> bool {
    const NOBODY: &[&str] = &[
        "бог",
        "боже",
        "господь",
        "господи",
        "христос",
        "иисус",
        "богородица",
        "аллах",
        "штабс-капитан",
        "да-с",
        "нет-с",
        "ну-с",
        "god",
        "jesus",
        "christ",
        "heaven",
        "providence",
        "satan",
        "jove",
        "gad",
        "devil",
        "ah",
        "oh",
        "ay",
        "aye",
        "eh",
        "hullo",
        "nature",
        "hotel",
        "hall",
        "street",
    ];
    NOBODY.contains(&lemma)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_known_with_and_without_a_stop() {
        assert_eq!(title(Language::English, "Mrs."), Some((Missis, Some(Female))));
        assert_eq!(title(Language::English, "Cap’n"), Some((Mister, Some(Male))));
        assert_eq!(title(Language::Russian, "княжна"), Some((Miss, Some(Female))));
        assert_eq!(title(Language::Russian, "стол"), None);
    }
}
