//! Writes what an image model is asked for.

use crate::{
    Category, Concept, Kind, Prompt,
    visible::{Phrase, Role, Seen},
    wording,
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
    let portrayed = match scene.people.as_slice() {
        [only] if scene.kind == Kind::Character => Some(only),
        _ => None,
    };
    let mut text = match scene.kind {
        Kind::Character => portrait(scene, portrayed),
        _ => view(scene),
    };
    for sitter in &scene.people {
        let looks = known_looks(sitter, scene.seen);
        if !looks.is_empty() && portrayed.is_none() {
            text.add(
                "; ",
                &wording::with_article(&format!("{} with {}", sitter.noun, listed(&looks))),
            );
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

/// A person: build, face, clothes, then what is around.
fn portrait(scene: &Scene<'_>, sitter: Option<&Sitter>) -> Bounded {
    let phrases = &scene.seen.phrases;
    let of = |wanted: fn(&Phrase) -> bool| -> Vec<&str> {
        let chosen = phrases.iter().filter(|phrase| wanted(phrase));
        chosen.map(|phrase| phrase.text.as_str()).take(PHRASES).collect()
    };
    let is_build = |phrase: &Phrase| {
        phrase.role == Role::Quality && matches!(phrase.category, Category::Body | Category::Face)
    };
    let is_face = |phrase: &Phrase| {
        phrase.role == Role::Thing && matches!(phrase.category, Category::Face | Category::Body)
    };
    let is_worn = |phrase: &Phrase| phrase.role == Role::Thing && phrase.category == Category::Clothing;
    let person = phrases
        .iter()
        .find(|phrase| phrase.category == Category::Person && phrase.role == Role::Thing);
    let noun = match (person, sitter) {
        (Some(person), _) if sitter.is_none_or(|sitter| suits(sitter, person.concept)) => {
            without_article(&person.text)
        }
        (_, Some(sitter)) => sitter.noun,
        (_, None) => "person",
    };
    let build: Vec<&str> = of(is_build)
        .into_iter()
        .filter(|word| !noun.split(' ').any(|known| known == *word))
        .take(2)
        .collect();
    let subject = match build.as_slice() {
        [] => noun.to_owned(),
        words => format!("{} {noun}", words.join(", ")),
    };
    let mut text = Bounded(format!("Portrait of {}", wording::with_article(&subject)));
    let mut face = of(is_face);
    let known = sitter
        .map(|sitter| known_looks(sitter, scene.seen))
        .unwrap_or_default();
    face.extend(&known);
    text.add_list(" with ", &face);
    text.add_list(", wearing ", &of(is_worn));
    let is_rest = |phrase: &&Phrase| {
        !is_build(phrase) && !is_face(phrase) && !is_worn(phrase) && phrase.category != Category::Person
    };
    let rest = ordered(scene.kind, phrases).into_iter().filter(is_rest);
    for phrase in rest.take(PHRASES / 2) {
        text.add(", ", &phrase.text);
    }
    text
}

/// Everything but a person.
fn view(scene: &Scene<'_>) -> Bounded {
    let mut text = Bounded(opening(scene).to_owned());
    let mut separator = ": ";
    for phrase in ordered(scene.kind, &scene.seen.phrases).into_iter().take(PHRASES) {
        text.add(separator, &phrase.text);
        separator = ", ";
    }
    text
}

/// Whether a word for a person can be the sitter's: no `lady` for a man.
fn suits(sitter: &Sitter, concept: &str) -> bool {
    const WOMEN: [&str; 8] = [
        "woman",
        "old_woman",
        "girl",
        "lady",
        "bride",
        "washerwoman",
        "society_beauty",
        "nurse",
    ];
    const MEN: [&str; 8] = [
        "man",
        "old_man",
        "young_man",
        "boy",
        "gentleman",
        "king",
        "soldier",
        "cossack",
    ];
    match sitter.noun {
        "man" => !WOMEN.contains(&concept),
        "woman" => !MEN.contains(&concept),
        _ => true,
    }
}

fn without_article(phrase: &str) -> &str {
    let bare = phrase.strip_prefix("a ").or_else(|| phrase.strip_prefix("an "));
    bare.unwrap_or(phrase)
}

/// `a, b and c`.
fn listed(phrases: &[&str]) -> String {
    match phrases {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

/// Text that refuses what would make it too long.
struct Bounded(String);

impl Bounded {
    /// Adds as many of the phrases as there is room for, as a list.
    fn add_list(&mut self, separator: &str, phrases: &[&str]) {
        for count in (1..=phrases.len()).rev() {
            let list = listed(&phrases[..count]);
            if self.0.len() + separator.len() + list.len() <= LONGEST_TEXT {
                self.add(separator, &list);
                return;
            }
        }
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
        Kind::Character => "Portrait",
    }
}

/// Phrases with those first that matter most to the kind; otherwise in the order of the text.
fn ordered(kind: Kind, phrases: &[Phrase]) -> Vec<&Phrase> {
    let mut ordered: Vec<&Phrase> = phrases.iter().collect();
    ordered.sort_by_key(|phrase| (phrase.role == Role::Quality, rank(kind, phrase.category)));
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

/// Looks known from before, the latest; those the passage itself tells of are not repeated.
fn known_looks<'a>(sitter: &'a Sitter, seen: &Seen) -> Vec<&'a str> {
    let mut looks: Vec<&Phrase> = Vec::new();
    for phrase in sitter.looks.iter().rev() {
        let is_told = |known: &Phrase| known.concept == phrase.concept;
        let said = seen.phrases.iter().any(is_told) || looks.iter().any(|known| is_told(known));
        let telling = phrase.role == Role::Thing && phrase.text.contains(' ');
        // Clothes are changed from scene to scene.
        if !said && telling && phrase.category != Category::Clothing && looks.len() < LOOKS {
            looks.push(phrase);
        }
    }
    looks.reverse();
    looks.iter().map(|phrase| phrase.text.as_str()).collect()
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
        let concept = text.rsplit(' ').next().unwrap_or(text).to_owned().leak();
        Phrase {
            text: text.into(),
            category,
            concept,
            role: Role::Thing,
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
                phrase("a chair", Category::Furniture),
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
            "Portrait of a woman with grey eyes and black hair, a chair; 19th-century book illustration"
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
