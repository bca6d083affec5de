//! Accuracy on treebanks by the definitions of the CoNLL 2018 shared task: `accuracy ru|en FILE.conllu[.gz]...`.
//!
//! F1 of tokens, sentences, words' UPOS, UFeats, lemmas, UAS and LAS. System words are matched with gold words by
//! their characters (white space left out), so a segmentation error costs every metric. A second row gives the
//! system the gold line of each sentence, which leaves only the errors inside sentences.

use std::collections::HashMap;
use std::io::Read;

use linguistics::{Annotation, Language, Models, Unit, conllu};

/// A word of either side: where its characters are among all that are not white space.
struct Word {
    span: (usize, usize),
    upos: String,
    features: String,
    lemma: String,
    head: Option<(usize, usize)>,
    relation: String,
}

/// Words and sentence spans of one side.
#[derive(Default)]
struct Side {
    words: Vec<Word>,
    sentences: Vec<(usize, usize)>,
    characters: usize,
}

/// Features and relation subtypes the shared task leaves out.
const UNIVERSAL: [&str; 21] = [
    "PronType", "NumType", "Poss", "Reflex", "Foreign", "Abbr", "Gender", "Animacy", "Number", "Case",
    "Definite", "Degree", "VerbForm", "Mood", "Tense", "Aspect", "Voice", "Evident", "Polarity", "Person",
    "Polite",
];

fn universal_features(features: &str) -> String {
    let mut kept: Vec<&str> = features
        .split('|')
        .filter(|pair| UNIVERSAL.contains(&pair.split('=').next().unwrap_or_default()))
        .collect();
    kept.sort_unstable();
    kept.join("|")
}

impl Side {
    /// Adds one sentence of (characters, UPOS, FEATS, lemma, head from 1, relation).
    fn add(&mut self, words: &[(usize, &str, &str, &str, usize, &str)]) {
        let start = self.characters;
        let mut spans = Vec::new();
        for (characters, ..) in words {
            spans.push((self.characters, self.characters + characters));
            self.characters += characters;
        }
        for (&span, &(_, upos, features, lemma, head, relation)) in spans.iter().zip(words) {
            self.words.push(Word {
                span,
                upos: upos.to_owned(),
                features: universal_features(features),
                lemma: lemma.to_lowercase().replace('ё', "е"),
                head: head.checked_sub(1).and_then(|head| spans.get(head).copied()),
                relation: relation.split(':').next().unwrap_or_default().to_owned(),
            });
        }
        self.sentences.push((start, self.characters));
    }
}

fn gold(sentences: &[conllu::Sentence]) -> Side {
    let mut side = Side::default();
    for sentence in sentences {
        let words: Vec<_> = sentence
            .words
            .iter()
            .map(|word| {
                let head = word.head.unwrap_or_default() as usize;
                let length = word.form.chars().filter(|c| !c.is_whitespace()).count();
                (
                    length,
                    &*word.upos,
                    &*word.features,
                    &*word.lemma,
                    head,
                    &*word.relation,
                )
            })
            .collect();
        side.add(&words);
    }
    side
}

fn system(annotation: &Annotation, text: &str) -> Side {
    let mut side = Side::default();
    for sentence in &annotation.sentences {
        let words: Vec<_> = annotation.tokens[sentence.tokens.clone()]
            .iter()
            .map(|token| {
                let length = text[token.range()].chars().filter(|c| !c.is_whitespace()).count();
                let head = token.head as usize;
                (
                    length,
                    token.pos.as_str(),
                    token.features.as_str(),
                    &*token.lemma,
                    head,
                    token.relation,
                )
            })
            .collect();
        side.add(&words);
    }
    side
}

fn f1(correct: usize, gold: usize, system: usize) -> f64 {
    200.0 * correct as f64 / (gold + system).max(1) as f64
}

fn report(name: &str, gold: &Side, system: &Side) {
    assert_eq!(
        gold.characters, system.characters,
        "both sides are made of the same characters"
    );
    let by_span: HashMap<(usize, usize), &Word> = gold.words.iter().map(|word| (word.span, word)).collect();
    let matched: Vec<(&Word, &Word)> = system
        .words
        .iter()
        .filter_map(|word| Some((*by_span.get(&word.span)?, word)))
        .collect();
    let (golds, systems) = (gold.words.len(), system.words.len());
    let score = |holds: &dyn Fn(&Word, &Word) -> bool| {
        f1(
            matched
                .iter()
                .filter(|(gold, system)| holds(gold, system))
                .count(),
            golds,
            systems,
        )
    };
    let sentences: std::collections::HashSet<_> = gold.sentences.iter().collect();
    let same = system
        .sentences
        .iter()
        .filter(|sentence| sentences.contains(sentence))
        .count();
    println!(
        "{name:44} {golds:6} {:6.2} {:6.2} {:6.2} {:6.2} {:6.2} {:6.2} {:6.2}",
        score(&|_, _| true),
        f1(same, gold.sentences.len(), system.sentences.len()),
        score(&|gold, system| gold.upos == system.upos),
        score(&|gold, system| gold.features == system.features),
        score(&|gold, system| gold.lemma == system.lemma),
        score(&|gold, system| gold.head == system.head),
        score(&|gold, system| gold.head == system.head && gold.relation == system.relation),
    );
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let language: Language = arguments.next().ok_or("usage: accuracy ru|en FILE...")?.parse()?;
    let models = Models::open(&Models::default_dir())?;
    println!(
        "{:44} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6}",
        "F1, per cent", "words", "tokens", "sents", "UPOS", "UFeats", "lemma", "UAS", "LAS"
    );
    for path in arguments {
        let mut text = String::new();
        flate2::read::MultiGzDecoder::new(std::fs::File::open(&path)?).read_to_string(&mut text)?;
        let sentences = conllu::read(&text)?;
        let gold = gold(&sentences);
        let name = path.rsplit('/').next().unwrap_or_default();
        let (raw, lines) = raw_text(&sentences);
        report(
            &format!("{name} raw"),
            &gold,
            &system(&models.annotate(language, &raw, Unit::Chapter), &raw),
        );
        report(
            &format!("{name} gold sentences"),
            &gold,
            &system(&models.annotate(language, &lines, Unit::Chapter), &lines),
        );
    }
    Ok(())
}

/// The text by paragraphs, and with a sentence on each line.
fn raw_text(sentences: &[conllu::Sentence]) -> (String, String) {
    let (mut raw, mut lines) = (String::new(), String::new());
    for sentence in sentences {
        let breaks = sentence
            .comments
            .iter()
            .any(|c| c.starts_with("newpar") || c.starts_with("newdoc"));
        if !raw.is_empty() {
            raw.push(if breaks { '\n' } else { ' ' });
        }
        let text = sentence
            .comments
            .iter()
            .find_map(|comment| comment.strip_prefix("text = "));
        for place in [&mut raw, &mut lines] {
            place.push_str(text.unwrap_or_default());
        }
        lines.push('\n');
    }
    (raw, lines)
}
