//! Conversion between byte offsets (inside Rust) and UTF-16 code units (everywhere else).

/// Length of `text` in UTF-16 code units, as a browser counts it.
pub fn utf16_len(text: &str) -> usize {
    // Every character is one unit, and one more when UTF-8 needs four bytes for it.
    text.bytes()
        .map(|byte| usize::from(byte & 0xC0 != 0x80) + usize::from(byte >= 0xF0))
        .sum()
}

/// Byte offset to UTF-16 offset. An offset inside a character counts as the character's start; one beyond the
/// end as the end.
pub fn to_utf16(text: &str, byte: usize) -> usize {
    utf16_len(&text[..text.floor_char_boundary(byte)])
}

/// UTF-16 offset to byte offset. An offset inside a surrogate pair counts as the pair's start; one beyond the
/// end as the end.
pub fn to_bytes(text: &str, utf16: usize) -> usize {
    let mut units = 0;
    for (byte, character) in text.char_indices() {
        if units + character.len_utf16() > utf16 {
            return byte;
        }
        units += character.len_utf16();
    }
    text.len()
}

/// Converts many offsets of one text in a single pass over it.
///
/// Offsets must come in non-decreasing order; a smaller one than before starts over, which is correct but slow.
#[derive(Debug, Clone)]
pub struct Cursor<'a> {
    text: &'a str,
    byte: usize,
    utf16: usize,
}

impl<'a> Cursor<'a> {
    /// A cursor at the beginning of `text`.
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            byte: 0,
            utf16: 0,
        }
    }

    /// Like [`to_utf16`].
    pub fn utf16(&mut self, byte: usize) -> usize {
        let byte = self.text.floor_char_boundary(byte);
        if byte < self.byte {
            *self = Self::new(self.text);
        }
        self.utf16 += utf16_len(&self.text[self.byte..byte]);
        self.byte = byte;
        self.utf16
    }

    /// Like [`to_bytes`].
    pub fn byte(&mut self, utf16: usize) -> usize {
        if utf16 < self.utf16 {
            *self = Self::new(self.text);
        }
        let byte = self.byte + to_bytes(&self.text[self.byte..], utf16 - self.utf16);
        self.utf16(byte);
        byte
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_character_boundary_round_trips(text in "\\PC{0,60}") {
            let mut cursor = Cursor::new(&text);
            for (byte, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let units = to_utf16(&text, byte);
                prop_assert_eq!(units, text[..byte].encode_utf16().count());
                prop_assert_eq!(to_bytes(&text, units), byte);
                prop_assert_eq!(cursor.utf16(byte), units);
                prop_assert_eq!(cursor.byte(units), byte);
            }
        }
    }

    #[test]
    fn offsets_inside_a_surrogate_pair_fall_back_to_its_start() {
        assert_eq!(to_bytes("а😀б", 2), 2);
        assert_eq!(to_utf16("а😀б", 4), 1);
        assert_eq!(Cursor::new("а😀б").byte(99), 8);
    }
}
