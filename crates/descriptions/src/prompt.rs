//! Writes what an image model is asked for.

use crate::{
    Category, Concept, Kind, Prompt,
    visible::{Phrase, Seen},
};

/// Longest English prompt, in bytes: what a CLIP text encoder (77 tokens) takes.
pub const LONGEST_TEXT: usize = 320;
/// Longest passage kept in the book's own words, in characters.
pub const LONGEST_ORIGINAL: usize = 600;
/// The style that every prompt asks for until a book is given another one.
const HOUSE_STYLE: &str = "19th-century book illustration";

/// The prompt without the style it was written with, to be given that of a book.
pub fn without_style(prompt: &str) -> &str {
    prompt
        .strip_suffix(HOUSE_STYLE)
        .map_or(prompt, |scene| scene.trim_end_matches([';', ' ']))
}

/// Known looks told of a person.
const LOOKS: usize = 4;
/// Phrases told of the scene.
const PHRASES: usize = 10;

/// A person in the picture.
pub(crate) struct Sitter {
    /// `man`, `woman` or `person`.
    pub(crate) noun: &'static str,
    /// Looks told up to the passage's end, the latest last.
    pub(crate) looks: Vec<Phrase>,
}

/// What is known of the scene from the passage and from before it.
pub(crate) struct Scene<'a> {
    pub(crate) kind: Kind,
    /// The passage, verbatim.
    pub(crate) passage: &'a str,
    pub(crate) seen: &'a Seen,
    pub(crate) people: Vec<Sitter>,
    /// Hour, season and weather told earlier in the chapter.
    pub(crate) setting: Vec<Concept>,
    pub(crate) seed: u64,
}

/// The prompt for a scene.
pub(crate) fn write(scene: &Scene<'_>) -> Prompt {
    let mut text = Bounded::new(opening(scene));
    for phrase in ordered(scene.kind, &scene.seen.phrases).into_iter().take(PHRASES) {
        text.add(", ", &phrase.text);
    }
    for sitter in &scene.people {
        if let Some(person) = person(sitter, scene.seen) {
            text.add("; ", &person);
        }
    }
    for concept in &scene.setting {
        text.add("; ", &concept.name.replace('_', " "));
    }
    text.add("; ", HOUSE_STYLE);
    Prompt {
        text: text.0,
        original: shortened(scene.passage),
        negative: negative(scene).to_owned(),
        seed: scene.seed,
    }
}

/// Text that refuses what would make it too long.
struct Bounded(String);

impl Bounded {
    fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    fn add(&mut self, separator: &str, part: &str) {
        if self.0.len() + separator.len() + part.len() <= LONGEST_TEXT {
            self.0.push_str(separator);
            self.0.push_str(part);
        }
    }
}

fn opening(scene: &Scene<'_>) -> &'static str {
    let indoors = |concept: &Concept| matches!(concept.category, Category::Room | Category::Furniture);
    match scene.kind {
        Kind::Location if scene.seen.concepts.iter().take(3).any(indoors) => "Interior",
        Kind::Location => "View of a place",
        Kind::Atmosphere => "Atmospheric scene",
        Kind::Object => "Close view of an object",
        Kind::Action => "Scene in motion",
        Kind::Character => match scene.people.as_slice() {
            [only] => match only.noun {
                "man" => "Portrait of a man",
                "woman" => "Portrait of a woman",
                _ => "Portrait",
            },
            _ => "Portrait",
        },
    }
}

/// Phrases with those first that matter most to the kind; otherwise in the order of the text.
fn ordered(kind: Kind, phrases: &[Phrase]) -> Vec<&Phrase> {
    let mut ordered: Vec<&Phrase> = phrases.iter().collect();
    ordered.sort_by_key(|phrase| (rank(kind, phrase.category), !phrase.text.contains(' ')));
    ordered
}

fn rank(kind: Kind, category: Category) -> u8 {
    use Category::{
        Animal, Body, Building, Clothing, Colour, Face, Furniture, Hour, Landscape, Light, Material, Mood,
        Object, Person, Place, Plant, Posture, Room, Season, Sky, Vehicle, Water, Weather,
    };
    let first = match kind {
        Kind::Location => matches!(
            category,
            Place | Landscape | Building | Room | Water | Furniture | Plant
        ),
        Kind::Character => matches!(category, Person | Face | Clothing | Body),
        Kind::Atmosphere => matches!(category, Light | Weather | Sky | Hour | Season),
        Kind::Object => matches!(
            category,
            Object | Clothing | Vehicle | Animal | Furniture | Material
        ),
        Kind::Action => matches!(category, Person | Animal | Vehicle | Posture | Object),
    };
    match category {
        _ if first => 0,
        Mood => 3,
        Colour | Material | Posture | Body => 2,
        _ => 1,
    }
}

/// A person with looks known from before; those the passage itself tells are not repeated.
fn person(sitter: &Sitter, seen: &Seen) -> Option<String> {
    let mut looks: Vec<&str> = Vec::new();
    for phrase in sitter.looks.iter().rev() {
        let said = seen.phrases.contains(phrase) || looks.contains(&phrase.text.as_str());
        if !said && phrase.text.contains(' ') && looks.len() < LOOKS {
            looks.push(&phrase.text);
        }
    }
    looks.reverse();
    (!looks.is_empty()).then(|| format!("a {} with {}", sitter.noun, looks.join(", ")))
}

fn negative(scene: &Scene<'_>) -> &'static str {
    let peopled = scene
        .seen
        .concepts
        .iter()
        .any(|concept| concept.category == Category::Person);
    match scene.kind {
        Kind::Location | Kind::Atmosphere | Kind::Object if scene.people.is_empty() && !peopled => {
            "text, letters, watermark, signature, frame, modern buildings, cars, power lines, people, faces"
        }
        _ => {
            "text, letters, watermark, signature, frame, modern clothes, cars, power lines, extra limbs, deformed hands"
        }
    }
}

/// The passage, cut at a word's end when it is long.
fn shortened(passage: &str) -> String {
    let Some((limit, _)) = passage.char_indices().nth(LONGEST_ORIGINAL) else {
        return passage.to_owned();
    };
    let cut = passage[..limit].rfind(char::is_whitespace).unwrap_or(limit);
    passage[..cut].trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn phrase(text: &str, category: Category) -> Phrase {
        Phrase {
            text: text.into(),
            category,
        }
    }

    fn scene<'a>(kind: Kind, passage: &'a str, seen: &'a Seen) -> Scene<'a> {
        Scene {
            kind,
            passage,
            seen,
            people: Vec::new(),
            setting: Vec::new(),
            seed: 7,
        }
    }

    #[test]
    fn a_portrait_tells_the_face_before_the_chair_and_adds_known_looks() {
        let seen = Seen {
            concepts: Vec::new(),
            phrases: vec![
                phrase("chair", Category::Furniture),
                phrase("grey eyes", Category::Face),
            ],
        };
        let mut scene = scene(Kind::Character, "p", &seen);
        scene.people.push(Sitter {
            noun: "woman",
            looks: vec![
                phrase("black hair", Category::Face),
                phrase("grey eyes", Category::Face),
            ],
        });
        assert_eq!(
            write(&scene).text,
            "Portrait of a woman, grey eyes, chair; a woman with black hair; 19th-century book illustration"
        );
    }

    #[test]
    fn the_style_of_a_book_takes_the_place_of_the_usual_one() {
        let seen = Seen::default();
        let prompt = write(&scene(Kind::Location, "p", &seen)).text;
        assert_eq!(prompt, "View of a place; 19th-century book illustration");
        assert_eq!(without_style(&prompt), "View of a place");
        assert_eq!(without_style("View of a place"), "View of a place");
    }

    #[test]
    fn an_empty_place_asks_for_no_people() {
        let seen = Seen::default();
        assert!(
            write(&scene(Kind::Location, "p", &seen))
                .negative
                .ends_with("people, faces")
        );
        assert!(
            !write(&scene(Kind::Action, "p", &seen))
                .negative
                .contains("people")
        );
    }

    proptest! {
        #[test]
        fn no_prompt_is_too_long(words in proptest::collection::vec("[a-z]{1,30}", 0..60), passage in ".{0,900}") {
            let phrases = words.iter().map(|word| phrase(word, Category::Object)).collect();
            let seen = Seen { concepts: Vec::new(), phrases };
            let prompt = write(&scene(Kind::Object, &passage, &seen));
            prop_assert!(prompt.text.len() <= LONGEST_TEXT);
            prop_assert!(prompt.original.chars().count() <= LONGEST_ORIGINAL);
            prop_assert!(passage.starts_with(&prompt.original));
        }
    }
}
