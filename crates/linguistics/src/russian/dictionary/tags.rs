//! Tags of the dictionary (OpenCorpora) in the form the lemmatiser compares with tags of the network (UD).
//!
//! The correspondence of grammemes to UD features is natasha's, which is Russian-tagsets' reduced to what
//! its tagger can say.

use bytemuck::{Pod, Zeroable};

/// Parts of speech either side can name. The dictionary's particles are `PART`, its unknowns `X`.
const POS: [&str; 17] = [
    "X", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT",
    "SCONJ", "SYM", "VERB",
];

/// What natasha maps the dictionary's part of speech to.
const OPENCORPORA_POS: [(&str, &str); 18] = [
    ("ADJF", "ADJ"),
    ("ADJS", "ADJ"),
    ("ADVB", "ADV"),
    ("COMP", "ADV"),
    ("VERB", "VERB"),
    ("GRND", "VERB"),
    ("INFN", "VERB"),
    ("PRTF", "VERB"),
    ("PRTS", "VERB"),
    ("NOUN", "NOUN"),
    ("NPRO", "PRON"),
    ("NUMR", "NUM"),
    ("NUMB", "NUM"),
    ("CONJ", "CCONJ"),
    ("INTJ", "INTJ"),
    ("PNCT", "PUNCT"),
    ("PRCL", "PART"),
    ("PREP", "ADP"),
];

/// Grammeme, feature, value. `PRTS` is both a short form and a participle; the participle wins.
const OPENCORPORA_FEATURES: [(&str, &str, &str); 41] = [
    ("anim", "Animacy", "Anim"),
    ("inan", "Animacy", "Inan"),
    ("impf", "Aspect", "Imp"),
    ("perf", "Aspect", "Perf"),
    ("ablt", "Case", "Ins"),
    ("accs", "Case", "Acc"),
    ("datv", "Case", "Dat"),
    ("gent", "Case", "Gen"),
    ("gen1", "Case", "Gen"),
    ("gen2", "Case", "Gen"),
    ("loct", "Case", "Loc"),
    ("loc2", "Case", "Loc"),
    ("nomn", "Case", "Nom"),
    ("voct", "Case", "Nom"),
    ("COMP", "Degree", "Cmp"),
    ("Supr", "Degree", "Sup"),
    ("femn", "Gender", "Fem"),
    ("masc", "Gender", "Masc"),
    ("neut", "Gender", "Neut"),
    ("impr", "Mood", "Imp"),
    ("indc", "Mood", "Ind"),
    ("plur", "Number", "Plur"),
    ("sing", "Number", "Sing"),
    ("NUMB", "NumForm", "Digit"),
    ("1per", "Person", "1"),
    ("2per", "Person", "2"),
    ("3per", "Person", "3"),
    ("excl", "Person", "2"),
    ("incl", "Person", "1"),
    ("futr", "Tense", "Fut"),
    ("past", "Tense", "Past"),
    ("pres", "Tense", "Pres"),
    ("ADJS", "Variant", "Brev"),
    ("GRND", "VerbForm", "Conv"),
    ("INFN", "VerbForm", "Inf"),
    ("PRTF", "VerbForm", "Part"),
    ("PRTS", "VerbForm", "Part"),
    ("VERB", "VerbForm", "Fin"),
    ("actv", "Voice", "Act"),
    ("pssv", "Voice", "Pass"),
    ("Abbr", "Abbr", "Yes"),
];

/// Features that count when no form fits exactly, each a byte of [`Grammar::similar`].
const SIMILAR: [&str; 8] = [
    "Case", "Gender", "Number", "Aspect", "NumForm", "Person", "Tense", "Variant",
];

/// Values of those features on the dictionary's side; any other value never matches.
const VALUES: [&str; 21] = [
    "Nom", "Gen", "Dat", "Acc", "Ins", "Loc", "Masc", "Fem", "Neut", "Sing", "Plur", "Imp", "Perf", "Digit",
    "1", "2", "3", "Past", "Pres", "Fut", "Brev",
];

/// Part of speech and features in a form that compares quickly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Zeroable, Pod)]
#[repr(C)]
pub(crate) struct Grammar {
    /// Hash of all features, written in order: equal for equal features.
    features: u64,
    /// Values of the [`SIMILAR`] features; 0 is absence.
    similar: [u8; 8],
    pos: u64,
}

impl Grammar {
    /// From UD part of speech and features, in any order.
    pub(crate) fn new<'a>(pos: &str, features: impl IntoIterator<Item = (&'a str, &'a str)>) -> Grammar {
        let mut features: Vec<(&str, &str)> = features.into_iter().collect();
        features.sort_unstable();
        let mut similar = [0u8; 8];
        let mut hash = 0xcbf2_9ce4_8422_2325u64;
        for (name, value) in features {
            if let Some(place) = SIMILAR.iter().position(|similar| *similar == name) {
                let value = VALUES
                    .iter()
                    .position(|known| *known == value)
                    .map_or(u8::MAX, |v| v as u8 + 1);
                similar[place] = value;
            }
            for byte in name.bytes().chain([b'=']).chain(value.bytes()).chain([b'|']) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        let pos = POS.iter().position(|known| *known == pos).unwrap_or_default() as u64;
        Grammar {
            features: hash,
            similar,
            pos,
        }
    }

    /// From a tag as the network writes it: `NOUN|Case=Nom|Number=Sing`.
    pub(crate) fn of_tag(tag: &str) -> Grammar {
        let mut parts = tag.split('|');
        let pos = parts.next().unwrap_or_default();
        Grammar::new(pos, parts.filter_map(|pair| pair.split_once('=')))
    }

    /// How much a form of the dictionary resembles a tag of the network; 0 is not at all.
    pub(crate) fn similarity(&self, other: &Grammar) -> u32 {
        let values = self.similar.iter().zip(&other.similar);
        let equal = values
            .filter(|(a, b)| a == b && **a != 0 && **a != u8::MAX)
            .count() as u32;
        equal + u32::from(related(self.pos) == related(other.pos))
    }

    /// Whether gender, number and case agree, and the part of speech too, proper nouns being nouns.
    pub(crate) fn agrees(&self, other: &Grammar) -> bool {
        let noun = |pos: u64| {
            if POS[pos as usize] == "PROPN" {
                "NOUN"
            } else {
                POS[pos as usize]
            }
        };
        noun(self.pos.min(16)) == noun(other.pos.min(16)) && self.similar[..3] == other.similar[..3]
    }
}

/// Parts of speech the dictionary does not tell apart.
fn related(pos: u64) -> &'static str {
    match POS.get(pos as usize).copied().unwrap_or_default() {
        "PROPN" => "NOUN",
        "AUX" => "VERB",
        "SCONJ" => "CCONJ",
        other => other,
    }
}

/// A set of grammemes, one bit each.
pub(crate) type Bits = u128;

/// The names of grammemes and their bits.
pub(crate) struct GrammemeSet {
    names: Vec<String>,
}

/// Grammemes that only the analysis of shapes gives.
const EXTRA: [&str; 7] = ["NUMB", "intg", "real", "PNCT", "LATN", "ROMN", "UNKN"];

impl GrammemeSet {
    /// Grammemes in the order of the dictionary, and those of shapes after them.
    pub(crate) fn new(names: impl Iterator<Item = String>) -> GrammemeSet {
        let mut names: Vec<String> = names.collect();
        for extra in EXTRA {
            if !names.iter().any(|name| name == extra) {
                names.push(extra.to_owned());
            }
        }
        GrammemeSet { names }
    }

    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// Bits of the grammemes that are known.
    pub(crate) fn bits<'a>(&self, grammemes: impl IntoIterator<Item = &'a str>) -> Bits {
        let place = |grammeme: &str| self.names.iter().position(|name| name == grammeme);
        grammemes
            .into_iter()
            .filter_map(place)
            .fold(0, |bits, place| bits | 1 << (place % 128))
    }
}

/// A tag as it lies in the model file.
#[derive(Debug, Clone, Copy, Zeroable, Pod)]
#[repr(C)]
pub(crate) struct TagRecord {
    pub(crate) grammar: Grammar,
    grammemes: [u64; 2],
    /// The first tag with the same grammemes: tags are written in more than one way.
    canonical: u64,
}

impl TagRecord {
    pub(crate) fn grammemes(&self) -> Bits {
        Bits::from(self.grammemes[0]) | Bits::from(self.grammemes[1]) << 64
    }

    /// The number by which tags are compared.
    pub(crate) fn canonical(&self) -> u16 {
        self.canonical as u16
    }
}

/// Tags that analysis by shape gives; they follow those of the dictionary.
pub(crate) const SHAPE_TAGS: [&str; 6] = ["NUMB,intg", "PNCT", "ROMN", "LATN", "UNKN", "ADVB"];

/// Makes the table of tags that lies in the model file.
pub(crate) struct TagTableBuilder {
    pub(crate) grammemes: GrammemeSet,
    pub(crate) written: Vec<String>,
    pub(crate) records: Vec<TagRecord>,
}

impl TagTableBuilder {
    /// From the dictionary's tags in order; [`SHAPE_TAGS`] are added at the end.
    pub(crate) fn new(grammemes: GrammemeSet, mut written: Vec<String>) -> TagTableBuilder {
        written.extend(SHAPE_TAGS.map(str::to_owned));
        let mut seen = std::collections::HashMap::new();
        let records = written.iter().enumerate().map(|(id, tag)| {
            let canonical = *seen.entry(tag.replacen(' ', ",", 1)).or_insert(id) as u64;
            record(&grammemes, tag, canonical)
        });
        let records = records.collect();
        TagTableBuilder {
            grammemes,
            written,
            records,
        }
    }
}

fn record(set: &GrammemeSet, tag: &str, canonical: u64) -> TagRecord {
    let grammemes: Vec<&str> = tag.split([' ', ',']).collect();
    let pos = OPENCORPORA_POS
        .iter()
        .find(|(name, _)| grammemes.first() == Some(name));
    let mut features: Vec<(&str, &str)> = Vec::new();
    for grammeme in &grammemes {
        if let Some(&(_, name, value)) = OPENCORPORA_FEATURES.iter().find(|(known, ..)| known == grammeme) {
            features.retain(|(present, _)| *present != name);
            features.push((name, value));
        }
    }
    let bits = set.bits(grammemes.iter().copied());
    TagRecord {
        grammar: Grammar::new(pos.map_or("X", |(_, ud)| ud), features),
        grammemes: [bits as u64, (bits >> 64) as u64],
        canonical,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(tags: &[&str]) -> TagTableBuilder {
        let names = [
            "NOUN", "ADJS", "PRTS", "masc", "sing", "nomn", "gent", "perf", "past", "pssv", "inan",
        ];
        let set = GrammemeSet::new(names.iter().map(|name| name.to_string()));
        TagTableBuilder::new(set, tags.iter().map(|tag| tag.to_string()).collect())
    }

    #[test]
    fn equal_features_in_any_order_are_equal() {
        let dictionary = table(&["NOUN,inan,masc sing,nomn"]).records[0].grammar;
        let network = Grammar::of_tag("NOUN|Animacy=Inan|Case=Nom|Gender=Masc|Number=Sing");
        assert_eq!(dictionary, network);
        assert_ne!(
            dictionary,
            Grammar::of_tag("NOUN|Case=Nom|Gender=Masc|Number=Sing")
        );
    }

    #[test]
    fn similarity_counts_equal_features_and_the_part_of_speech() {
        let dictionary = table(&["NOUN,inan,masc sing,nomn"]).records[0].grammar;
        assert_eq!(
            dictionary.similarity(&Grammar::of_tag("PROPN|Case=Gen|Gender=Masc|Number=Sing")),
            3
        );
        assert_eq!(dictionary.similarity(&Grammar::of_tag("ADP")), 0);
        assert!(dictionary.agrees(&Grammar::of_tag("PROPN|Case=Nom|Gender=Masc|Number=Sing")));
        assert!(!dictionary.agrees(&Grammar::of_tag("PROPN|Case=Gen|Gender=Masc|Number=Sing")));
    }

    #[test]
    fn a_short_participle_is_a_participle_and_no_short_form() {
        let dictionary = table(&["PRTS,perf,past,pssv masc,sing"]).records[0].grammar;
        let expected = "VERB|Aspect=Perf|Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part|Voice=Pass";
        assert_eq!(dictionary, Grammar::of_tag(expected));
    }

    #[test]
    fn two_spellings_of_a_tag_are_one() {
        let table = table(&["NOUN,masc sing", "NOUN masc,sing", "NOUN,inan sing"]);
        let canonical: Vec<u16> = table.records.iter().take(3).map(TagRecord::canonical).collect();
        assert_eq!(canonical, [0, 0, 2]);
    }
}
