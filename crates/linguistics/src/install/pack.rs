//! Reading slovnet's and navec's `.tar` packs: plain ustar with arrays of `f32` and gzipped word lists.

use std::collections::HashMap;
use std::io::Read;
use std::ops::Range;

use super::InstallError;

const BLOCK: usize = 512;

/// An unpacked archive: member name to content.
pub(super) struct Pack {
    bytes: Vec<u8>,
    members: HashMap<String, Range<usize>>,
}

impl Pack {
    /// Reads the member table.
    pub(super) fn new(bytes: Vec<u8>) -> Result<Pack, InstallError> {
        let mut members = HashMap::new();
        let mut at = 0;
        while let Some(header) = bytes.get(at..at + BLOCK).filter(|header| header[0] != 0) {
            let field = |range: Range<usize>| {
                let end = header[range.clone()]
                    .iter()
                    .position(|&b| b == 0)
                    .unwrap_or(range.len());
                String::from_utf8_lossy(&header[range.start..range.start + end])
                    .trim()
                    .to_owned()
            };
            let size = usize::from_str_radix(&field(124..136), 8)
                .map_err(|_| InstallError::Convert("a tar member has no size".into()))?;
            let content = at + BLOCK..at + BLOCK + size;
            if content.end > bytes.len() {
                return Err(InstallError::Convert("a tar archive is cut short".into()));
            }
            at = content.start + size.next_multiple_of(BLOCK);
            members.insert(field(0..100), content);
        }
        Ok(Pack { bytes, members })
    }

    /// The content of a member.
    pub(super) fn member(&self, name: &str) -> Result<&[u8], InstallError> {
        let range = self
            .members
            .get(name)
            .ok_or_else(|| InstallError::Convert(format!("a pack has no `{name}`")))?;
        Ok(&self.bytes[range.clone()])
    }

    /// The content of a gzipped member.
    pub(super) fn gunzip(&self, name: &str) -> Result<Vec<u8>, InstallError> {
        let mut content = Vec::new();
        flate2::read::GzDecoder::new(self.member(name)?)
            .read_to_end(&mut content)
            .map_err(|error| InstallError::Convert(format!("{name}: {error}")))?;
        Ok(content)
    }

    /// A gzipped list, one item a line; the line number is the item's id.
    pub(super) fn vocabulary(&self, name: &str) -> Result<Vec<String>, InstallError> {
        let text = String::from_utf8(self.gunzip(name)?)
            .map_err(|_| InstallError::Convert(format!("{name} is not UTF-8")))?;
        Ok(text.split('\n').map(str::to_owned).collect())
    }

    /// Weight array `arrays/{id}.bin`, which must hold `length` numbers.
    pub(super) fn array(&self, id: usize, length: usize) -> Result<Vec<f32>, InstallError> {
        let numbers: Vec<f32> = floats(self.member(&format!("arrays/{id}.bin"))?).collect();
        if numbers.len() != length {
            let found = numbers.len();
            return Err(InstallError::Convert(format!(
                "array {id} holds {found} numbers, not {length}"
            )));
        }
        Ok(numbers)
    }
}

/// Little-endian `f32` numbers.
pub(super) fn floats(bytes: &[u8]) -> impl Iterator<Item = f32> {
    bytes
        .chunks_exact(4)
        .map(|four| f32::from_le_bytes(four.try_into().expect("four bytes")))
}

/// Little-endian `u32` at a byte offset.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Result<u32, InstallError> {
    let four = bytes
        .get(at..at + 4)
        .ok_or_else(|| InstallError::Convert("a table is cut short".into()))?;
    Ok(u32::from_le_bytes(four.try_into().expect("four bytes")))
}
