//! What a chapter says of people's looks.

use std::ops::Range;

use linguistics::{Analysis, Sentence};

use super::{gender, mention::NameMention};
use crate::{
    Category, ChapterText, Concept, Gender,
    extract::Span,
    visible::{self, Phrase},
};

/// Sentences back in which a pronoun's person is looked for.
const REACH: usize = 4;

/// A sentence that shows how a person looks.
#[derive(Clone, Debug)]
pub(crate) struct Appearance {
    /// The book's mention the sentence speaks of.
    pub(super) mention: usize,
    pub(crate) chapter: usize,
    pub(crate) range: Range<usize>,
    pub(crate) text: String,
    pub(crate) concepts: Vec<Concept>,
    pub(crate) phrases: Vec<Phrase>,
}

/// Looks in the chapter's spans; `mentions` are the chapter's, the first of them has the number `first` in the book.
pub(super) fn find(
    chapter: &ChapterText<'_>,
    analysis: &Analysis,
    spans: &[Span],
    mentions: &[NameMention],
    first: usize,
) -> Vec<Appearance> {
    let mut found = Vec::new();
    for at in spans.iter().flat_map(|span| span.sentences.clone()) {
        let sentence = &analysis.sentences[at];
        let seen = visible::see(analysis.language, chapter.text, std::slice::from_ref(sentence));
        let phrases: Vec<Phrase> = seen
            .phrases
            .into_iter()
            .filter(|phrase| is_look(phrase.category))
            .collect();
        if phrases.is_empty() {
            continue;
        }
        if let Some(mention) = bearer(chapter.text, &analysis.sentences, at, mentions) {
            found.push(Appearance {
                mention: first + mention,
                chapter: chapter.index,
                range: sentence.range.clone(),
                text: chapter.text[sentence.range.clone()].to_owned(),
                concepts: seen.concepts,
                phrases,
            });
        }
    }
    found
}

fn is_look(category: Category) -> bool {
    matches!(category, Category::Face | Category::Clothing | Category::Body)
}

/// The mention a sentence's looks belong to: the only one in it, else the last before it that its only pronoun's gender fits.
fn bearer(text: &str, sentences: &[Sentence], at: usize, mentions: &[NameMention]) -> Option<usize> {
    let sentence = &sentences[at];
    let within = |range: &Range<usize>| {
        let from = mentions.partition_point(|mention| mention.range.start < range.start);
        let to = mentions.partition_point(|mention| mention.range.start < range.end);
        from..to
    };
    let own = within(&sentence.range);
    if let Some(only) = own.clone().next() {
        let same = own
            .clone()
            .all(|other| mentions[other].name == mentions[only].name);
        return same.then_some(only);
    }
    let gender = pronoun(text, sentence)?;
    let from = sentences[at.saturating_sub(REACH)].range.start;
    let reach = within(&(from..sentence.range.start));
    let fits = |mention: &usize| mentions[*mention].gender.is_none_or(|known| known == gender);
    reach.rev().find(fits)
}

/// The gender of the sentence's third-person pronouns, when they agree.
fn pronoun(text: &str, sentence: &Sentence) -> Option<Gender> {
    let mut genders = sentence
        .tokens
        .iter()
        .filter_map(|token| gender::pronoun(&text[token.range.clone()]));
    let first = genders.next()?;
    genders.all(|gender| gender == first).then_some(first)
}
