//! CoNLL-U, the ten-column format of Universal Dependencies.
//!
//! What is written: LEMMA, UPOS, FEATS, HEAD, DEPREL as the models gave them, and in MISC `TokenRange=start:end`
//! (code points of the whole text, as UDPipe counts) and `NER=B-PER`, `I-LOC`, ...; the first token of a name
//! also has `Name=`, its normal form, with no-break spaces.

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::{AnnotatedToken, Annotation, NameTag};

/// Writes an annotation of a text.
///
/// # Errors
/// When the writer fails.
pub fn write(annotation: &Annotation, text: &str, out: &mut impl Write) -> io::Result<()> {
    let mut places = Places {
        text,
        byte: 0,
        character: 0,
    };
    let mut entities = annotation.entities.iter().peekable();
    let mut paragraph = None;
    for (number, sentence) in annotation.sentences.iter().enumerate() {
        if paragraph != Some(sentence.paragraph) {
            writeln!(out, "# newpar id = {}", sentence.paragraph + 1)?;
            paragraph = Some(sentence.paragraph);
        }
        writeln!(out, "# sent_id = {}", number + 1)?;
        writeln!(out, "# text = {}", one_line(&text[sentence.range.clone()]))?;
        for (index, token) in annotation.tokens[sentence.tokens.clone()].iter().enumerate() {
            // A token holds no space, so nothing in it can break the columns.
            let form = &text[token.range()];
            let mut misc = places.range(token);
            if let Some(name) = written_name(token.name) {
                let _ = write!(misc, "|NER={name}");
            }
            if let Some(entity) = entities.next_if(|entity| entity.range.start == token.start as usize) {
                let _ = write!(
                    misc,
                    "|Name={}",
                    entity.normal.replace(' ', "\u{a0}").replace('|', "/")
                );
            }
            writeln!(
                out,
                "{}\t{form}\t{}\t{}\t_\t{}\t{}\t{}\t_\t{misc}",
                index + 1,
                token.lemma,
                token.pos,
                token.features,
                token.head,
                token.relation,
            )?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// A sentence may hold characters that some readers break lines at.
fn one_line(text: &str) -> String {
    text.replace(
        |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'),
        " ",
    )
}

fn written_name(name: NameTag) -> Option<String> {
    match name {
        NameTag::Outside => None,
        NameTag::Begins(kind) => Some(format!("B-{}", kind.as_str())),
        NameTag::Continues(kind) => Some(format!("I-{}", kind.as_str())),
    }
}

/// Turns bytes into code points, going forward only.
struct Places<'a> {
    text: &'a str,
    byte: usize,
    character: usize,
}

impl Places<'_> {
    fn character_at(&mut self, byte: usize) -> usize {
        self.character += self.text[self.byte..byte].chars().count();
        self.byte = byte;
        self.character
    }

    fn range(&mut self, token: &AnnotatedToken) -> String {
        let (start, end) = (
            self.character_at(token.start as usize),
            self.character_at(token.end as usize),
        );
        format!("TokenRange={start}:{end}")
    }
}

/// A sentence that was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sentence {
    /// Comment lines without their `#`.
    pub comments: Vec<String>,
    /// Words in order; multi-word tokens and empty nodes are left out.
    pub words: Vec<Word>,
}

/// A word line. Columns that say `_` are empty, except FORM and LEMMA.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Word {
    /// FORM.
    pub form: String,
    /// LEMMA.
    pub lemma: String,
    /// UPOS.
    pub upos: String,
    /// XPOS, the treebank's own tag.
    pub xpos: String,
    /// FEATS.
    pub features: String,
    /// HEAD: 0 for the root, else a word's number from 1; `None` when not given.
    pub head: Option<u32>,
    /// DEPREL.
    pub relation: String,
    /// MISC.
    pub misc: String,
}

impl Word {
    /// A value of the MISC column.
    pub fn misc(&self, name: &str) -> Option<&str> {
        self.misc
            .split('|')
            .find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name))
            .map(|p| p.1)
    }
}

/// A line that is not CoNLL-U.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} is not CoNLL-U: {reason}")]
pub struct ReadError {
    /// Its number, from 1.
    pub line: usize,
    /// What is wrong.
    pub reason: &'static str,
}

/// Reads sentences.
///
/// # Errors
/// The first line that has not ten columns or a number where one belongs.
pub fn read(text: &str) -> Result<Vec<Sentence>, ReadError> {
    let mut sentences = Vec::new();
    let mut sentence = Sentence::default();
    for (index, line) in text.lines().enumerate() {
        let refuse = |reason| ReadError {
            line: index + 1,
            reason,
        };
        if line.trim().is_empty() {
            if !sentence.words.is_empty() {
                sentences.push(std::mem::take(&mut sentence));
            }
        } else if let Some(comment) = line.strip_prefix('#') {
            sentence.comments.push(comment.trim().to_owned());
        } else if let Some(word) = read_word(line).map_err(refuse)? {
            sentence.words.push(word);
        }
    }
    if !sentence.words.is_empty() {
        sentences.push(sentence);
    }
    Ok(sentences)
}

fn read_word(line: &str) -> Result<Option<Word>, &'static str> {
    let columns: Vec<&str> = line.split('\t').collect();
    let &[id, form, lemma, upos, xpos, features, head, relation, _, misc] = columns.as_slice() else {
        return Err("it has not ten columns");
    };
    if id.contains(['-', '.']) {
        return Ok(None);
    }
    let given = |column: &str| {
        if column == "_" {
            String::new()
        } else {
            column.to_owned()
        }
    };
    let head = match head {
        "_" => None,
        number => Some(number.parse().map_err(|_| "its head is no number")?),
    };
    Ok(Some(Word {
        form: form.to_owned(),
        lemma: lemma.to_owned(),
        upos: given(upos),
        xpos: given(xpos),
        features: given(features),
        head,
        relation: given(relation),
        misc: given(misc),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AnnotatedSentence, EntityKind, Features, Language, Upos};

    fn annotation() -> (Annotation, &'static str) {
        let text = "😀 Анны нет";
        let token = |start: u32, end: u32, lemma: &str, pos, features: &str, head, relation| AnnotatedToken {
            start,
            end,
            lemma: lemma.into(),
            pos,
            features: Features::new(features),
            head,
            relation,
            name: NameTag::Outside,
        };
        let mut annotation = Annotation::new(Language::Russian);
        annotation.tokens = vec![
            token(0, 4, "😀", Upos::Symbol, "_", 3, "discourse"),
            token(
                5,
                13,
                "анна",
                Upos::ProperNoun,
                "Case=Gen|Number=Sing",
                3,
                "nsubj",
            ),
            token(14, 20, "нет", Upos::Verb, "_", 0, "root"),
        ];
        annotation.sentences.push(AnnotatedSentence {
            range: 0..20,
            paragraph: 0,
            tokens: 0..3,
        });
        annotation.add_entity(1..2, EntityKind::Person, "Анна".into());
        (annotation, text)
    }

    #[test]
    fn ten_columns_and_places_in_code_points() {
        let (annotation, text) = annotation();
        let mut out = Vec::new();
        write(&annotation, text, &mut out).unwrap();
        let expected = "# newpar id = 1\n# sent_id = 1\n# text = 😀 Анны нет\n\
            1\t😀\t😀\tSYM\t_\t_\t3\tdiscourse\t_\tTokenRange=0:1\n\
            2\tАнны\tанна\tPROPN\t_\tCase=Gen|Number=Sing\t3\tnsubj\t_\tTokenRange=2:6|NER=B-PER|Name=Анна\n\
            3\tнет\tнет\tVERB\t_\t_\t0\troot\t_\tTokenRange=7:10\n\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn what_is_written_reads_back() {
        let (annotation, text) = annotation();
        let mut out = Vec::new();
        write(&annotation, text, &mut out).unwrap();
        let sentences = read(&String::from_utf8(out).unwrap()).unwrap();
        assert_eq!(sentences.len(), 1);
        let word = &sentences[0].words[1];
        assert_eq!(
            (word.form.as_str(), word.upos.as_str(), word.head),
            ("Анны", "PROPN", Some(3))
        );
        assert_eq!(word.misc("NER"), Some("B-PER"));
        assert_eq!(word.misc("Name"), Some("Анна"));
    }

    #[test]
    fn multiword_tokens_are_left_out_and_bad_lines_are_named() {
        let text = "1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n1\tdo\tdo\tAUX\t_\t_\t_\t_\t_\t_\n";
        assert_eq!(read(text).unwrap()[0].words.len(), 1);
        assert_eq!(
            read("\n1\ta"),
            Err(ReadError {
                line: 2,
                reason: "it has not ten columns"
            })
        );
        assert_eq!(
            read(&text.replace("AUX\t_\t_\t_", "AUX\t_\t_\tx"))
                .unwrap_err()
                .line,
            2
        );
    }
}
