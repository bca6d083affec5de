//! Writing a model file.

use super::{ALIGNMENT, ENTRY, HEADER, MAGIC, NAME};

/// Collects sections and lays them out.
#[derive(Default)]
pub(crate) struct ModelWriter {
    sections: Vec<(&'static str, Vec<u8>)>,
}

impl ModelWriter {
    /// Adds a section of bytes.
    pub(crate) fn bytes(&mut self, name: &'static str, bytes: Vec<u8>) {
        assert!(name.len() <= NAME, "section names fit the table");
        self.sections.push((name, bytes));
    }

    /// Adds a section of numbers (or of plain records of numbers).
    pub(crate) fn numbers<T: bytemuck::NoUninit>(&mut self, name: &'static str, numbers: &[T]) {
        self.bytes(name, bytemuck::cast_slice(numbers).to_vec());
    }

    /// The bytes of the file.
    pub(crate) fn finish(self) -> Vec<u8> {
        let mut at = (HEADER + ENTRY * self.sections.len()).next_multiple_of(ALIGNMENT);
        let mut table = Vec::with_capacity(ENTRY * self.sections.len());
        let mut starts = Vec::with_capacity(self.sections.len());
        for (name, bytes) in &self.sections {
            let mut field = [0u8; NAME];
            field[..name.len()].copy_from_slice(name.as_bytes());
            table.extend(field);
            table.extend((at as u64).to_le_bytes());
            table.extend((bytes.len() as u64).to_le_bytes());
            starts.push(at);
            at = (at + bytes.len()).next_multiple_of(ALIGNMENT);
        }
        let mut file = Vec::with_capacity(at);
        file.extend(MAGIC);
        file.extend((self.sections.len() as u32).to_le_bytes());
        file.extend(crc32fast::hash(&table).to_le_bytes());
        file.extend((at as u64).to_le_bytes());
        file.extend(table);
        for ((_, bytes), start) in self.sections.iter().zip(starts) {
            file.resize(start, 0);
            file.extend(bytes);
        }
        file.resize(at, 0);
        file
    }
}
