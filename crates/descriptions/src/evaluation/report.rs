//! A report of errors that a person can read.

use std::fmt::Write as _;

use super::{
    passages::Passage,
    score::{Found, Truth, covered, marks, truths},
};

/// Every sentence of the passages on which extractor and annotators differ, with what each says of it, worst passages first.
#[must_use]
pub fn report(passages: &[&Passage], found: &[Vec<Found>]) -> String {
    let mut sections: Vec<(usize, String)> = passages
        .iter()
        .zip(found)
        .map(|(passage, found)| section(passage, found))
        .filter(|(errors, _)| *errors > 0)
        .collect();
    sections.sort_by_key(|(errors, _)| std::cmp::Reverse(*errors));
    sections.into_iter().map(|(_, section)| section).collect()
}

fn section(passage: &Passage, found: &[Found]) -> (usize, String) {
    let truths = truths(passage);
    let (first, second) = (marks(passage, &passage.first), marks(passage, &passage.second));
    let mut predicted = vec![None; truths.len()];
    for span in found {
        covered(passage, &span.range)
            .into_iter()
            .for_each(|at| predicted[at] = Some(span));
    }
    let mut text = format!("## {} ({})\n\n", passage.id, passage.work);
    let mut errors = 0;
    for (at, truth) in truths.iter().enumerate() {
        let kinds = [first[at], second[at]].map(|mark| mark.map_or("-", |(_, kind)| kind.name()));
        let error = match (truth, predicted[at]) {
            (Truth::Positive, None) => format!("missed {}/{}", kinds[0], kinds[1]),
            (Truth::Negative, Some(span)) => format!("invented {} {:.2}", span.kind, span.score),
            (Truth::Positive, Some(span)) if !kinds.contains(&span.kind.name()) => {
                format!("called {} instead of {}/{}", span.kind, kinds[0], kinds[1])
            }
            _ => continue,
        };
        errors += 1;
        let sentence = &passage.text[passage.sentences[at].clone()];
        let _ = writeln!(text, "- {} **{error}**: {}", at + 1, sentence.replace('\n', " "));
    }
    text.push('\n');
    (errors, text)
}

#[cfg(test)]
mod tests {
    use linguistics::Language;

    use super::*;
    use crate::evaluation::Drawn;
    use crate::{Kind, evaluation::Annotation};

    #[test]
    fn each_error_is_told_with_its_sentence() {
        let mark = vec![Annotation {
            sentences: 0..1,
            kind: Kind::Location,
            strength: 3,
        }];
        let passage = Passage {
            id: "en-1".into(),
            language: Language::English,
            work: "w".into(),
            text: "A lake lay there. He spoke.".into(),
            sentences: vec![0..17, 18..27],
            drawn: Drawn::Random,
            first: mark.clone(),
            second: mark,
        };
        let found = vec![Found {
            range: 18..27,
            kind: Kind::Action,
            score: 0.5,
        }];
        insta::assert_snapshot!(report(&[&passage], &[found]), @r"
        ## en-1 (w)

        - 1 **missed location/location**: A lake lay there.
        - 2 **invented action 0.50**: He spoke.
        ");
    }
}
