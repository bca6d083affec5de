//! Names of people in a chapter.

use std::ops::Range;

use linguistics::{Analysis, EntityKind, Language, Sentence, Token, Upos};

use super::names::{GivenNames, given_in_any_case, patronymic};
use crate::{ChapterText, Gender};

/// One place where a person is named, with the parts of the name.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct NameMention {
    pub(super) chapter: usize,
    pub(super) range: Range<usize>,
    pub(super) name: Name,
    /// As a reader would quote it, in the nominative.
    pub(super) shown: String,
}

/// The parts of a name, in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Name {
    pub(super) title: Option<Title>,
    /// Full forms the given name may stand for; empty when there is none.
    pub(super) given: Vec<String>,
    pub(super) patronymic: Option<String>,
    pub(super) surname: Option<String>,
    pub(super) female: Option<bool>,
}

/// Titles that tell people of one surname apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Title {
    Mister,
    Missis,
    Miss,
    Other,
}

impl Name {
    /// Number of parts beside the title.
    pub(super) fn parts(&self) -> usize {
        usize::from(!self.given.is_empty())
            + usize::from(self.patronymic.is_some())
            + usize::from(self.surname.is_some())
    }

    pub(super) fn gender(&self) -> Option<Gender> {
        self.female
            .map(|female| if female { Gender::Female } else { Gender::Male })
    }
}

/// English titles with what they say of gender.
const ENGLISH_TITLES: [(&str, Title, Option<bool>); 24] = [
    ("mr", Title::Mister, Some(false)),
    ("mr.", Title::Mister, Some(false)),
    ("mister", Title::Mister, Some(false)),
    ("mrs", Title::Missis, Some(true)),
    ("mrs.", Title::Missis, Some(true)),
    ("madame", Title::Missis, Some(true)),
    ("miss", Title::Miss, Some(true)),
    ("mademoiselle", Title::Miss, Some(true)),
    ("sir", Title::Other, Some(false)),
    ("lord", Title::Other, Some(false)),
    ("lady", Title::Other, Some(true)),
    ("dr", Title::Other, None),
    ("dr.", Title::Other, None),
    ("doctor", Title::Other, None),
    ("captain", Title::Other, Some(false)),
    ("colonel", Title::Other, Some(false)),
    ("professor", Title::Other, None),
    ("inspector", Title::Other, Some(false)),
    ("reverend", Title::Other, Some(false)),
    ("uncle", Title::Other, Some(false)),
    ("aunt", Title::Other, Some(true)),
    ("count", Title::Other, Some(false)),
    ("prince", Title::Other, Some(false)),
    ("squire", Title::Other, Some(false)),
];

/// Mentions in the order of the text, not overlapping.
pub(super) fn find(language: Language, chapter: &ChapterText<'_>, analysis: &Analysis) -> Vec<NameMention> {
    let people: Vec<&Range<usize>> = analysis
        .entities
        .iter()
        .filter(|entity| entity.kind == EntityKind::Person)
        .map(|entity| &entity.range)
        .collect();
    let elsewhere: Vec<&Range<usize>> = analysis
        .entities
        .iter()
        .filter(|entity| entity.kind != EntityKind::Person)
        .map(|entity| &entity.range)
        .collect();
    let mut mentions = Vec::new();
    for sentence in &analysis.sentences {
        let mut at = 0;
        while at < sentence.tokens.len() {
            let length = run(language, chapter.text, sentence, at, &people, &elsewhere);
            if length == 0 {
                at += 1;
                continue;
            }
            let tokens = &sentence.tokens[at..at + length];
            mentions.extend(mention(
                language,
                chapter,
                tokens,
                &normal_words(analysis, tokens),
            ));
            at += length;
        }
    }
    mentions
}

/// Number of tokens of the name that begins at a token; 0 when none does.
fn run(
    language: Language,
    text: &str,
    sentence: &Sentence,
    start: usize,
    people: &[&Range<usize>],
    elsewhere: &[&Range<usize>],
) -> usize {
    let within = |ranges: &[&Range<usize>], token: &Token| {
        let after = ranges.partition_point(|range| range.end <= token.range.start);
        ranges
            .get(after)
            .is_some_and(|range| range.start <= token.range.start && token.range.end <= range.end)
    };
    let names = GivenNames::of(language);
    let belongs = |at: usize| {
        let token = &sentence.tokens[at];
        let surface = &text[token.range.clone()];
        let nominal = matches!(
            token.pos,
            Upos::ProperNoun | Upos::Noun | Upos::Adjective | Upos::Other
        );
        if !nominal && title(text, token).is_none() {
            return false;
        }
        if !surface.starts_with(char::is_uppercase) || surface.chars().count() < 2 {
            return false;
        }
        let known = !names.full(&token.lemma).is_empty() || patronymic(&token.lemma).is_some();
        let named = token.pos == Upos::ProperNoun && at > 0 && known;
        within(people, token) || (named && !within(elsewhere, token))
    };
    let title = language == Language::English && title(text, &sentence.tokens[start]).is_some();
    let first = start + usize::from(title);
    let length = (first..sentence.tokens.len())
        .take_while(|&at| belongs(at))
        .count();
    if length == 0 {
        0
    } else {
        usize::from(title) + length
    }
}

fn title(text: &str, token: &Token) -> Option<(Title, Option<bool>)> {
    let surface = text[token.range.clone()].to_lowercase();
    ENGLISH_TITLES
        .iter()
        .find(|(name, ..)| *name == surface)
        .map(|&(_, title, female)| (title, female))
}

/// The words of the entity that is exactly these tokens, in the nominative; empty when there is none.
fn normal_words(analysis: &Analysis, tokens: &[Token]) -> Vec<String> {
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
        return Vec::new();
    };
    let entity = analysis
        .entities
        .iter()
        .find(|entity| entity.range == (first.range.start..last.range.end));
    let words: Vec<String> = entity
        .map(|entity| entity.normal.split_whitespace().map(str::to_owned).collect())
        .unwrap_or_default();
    if words.len() == tokens.len() {
        words
    } else {
        Vec::new()
    }
}

fn mention(
    language: Language,
    chapter: &ChapterText<'_>,
    tokens: &[Token],
    normal: &[String],
) -> Option<NameMention> {
    let names = GivenNames::of(language);
    let mut name = Name::default();
    let mut shown: Vec<String> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let surface = &chapter.text[token.range.clone()];
        if language == Language::English
            && let Some((title, female)) = title(chapter.text, token)
        {
            name.title = Some(title);
            name.female = female;
            shown.push(surface.to_owned());
            continue;
        }
        if token.features.is("Number", "Plur") && language == Language::Russian {
            return None;
        }
        let lower = surface.to_lowercase();
        let russian = language == Language::Russian;
        if let Some((word, gender)) = patronymic(&lower).filter(|_| russian && (at > 0 || tokens.len() == 1))
        {
            name.female = Some(gender == Gender::Female);
            shown.push(capitalised(&word, surface));
            name.patronymic = Some(word);
            continue;
        }
        let word = match language {
            Language::Russian if names.full(&token.lemma).is_empty() => {
                given_in_any_case(&lower).unwrap_or_else(|| token.lemma.to_string())
            }
            Language::Russian => token.lemma.to_string(),
            Language::English => lower.trim_end_matches("'s").trim_end_matches("’s").to_owned(),
        };
        let given = names.full(&word);
        let female = match token.features.get("Gender") {
            Some("Fem") => Some(true),
            Some("Masc") => Some(false),
            _ => None,
        };
        if !given.is_empty() && name.given.is_empty() {
            name.given = given.iter().map(|(full, _)| full.to_lowercase()).collect();
            let mut genders = given.iter().map(|(_, gender)| *gender == Gender::Female);
            let first = genders.next();
            let settled = if genders.all(|gender| Some(gender) == first) {
                first
            } else {
                female
            };
            name.female = name.female.or(settled);
            shown.push(capitalised(&word, surface));
        } else {
            let feminine = name.female.or(female) == Some(true);
            let nominative = normal.get(at).filter(|_| feminine).cloned();
            shown.push(nominative.unwrap_or_else(|| capitalised(&word, surface)));
            name.female = name.female.or(female);
            name.surname = Some(word);
        }
    }
    if name.parts() == 0 {
        return None;
    }
    let range = tokens.first()?.range.start..tokens.last()?.range.end;
    Some(NameMention {
        chapter: chapter.index,
        range,
        name,
        shown: shown.join(" "),
    })
}

/// The word with the surface's initial capital, and after hyphens too.
fn capitalised(word: &str, surface: &str) -> String {
    let hyphens = surface.contains('-');
    let mut upper = true;
    word.chars()
        .map(|letter| {
            let shown = if upper {
                letter.to_uppercase().next().unwrap_or(letter)
            } else {
                letter
            };
            upper = hyphens && letter == '-';
            shown
        })
        .collect()
}
