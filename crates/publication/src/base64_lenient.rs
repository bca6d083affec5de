//! Base64 as books have it: broken into lines, without padding, with stray characters here and there.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Decodes; white space, padding and a few stray characters are skipped. None when there is more of them: it is not
/// base64.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut digits: Vec<u8> = Vec::with_capacity(text.len());
    let mut stray = 0;
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' => digits.push(byte),
            b'=' => {}
            _ if byte.is_ascii_whitespace() => {}
            _ => stray += 1,
        }
    }
    if stray * 20 > digits.len() {
        return None;
    }
    if digits.len() % 4 == 1 {
        digits.pop();
    }
    ENGINE.decode(digits).ok().filter(|bytes| !bytes.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_missing_padding_do_not_matter_and_garbage_is_refused() {
        assert_eq!(decode("aGVs\r\n bG8").as_deref(), Some(b"hello".as_slice()));
        assert_eq!(decode("aGVsbG8=").as_deref(), Some(b"hello".as_slice()));
        assert_eq!((decode("!!!!"), decode("")), (None, None));
        let long = "aGVsbG8gaGVsbG8gaGVsbG8gaGVs".repeat(2);
        assert_eq!(decode(&long.replacen("hel", "h\u{1}el", 1)), decode(&long));
    }
}
