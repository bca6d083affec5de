//! Comparison of an annotation with a reference one, as `reference/natasha_conllu.py` writes it.

use std::collections::HashMap;
use std::fmt;

use crate::conllu::{self, Word};
use crate::{Annotation, Unit};

/// How an annotation differs from the reference.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Differences {
    /// Tokens compared.
    pub tokens: usize,
    /// Names in the reference.
    pub names: usize,
    /// Differing tokens by column.
    pub columns: Columns,
    /// Tokens whose differences the reference marks as decided by less than 1e-4; not counted above.
    pub tied: usize,
    /// The first differences, one a line.
    pub examples: Vec<String>,
}

/// Counts of differing tokens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Columns {
    /// Tokens that only one side has, or that begin a sentence on one side only.
    pub segmentation: usize,
    /// Part of speech or features.
    pub tags: usize,
    /// Heads.
    pub heads: usize,
    /// Relations.
    pub relations: usize,
    /// Lemmas.
    pub lemmas: usize,
    /// Place in a name, or the name's normal form.
    pub names: usize,
}

impl Differences {
    /// Whether the annotations say the same, ties apart.
    pub fn is_identical(&self) -> bool {
        self.columns == Columns::default()
    }
}

impl fmt::Display for Differences {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Columns {
            segmentation,
            tags,
            heads,
            relations,
            lemmas,
            names,
        } = self.columns;
        write!(
            f,
            "{} tokens, {} names; differing: segmentation {segmentation}, tags {tags}, heads {heads}, \
             relations {relations}, lemmas {lemmas}, names {names}; tied within 1e-4: {}",
            self.tokens, self.names, self.tied
        )
    }
}

/// Differences shown in [`Differences::examples`].
const EXAMPLES: usize = 20;
/// Characters shown of one.
const LONGEST_EXAMPLE: usize = 1000;

/// Compares an annotation of a text with the reference's sentences. Tokens are matched by their places.
pub fn compare(annotation: &Annotation, text: &str, reference: &[conllu::Sentence]) -> Differences {
    let mut written = Vec::new();
    conllu::write(annotation, text, &mut written).expect("a vector takes everything");
    let written = String::from_utf8_lossy(&written);
    let ours = conllu::read(&written).expect("what was just written is CoNLL-U");
    let ours = by_place(&ours);
    let theirs = by_place(reference);
    let mut differences = Differences {
        tokens: theirs.len(),
        ..Differences::default()
    };
    differences.columns.segmentation = ours.keys().filter(|place| !theirs.contains_key(*place)).count();
    let mut places: Vec<&&str> = theirs.keys().collect();
    places.sort_by_key(|place| {
        place
            .split(':')
            .next()
            .and_then(|start| start.parse::<usize>().ok())
    });
    for place in places {
        let (their, first) = theirs[*place];
        differences.names += usize::from(their.misc("Name").is_some());
        match ours.get(*place) {
            Some((our, ours_first)) if *ours_first == first => differences.compare_words(our, their),
            _ => {
                differences.columns.segmentation += 1;
                differences.show(format!("{}: segmentation", their.misc));
            }
        }
    }
    differences
}

/// Words by their TokenRange, each with whether it is the first of its sentence.
fn by_place(sentences: &[conllu::Sentence]) -> HashMap<&str, (&Word, bool)> {
    let words = sentences
        .iter()
        .flat_map(|sentence| sentence.words.iter().enumerate());
    words
        .filter_map(|(index, word)| Some((word.misc("TokenRange")?, (word, index == 0))))
        .collect()
}

impl Differences {
    fn compare_words(&mut self, our: &Word, their: &Word) {
        let close = their.misc("Margin").unwrap_or_default();
        let columns = [
            (our.upos == their.upos && our.features == their.features, "tag"),
            (our.head == their.head, "head"),
            (our.relation == their.relation, "relation"),
            (our.lemma == their.lemma, "lemma"),
            (
                our.misc("NER") == their.misc("NER") && our.misc("Name") == their.misc("Name"),
                "name",
            ),
        ];
        if columns.iter().all(|(same, _)| *same) {
            return;
        }
        // A lemma follows its tag and a relation its head: they are tied when those are.
        let tied = |column: &str| match column {
            "relation" => close.contains("relation") || close.contains("head"),
            "lemma" => close.contains("tag"),
            column => close.contains(column),
        };
        if columns.iter().all(|(same, column)| *same || tied(column)) {
            self.tied += 1;
            return;
        }
        let counts = &mut self.columns;
        let counters = [
            &mut counts.tags,
            &mut counts.heads,
            &mut counts.relations,
            &mut counts.lemmas,
            &mut counts.names,
        ];
        for ((same, column), counter) in columns.into_iter().zip(counters) {
            *counter += usize::from(!same && !tied(column));
        }
        self.show(format!("ours {our:?}\n     theirs {their:?}"));
    }

    fn show(&mut self, example: String) {
        if self.examples.len() < EXAMPLES {
            self.examples
                .push(example.chars().take(LONGEST_EXAMPLE).collect());
        }
    }
}

/// The parts of a text that the reference treats as documents of their own under `chapters`: at least 12,000
/// characters that end at a line, with the byte each begins at.
pub fn chapters(text: &str) -> Vec<(usize, &str)> {
    const ENOUGH: usize = 12_000;
    let mut chapters = Vec::new();
    let (mut start, mut characters) = (0, 0);
    for (at, character) in text.char_indices() {
        characters += 1;
        if character == '\n' && characters > ENOUGH {
            chapters.push((start, &text[start..at]));
            (start, characters) = (at + 1, 0);
        }
    }
    chapters.push((start, &text[start..]));
    chapters
}

/// The name of a unit as the reference's command line has it.
pub fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::Line => "line",
        Unit::Chapter => "chapter",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AnnotatedSentence, AnnotatedToken, Features, Language, NameTag, Upos};

    const REFERENCE: &str = "1\tДа\tда\tPART\t_\t_\t0\troot\t_\tTokenRange=0:2|Margin=head\n\n";

    fn ours(head: u32, lemma: &str) -> Annotation {
        let mut annotation = Annotation::new(Language::Russian);
        annotation.tokens.push(AnnotatedToken {
            start: 0,
            end: 4,
            lemma: lemma.into(),
            pos: Upos::Particle,
            features: Features::NONE,
            head,
            relation: "root",
            name: NameTag::Outside,
        });
        annotation.sentences.push(AnnotatedSentence {
            range: 0..4,
            paragraph: 0,
            tokens: 0..1,
        });
        annotation
    }

    fn compared(annotation: &Annotation) -> Differences {
        compare(annotation, "Да", &conllu::read(REFERENCE).unwrap())
    }

    #[test]
    fn the_same_is_identical() {
        assert!(compared(&ours(0, "да")).is_identical());
    }

    #[test]
    fn a_tie_is_counted_apart() {
        let differences = compared(&ours(1, "да"));
        assert!(differences.is_identical());
        assert_eq!(differences.tied, 1);
    }

    #[test]
    fn a_difference_is_counted_and_shown() {
        let differences = compared(&ours(0, "дать"));
        assert_eq!(differences.columns.lemmas, 1);
        assert_eq!(differences.examples.len(), 1);
        assert_eq!(
            compared(&Annotation::new(Language::Russian)).columns.segmentation,
            1
        );
    }
}
