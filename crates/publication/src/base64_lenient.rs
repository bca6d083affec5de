//! Base64 as books have it: broken into lines, without padding, with stray characters at the end.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Decodes; white space is skipped. None when something else is in it.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut digits: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    while digits.last() == Some(&b'=') {
        digits.pop();
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
    }
}
