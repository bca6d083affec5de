//! English names: runs of proper nouns, told apart into people, places and organisations by the words in
//! them and around them, over the whole text.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::{EntityKind, Upos};

const TITLES: &str = "mr mrs ms miss master dr doctor sir lady lord captain capt colonel col major general gen \
    lieutenant lt sergeant sgt professor prof reverend rev father mother brother sister uncle aunt king queen \
    prince princess duke duchess count countess baron baroness earl madame monsieur mademoiselle squire \
    inspector admiral judge president saint madam mistress dame widow cousin grandfather grandmother";

const GIVEN: &str = "adam agnes albert alexander alfred alice amy andrew ann anna anne annie anthony arthur barbara \
    beatrice ben benjamin bertha bill billy bob caroline catherine cathy cecil charles charlie charlotte \
    christina christopher clara clement david dick dora dorothy edgar edith edmund edward eleanor eliza elizabeth \
    ellen emily emma ernest ethel eugene eva fanny florence frances francis frank fred frederick george gerald \
    gilbert grace hannah harold harriet harry helen henry herbert hugh isaac isabel isabella jack jacob james jane \
    janet jasper jean jenny jim jo joan joe john jonathan joseph josephine julia julian juliet kate katherine \
    kitty laura lawrence leonard lewis lily louis louisa lucy luke mabel maggie margaret maria marian mark martha \
    martin mary matthew maud michael mildred molly nancy nathaniel ned nell nelly nicholas nora oliver oscar \
    patrick paul peggy percy peter philip phoebe ralph rebecca richard robert robin roger rosa rose rupert ruth \
    sally samuel sam sarah silas simon sophia sophy stephen susan sydney theodore theresa thomas tim timothy tom \
    tommy victor victoria vincent violet walter will william winifred";

const PLACES: &str = "africa america asia australia austria baker berlin boston brighton bristol britain brussels \
    california canada canterbury chicago china cornwall cuba derby devon devonshire dover dublin edinburgh egypt \
    england europe florence florida france geneva germany glasgow greece hampshire holland hull india ireland \
    italy jamaica japan kent lisbon liverpool london madrid manchester mexico milan moscow munich naples norway \
    oxford cambridge paris persia philadelphia plymouth poland portsmouth portugal prussia rome russia scotland \
    siberia southampton spain stockholm sussex sweden switzerland texas turkey venice vienna virginia wales \
    washington whitehall yorkshire york";

/// Words that make the name they end a place.
const PLACE_ENDINGS: &str = "street road lane avenue square hall house park hill hills mountain mountains moor mire \
    river lake sea ocean bay cape island islands isle islands harbour port bridge abbey castle cottage farm tor \
    valley wood woods forest heath marsh county city town village station inn church cathedral tower palace court \
    gate gardens garden place crescent terrace row fields bank point rock cove creek beach head coast desert \
    glen loch ford manor grange";

const ORGANISATIONS: &str = "company co corp corporation inc ltd club society association committee ministry \
    department parliament congress senate army navy university college school office bank council board \
    institute union party brothers bros league press times telegraph guard regiment";

/// Capitalised words that are no names.
const NO_NAMES: &str = "i god lord heaven heavens christmas easter sunday monday tuesday wednesday thursday friday \
    saturday january february march april may june july august september october november december english \
    french german spanish italian russian american chapter book part volume bible latin greek";

const SPEECH: &str = "say ask cry answer reply exclaim whisper murmur shout remark return observe think nod smile \
    laugh sigh tell know feel look turn rise sit stand walk run take come go shake shrug frown";

/// Prepositions after which a name is more likely a place.
const BEFORE_PLACES: &str = "in at from near through towards toward across into over around via beyond";

/// A token as the search for names sees it.
pub(super) struct Clue<'a> {
    pub(super) text: &'a str,
    pub(super) lemma: &'a str,
    pub(super) pos: Upos,
    pub(super) begins_sentence: bool,
}

fn listed(list: &str, word: &str) -> bool {
    let lower = word.trim_end_matches('.').to_lowercase();
    list.split_ascii_whitespace().any(|entry| entry == lower)
}

/// Finds names: ranges of tokens with their kinds, in order.
pub(super) fn find(tokens: &[Clue<'_>]) -> Vec<(Range<usize>, EntityKind)> {
    let spans = spans(tokens);
    let mut votes: FxHashMap<&str, [i32; 3]> = FxHashMap::default();
    for span in &spans {
        let evidence = evidence(tokens, span);
        for word in name_words(tokens, span) {
            let total = votes.entry(word).or_default();
            total
                .iter_mut()
                .zip(evidence)
                .for_each(|(total, vote)| *total += vote);
        }
    }
    spans
        .into_iter()
        .filter_map(|span| kind(tokens, &span, &votes).map(|kind| (span, kind)))
        .collect()
}

/// Runs of capitalised proper nouns, titles included; `of` joins a place's name.
fn spans(tokens: &[Clue<'_>]) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !is_part(tokens, at) {
            at += 1;
            continue;
        }
        let start = at;
        while at < tokens.len() && (at == start || !tokens[at].begins_sentence) && is_part(tokens, at) {
            at += 1;
        }
        let untitled = (start..at).find(|&token| !listed(TITLES, tokens[token].text));
        if untitled.is_some() && !(start..at).all(|token| listed(NO_NAMES, tokens[token].text)) {
            spans.push(start..at);
        }
    }
    spans
}

fn is_part(tokens: &[Clue<'_>], at: usize) -> bool {
    let token = &tokens[at];
    let capital = token.text.chars().next().is_some_and(char::is_uppercase);
    let shouted = token.text.chars().count() > 4 && token.text.chars().all(|c| !c.is_lowercase());
    if !capital || shouted || listed(NO_NAMES, token.text) {
        return false;
    }
    token.pos == Upos::ProperNoun || listed(TITLES, token.text) && followed_by_name(tokens, at)
}

fn followed_by_name(tokens: &[Clue<'_>], at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|next| {
        next.pos == Upos::ProperNoun && !next.begins_sentence && next.text.starts_with(char::is_uppercase)
    })
}

/// The words by which one name is known in different places.
fn name_words<'t>(tokens: &'t [Clue<'_>], span: &Range<usize>) -> impl Iterator<Item = &'t str> {
    let words = tokens[span.clone()].iter().map(|token| token.text);
    words.filter(|word| !listed(TITLES, word) && word.chars().count() > 2)
}

/// What one mention says for a person, a place, an organisation.
fn evidence(tokens: &[Clue<'_>], span: &Range<usize>) -> [i32; 3] {
    let words = &tokens[span.clone()];
    let (first, last) = (words[0].text, words[words.len() - 1].text);
    let before = span
        .start
        .checked_sub(1)
        .map(|at| tokens[at].lemma)
        .unwrap_or_default();
    let second_before = span
        .start
        .checked_sub(2)
        .map(|at| tokens[at].lemma)
        .unwrap_or_default();
    let after = tokens.get(span.end).map(|token| token.lemma).unwrap_or_default();
    let second_after = tokens
        .get(span.end + 1)
        .map(|token| token.lemma)
        .unwrap_or_default();
    let mut votes = [0i32; 3];
    let mut vote = |kind: usize, weight: i32, holds: bool| votes[kind] += if holds { weight } else { 0 };
    vote(0, 8, listed(TITLES, first) && words.len() > 1);
    vote(0, 5, words.iter().any(|word| listed(GIVEN, word.text)));
    vote(
        0,
        2,
        listed(SPEECH, after) || listed(SPEECH, before) && before != "come" && before != "go",
    );
    vote(0, 1, after == "'s" || after == "'" || after == ",");
    vote(
        0,
        1,
        matches!(after, "have" | "be" | "do") || second_after == "say",
    );
    vote(1, 8, words.len() > 1 && listed(PLACE_ENDINGS, last));
    vote(
        1,
        6,
        words.iter().any(|word| listed(PLACES, word.text)) && !listed(TITLES, first),
    );
    vote(1, 3, listed(BEFORE_PLACES, before));
    vote(1, 2, before == "the" && listed(BEFORE_PLACES, second_before));
    vote(
        1,
        2,
        before == "of"
            && matches!(
                second_before,
                "city" | "town" | "village" | "island" | "coast" | "street"
            ),
    );
    vote(2, 8, words.len() > 1 && listed(ORGANISATIONS, last));
    votes
}

/// The kind with the most evidence, this mention's own counting more than what is known of its words.
fn kind(tokens: &[Clue<'_>], span: &Range<usize>, votes: &FxHashMap<&str, [i32; 3]>) -> Option<EntityKind> {
    let own = evidence(tokens, span);
    let mut total = own.map(|vote| vote * 3);
    for word in name_words(tokens, span) {
        if let Some(votes) = votes.get(word) {
            total
                .iter_mut()
                .zip(votes)
                .for_each(|(total, vote)| *total += vote.clamp(&-20, &20));
        }
    }
    let lonely = total.iter().all(|&vote| vote == 0);
    if lonely && tokens[span.start].begins_sentence {
        return None;
    }
    let best = (0..3).rev().max_by_key(|&kind| total[kind])?;
    Some([EntityKind::Person, EntityKind::Location, EntityKind::Organisation][best])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(words: &[&str]) -> Vec<(String, EntityKind)> {
        let clue = |(at, text): (usize, &&'static str)| Clue {
            text,
            lemma: if *text == "said" { "say" } else { text },
            pos: if text.starts_with(char::is_uppercase) {
                Upos::ProperNoun
            } else {
                Upos::Noun
            },
            begins_sentence: at == 0,
        };
        let words: Vec<&'static str> = words.iter().map(|word| &*word.to_string().leak()).collect();
        let tokens: Vec<Clue<'_>> = words.iter().enumerate().map(clue).collect();
        find(&tokens)
            .into_iter()
            .map(|(span, kind)| (words[span].join(" "), kind))
            .collect()
    }

    #[test]
    fn titles_make_people_and_streets_make_places() {
        let found = names(&[
            "then", "Mr.", "Sherlock", "Holmes", "left", "Baker", "Street", ".",
        ]);
        let person = ("Mr. Sherlock Holmes".to_owned(), EntityKind::Person);
        assert_eq!(found, [person, ("Baker Street".to_owned(), EntityKind::Location)]);
    }

    #[test]
    fn what_is_known_of_a_name_counts_in_other_places() {
        let found = names(&["in", "Dartmoor", "said", "Ahab", "and", "of", "Dartmoor"]);
        let kinds: Vec<EntityKind> = found.iter().map(|(_, kind)| *kind).collect();
        assert_eq!(
            kinds,
            [EntityKind::Location, EntityKind::Person, EntityKind::Location]
        );
    }

    #[test]
    fn days_and_titles_alone_are_no_names() {
        assert!(names(&["on", "Monday", "the", "captain"]).is_empty());
    }
}
