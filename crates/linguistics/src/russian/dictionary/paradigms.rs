//! Tables of inflection.

use crate::ModelError;
use crate::model_file::{ModelFile, Section};

/// Prefixes a paradigm may put before the stem.
pub(crate) const PREFIXES: [&str; 3] = ["", "по", "наи"];

/// A table of strings.
#[derive(Clone)]
pub(crate) struct Strings {
    starts: Section<u32>,
    text: Section<u8>,
}

impl Strings {
    pub(crate) fn open(file: &ModelFile, starts: &str, text: &str) -> Result<Strings, ModelError> {
        let strings = Strings {
            starts: file.section(starts)?,
            text: file.section(text)?,
        };
        let ordered = strings.starts.is_sorted() && strings.starts.first() == Some(&0);
        if !ordered || strings.starts.last().map(|&end| end as usize) != Some(strings.text.len()) {
            return Err(file.damaged(format!("its table `{starts}` contradicts `{text}`")));
        }
        Ok(strings)
    }

    pub(crate) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// A string by its number; empty when there is none or it is not text.
    pub(crate) fn get(&self, id: usize) -> &str {
        let bounds = self.starts.get(id..id + 2).unwrap_or(&[0, 0]);
        std::str::from_utf8(&self.text[bounds[0] as usize..bounds[1] as usize]).unwrap_or_default()
    }
}

/// All paradigms.
#[derive(Clone)]
pub(crate) struct Paradigms {
    starts: Section<u32>,
    numbers: Section<u16>,
    suffixes: Strings,
}

impl Paradigms {
    pub(crate) fn open(file: &ModelFile) -> Result<Paradigms, ModelError> {
        let paradigms = Paradigms {
            starts: file.section("paradigms.starts")?,
            numbers: file.section("paradigms")?,
            suffixes: Strings::open(file, "suffixes.starts", "suffixes.text")?,
        };
        let end = paradigms.starts.last().map(|&end| end as usize);
        if !paradigms.starts.is_sorted() || end != Some(paradigms.numbers.len()) {
            return Err(file.damaged("its paradigms contradict their table"));
        }
        Ok(paradigms)
    }

    pub(crate) fn get(&self, paradigm: u16) -> Option<Forms<'_>> {
        let bounds = self
            .starts
            .get(usize::from(paradigm)..usize::from(paradigm) + 2)?;
        let numbers = &self.numbers[bounds[0] as usize..bounds[1] as usize];
        Some(Forms {
            numbers,
            count: numbers.len() / 3,
        })
    }

    /// Prefix and suffix of a form.
    pub(crate) fn affixes(&self, forms: Forms<'_>, form: u16) -> Option<(&'static str, &str)> {
        let form = usize::from(form);
        let suffix = self.suffixes.get(usize::from(*forms.numbers.get(form)?));
        let prefix = PREFIXES.get(usize::from(*forms.numbers.get(2 * forms.count + form)?))?;
        Some((prefix, suffix))
    }

    /// The stem of a word that is this form.
    pub(crate) fn stem<'w>(&self, forms: Forms<'_>, form: u16, word: &'w str) -> Option<&'w str> {
        let (prefix, suffix) = self.affixes(forms, form)?;
        word.get(prefix.len()..word.len().checked_sub(suffix.len())?)
    }

    /// The normal form of a word that is this form: the first of the paradigm.
    pub(crate) fn normal(&self, forms: Forms<'_>, form: u16, word: &str) -> Option<String> {
        if form == 0 {
            return Some(word.to_owned());
        }
        let stem = self.stem(forms, form, word)?;
        let (prefix, suffix) = self.affixes(forms, 0)?;
        Some([prefix, stem, suffix].concat())
    }
}

/// The forms of one paradigm: suffixes, then tags, then prefixes.
#[derive(Clone, Copy)]
pub(crate) struct Forms<'a> {
    numbers: &'a [u16],
    pub(crate) count: usize,
}

impl Forms<'_> {
    pub(crate) fn tag(self, form: u16) -> Option<u16> {
        let form = usize::from(form);
        (form < self.count).then(|| self.numbers[self.count + form])
    }
}
