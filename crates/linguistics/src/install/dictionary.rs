//! Converts pymorphy2's Russian dictionary into one model file.
//!
//! The automata (DAWGs) keep their layout, which is already made for use in place; paradigms, suffixes and
//! tags become tables of offsets, and each tag carries what the lemmatiser compares.

use super::InstallError;
use super::pack::u32_at;
use super::packages::Wheel;
use crate::model_file::ModelWriter;
use crate::russian::dictionary::tags::{GrammemeSet, TagTableBuilder};

const ROOT: &str = "pymorphy2_dicts_ru/data/";
const AUTOMATA: [(&str, &str, &str); 4] = [
    ("words.dawg", "words.units", "words.guide"),
    ("prediction-suffixes-0.dawg", "endings0.units", "endings0.guide"),
    ("prediction-suffixes-1.dawg", "endings1.units", "endings1.guide"),
    ("prediction-suffixes-2.dawg", "endings2.units", "endings2.guide"),
];

/// Builds the model file out of the wheel.
pub(super) fn convert(wheel: &mut Wheel<std::fs::File>) -> Result<Vec<u8>, InstallError> {
    let mut model = ModelWriter::default();
    for (file, units, guide) in AUTOMATA {
        let bytes = wheel.read(&format!("{ROOT}{file}"))?;
        let split = 4 + 4 * u32_at(&bytes, 0)? as usize;
        model.bytes(units, part(&bytes, 4..split)?.to_vec());
        let guide_length = 2 * u32_at(&bytes, split)? as usize;
        model.bytes(guide, part(&bytes, split + 4..split + 4 + guide_length)?.to_vec());
    }
    let probabilities = wheel.read(&format!("{ROOT}p_t_given_w.intdawg"))?;
    let units = 4 * u32_at(&probabilities, 0)? as usize;
    model.bytes(
        "probabilities.units",
        part(&probabilities, 4..4 + units)?.to_vec(),
    );

    write_paradigms(&mut model, &wheel.read(&format!("{ROOT}paradigms.array"))?)?;
    let suffixes: Vec<String> = json(wheel, "suffixes.json")?;
    write_strings(&mut model, "suffixes.starts", "suffixes.text", &suffixes);
    let grammemes: Vec<(String, Option<String>, String, String)> = json(wheel, "grammemes.json")?;
    let grammemes = GrammemeSet::new(grammemes.into_iter().map(|(name, ..)| name));
    let tags: Vec<String> = json(wheel, "gramtab-opencorpora-int.json")?;
    let table = TagTableBuilder::new(grammemes, tags);
    model.bytes("grammemes", table.grammemes.names().join("\n").into_bytes());
    model.numbers("tags", &table.records);
    write_strings(&mut model, "tags.starts", "tags.text", &table.written);
    Ok(model.finish())
}

fn json<T: serde::de::DeserializeOwned>(
    wheel: &mut Wheel<std::fs::File>,
    file: &str,
) -> Result<T, InstallError> {
    serde_json::from_slice(&wheel.read(&format!("{ROOT}{file}"))?)
        .map_err(|error| InstallError::Convert(format!("{file}: {error}")))
}

fn part(bytes: &[u8], range: std::ops::Range<usize>) -> Result<&[u8], InstallError> {
    bytes
        .get(range)
        .ok_or_else(|| InstallError::Convert("an automaton is cut short".into()))
}

/// `paradigms.array` is a count, then for each paradigm its length and that many numbers, all `u16`.
fn write_paradigms(model: &mut ModelWriter, bytes: &[u8]) -> Result<(), InstallError> {
    let mut numbers = bytes
        .chunks_exact(2)
        .map(|two| u16::from_le_bytes([two[0], two[1]]));
    let short = || InstallError::Convert("the paradigms are cut short".into());
    let count = numbers.next().ok_or_else(short)?;
    let (mut starts, mut all) = (vec![0u32], Vec::new());
    for _ in 0..count {
        let length = numbers.next().ok_or_else(short)? as usize;
        let before = all.len();
        all.extend(numbers.by_ref().take(length));
        if all.len() != before + length || !length.is_multiple_of(3) {
            return Err(short());
        }
        starts.push(all.len() as u32);
    }
    model.numbers("paradigms.starts", &starts);
    model.numbers("paradigms", &all);
    Ok(())
}

fn write_strings(model: &mut ModelWriter, starts: &'static str, text: &'static str, strings: &[String]) {
    let mut offsets = vec![0u32];
    let mut all = Vec::new();
    for string in strings {
        all.extend(string.as_bytes());
        offsets.push(all.len() as u32);
    }
    model.numbers(starts, &offsets);
    model.bytes(text, all);
}
