//! All forms of a word, and the choice of one of them.

use std::rc::Rc;

use super::hyphens::common;
use super::{Dictionary, Origin, Parse};

impl Dictionary {
    /// The form of the same word that is in the nominative and otherwise the most like this one.
    pub(crate) fn nominative(&self, parse: &Parse) -> Option<Parse> {
        let wanted = self.tag(parse.tag).grammemes() & !self.known.cases | self.known.nominative;
        let likeness = |form: &Parse| {
            let grammemes = self.tag(form.tag).grammemes();
            let (shared, differing) = (wanted & grammemes, wanted ^ grammemes);
            f64::from(shared.count_ones()) - 0.1 * f64::from(differing.count_ones())
        };
        let mut best: Option<(f64, Parse)> = None;
        for form in self.lexeme(parse) {
            if self.has_any(form.tag, self.known.nominative) {
                let likeness = likeness(&form);
                if best.as_ref().is_none_or(|(highest, _)| likeness > *highest) {
                    best = Some((likeness, form));
                }
            }
        }
        best.map(|(_, form)| form)
    }

    /// All forms of the word a reading belongs to.
    fn lexeme(&self, parse: &Parse) -> Vec<Parse> {
        match &parse.origin {
            Origin::Shape => vec![parse.clone()],
            Origin::Paradigm { paradigm, form } => self.paradigm(*paradigm, *form, parse),
            Origin::Prefixed(length, inner) => self.prefixed_lexeme(*length, inner, parse, Origin::Prefixed),
            Origin::FixedLeft(length, inner) => {
                self.prefixed_lexeme(*length, inner, parse, Origin::FixedLeft)
            }
            Origin::WithParticle(length, inner) => self.lexeme_before_particle(*length, inner, parse),
            Origin::BothInflect(left, right) => self.lexeme_of_both(left, right, parse),
        }
    }

    fn paradigm(&self, paradigm: u16, form: u16, parse: &Parse) -> Vec<Parse> {
        let Some(forms) = self.paradigms.get(paradigm) else {
            return Vec::new();
        };
        let Some(stem) = self.paradigms.stem(forms, form, &parse.word) else {
            return Vec::new();
        };
        let build = |form: u16| {
            let (prefix, suffix) = self.paradigms.affixes(forms, form)?;
            Some(Parse {
                word: [prefix, stem, suffix].concat(),
                tag: forms.tag(form)?,
                normal: parse.normal.clone(),
                origin: Origin::Paradigm { paradigm, form },
            })
        };
        (0..forms.count as u16).filter_map(build).collect()
    }

    fn prefixed_lexeme(
        &self,
        length: usize,
        inner: &Rc<Origin>,
        parse: &Parse,
        wrap: fn(usize, Rc<Origin>) -> Origin,
    ) -> Vec<Parse> {
        let (Some((prefix, word)), Some((_, normal))) = (
            parse.word.split_at_checked(length),
            parse.normal.split_at_checked(length),
        ) else {
            return Vec::new();
        };
        let bare = bare(word, normal, parse.tag, inner);
        let forms = self.lexeme(&bare).into_iter().map(|form| Parse {
            word: [prefix, &form.word].concat(),
            tag: form.tag,
            normal: [prefix, &form.normal].concat(),
            origin: wrap(length, Rc::new(form.origin)),
        });
        forms.collect()
    }

    fn lexeme_before_particle(&self, length: usize, inner: &Rc<Origin>, parse: &Parse) -> Vec<Parse> {
        let cut = |text: &str| text.len().checked_sub(length);
        let (Some(word_end), Some(normal_end)) = (cut(&parse.word), cut(&parse.normal)) else {
            return Vec::new();
        };
        let (word, particle) = parse.word.split_at(word_end);
        let bare = bare(word, &parse.normal[..normal_end], parse.tag, inner);
        let forms = self.lexeme(&bare).into_iter().map(|form| Parse {
            word: [&form.word, particle].concat(),
            tag: form.tag,
            normal: [&form.normal, particle].concat(),
            origin: Origin::WithParticle(length, Rc::new(form.origin)),
        });
        forms.collect()
    }

    /// Each form of the right part with the form of the left part that is the least different.
    fn lexeme_of_both(&self, left: &Rc<Origin>, right: &Rc<Origin>, parse: &Parse) -> Vec<Parse> {
        let (Some(words), Some(normals)) = (parse.word.split_once('-'), parse.normal.split_once('-')) else {
            return Vec::new();
        };
        let left_forms = self.lexeme(&bare(words.0, normals.0, parse.tag, left));
        let right_forms = self.lexeme(&bare(words.1, normals.1, parse.tag, right));
        let grammemes = |form: &Parse| common(self.tag(form.tag).grammemes(), &self.known.rare);
        let joined = right_forms.iter().filter_map(|right| {
            let wanted = grammemes(right);
            let left = left_forms
                .iter()
                .min_by_key(|left| (grammemes(left) ^ wanted).count_ones())?;
            Some(Parse {
                word: [&left.word, "-", &right.word].concat(),
                tag: left.tag,
                normal: [&left.normal, "-", &right.normal].concat(),
                origin: Origin::BothInflect(Rc::new(left.origin.clone()), Rc::new(right.origin.clone())),
            })
        });
        joined.collect()
    }
}

fn bare(word: &str, normal: &str, tag: u16, origin: &Rc<Origin>) -> Parse {
    Parse {
        word: word.to_owned(),
        tag,
        normal: normal.to_owned(),
        origin: (**origin).clone(),
    }
}
