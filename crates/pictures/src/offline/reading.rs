//! Reads a brief: what hour, weather, place, people and things it asks for.

use super::vocabulary::{self, Word};
use crate::brief::{Brief, Subject};

/// Time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hour {
    Night,
    Dawn,
    Day,
    Evening,
    Dusk,
}

/// Weather.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weather {
    Clear,
    Cloudy,
    Rain,
    Storm,
    Snow,
    Blizzard,
    Fog,
    Wind,
}

/// Season.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// The scenery a picture is built on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scenery {
    Forest,
    Field,
    Steppe,
    Mountain,
    Sea,
    River,
    Lake,
    Garden,
    Village,
    Street,
    Room,
    Ball,
    Castle,
    Church,
    Sky,
}

/// What a person wears and is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Man,
    Woman,
    OldMan,
    OldWoman,
    Boy,
    Girl,
    Officer,
    Soldier,
    Peasant,
    PeasantWoman,
    Priest,
    Lady,
    Gentleman,
    Sailor,
    Monk,
    King,
}

/// What a person does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Posture {
    Standing,
    Sitting,
    Walking,
    Riding,
    Dancing,
    Lying,
}

/// Everything the brief asks for, in the illustrator's own terms.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    pub(crate) subject: Subject,
    pub(crate) hour: Option<Hour>,
    pub(crate) weather: Weather,
    pub(crate) season: Option<Season>,
    pub(crate) scenery: Option<Scenery>,
    pub(crate) roles: Vec<Role>,
    pub(crate) posture: Option<Posture>,
    /// Every known word, heaviest first, each once.
    pub(crate) words: Vec<&'static str>,
}

/// Words of the prompt are read too when the concepts are fewer than this.
const FEW: usize = 4;

impl Reading {
    pub(crate) fn of(brief: &Brief) -> Self {
        let mut words = concept_words(brief);
        // What was told of a sitter before the passage stands in the prompt only.
        if words.len() < FEW || brief.subject == Subject::Character {
            words.extend(vocabulary::scan(&brief.prompt).into_iter().filter(|word| {
                brief.subject != Subject::Character
                    || !matches!(word.meaning, vocabulary::Meaning::Scenery(_))
            }));
        }
        let mut reading = Self {
            subject: brief.subject,
            hour: None,
            weather: Weather::Clear,
            season: None,
            scenery: None,
            roles: Vec::new(),
            posture: None,
            words: Vec::new(),
        };
        for word in words {
            reading.take(word);
        }
        reading
    }

    fn take(&mut self, word: Word) {
        use vocabulary::Meaning;
        if self.words.contains(&word.name) {
            return;
        }
        self.words.push(word.name);
        match word.meaning {
            Meaning::Hour(hour) => self.hour = self.hour.or(Some(hour)),
            Meaning::Weather(weather) => {
                if self.weather == Weather::Clear || weather == Weather::Blizzard || weather == Weather::Storm
                {
                    self.weather = weather;
                }
            }
            Meaning::Season(season) => self.season = self.season.or(Some(season)),
            Meaning::Scenery(scenery) => self.scenery = Some(preferred(self.scenery, scenery)),
            Meaning::Role(role) => self.roles.push(role),
            Meaning::Posture(posture) => self.posture = self.posture.or(Some(posture)),
            Meaning::Thing => {}
        }
    }

    /// Whether the brief names any of these.
    pub(crate) fn has(&self, names: &[&str]) -> bool {
        self.words.iter().any(|word| names.contains(word))
    }

    /// Snow lies, or falls.
    pub(crate) fn snowy(&self) -> bool {
        self.season == Some(Season::Winter) || matches!(self.weather, Weather::Snow | Weather::Blizzard)
    }

    pub(crate) fn hour_or_day(&self) -> Hour {
        self.hour.unwrap_or(Hour::Day)
    }
}

/// A ball beats a room, a room beats the view through its window, the first named wins otherwise.
fn preferred(first: Option<Scenery>, next: Scenery) -> Scenery {
    match (first, next) {
        (None, next) => next,
        (_, Scenery::Ball) | (Some(Scenery::Ball), _) => Scenery::Ball,
        (Some(Scenery::Sky), next) => next,
        (Some(first), _) => first,
    }
}

fn concept_words(brief: &Brief) -> Vec<Word> {
    let mut concepts: Vec<_> = brief.concepts.iter().collect();
    concepts.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    concepts
        .into_iter()
        .filter_map(|concept| {
            vocabulary::known(&concept.name).or_else(|| vocabulary::by_category(&concept.category))
        })
        .collect()
}
