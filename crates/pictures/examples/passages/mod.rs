//! Passages that the examples draw.

use pictures::{Brief, Concept, Style, Subject};

/// Name, subject, concepts as `name:category`.
pub(crate) const PASSAGES: &[(&str, Subject, &str)] = &[
    (
        "forest night",
        Subject::Location,
        "forest:landscape night:hour moon:sky fir:plant",
    ),
    (
        "snow storm",
        Subject::Atmosphere,
        "blizzard:weather steppe:landscape sleigh:vehicle horse:animal winter:season",
    ),
    (
        "lamp-lit room",
        Subject::Location,
        "room:room night:hour lamp:light table:furniture old_man:person book:object window:furniture",
    ),
    (
        "sea with ships",
        Subject::Location,
        "sea:water ship:vehicle sun:sky evening:hour",
    ),
    (
        "street in rain",
        Subject::Atmosphere,
        "street:place rain:weather evening:hour lamp:light city:place",
    ),
    (
        "ball",
        Subject::Action,
        "dance:place officer:person lady:person candle:light",
    ),
    (
        "old officer",
        Subject::Character,
        "officer:person old:body moustache:face uniform:clothing grey:colour",
    ),
    (
        "carriage on the steppe",
        Subject::Action,
        "carriage:vehicle steppe:landscape road:landscape summer:season horse:animal",
    ),
    (
        "birches in summer",
        Subject::Location,
        "forest:landscape noon:hour summer:season birch:plant sun:sky",
    ),
    (
        "field in autumn",
        Subject::Location,
        "field:landscape autumn:season evening:hour tree:plant peasant:person",
    ),
    (
        "winter village",
        Subject::Location,
        "village:place winter:season snow:weather dusk:hour church:building",
    ),
    (
        "mountains",
        Subject::Location,
        "mountain:landscape dawn:hour officer:person horse:animal ride:posture",
    ),
    (
        "river",
        Subject::Location,
        "river:water summer:season boat:vehicle peasant:person",
    ),
    (
        "lake by moon",
        Subject::Atmosphere,
        "lake:water night:hour moon:sky",
    ),
    (
        "storm at sea",
        Subject::Action,
        "sea:water storm:weather ship:vehicle",
    ),
    ("castle", Subject::Location, "castle:building evening:hour"),
    (
        "church",
        Subject::Location,
        "church:building spring:season priest:person",
    ),
    (
        "garden",
        Subject::Location,
        "garden:place lady:person gentleman:person summer:season",
    ),
    (
        "room by day",
        Subject::Location,
        "room:room noon:hour samovar:object lady:person officer:person bed:furniture",
    ),
    (
        "stove",
        Subject::Location,
        "room:room night:hour stove:furniture old_woman:person cat:animal",
    ),
    (
        "young lady",
        Subject::Character,
        "lady:person young:body dress:clothing blue:colour curl:face",
    ),
    (
        "priest",
        Subject::Character,
        "priest:person beard:face black:colour",
    ),
    (
        "peasant woman",
        Subject::Character,
        "peasant_woman:person headscarf:clothing smile:mood red:colour",
    ),
    (
        "gentleman",
        Subject::Character,
        "gentleman:person hat:clothing moustache:face angry:mood",
    ),
    ("letter", Subject::Object, "letter:object candle:light"),
    ("sword", Subject::Object, "sword:object"),
    ("samovar", Subject::Object, "samovar:object cup:object"),
    ("fog", Subject::Atmosphere, "fog:weather dawn:hour river:water"),
];

/// The brief of a passage.
pub(crate) fn brief(subject: Subject, words: &str, style: Style, seed: u64) -> Brief {
    let concepts = words
        .split(' ')
        .filter_map(|word| word.split_once(':'))
        .map(|(name, category)| Concept::new(name, category));
    Brief {
        prompt: String::new(),
        original: String::new(),
        negative: String::new(),
        subject,
        concepts: concepts.collect(),
        style,
        words: String::new(),
        seed,
        width: 1024,
        height: 768,
    }
}
