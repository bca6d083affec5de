//! Words that are not listed: by a prefix before a listed word, by the ending.

use std::rc::Rc;

use super::paradigms::PREFIXES;
use super::{Dictionary, Origin, Parse, Seen, Session};

/// Prefixes that do not change how a word inflects, with a hyphen where one is written.
const KNOWN_PREFIXES: &str = "авиа авто аква анти анти- антропо архи арт арт- астро аудио аэро без бес био \
    вело взаимо вне внутри видео вице- вперед впереди гекто гелио гео гетеро гига гигро гипер гипо гомо дву \
    двух де дез дека деци дис до евро за зоо интер инфра квази квази- кило кино контр контр- космо космо- \
    крипто лейб- лже лже- макро макси макси- мало меж медиа медиа- мега мета мета- метео метро микро милли \
    мини мини- моно мото много мульти нано нарко не небез недо нейро нео низко обер- обще одно около орто \
    палео пан пара пента пере пиро поли полу после пост пост- порно пра пра- пред пресс- противо противо- \
    прото псевдо псевдо- радио разно ре ретро ретро- само санти сверх сверх- спец суб супер супер- супра \
    теле тетра топ- транс транс- ультра унтер- штаб- экзо эко эндо эконом- экс экс- экстра экстра- электро \
    энерго этно";

/// Letters that must remain after a prefix.
const SHORTEST_REMAINDER: usize = 3;
/// Letters an unknown prefix may have.
const LONGEST_PREFIX: usize = 5;
/// Letters a word must have to be judged by its ending, and the longest ending.
const SHORTEST_WORD: usize = 4;
const LONGEST_ENDING: usize = 5;

/// Whether a word begins with one of the known prefixes.
pub(super) fn has_known_prefix(word: &str) -> bool {
    KNOWN_PREFIXES
        .split_ascii_whitespace()
        .any(|prefix| word.starts_with(prefix))
}

impl Session<'_> {
    /// `псевдокошка` is `кошка` with a prefix that is known; the longest prefix is tried first.
    pub(super) fn with_known_prefix(&mut self, word: &str, seen: &mut Seen) -> Vec<Parse> {
        let mut prefixes: Vec<&str> = KNOWN_PREFIXES
            .split_ascii_whitespace()
            .filter(|prefix| word.starts_with(prefix))
            .collect();
        prefixes.sort_by_key(|prefix| std::cmp::Reverse(prefix.chars().count()));
        let mut parses = Vec::new();
        for prefix in prefixes {
            let remainder = &word[prefix.len()..];
            if remainder.chars().count() < SHORTEST_REMAINDER {
                continue;
            }
            for parse in self.parse_part(remainder).iter() {
                if self.dictionary.is_productive(parse.tag) {
                    keep_new(self.dictionary, prefixed(prefix, parse), seen, &mut parses);
                }
            }
        }
        parses
    }
}

impl Dictionary {
    /// `байткод` is the listed `код` with anything before it.
    pub(super) fn with_unknown_prefix(&self, word: &str, seen: &mut Seen) -> Vec<Parse> {
        let letters = word.chars().count();
        let mut parses = Vec::new();
        let most = LONGEST_PREFIX.min(letters.saturating_sub(SHORTEST_REMAINDER));
        for (at, _) in word.char_indices().skip(1).take(most) {
            let (prefix, remainder) = word.split_at(at);
            for parse in self.look_up(remainder) {
                if self.is_productive(parse.tag) {
                    keep_new(self, prefixed(prefix, &parse), seen, &mut parses);
                }
            }
        }
        parses
    }

    /// `бутявкать` ends like `тявкать`: the readings of listed words with the longest common ending, the
    /// most frequent first.
    pub(super) fn by_ending(&self, word: &str, seen: &mut Seen) -> Vec<Parse> {
        if word.chars().count() < SHORTEST_WORD {
            return Vec::new();
        }
        let mut weighed: Vec<(f64, Parse)> = Vec::new();
        for (number, prefix) in PREFIXES.iter().enumerate().rev() {
            if word.starts_with(prefix) {
                self.by_ending_with_prefix(number, word, seen, &mut weighed);
            }
        }
        weighed.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        weighed.into_iter().map(|(_, parse)| parse).collect()
    }

    fn by_ending_with_prefix(
        &self,
        number: usize,
        word: &str,
        seen: &mut Seen,
        weighed: &mut Vec<(f64, Parse)>,
    ) {
        let starts: Vec<usize> = word
            .char_indices()
            .rev()
            .take(LONGEST_ENDING)
            .map(|(at, _)| at)
            .collect();
        let mut total = 1u32;
        let mut counted: Vec<(u32, Parse)> = Vec::new();
        for &start in starts.iter().rev() {
            let (stem, ending) = word.split_at(start);
            let mut found = Vec::new();
            self.endings[number].similar(ending, &mut found);
            for (ending, [count, paradigm, form]) in found {
                let Some(parse) = self.listed([stem, &ending].concat(), paradigm, form) else {
                    continue;
                };
                if !self.is_productive(parse.tag) {
                    continue;
                }
                total += u32::from(count);
                let key = self.key(&parse);
                if !seen.contains(&key) {
                    seen.push(key);
                    counted.push((u32::from(count), parse));
                }
            }
            if total > 1 {
                break;
            }
        }
        let weight = |count: u32| f64::from(count) / f64::from(total) * 0.5;
        weighed.extend(counted.into_iter().map(|(count, parse)| (weight(count), parse)));
    }

    /// What two readings are compared by.
    pub(super) fn key(&self, parse: &Parse) -> (String, u16, Origin) {
        (
            parse.word.clone(),
            self.tag(parse.tag).canonical(),
            parse.origin.key(),
        )
    }
}

fn prefixed(prefix: &str, parse: &Parse) -> Parse {
    Parse {
        word: [prefix, &parse.word].concat(),
        tag: parse.tag,
        normal: [prefix, &parse.normal].concat(),
        origin: Origin::Prefixed(prefix.len(), Rc::new(parse.origin.clone())),
    }
}

/// Keeps a reading unless an equal one was seen.
pub(super) fn keep_new(dictionary: &Dictionary, parse: Parse, seen: &mut Seen, parses: &mut Vec<Parse>) {
    let key = dictionary.key(&parse);
    if !seen.contains(&key) {
        seen.push(key);
        parses.push(parse);
    }
}
