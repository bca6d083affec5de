//! What a passage shows, by the lexicon: concepts for the illustrator and short English phrases for prompts.

use linguistics::{Language, Sentence, Upos};

use crate::{
    Category, Concept,
    lexicon::{Entry, Found, Lexicon},
    wording,
};

/// Concepts kept of a passage.
const MOST: usize = 24;

/// What a passage shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Seen {
    /// The most important first.
    pub(crate) concepts: Vec<Concept>,
    /// In the order of the text, each once.
    pub(crate) phrases: Vec<Phrase>,
}

/// A few English words for one visible thing: `thick black hair`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) text: String,
    /// Of the thing, not of its colour.
    pub(crate) category: Category,
    /// The concept that is the thing.
    pub(crate) concept: &'static str,
    pub(crate) role: Role,
}

/// What a phrase is in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Thing,
    /// An adjective whose noun the lexicon does not know.
    Quality,
    Doing,
}

/// What some sentences of `text` show.
pub(crate) fn see(language: Language, text: &str, sentences: &[Sentence]) -> Seen {
    let lexicon = Lexicon::of(language);
    let mut seen = Seen::default();
    for sentence in sentences {
        let found = lexicon.find(text, sentence);
        for (at, form) in found.iter().enumerate() {
            let Some(entry) = reading(sentence, form) else {
                continue;
            };
            seen.count(entry);
            if modified(sentence, &found, at).is_none() {
                seen.add(phrase(sentence, &found, at, entry));
            }
        }
    }
    seen.settle();
    seen
}

impl Seen {
    fn count(&mut self, entry: &Entry) {
        let worth = worth(entry.category);
        match self
            .concepts
            .iter_mut()
            .find(|concept| concept.name == entry.name)
        {
            Some(known) => known.weight += worth,
            None => self.concepts.push(Concept {
                name: entry.name.to_owned(),
                category: entry.category,
                weight: worth,
            }),
        }
    }

    /// Of two phrases about one concept the one that says more is kept.
    fn add(&mut self, phrase: Option<Phrase>) {
        let Some(phrase) = phrase else { return };
        match self
            .phrases
            .iter_mut()
            .find(|known| known.concept == phrase.concept)
        {
            Some(known) if known.text.len() < phrase.text.len() => known.text = phrase.text,
            Some(_) => {}
            None => self.phrases.push(phrase),
        }
    }

    /// Brings the greatest weight to 1 and the most important concepts to the front.
    fn settle(&mut self) {
        self.concepts
            .sort_by(|one, other| other.weight.total_cmp(&one.weight));
        self.concepts.truncate(MOST);
        let greatest = self.concepts.first().map_or(1.0, |concept| concept.weight);
        self.concepts
            .iter_mut()
            .for_each(|concept| concept.weight /= greatest);
    }
}

/// The reading of a form: an adjective is a quality rather than a thing, when the lexicon knows both.
fn reading<'a>(sentence: &Sentence, form: &Found<'a>) -> Option<&'a Entry> {
    let adjective = sentence.tokens[form.token].pos == Upos::Adjective && form.length == 1;
    let quality = form
        .entries()
        .find(|entry| adjective && is_quality(entry.category));
    quality.or_else(|| form.entries().next())
}

/// Categories whose words say what a thing is like.
fn is_quality(category: Category) -> bool {
    matches!(
        category,
        Category::Colour | Category::Material | Category::Mood | Category::Body | Category::Light
    )
}

/// The form that this one, a quality, belongs to.
fn modified(sentence: &Sentence, found: &[Found<'_>], at: usize) -> Option<usize> {
    let form = &found[at];
    let token = &sentence.tokens[form.token];
    let entry = reading(sentence, form)?;
    if !is_quality(entry.category) || !matches!(token.pos, Upos::Adjective | Upos::Verb) {
        return None;
    }
    let head = token.head.filter(|_| matches!(token.relation, "amod" | "acl"))?;
    let thing = found
        .iter()
        .position(|other| (other.token..other.token + other.length).contains(&head))?;
    let noun = sentence.tokens[head].pos.is_nominal();
    (noun && thing != at).then_some(thing)
}

/// The words for a form that is nobody's quality; `None` when they would say nothing.
fn phrase(sentence: &Sentence, found: &[Found<'_>], at: usize, entry: &Entry) -> Option<Phrase> {
    let token = &sentence.tokens[found[at].token];
    let (text, role) = if entry.category == Category::Posture {
        (wording::doing(entry.name)?, Role::Doing)
    } else if wording::is_adjective(entry.name, entry.category)
        || is_quality(entry.category) && token.pos == Upos::Adjective
    {
        (wording::quality(entry.name, entry.category)?, Role::Quality)
    } else {
        let plural = token.features.is("Number", "Plur");
        let qualities = qualities(sentence, found, at);
        (
            wording::thing(&qualities, entry.name, entry.category, plural),
            Role::Thing,
        )
    };
    Some(Phrase {
        text,
        category: entry.category,
        concept: entry.name,
        role,
    })
}

/// The qualities of a thing, two at most, none of them a word of its name.
fn qualities(sentence: &Sentence, found: &[Found<'_>], thing: usize) -> Vec<&'static str> {
    let own = reading(sentence, &found[thing]).map_or("", |entry| entry.name);
    let mut qualities: Vec<&'static str> = Vec::new();
    for at in (0..found.len()).filter(|&at| modified(sentence, found, at) == Some(thing)) {
        let quality = reading(sentence, &found[at]).map(|entry| entry.name);
        let said =
            |quality: &&str| qualities.contains(quality) || own.split('_').any(|word| word == *quality);
        if let Some(quality) = quality.filter(|quality| !said(quality))
            && qualities.len() < 2
        {
            qualities.push(quality);
        }
    }
    qualities
}

/// How much a word of a category says of what the picture is about.
fn worth(category: Category) -> f32 {
    match category {
        Category::Place
        | Category::Landscape
        | Category::Building
        | Category::Room
        | Category::Water
        | Category::Person => 1.0,
        Category::Clothing
        | Category::Face
        | Category::Furniture
        | Category::Animal
        | Category::Vehicle
        | Category::Plant
        | Category::Object => 0.9,
        Category::Light | Category::Weather | Category::Sky | Category::Hour | Category::Season => 0.8,
        Category::Food => 0.7,
        Category::Colour | Category::Material | Category::Posture | Category::Body => 0.5,
        Category::Mood => 0.3,
    }
}
