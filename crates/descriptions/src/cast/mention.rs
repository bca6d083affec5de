//! Names of people in a chapter.

use std::ops::Range;

use linguistics::{Analysis, Entity, EntityKind, Language, Sentence, Token, Upos};

use super::{
    gender,
    name::{Name, Title},
    names::{GivenNames, patronymic, spoken_patronymic},
    parts, titles,
};
use crate::{ChapterText, Gender};

/// One place where a person is named, with the parts of the name.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct NameMention {
    pub(super) chapter: usize,
    pub(super) range: Range<usize>,
    pub(super) name: Name,
    /// As a reader would quote it, in the nominative.
    pub(super) shown: String,
    /// What this place says of the person's gender.
    pub(super) gender: Option<Gender>,
    /// The word beside the name is an animal's.
    pub(super) is_animal: bool,
}

/// Mentions in the order of the text, not overlapping.
pub(super) fn find(language: Language, chapter: &ChapterText<'_>, analysis: &Analysis) -> Vec<NameMention> {
    let entities = Entities::of(analysis);
    let mut mentions = Vec::new();
    for sentence in &analysis.sentences {
        let reading = Reading {
            language,
            chapter,
            sentence,
            entities: &entities,
        };
        let mut at = 0;
        while at < sentence.tokens.len() {
            let tokens = reading.run(at);
            if tokens.is_empty() {
                at += 1;
                continue;
            }
            if !reading.is_common(&tokens) {
                mentions.extend(reading.mention(tokens.clone()));
            }
            at = tokens.end;
        }
    }
    mentions
}

/// The names the analysis found.
struct Entities<'a> {
    people: Vec<&'a Entity>,
    elsewhere: Vec<&'a Entity>,
}

impl<'a> Entities<'a> {
    fn of(analysis: &'a Analysis) -> Self {
        let (people, elsewhere) = analysis
            .entities
            .iter()
            .partition(|entity| entity.kind == EntityKind::Person);
        Self { people, elsewhere }
    }

    fn around<'b>(entities: &'b [&'a Entity], token: &Token) -> Option<&'b &'a Entity> {
        let after = entities.partition_point(|entity| entity.range.end <= token.range.start);
        entities
            .get(after)
            .filter(|entity| entity.range.start <= token.range.start && token.range.end <= entity.range.end)
    }
}

struct Reading<'a> {
    language: Language,
    chapter: &'a ChapterText<'a>,
    sentence: &'a Sentence,
    entities: &'a Entities<'a>,
}

impl Reading<'_> {
    fn surface(&self, at: usize) -> &str {
        &self.chapter.text[self.sentence.tokens[at].range.clone()]
    }

    /// Whether a title stands here and a name may follow. A title is known by its lemma in Russian; English titles are
    /// abbreviations as often as words. `брат Вронского` is not Vronsky.
    fn title_at(&self, at: usize) -> bool {
        let tokens = &self.sentence.tokens;
        match self.language {
            Language::English => titles::title(self.language, self.surface(at)).is_some(),
            Language::Russian => {
                let Some((title, _)) = titles::title(self.language, &tokens[at].lemma) else {
                    return false;
                };
                let Some(next) = tokens.get(at + 1) else {
                    return false;
                };
                let case = |token: &Token| token.features.get("Case").map(str::to_owned);
                let given = || parts::given(self.language, next, &self.surface(at + 1).to_lowercase());
                case(&tokens[at]) == case(next) && (title != Title::Familiar || given().is_some())
            }
        }
    }

    /// The tokens of the name that begins at a token, titles included; none when no name begins there.
    fn run(&self, start: usize) -> Range<usize> {
        let first = start + usize::from(self.title_at(start));
        let mut end = first;
        while end < self.sentence.tokens.len() && self.belongs(end) && !self.begins_another(first, end) {
            end += 1;
        }
        if end == first { start..start } else { start..end }
    }

    /// Whether an English article makes the name a thing's or a family's: `the Admiral Benbow`, `a Baskerville`.
    fn is_common(&self, tokens: &Range<usize>) -> bool {
        let before = tokens
            .start
            .checked_sub(1)
            .map(|at| &*self.sentence.tokens[at].lemma);
        self.language == Language::English && matches!(before, Some("the" | "a" | "an"))
    }

    fn belongs(&self, at: usize) -> bool {
        let token = &self.sentence.tokens[at];
        let surface = self.surface(at);
        let nominal = matches!(
            token.pos,
            Upos::ProperNoun | Upos::Noun | Upos::Adjective | Upos::Other
        );
        let is_name = surface.starts_with(char::is_uppercase) && surface.chars().count() > 1;
        if !nominal || !is_name || titles::is_no_name(&token.lemma) {
            return false;
        }
        // `Black Dog`
        let epithet = self.language == Language::English && token.pos == Upos::Adjective && at > 0;
        if epithet
            && self
                .sentence
                .tokens
                .get(at + 1)
                .is_some_and(|next| next.pos == Upos::ProperNoun)
        {
            return self.belongs(at + 1);
        }
        let lower = surface.to_lowercase();
        let known = !GivenNames::of(self.language).full(&token.lemma).is_empty()
            || self.language == Language::Russian && patronymic(&lower).is_some();
        let named = token.pos == Upos::ProperNoun && at > 0 && known;
        Entities::around(&self.entities.people, token).is_some()
            || (named && Entities::around(&self.entities.elsewhere, token).is_none())
    }

    /// Whether another person's name begins at a token of a run: two people are named side by side in different cases, and in
    /// Russian a given name comes first and a patronymic once.
    fn begins_another(&self, first: usize, at: usize) -> bool {
        if self.language == Language::English || at == first {
            return false;
        }
        let case = |at: usize| match self.sentence.tokens[at].features.get("Case") {
            Some("Nom") => Some(0),
            Some("Ins") => Some(1),
            Some(_) => Some(2),
            None => None,
        };
        let word = |at: usize| self.surface(at).to_lowercase();
        let apart = case(at - 1).is_some() && case(at).is_some() && case(at - 1) != case(at);
        let is_patronymic = |at: usize| {
            patronymic(&word(at))
                .or_else(|| spoken_patronymic(&word(at)))
                .is_some()
        };
        let is_given =
            |at: usize| parts::given(self.language, &self.sentence.tokens[at], &word(at)).is_some();
        if is_patronymic(at) {
            return (first..at).any(is_patronymic);
        }
        // Where the tagger is not sure, the endings are: `Степан Аркадьич Вронскому`, `Анна Свияжскому`.
        let nominative = patronymic(&word(at - 1)).is_some_and(|patronymic| patronymic.said == word(at - 1));
        let ends = |endings: &[&str]| endings.iter().any(|ending| word(at).ends_with(ending));
        let after_a_man = nominative && ends(&["ого", "ому", "ым", "им", "ом", "у", "а", "ю", "я"]);
        let woman = parts::given(self.language, &self.sentence.tokens[at - 1], &word(at - 1))
            .is_some_and(|given| GivenNames::of(self.language).is_female(&given));
        let oblique =
            patronymic(&word(at - 1)).is_some_and(|patronymic| patronymic.gender == Gender::Female) || woman;
        apart || is_given(at) || after_a_man && !oblique || oblique && ends(&["ого", "ому", "ым", "им"])
    }

    fn mention(&self, tokens: Range<usize>) -> Option<NameMention> {
        let named = &self.sentence.tokens[tokens.clone()];
        let title = self.title_at(tokens.start).then_some(tokens.start);
        let plural = named.iter().any(|token| token.features.is("Number", "Plur"));
        if plural && self.language == Language::Russian {
            return None;
        }
        let parts = parts::read(
            self.language,
            self.chapter.text,
            named,
            title.is_some(),
            self.normal(named),
        )?;
        let place = gender::said(self.language, self.chapter.text, self.sentence, tokens.clone());
        let case = |token: &Token| token.features.get("Case").map(str::to_owned);
        let own = named.last().and_then(case);
        // `лошадь Казбича` is his horse.
        let beside = |at: Option<usize>| {
            at.and_then(|at| self.sentence.tokens.get(at))
                .is_some_and(|token| titles::is_animal(&token.lemma) && case(token) == own)
                && own.as_deref() != Some("Gen")
        };
        Some(NameMention {
            chapter: self.chapter.index,
            range: named.first()?.range.start..named.last()?.range.end,
            gender: parts.name.gender.or(place),
            name: parts.name,
            shown: parts.shown,
            is_animal: beside(tokens.start.checked_sub(1)) || beside(Some(tokens.end + 1)),
        })
    }

    /// The words of the entity that ends these tokens, in the nominative; empty when there is none.
    fn normal(&self, tokens: &[Token]) -> Vec<String> {
        let Some(entity) = tokens
            .last()
            .and_then(|last| Entities::around(&self.entities.people, last))
        else {
            return Vec::new();
        };
        let inside = tokens
            .iter()
            .filter(|token| entity.range.start <= token.range.start && token.range.end <= entity.range.end);
        let words: Vec<String> = entity.normal.split_whitespace().map(str::to_owned).collect();
        if words.len() == inside.count() {
            words
        } else {
            Vec::new()
        }
    }
}
