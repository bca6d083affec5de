//! One line of text as characters with their places.

/// The characters of a line and the byte each begins at, in the text the line is from.
#[derive(Default)]
pub(crate) struct Line {
    pub(crate) characters: Vec<char>,
    /// One more than characters: the last is the end of the line.
    pub(crate) offsets: Vec<u32>,
}

impl Line {
    /// Takes in a line that begins at a byte of its text, keeping the memory of the previous one.
    pub(crate) fn read(&mut self, text: &str, start: usize) {
        self.characters.clear();
        self.offsets.clear();
        for (at, character) in text.char_indices() {
            self.characters.push(character);
            self.offsets.push((start + at) as u32);
        }
        self.offsets.push((start + text.len()) as u32);
    }
}
