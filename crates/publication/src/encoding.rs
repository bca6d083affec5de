//! Bytes to text, whatever the file says or does not say about its encoding.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, IBM866, KOI8_R, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251};

/// Bytes looked at when an encoding has to be guessed.
const SAMPLE: usize = 1 << 20;

/// Decodes one document.
pub(crate) fn decode(bytes: &[u8]) -> String {
    decode_with(bytes, guess([bytes]))
}

/// Decodes one of several documents that share an encoding; `legacy` is for those that are not UTF-8 or UTF-16.
pub(crate) fn decode_with(bytes: &[u8], legacy: Option<&'static Encoding>) -> String {
    if let Some(read) = utf32(bytes) {
        return decode_utf32(bytes, read);
    }
    if let Some(encoding) = unicode(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    // Documents of one book may differ; what one says of itself counts when it reads that way.
    let own = declared(bytes)
        .filter(|own| *own != UTF_8 && Some(*own) != legacy)
        .filter(|own| legacy.is_none() || is_plausible(own, &bytes[..bytes.len().min(SAMPLE)]));
    let encoding = own.or(legacy).unwrap_or(UTF_8);
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// The one legacy encoding of those of the documents that are not UTF-8 or UTF-16; none when all are.
pub(crate) fn guess<'b>(documents: impl IntoIterator<Item = &'b [u8]>) -> Option<&'static Encoding> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let mut said = None;
    let mut sample = Vec::new();
    for document in documents {
        if unicode(document).is_some() || utf32(document).is_some() {
            continue;
        }
        said = said.or_else(|| declared(document).filter(|encoding| *encoding != UTF_8));
        let taken = &document[..document.len().min(SAMPLE.saturating_sub(sample.len()))];
        detector.feed(taken, false);
        sample.extend_from_slice(taken);
    }
    if sample.is_empty() {
        return None;
    }
    detector.feed(&[], true);
    let guessed = detector.guess(None, Utf8Detection::Deny);
    Some(said.filter(|said| is_plausible(said, &sample)).unwrap_or(guessed))
}

/// Whether bytes are UTF-8, UTF-16 or UTF-32.
pub(crate) fn is_unicode(bytes: &[u8]) -> bool {
    utf32(bytes).is_some() || unicode(bytes).is_some()
}

/// UTF-8 or UTF-16, by byte order mark or by the bytes themselves.
fn unicode(bytes: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Some(encoding);
    }
    match bytes {
        [b'<', 0, _, 0, ..] => return Some(UTF_16LE),
        [0, b'<', 0, _, ..] => return Some(UTF_16BE),
        _ => {}
    }
    if let Some(encoding) = utf16_by_its_zeros(bytes) {
        return Some(encoding);
    }
    is_mostly_utf8(bytes).then_some(UTF_8)
}

/// How UTF-32 is read: nearly every four bytes are a character of the basic plane.
fn utf32(bytes: &[u8]) -> Option<fn([u8; 4]) -> u32> {
    let words = bytes[..bytes.len().min(4_096)].chunks_exact(4);
    let count = words.len();
    if count < 4 {
        return None;
    }
    let (big, little) = words.fold((0, 0), |(big, little), word| {
        (
            big + usize::from(word[0] == 0 && word[1] == 0 && (word[2] | word[3]) != 0),
            little + usize::from(word[3] == 0 && word[2] == 0 && (word[0] | word[1]) != 0),
        )
    });
    match (big * 10 > count * 9, little * 10 > count * 9) {
        (true, false) => Some(u32::from_be_bytes),
        (false, true) => Some(u32::from_le_bytes),
        _ => None,
    }
}

fn decode_utf32(bytes: &[u8], read: fn([u8; 4]) -> u32) -> String {
    let words = bytes.chunks_exact(4);
    let character = |word: &[u8]| {
        let number = read([word[0], word[1], word[2], word[3]]);
        char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER)
    };
    let marked = words.map(character);
    marked.skip_while(|character| *character == '\u{feff}').collect()
}

/// UTF-16 without a mark: one byte of nearly every pair tells the alphabet, and neither that of Latin (0) nor that of
/// Cyrillic (4) occurs in other texts.
fn utf16_by_its_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let pairs = bytes[..bytes.len().min(4_096)].chunks_exact(2);
    let count = pairs.len();
    if count < 4 {
        return None;
    }
    let is_alphabet = |byte: u8| matches!(byte, 0 | 4);
    let (big, little) = pairs.fold((0, 0), |(big, little), pair| {
        (
            big + usize::from(is_alphabet(pair[0]) && !is_alphabet(pair[1])),
            little + usize::from(is_alphabet(pair[1]) && !is_alphabet(pair[0])),
        )
    });
    match (little * 10 > count * 8, big * 10 > count * 8) {
        (true, false) => Some(UTF_16LE),
        (false, true) => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether multi-byte sequences are nearly always right; a few broken ones become U+FFFD.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad * 10 <= good
}

/// The encoding that an XML declaration or an HTML `meta` near the beginning names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(1024)];
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let after = ["encoding=", "charset="]
        .iter()
        .find_map(|key| head.split_once(key))?
        .1;
    let label = after.trim_start_matches([' ', '"', '\'']);
    let label = label
        .split(['"', '\'', ' ', '?', '>', ';', '/'])
        .next()
        .unwrap_or("");
    by_label(label)
}

/// Labels of the web and some that only book converters write.
fn by_label(label: &str) -> Option<&'static Encoding> {
    let windows = label
        .strip_prefix("win")
        .unwrap_or(label)
        .trim_start_matches("dows")
        .trim_start_matches(['-', '_']);
    Encoding::for_label(label.as_bytes()).or(match windows {
        "1251" | "cp-1251" | "ansi" | "cyrillic" => Some(WINDOWS_1251),
        "koi8" | "koi-8" | "koi8r" | "koi-8r" => Some(KOI8_R),
        "dos" | "cp-866" | "dos-866" | "cp866u" => Some(IBM866),
        _ => None,
    })
}

/// Whether text reads as if in this encoding: Cyrillic in a wrong Cyrillic encoding is mostly capitals or line-drawing.
fn is_plausible(encoding: &'static Encoding, sample: &[u8]) -> bool {
    let (text, failed) = encoding
        .decode_without_bom_handling_and_without_replacement(sample)
        .map_or_else(
            || (encoding.decode_without_bom_handling(sample).0, true),
            |text| (text, false),
        );
    let (mut lower, mut upper, mut odd, mut runs, mut letters) =
        (0_usize, 0_usize, usize::from(failed), 0_usize, 0_usize);
    let mut before_is_letter = false;
    for character in text.chars() {
        let is_letter = !character.is_ascii() && character.is_alphabetic();
        letters += usize::from(is_letter);
        runs += usize::from(is_letter && !before_is_letter);
        before_is_letter = is_letter;
        match character {
            'а'..='я' | 'ё' => lower += 1,
            'А'..='Я' | 'Ё' => upper += 1,
            '\u{fffd}'
            | '\u{2500}'..='\u{259f}'
            | '\u{80}'..='\u{9f}'
            | '¢'..='¦'
            | '¨'
            | '¬'..='¶'
            | '¸'
            | '¼'..='¾' => odd += 1,
            _ => {}
        }
    }
    let cyrillic = lower + upper;
    if cyrillic * 2 > letters && cyrillic > 0 {
        return lower >= upper && odd * 10 <= cyrillic;
    }
    // Whole words of accented Latin letters are Cyrillic in disguise.
    odd * 10 <= letters && (letters < 20 || letters < runs * 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Потому, отвечал он, что такие стихи достойны учителя моего, Василья Кирилыча Тредьяковского, и очень напоминают мне его любовные куплетцы. Тут он взял от меня тетрадку и начал немилосердно разбирать каждый стих.";

    fn encoded(encoding: &'static Encoding, declaration: &str) -> Vec<u8> {
        let xml = format!("<?xml version=\"1.0\"{declaration}?><p>{TEXT}</p>");
        encoding.encode(&xml).0.into_owned()
    }

    #[test]
    fn every_cyrillic_encoding_is_read_declared_or_not() {
        for encoding in [UTF_8, WINDOWS_1251, KOI8_R, IBM866] {
            let names = [
                format!(" encoding=\"{}\"", encoding.name()),
                String::new(),
                " encoding=\"utf-8\"".to_owned(),
                " encoding=\"iso-8859-1\"".to_owned(),
            ];
            for declaration in names {
                assert!(
                    decode(&encoded(encoding, &declaration)).contains(TEXT),
                    "{encoding:?} {declaration}"
                );
            }
        }
    }

    #[test]
    fn a_wrong_declaration_is_not_believed() {
        assert!(decode(&encoded(WINDOWS_1251, " encoding='koi8-r'")).contains(TEXT));
        assert!(decode(&encoded(KOI8_R, " encoding='windows-1251'")).contains(TEXT));
        assert!(decode(&encoded(UTF_8, " encoding='windows-1251'")).contains(TEXT));
    }

    #[test]
    fn western_text_is_read_as_declared() {
        let xml = "<?xml version='1.0' encoding='iso-8859-1'?><p>Les élèves étaient très gênés à Noël, où l'été…</p>";
        let bytes = encoding_rs::WINDOWS_1252.encode(xml).0;
        assert_eq!(decode(&bytes), xml);
    }

    #[test]
    fn utf16_is_read_with_and_without_a_mark() {
        let little: Vec<u8> = format!("<p>{TEXT}</p>")
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let big: Vec<u8> = format!("\u{feff}<p>{TEXT}</p>")
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert!(decode(&little).contains(TEXT) && decode(&big).contains(TEXT));
        let plain: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(&plain), TEXT);
    }

    #[test]
    fn utf32_is_read_with_and_without_a_mark() {
        for mark in ["", "\u{feff}"] {
            let characters = || mark.chars().chain(TEXT.chars()).map(u32::from);
            let big: Vec<u8> = characters().flat_map(u32::to_be_bytes).collect();
            let little: Vec<u8> = characters().flat_map(u32::to_le_bytes).collect();
            assert_eq!((decode(&big).as_str(), decode(&little).as_str()), (TEXT, TEXT));
        }
    }

    #[test]
    fn documents_of_one_book_may_differ_when_they_say_so() {
        let windows = encoded(WINDOWS_1251, " encoding='windows-1251'");
        let koi8 = encoded(KOI8_R, " encoding='koi8-r'");
        let lying = encoded(WINDOWS_1251, " encoding='koi8-r'");
        let legacy = guess([windows.as_slice(), koi8.as_slice()]);
        for document in [windows, koi8, lying] {
            assert!(decode_with(&document, legacy).contains(TEXT));
        }
    }

    #[test]
    fn a_few_broken_bytes_do_not_change_the_encoding() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes.splice(10..10, [0xFF, 0xC0]);
        let text = decode(&bytes);
        assert!(text.contains("Тредьяковского") && text.contains('\u{fffd}'));
    }
}
