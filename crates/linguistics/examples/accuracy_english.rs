//! English beyond what the shared task scores: `accuracy_english FILE.conllu[.gz]...`.
//!
//! Parts of speech on gold tokens. Noun phrases: a noun with the determiners, adjectives, numerals, possessives and
//! compounds that stand before it, against those of the tree. Names of people and places, where the treebank marks
//! entities (GUM): a name counts as found when its head word lies in a name of the same kind.

use std::collections::HashSet;
use std::io::Read;

use linguistics::{EntityKind, Language, Models, Unit, conllu, tag_english};

/// A span of characters, white space left out, and what it is.
type Marked = HashSet<(usize, usize, &'static str)>;

/// Counts behind one F1.
#[derive(Default)]
struct Score {
    found: usize,
    gold: usize,
    system: usize,
}

impl Score {
    fn f1(&self) -> String {
        if self.gold == 0 {
            return "-".to_owned();
        }
        let f1 = 200.0 * self.found as f64 / (self.gold + self.system).max(1) as f64;
        format!("{f1:.1}")
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let models = Models::open(&Models::default_dir())?;
    println!(
        "{:44} {:>6} {:>6} {:>7} {:>6} {:>6}",
        "per cent", "words", "UPOS", "phrases", "people", "places"
    );
    for path in std::env::args().skip(1) {
        let mut text = String::new();
        flate2::read::MultiGzDecoder::new(std::fs::File::open(&path)?).read_to_string(&mut text)?;
        report(&path, &conllu::read(&text)?, &models);
    }
    Ok(())
}

fn report(path: &str, sentences: &[conllu::Sentence], models: &Models) {
    let (mut right, mut words) = (0, 0);
    let (mut gold_phrases, mut gold_names) = (Marked::new(), Vec::new());
    let mut lines = String::new();
    let mut place = 0;
    for sentence in sentences {
        let forms: Vec<&str> = sentence.words.iter().map(|word| word.form.as_str()).collect();
        let tags = tag_english(&forms);
        let same = |(word, tag): (&conllu::Word, &linguistics::Upos)| word.upos == tag.as_str();
        right += sentence
            .words
            .iter()
            .zip(&tags)
            .filter(|pair| same(*pair))
            .count();
        words += forms.len();
        let mut spans = Vec::with_capacity(forms.len());
        for form in &forms {
            let length = form.chars().filter(|c| !c.is_whitespace()).count();
            spans.push((place, place + length));
            place += length;
        }
        gold_phrases.extend(
            phrases(sentence)
                .into_iter()
                .map(|(first, last)| (spans[first].0, spans[last].1, "")),
        );
        gold_names.extend(
            names(sentence)
                .into_iter()
                .map(|(head, kind)| (spans[head], kind)),
        );
        let written = sentence
            .comments
            .iter()
            .find_map(|comment| comment.strip_prefix("text = "));
        lines += written.unwrap_or_default();
        lines.push('\n');
    }
    let (system_phrases, system_names) = annotated(models, &lines);
    let phrase_score = Score {
        found: gold_phrases.intersection(&system_phrases).count(),
        gold: gold_phrases.len(),
        system: system_phrases.len(),
    };
    let name_score = |wanted: &str| {
        let gold: Vec<_> = gold_names.iter().filter(|(_, kind)| *kind == wanted).collect();
        let system: Vec<_> = system_names
            .iter()
            .filter(|(_, _, kind)| *kind == wanted)
            .collect();
        let inside = |head: (usize, usize), name: &(usize, usize, &str)| name.0 <= head.0 && head.1 <= name.1;
        let found = gold
            .iter()
            .filter(|(head, _)| system.iter().any(|name| inside(*head, name)))
            .count();
        let wrong = system
            .iter()
            .filter(|name| !gold.iter().any(|(head, _)| inside(*head, name)))
            .count();
        Score {
            found,
            gold: gold.len(),
            system: found + wrong,
        }
    };
    println!(
        "{:44} {words:6} {:6.2} {:>7} {:>6} {:>6}",
        path.rsplit('/').next().unwrap_or_default(),
        100.0 * right as f64 / words.max(1) as f64,
        phrase_score.f1(),
        name_score("person").f1(),
        name_score("place").f1(),
    );
}

/// First and last words of the noun phrases of a tree.
fn phrases(sentence: &conllu::Sentence) -> Vec<(usize, usize)> {
    let nominal = |at: usize| matches!(sentence.words[at].upos.as_str(), "NOUN" | "PROPN");
    let head = |at: usize| (sentence.words[at].head.unwrap_or_default() as usize).checked_sub(1);
    let before = |at: usize| {
        let relation = sentence.words[at].relation.as_str();
        matches!(
            relation,
            "det" | "amod" | "nummod" | "compound" | "nmod:poss" | "det:predet"
        )
    };
    let after = |at: usize| matches!(sentence.words[at].relation.as_str(), "flat" | "compound");
    let mut phrases = Vec::new();
    for noun in (0..sentence.words.len()).filter(|&at| nominal(at)) {
        // What belongs to a larger phrase is no phrase of its own.
        let part_of = head(noun).filter(|&of| nominal(of));
        if part_of.is_some_and(|of| if of > noun { before(noun) } else { after(noun) }) {
            continue;
        }
        let mut first = noun;
        let reaches = |mut at: usize| {
            for _ in 0..sentence.words.len() {
                match head(at) {
                    Some(of) if of == noun => return before(at),
                    Some(of) if of < noun => at = of,
                    _ => return false,
                }
            }
            false
        };
        while first > 0 && reaches(first - 1) {
            first -= 1;
        }
        let mut last = noun;
        while last + 1 < sentence.words.len()
            && head(last + 1) == Some(noun)
            && nominal(last + 1)
            && after(last + 1)
        {
            last += 1;
        }
        phrases.push((first, last));
    }
    phrases
}

/// Head words of the entities whose head is a proper noun, with what they are.
fn names(sentence: &conllu::Sentence) -> Vec<(usize, &'static str)> {
    let mut open: Vec<(&str, &str, usize)> = Vec::new();
    let mut names = Vec::new();
    for (at, word) in sentence.words.iter().enumerate() {
        let Some(marks) = word.misc("Entity") else {
            continue;
        };
        let mut rest = marks;
        while !rest.is_empty() {
            if let Some(opened) = rest.strip_prefix('(') {
                let end = opened.find(['(', ')']).unwrap_or(opened.len());
                let mut parts = opened[..end].split('-');
                let (id, kind) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
                open.push((id, kind, at));
                rest = &opened[end..];
                if let Some(after) = rest.strip_prefix(')') {
                    close(sentence, &mut open, id, at, &mut names);
                    rest = after;
                }
            } else {
                let Some((id, after)) = rest.split_once(')') else {
                    break;
                };
                close(sentence, &mut open, id, at, &mut names);
                rest = after;
            }
        }
    }
    names
}

fn close<'a>(
    sentence: &conllu::Sentence,
    open: &mut Vec<(&'a str, &'a str, usize)>,
    id: &str,
    last: usize,
    names: &mut Vec<(usize, &'static str)>,
) {
    let Some(at) = open.iter().rposition(|(opened, ..)| *opened == id) else {
        return;
    };
    let (_, kind, first) = open.remove(at);
    let kind = match kind {
        "person" => "person",
        "place" => "place",
        _ => return,
    };
    let outside = |at: usize| {
        let head = sentence.words[at].head.unwrap_or_default() as usize;
        head == 0 || !(first + 1..=last + 1).contains(&head)
    };
    let head = (first..=last).find(|&at| outside(at));
    names.extend(
        head.filter(|&at| sentence.words[at].upos == "PROPN")
            .map(|at| (at, kind)),
    );
}

/// Noun phrases and names as the program finds them, in characters without white space.
fn annotated(models: &Models, lines: &str) -> (Marked, Marked) {
    let mut places = vec![0; lines.len() + 1];
    let mut count = 0;
    for (at, character) in lines.char_indices() {
        places[at] = count;
        count += usize::from(!character.is_whitespace());
    }
    places[lines.len()] = count;
    // The end of a span is the byte after it: a boundary of characters too.
    let place = |range: std::ops::Range<usize>| (places[range.start], places[range.end]);
    let analysis = models
        .annotate(Language::English, lines, Unit::Chapter)
        .into_analysis();
    let mut phrases = Marked::new();
    for sentence in &analysis.sentences {
        for phrase in sentence.noun_phrases() {
            let tokens = &sentence.tokens[phrase.tokens];
            let (start, end) = place(tokens[0].range.start..tokens[tokens.len() - 1].range.end);
            phrases.insert((start, end, ""));
        }
    }
    let names = analysis.entities.iter().filter_map(|entity| {
        let kind = match entity.kind {
            EntityKind::Person => "person",
            EntityKind::Location => "place",
            EntityKind::Organisation => return None,
        };
        let (start, end) = place(entity.range.clone());
        Some((start, end, kind))
    });
    (phrases, names.collect())
}
