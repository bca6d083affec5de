//! The morphological dictionary of Russian and the prediction of words it lacks, as pymorphy2 does it.

mod automaton;
mod hyphens;
mod lexeme;
mod paradigms;
mod parse;
mod prediction;
mod shapes;
pub(crate) mod tags;

use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::ModelError;
use crate::model_file::{ModelFile, Section};
use automaton::{Automaton, Records, START};
use paradigms::{Paradigms, Strings};
pub(crate) use parse::{Origin, Parse};
use tags::{Bits, Grammar, GrammemeSet, TagRecord};

/// Words longer than this many bytes are not taken apart at prefixes and hyphens: each part costs a copy.
const LONGEST_COMPOUND: usize = 8192;
/// Parts inside parts that are looked at. The reference runs out of stack before.
const DEEPEST: usize = 512;

/// The dictionary in an open model file.
#[derive(Clone)]
pub(crate) struct Dictionary {
    words: Records<2>,
    endings: [Records<3>; 3],
    probabilities: Automaton,
    paradigms: Paradigms,
    tags: Section<TagRecord>,
    written: Strings,
    known: Grammemes,
}

/// Bits of the grammemes that rules ask for.
#[derive(Clone, Copy)]
struct Grammemes {
    unproductive: Bits,
    parts_of_speech: Bits,
    compared_in_compounds: Bits,
    cases: Bits,
    nominative: Bits,
    dative_adjective: Bits,
    /// Pairs (rare, common): a rare grammeme counts as the common one when compounds are compared.
    rare: [(Bits, Bits); 3],
}

const PARTS_OF_SPEECH: [&str; 17] = [
    "NOUN", "ADJF", "ADJS", "COMP", "VERB", "INFN", "PRTF", "PRTS", "GRND", "NUMR", "ADVB", "NPRO", "PRED",
    "PREP", "CONJ", "PRCL", "INTJ",
];
const CASES: [&str; 12] = [
    "nomn", "gent", "datv", "accs", "ablt", "loct", "voct", "gen1", "gen2", "acc2", "loc1", "loc2",
];
const OTHER_COMPARED: [&str; 8] = ["sing", "plur", "1per", "2per", "3per", "pres", "past", "futr"];

impl Grammemes {
    fn new(set: &GrammemeSet) -> Grammemes {
        let bits = |names: &[&str]| set.bits(names.iter().copied());
        Grammemes {
            unproductive: bits(&["NUMR", "NPRO", "PRED", "PREP", "CONJ", "PRCL", "INTJ", "Apro"]),
            parts_of_speech: bits(&PARTS_OF_SPEECH),
            compared_in_compounds: bits(&PARTS_OF_SPEECH) | bits(&CASES) | bits(&OTHER_COMPARED),
            cases: bits(&CASES),
            nominative: bits(&["nomn"]),
            dative_adjective: bits(&["ADJF", "sing", "datv"]),
            rare: [("V-oy", "V-ey"), ("gen1", "gent"), ("loc1", "loct")]
                .map(|(rare, common)| (bits(&[rare]), bits(&[common]))),
        }
    }
}

impl Dictionary {
    pub(crate) fn open(file: &ModelFile) -> Result<Dictionary, ModelError> {
        let grammemes = GrammemeSet::new(file.lines("grammemes")?.into_iter());
        if grammemes.names().len() > Bits::BITS as usize {
            return Err(file.damaged("it has too many grammemes"));
        }
        let dictionary = Dictionary {
            words: Records::open(file, "words.units", "words.guide")?,
            endings: [
                Records::open(file, "endings0.units", "endings0.guide")?,
                Records::open(file, "endings1.units", "endings1.guide")?,
                Records::open(file, "endings2.units", "endings2.guide")?,
            ],
            probabilities: Automaton::open(file, "probabilities.units")?,
            paradigms: Paradigms::open(file)?,
            tags: file.section("tags")?,
            written: Strings::open(file, "tags.starts", "tags.text")?,
            known: Grammemes::new(&grammemes),
        };
        if dictionary.tags.len() != dictionary.written.len()
            || dictionary.tags.len() <= tags::SHAPE_TAGS.len()
        {
            return Err(file.damaged("its table of tags contradicts itself"));
        }
        Ok(dictionary)
    }

    /// All readings of a lower-case word with `ё` folded to `е`, the likeliest first.
    pub(crate) fn parse(&self, word: &str) -> Vec<Parse> {
        Session::new(self).parse(word)
    }

    pub(crate) fn grammar(&self, tag: u16) -> &Grammar {
        &self.tag(tag).grammar
    }

    fn tag(&self, tag: u16) -> &TagRecord {
        let last = self.tags.len() - 1;
        &self.tags[usize::from(tag).min(last)]
    }

    fn has_any(&self, tag: u16, grammemes: Bits) -> bool {
        self.tag(tag).grammemes() & grammemes != 0
    }

    fn is_productive(&self, tag: u16) -> bool {
        !self.has_any(tag, self.known.unproductive)
    }

    /// The number of a tag that analysis by shape gives.
    fn shape_tag(&self, name: &str) -> u16 {
        let place = tags::SHAPE_TAGS
            .iter()
            .position(|tag| *tag == name)
            .unwrap_or_default();
        (self.tags.len() - tags::SHAPE_TAGS.len() + place) as u16
    }

    /// Orders readings by the probability of their tags for this word, when any is known.
    fn sort_by_probability(&self, word: &str, parses: &mut Vec<Parse>) {
        let Some(base) = self.probabilities.follow(START, word.as_bytes()) else {
            return;
        };
        let Some(base) = self.probabilities.step(base, b':') else {
            return;
        };
        let probability = |parse: &Parse| {
            let tag = self.written.get(usize::from(parse.tag));
            let state = self.probabilities.follow(base, tag.as_bytes())?;
            self.probabilities.value(state)
        };
        let mut weighed: Vec<(u32, Parse)> = parses
            .drain(..)
            .map(|parse| (probability(&parse).unwrap_or_default(), parse))
            .collect();
        weighed.sort_by_key(|(probability, _)| std::cmp::Reverse(*probability));
        parses.extend(weighed.into_iter().map(|(_, parse)| parse));
    }
}

/// The analysis of one word, which may ask for the analysis of its parts.
struct Session<'a> {
    dictionary: &'a Dictionary,
    /// Parts analysed so far: a pile of prefixes can be taken apart in very many ways, but into few parts.
    parts: FxHashMap<String, Rc<[Parse]>>,
    depth: usize,
}

/// Readings met so far in one analysis: (word, tag, origin of the paradigm).
type Seen = Vec<(String, u16, Origin)>;

impl Session<'_> {
    fn new(dictionary: &Dictionary) -> Session<'_> {
        Session {
            dictionary,
            parts: FxHashMap::default(),
            depth: 0,
        }
    }

    fn parse(&mut self, word: &str) -> Vec<Parse> {
        let mut parses = self.first_that_knows(word);
        self.dictionary.sort_by_probability(word, &mut parses);
        parses
    }

    /// Readings of a part of the word.
    fn parse_part(&mut self, part: &str) -> Rc<[Parse]> {
        if let Some(known) = self.parts.get(part) {
            return Rc::clone(known);
        }
        if self.depth == DEEPEST {
            return Rc::from([self.unknown(part)]);
        }
        self.depth += 1;
        let parses: Rc<[Parse]> = self.parse(part).into();
        self.depth -= 1;
        self.parts.insert(part.to_owned(), Rc::clone(&parses));
        parses
    }

    /// Asks the methods in pymorphy2's order; the first that has an answer ends the search, except that a
    /// split at an unknown prefix leaves room for the prediction by ending.
    fn first_that_knows(&mut self, word: &str) -> Vec<Parse> {
        let mut seen = Seen::new();
        let mut parses = self.dictionary.look_up(word);
        if parses.is_empty() {
            parses = self.by_shape(word);
        }
        if parses.is_empty() && word.len() <= LONGEST_COMPOUND {
            parses = self.by_parts(word, &mut seen);
        }
        if parses.is_empty() {
            parses = self.dictionary.with_unknown_prefix(word, &mut seen);
            parses.extend(self.dictionary.by_ending(word, &mut seen));
        }
        if parses.is_empty() {
            parses.push(self.unknown(word));
        }
        parses
    }

    fn by_parts(&mut self, word: &str, seen: &mut Seen) -> Vec<Parse> {
        let mut parses = self.with_particle(word, seen);
        if parses.is_empty() {
            parses = self.hyphenated_adverb(word);
        }
        if parses.is_empty() {
            parses = self.compound(word);
        }
        if parses.is_empty() {
            parses = self.with_known_prefix(word, seen);
        }
        parses
    }

    fn unknown(&self, word: &str) -> Parse {
        Parse::of_shape(word, self.dictionary.shape_tag("UNKN"))
    }
}

impl Dictionary {
    /// Readings of a word that the dictionary lists.
    fn look_up(&self, word: &str) -> Vec<Parse> {
        let mut found = Vec::new();
        self.words.similar(word, &mut found);
        found
            .into_iter()
            .filter_map(|(word, [paradigm, form])| self.listed(word, paradigm, form))
            .collect()
    }

    fn listed(&self, word: String, paradigm: u16, form: u16) -> Option<Parse> {
        let forms = self.paradigms.get(paradigm)?;
        let tag = forms.tag(form)?;
        let normal = self.paradigms.normal(forms, form, &word)?;
        Some(Parse {
            word,
            tag,
            normal,
            origin: Origin::Paradigm { paradigm, form },
        })
    }
}
