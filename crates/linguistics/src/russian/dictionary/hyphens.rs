//! Words with hyphens that are not listed whole.

use std::rc::Rc;

use super::prediction::{has_known_prefix, keep_new};
use super::{Dictionary, Origin, Parse, Seen, Session};
use crate::russian::dictionary::tags::Bits;

/// Particles written after a hyphen.
const PARTICLES: [&str; 8] = ["-то", "-ка", "-таки", "-де", "-тко", "-тка", "-с", "-ста"];

/// Letters of the shortest adverb in `по-`.
const SHORTEST_ADVERB: usize = 5;

impl Session<'_> {
    /// `смотри-ка` is `смотри` with a particle, which stays in all its forms.
    pub(super) fn with_particle(&mut self, word: &str, seen: &mut Seen) -> Vec<Parse> {
        let split = PARTICLES.iter().find_map(|particle| {
            let rest = word.strip_suffix(particle)?;
            (!rest.is_empty()).then_some((rest, *particle))
        });
        let Some((rest, particle)) = split else {
            return Vec::new();
        };
        let mut parses = Vec::new();
        for parse in self.parse_part(rest).iter() {
            let parse = Parse {
                word: [&parse.word, particle].concat(),
                tag: parse.tag,
                normal: [&parse.normal, particle].concat(),
                origin: Origin::WithParticle(particle.len(), Rc::new(parse.origin.clone())),
            };
            keep_new(self.dictionary, parse, seen, &mut parses);
        }
        parses
    }

    /// `по-западному`: an adverb when the rest may be an adjective in the dative singular.
    pub(super) fn hyphenated_adverb(&mut self, word: &str) -> Vec<Parse> {
        let Some(rest) = word.strip_prefix("по-") else {
            return Vec::new();
        };
        if word.chars().count() < SHORTEST_ADVERB {
            return Vec::new();
        }
        let wanted = self.dictionary.known.dative_adjective;
        let parses = self.parse_part(rest);
        if parses
            .iter()
            .any(|parse| self.dictionary.tag(parse.tag).grammemes() & wanted == wanted)
        {
            return vec![Parse::of_shape(word, self.dictionary.shape_tag("ADVB"))];
        }
        Vec::new()
    }

    /// `человек-гора`, where both parts inflect alike, and `интернет-магазин`, where the left one does not.
    pub(super) fn compound(&mut self, word: &str) -> Vec<Parse> {
        let Some((left, right)) = word.split_once('-') else {
            return Vec::new();
        };
        let one_inner_hyphen = !left.is_empty() && !right.is_empty() && !right.contains('-');
        if !one_inner_hyphen || has_known_prefix(word) {
            return Vec::new();
        }
        let left_parses = self.parse_part(left);
        let right_parses = self.parse_part(right);
        let dictionary = self.dictionary;
        let mut parses = both_inflect(dictionary, &left_parses, &right_parses);
        let inflecting = right_parses
            .iter()
            .filter(|parse| dictionary.has_part_of_speech(parse.tag));
        parses.extend(inflecting.map(|right| Parse {
            word: [left, "-", &right.word].concat(),
            tag: right.tag,
            normal: [left, "-", &right.normal].concat(),
            origin: Origin::FixedLeft(left.len() + 1, Rc::new(right.origin.clone())),
        }));
        parses
    }
}

fn both_inflect(dictionary: &Dictionary, left_parses: &[Parse], right_parses: &[Parse]) -> Vec<Parse> {
    let mut parses = Vec::new();
    for left in left_parses
        .iter()
        .filter(|parse| dictionary.has_part_of_speech(parse.tag))
    {
        let compared = dictionary.compared_in_compounds(left.tag);
        for right in right_parses {
            if dictionary.compared_in_compounds(right.tag) == compared {
                parses.push(Parse {
                    word: [&left.word, "-", &right.word].concat(),
                    tag: left.tag,
                    normal: [&left.normal, "-", &right.normal].concat(),
                    origin: Origin::BothInflect(Rc::new(left.origin.clone()), Rc::new(right.origin.clone())),
                });
            }
        }
    }
    parses
}

impl Dictionary {
    fn has_part_of_speech(&self, tag: u16) -> bool {
        self.has_any(tag, self.known.parts_of_speech)
    }

    /// What must be equal for two parts of a compound to inflect together.
    fn compared_in_compounds(&self, tag: u16) -> Bits {
        let bits = self.tag(tag).grammemes() & self.known.compared_in_compounds;
        common(bits, &self.known.rare[1..])
    }
}

/// Replaces rare grammemes with the common ones they stand for.
pub(super) fn common(bits: Bits, rare: &[(Bits, Bits)]) -> Bits {
    rare.iter().fold(bits, |bits, (rare, common)| {
        if bits & rare != 0 {
            bits & !rare | common
        } else {
            bits
        }
    })
}
