//! Ways to break a book.

use rand::RngExt as _;
use rand::rngs::StdRng;

use crate::archive;

/// Pieces that a parser may trip over.
const TRAPS: [&[u8]; 16] = [
    b"<p>",
    b"</section>",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"&#x110000;",
    b"&#0;",
    b"&unknown;",
    b"<!DOCTYPE a [<!ENTITY b \"c\">]>",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\"",
    b"../",
    b"99999999999999999999",
    b"-1",
];

/// `bytes`, broken: inside one of the files of an archive as often as in the archive itself.
pub(crate) fn broken(bytes: &[u8], random: &mut StdRng) -> Vec<u8> {
    if bytes.starts_with(b"PK")
        && random.random_bool(0.8)
        && let Some(changed) = archive::with_one_file_changed(bytes, random, several_changes)
    {
        return changed;
    }
    let mut copy = bytes.to_vec();
    several_changes(&mut copy, random);
    copy
}

fn several_changes(bytes: &mut Vec<u8>, random: &mut StdRng) {
    for _ in 0..random.random_range(1..6) {
        change(bytes, random);
    }
}

fn change(bytes: &mut Vec<u8>, random: &mut StdRng) {
    if bytes.is_empty() {
        bytes.extend_from_slice(TRAPS[random.random_range(0..TRAPS.len())]);
        return;
    }
    let at = random.random_range(0..bytes.len());
    let length = random.random_range(1..=(bytes.len() - at).min(2000));
    match random.random_range(0..7) {
        0 => bytes[at] ^= 1 << random.random_range(0..8),
        1 => bytes.truncate(at),
        2 => drop(bytes.drain(at..at + length)),
        3 => {
            let piece = bytes[at..at + length].to_vec();
            let to = random.random_range(0..=bytes.len());
            let times = random.random_range(1..40);
            bytes.splice(to..to, piece.repeat(times));
        }
        4 => bytes[at..at + length].fill(random.random()),
        5 => {
            let trap = TRAPS[random.random_range(0..TRAPS.len())];
            let times = if random.random_bool(0.1) {
                random.random_range(100..20_000)
            } else {
                1
            };
            bytes.splice(at..at, trap.repeat(times));
        }
        _ => {
            let digit = bytes[at..].iter().position(u8::is_ascii_digit);
            if let Some(digit) = digit {
                bytes.splice(at + digit..=at + digit, *b"4294967296");
            }
        }
    }
}
