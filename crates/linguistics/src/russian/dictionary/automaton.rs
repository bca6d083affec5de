//! A word automaton (DAWG) in the double-array layout of `dawgdic`, read in place.
//!
//! A unit holds the label of the transition that leads to it, whether a key ends there, and the offset its
//! children are found at. The guide gives each unit's first child and next sibling, which orders keys.

use crate::ModelError;
use crate::model_file::{ModelFile, Section};

/// Between a word and the values stored under it.
const SEPARATOR: u8 = 1;
const LABEL: u32 = 0x8000_00ff;
const VALUE: u32 = 0x7fff_ffff;
const HAS_VALUE: u32 = 1 << 8;

/// A state of the automaton.
pub(crate) type State = u32;

/// The state before any letter.
pub(crate) const START: State = 0;

/// An automaton without values of its own.
#[derive(Clone)]
pub(crate) struct Automaton {
    units: Section<u32>,
}

impl Automaton {
    pub(crate) fn open(file: &ModelFile, units: &str) -> Result<Automaton, ModelError> {
        Ok(Automaton {
            units: file.section(units)?,
        })
    }

    fn unit(&self, state: State) -> u32 {
        self.units.get(state as usize).copied().unwrap_or_default()
    }

    /// The state after one more byte.
    pub(crate) fn step(&self, state: State, byte: u8) -> Option<State> {
        let next = state ^ offset(self.unit(state)) ^ u32::from(byte);
        (self.units.get(next as usize)? & LABEL == u32::from(byte)).then_some(next)
    }

    /// The state after some more bytes.
    pub(crate) fn follow(&self, state: State, bytes: &[u8]) -> Option<State> {
        bytes
            .iter()
            .try_fold(state, |state, &byte| self.step(state, byte))
    }

    /// The number stored for the key that ends here.
    pub(crate) fn value(&self, state: State) -> Option<u32> {
        let unit = self.unit(state);
        (unit & HAS_VALUE != 0).then(|| self.unit(state ^ offset(unit)) & VALUE)
    }
}

fn offset(unit: u32) -> u32 {
    (unit >> 10) << ((unit & (1 << 9)) >> 6)
}

/// An automaton whose keys are words followed by records of `N` numbers.
#[derive(Clone)]
pub(crate) struct Records<const N: usize> {
    automaton: Automaton,
    guide: Section<u8>,
}

impl<const N: usize> Records<N> {
    pub(crate) fn open(file: &ModelFile, units: &str, guide: &str) -> Result<Self, ModelError> {
        Ok(Records {
            automaton: Automaton::open(file, units)?,
            guide: file.section(guide)?,
        })
    }

    /// Finds a word, and the spellings of it that have `ё` where it has `е`: the exact word first, then those
    /// with `ё`, as `DAWG-Python` orders them.
    pub(crate) fn similar(&self, word: &str, found: &mut Vec<(String, [u16; N])>) {
        self.similar_from(&mut String::with_capacity(word.len()), word, START, found);
    }

    fn similar_from(
        &self,
        spelt: &mut String,
        rest: &str,
        mut state: State,
        found: &mut Vec<(String, [u16; N])>,
    ) {
        let (before, length) = (found.len(), spelt.len());
        for (at, letter) in rest.char_indices() {
            let after = at + letter.len_utf8();
            if letter == 'е'
                && let Some(next) = self.automaton.follow(state, "ё".as_bytes())
            {
                let length = spelt.len();
                spelt.push('ё');
                self.similar_from(spelt, &rest[after..], next, found);
                spelt.truncate(length);
            }
            match self.automaton.follow(state, &rest.as_bytes()[at..after]) {
                Some(next) => state = next,
                None => {
                    spelt.truncate(length);
                    return;
                }
            }
            spelt.push(letter);
        }
        if let Some(end) = self.automaton.step(state, SEPARATOR) {
            let with_other_letters = found.split_off(before);
            let mut key = Vec::with_capacity(8);
            self.collect(end, &mut key, &mut |record| found.push((spelt.clone(), record)));
            found.extend(with_other_letters);
        }
        spelt.truncate(length);
    }

    /// Visits all records below a state in the order of their bytes.
    fn collect(&self, state: State, key: &mut Vec<u8>, visit: &mut impl FnMut([u16; N])) {
        const LONGEST: usize = 16;
        if self.automaton.value(state).is_some() {
            visit(decode(key));
        }
        let guide = |state: State, which: usize| self.guide.get(state as usize * 2 + which).copied();
        let mut label = guide(state, 0).unwrap_or_default();
        while label != 0 && key.len() < LONGEST {
            let Some(child) = self.automaton.step(state, label) else {
                return;
            };
            key.push(label);
            self.collect(child, key, visit);
            key.pop();
            label = guide(child, 1).unwrap_or_default();
        }
    }
}

/// A record: base64 of big-endian numbers.
fn decode<const N: usize>(text: &[u8]) -> [u16; N] {
    let mut numbers = [0u16; N];
    let (mut bits, mut count, mut place) = (0u32, 0u32, 0usize);
    for &symbol in text {
        let six = match symbol {
            b'A'..=b'Z' => symbol - b'A',
            b'a'..=b'z' => symbol - b'a' + 26,
            b'0'..=b'9' => symbol - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(six);
        count += 6;
        if count >= 8 {
            count -= 8;
            let byte = (bits >> count) as u8;
            if let Some(number) = numbers.get_mut(place / 2) {
                *number = *number << 8 | u16::from(byte);
            }
            place += 1;
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn records_are_big_endian_numbers_in_base64() {
        assert_eq!(decode::<2>(b"AAEAAg==\n"), [1, 2]);
        assert_eq!(decode::<3>(b"AQIDBAUG"), [0x0102, 0x0304, 0x0506]);
        assert_eq!(decode::<2>(b"//8AAA==\n"), [0xffff, 0]);
        assert_eq!(decode::<2>(b""), [0, 0]);
    }
}
