//! English lemmas: irregular words, then rules for endings.

use rustc_hash::FxHashSet;

use super::model::Model;
use crate::Upos;

/// Irregular verbs: base form, then its other forms.
const VERBS: &str = "be am is are was were been being 'm 're 's|have has had having 've|do does did done doing|\
    go goes went gone|can ca|will wo 'll|would 'd|shall sha|arise arose arisen|awake awoke awoken|\
    bear bore borne|beat beaten|become became|begin began begun|bend bent|bet|bind bound|bite bit bitten|\
    bleed bled|blow blew blown|break broke broken|breed bred|bring brought|build built|burn burnt|burst|\
    buy bought|catch caught|choose chose chosen|cling clung|come came|creep crept|cut|deal dealt|dig dug|\
    draw drew drawn|dream dreamt|drink drank drunk|drive drove driven|dwell dwelt|eat ate eaten|fall fell fallen|\
    feed fed|feel felt|fight fought|find found|flee fled|fling flung|fly flew flown|forbid forbade forbidden|\
    forget forgot forgotten|forgive forgave forgiven|freeze froze frozen|get got gotten|give gave given|\
    grind ground|grow grew grown|hang hung|hear heard|hide hid hidden|hit|hold held|hurt|keep kept|kneel knelt|\
    know knew known|lay laid|lead led|lean leant|leap leapt|learn learnt|leave left|lend lent|let|lie lay lain lying|\
    light lit|lose lost|make made|mean meant|meet met|mistake mistook mistaken|overcome overcame|pay paid|put|\
    quit|read|rend rent|ride rode ridden|ring rang rung|rise rose risen|run ran|say said saith|see saw seen|\
    seek sought|sell sold|send sent|set|sew sewn|shake shook shaken|shed|shine shone|shoot shot|show shown|\
    shrink shrank shrunk|shut|sing sang sung|sink sank sunk|sit sat|slay slew slain|sleep slept|slide slid|\
    sling slung|slink slunk|smell smelt|smite smote smitten|sow sown|speak spoke spoken|speed sped|spend spent|\
    spill spilt|spin spun|spit spat|split|spoil spoilt|spread|spring sprang sprung|stand stood|steal stole stolen|\
    stick stuck|sting stung|stink stank stunk|stride strode stridden|strike struck stricken|string strung|\
    strive strove striven|swear swore sworn|sweep swept|swell swollen|swim swam swum|swing swung|take took taken|\
    teach taught|tear tore torn|tell told|think thought|throw threw thrown|thrust|tread trod trodden|\
    understand understood|undertake undertook undertaken|uphold upheld|wake woke woken|wear wore worn|\
    weave wove woven|weep wept|win won|wind wound|withdraw withdrew withdrawn|withhold withheld|\
    withstand withstood|wring wrung|write wrote written|die dying|tie tying|behold beheld|beset|bid bade bidden|\
    forsake forsook forsaken|foresee foresaw foreseen|betake betook betaken|shrive shrove";

/// Irregular plurals: singular, plural.
const NOUNS: &str = "man men|woman women|child children|foot feet|tooth teeth|goose geese|mouse mice|louse lice|\
    ox oxen|person people|knife knives|wife wives|life lives|leaf leaves|loaf loaves|half halves|wolf wolves|\
    shelf shelves|thief thieves|calf calves|self selves|elf elves|scarf scarves|hoof hooves|sheaf sheaves|\
    die dice|penny pence|brother brethren|gentleman gentlemen|policeman policemen|sheep sheep|deer deer|\
    species species|series series|means means|gas gases|bus buses|lens lenses|axis axes|crisis crises|\
    basis bases|analysis analyses|phenomenon phenomena|criterion criteria|datum data|medium media|shoe shoes|\
    toe toes|foe foes|canoe canoes|cache caches|headache headaches|moustache moustaches|house houses|\
    horse horses|nose noses|rose roses|pulse pulses|course courses|purse purses|verse verses|blouse blouses|\
    pause pauses|cause causes|clause clauses|phrase phrases|vase vases|case cases|base bases|cheese cheeses|\
    axe axes|size sizes|prize prizes|breeze breezes|gaze gazes|maze mazes|bronze bronzes|expense expenses|\
    response responses|sense senses|license licenses|nurse nurses|curse curses|corpse corpses|eclipse eclipses|\
    glimpse glimpses|purpose purposes|excuse excuses|use uses|cuirass cuirasses|movie movies|tie ties|pie pies|\
    lie lies|cookie cookies|eyrie eyries";

/// Irregular comparison: positive, then comparative and superlative.
const ADJECTIVES: &str = "good better best|bad worse worst|far farther farthest further furthest|little less least|\
    old elder eldest|many more most|much more most|free freer freest";
const ADVERBS: &str = "well better best|badly worse worst|far farther farthest further furthest|little less least|\
    much more most";

/// Pronouns and determiners whose lemma is another word, as the treebank has it.
const PRONOUNS: &str = "i me|he him|she her|we us 's|they them 'em|my mine|your yours|our ours|their theirs|\
    this these|that those|a an|who whom|thou thee|thy thine";

/// The lemma of a word, in lower case.
pub(super) fn lemma(form: &str, pos: Upos, penn: &str, model: &Model) -> String {
    let lower = form.to_lowercase().replace('’', "'");
    let known = (lower, pos);
    match model.lemmas.get(&known) {
        Some(lemma) => lemma.clone(),
        None => by_rules(&known.0, pos, penn, &model.verbs),
    }
}

/// The lemma by the lists above and rules alone; `verbs` are base forms that settle doubtful endings.
pub(super) fn by_rules(lower: &str, pos: Upos, penn: &str, verbs: &FxHashSet<String>) -> String {
    let found = match pos {
        Upos::Verb | Upos::Auxiliary => verb(lower, penn, verbs),
        Upos::Noun => noun(lower, penn),
        Upos::ProperNoun if penn == "NNPS" => singular(lower),
        Upos::Adjective => irregular(ADJECTIVES, lower).or_else(|| compared(lower, penn, ["JJR", "JJS"])),
        Upos::Adverb => irregular(ADVERBS, lower).or_else(|| compared(lower, penn, ["RBR", "RBS"])),
        Upos::Pronoun | Upos::Determiner => irregular(PRONOUNS, lower),
        Upos::Numeral if lower.contains(',') => Some(lower.replace(',', "")),
        Upos::Particle if matches!(lower, "n't" | "nt") => Some("not".to_owned()),
        _ => None,
    };
    found.unwrap_or_else(|| lower.to_owned())
}

/// The first word of the group in which a word stands later.
fn irregular(groups: &str, word: &str) -> Option<String> {
    groups.split('|').find_map(|group| {
        let mut forms = group.split_ascii_whitespace();
        let base = forms.next()?;
        forms.any(|form| form == word).then(|| base.to_owned())
    })
}

fn verb(word: &str, penn: &str, verbs: &FxHashSet<String>) -> Option<String> {
    if matches!(penn, "VB" | "VBP" | "MD") && !word.contains('\'') && verbs.contains(word) {
        return None;
    }
    if let Some(base) = irregular(VERBS, word) {
        return Some(base);
    }
    match penn {
        "VBZ" => singular_verb(word, verbs),
        "VBD" | "VBN" => word.strip_suffix("ed").map(|stem| base_of(stem, "ed", verbs)),
        "VBG" => word.strip_suffix("ing").map(|stem| base_of(stem, "ing", verbs)),
        _ => None,
    }
}

fn singular_verb(word: &str, verbs: &FxHashSet<String>) -> Option<String> {
    let stem = word.strip_suffix('s')?;
    if verbs.contains(stem) {
        return Some(stem.to_owned());
    }
    singular(word)
}

/// The verb that a stem before `ed` or `ing` comes from: the stem itself, with `e`, or with one letter of a
/// doubled pair.
fn base_of(stem: &str, ending: &str, verbs: &FxHashSet<String>) -> String {
    let with_e = format!("{stem}e");
    let halved = doubled(stem).then(|| stem[..stem.len() - 1].to_owned());
    let mut candidates = [Some(stem.to_owned()), halved.clone(), Some(with_e.clone())]
        .into_iter()
        .flatten();
    if let Some(known) = candidates.find(|candidate| verbs.contains(candidate)) {
        return known;
    }
    if ending == "ed"
        && let Some(start) = stem.strip_suffix('i')
    {
        return format!("{start}y");
    }
    match halved {
        Some(halved) if !stem.ends_with("ll") && !stem.ends_with("ss") && !stem.ends_with("zz") => halved,
        _ if takes_e(stem) => with_e,
        _ => stem.to_owned(),
    }
}

fn doubled(stem: &str) -> bool {
    let mut letters = stem.chars().rev();
    let (Some(last), Some(before)) = (letters.next(), letters.next()) else {
        return false;
    };
    last == before && last.is_ascii_alphabetic() && !is_vowel(last) && letters.next().is_some()
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// Whether a verb stem looks like one that lost its final `e`.
fn takes_e(stem: &str) -> bool {
    const ENDINGS: [&str; 24] = [
        "at", "iz", "ys", "ns", "rs", "ps", "ls", "us", "as", "os", "is", "c", "v", "u", "dg", "rg", "lg",
        "ng", "bl", "tl", "dl", "gl", "pl", "ur",
    ];
    let mut letters = stem.chars().rev();
    let (Some(last), Some(before)) = (letters.next(), letters.next()) else {
        return false;
    };
    let third = letters.next();
    let vowels = stem.chars().filter(|&c| is_vowel(c)).count();
    let short = vowels == 1
        && is_vowel(before)
        && !is_vowel(last)
        && !matches!(last, 'w' | 'x' | 'y' | 'h')
        && third.is_some_and(|c| !is_vowel(c));
    let listed = ENDINGS.iter().any(|ending| stem.ends_with(ending)) && !stem.ends_with("eat");
    let nasal =
        stem.ends_with("ng") && !stem.ends_with("ang") && !stem.ends_with("ing") && !stem.ends_with("ong");
    if stem.ends_with("ng") {
        nasal && vowels > 0 && stem.ends_with("ung")
    } else {
        short || listed
    }
}

fn noun(word: &str, penn: &str) -> Option<String> {
    if penn != "NNS" {
        return None;
    }
    let compound = NOUNS.split('|').find_map(|pair| {
        let (singular, plural) = pair.split_once(' ')?;
        let long_enough = plural.len() >= 3 && plural != "lies" && plural != "ties" && plural != "pies";
        let start = if long_enough {
            word.strip_suffix(plural)?
        } else {
            (word == plural).then_some("")?
        };
        Some(format!("{start}{singular}"))
    });
    compound.or_else(|| singular(word))
}

/// The singular of a regular plural.
fn singular(word: &str) -> Option<String> {
    let stem = word.strip_suffix('s')?;
    if stem.ends_with('s') || stem.is_empty() || stem.ends_with('\'') {
        return None;
    }
    if let Some(start) = stem.strip_suffix("ie").filter(|start| start.len() > 1) {
        return Some(format!("{start}y"));
    }
    let sibilant = ["sse", "she", "che", "xe", "zze", "oe"]
        .iter()
        .any(|ending| stem.ends_with(ending));
    Some(if sibilant {
        stem[..stem.len() - 1].to_owned()
    } else {
        stem.to_owned()
    })
}

/// The positive of a regular comparative or superlative.
fn compared(word: &str, penn: &str, tags: [&str; 2]) -> Option<String> {
    let ending = if penn == tags[0] { "er" } else { "est" };
    if !tags.contains(&penn) {
        return None;
    }
    let stem = word.strip_suffix(ending).filter(|stem| stem.len() > 2)?;
    if let Some(start) = stem.strip_suffix('i') {
        return Some(format!("{start}y"));
    }
    if doubled(stem) && !stem.ends_with("ll") && !stem.ends_with("ss") {
        return Some(stem[..stem.len() - 1].to_owned());
    }
    let lost_e = [
        "c", "v", "g", "bl", "tl", "pl", "dl", "rs", "ns", "os", "af", "id", "ut", "it", "at", "ur", "ar",
        "ir",
    ]
    .iter()
    .any(|ending| stem.ends_with(ending))
        && !["ng", "eat", "eet", "ight", "uit", "ear", "air", "eig"]
            .iter()
            .any(|ending| stem.ends_with(ending));
    Some(if lost_e {
        format!("{stem}e")
    } else {
        stem.to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(form: &str, pos: Upos, penn: &str) -> String {
        let verbs = ["stop", "use", "agree", "hurry"]
            .map(str::to_owned)
            .into_iter()
            .collect();
        by_rules(form, pos, penn, &verbs)
    }

    #[test]
    fn verbs() {
        for (form, penn, lemma) in [
            ("went", "VBD", "go"),
            ("was", "VBD", "be"),
            ("stopped", "VBD", "stop"),
            ("used", "VBN", "use"),
            ("hurried", "VBD", "hurry"),
            ("tried", "VBD", "try"),
            ("moving", "VBG", "move"),
            ("walking", "VBG", "walk"),
            ("dancing", "VBG", "dance"),
            ("running", "VBG", "run"),
            ("watches", "VBZ", "watch"),
            ("singing", "VBG", "sing"),
        ] {
            assert_eq!(rules(form, Upos::Verb, penn), lemma, "{form}");
        }
    }

    #[test]
    fn nouns() {
        for (form, lemma) in [
            ("houses", "house"),
            ("churches", "church"),
            ("ladies", "lady"),
            ("gentlemen", "gentleman"),
            ("wolves", "wolf"),
            ("glasses", "glass"),
            ("eyes", "eye"),
            ("fishermen", "fisherman"),
        ] {
            assert_eq!(rules(form, Upos::Noun, "NNS"), lemma, "{form}");
        }
        assert_eq!(rules("glass", Upos::Noun, "NN"), "glass");
    }

    #[test]
    fn adjectives_and_small_words() {
        for (form, penn, lemma) in [
            ("darker", "JJR", "dark"),
            ("biggest", "JJS", "big"),
            ("happier", "JJR", "happy"),
            ("better", "JJR", "good"),
        ] {
            assert_eq!(rules(form, Upos::Adjective, penn), lemma, "{form}");
        }
        assert_eq!(rules("n't", Upos::Particle, "RB"), "not");
        assert_eq!(rules("these", Upos::Determiner, "DT"), "this");
    }
}
