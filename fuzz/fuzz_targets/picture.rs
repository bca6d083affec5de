//! Any bytes as the picture of an otherwise sound EPUB.
#![no_main]

use fuzz::{Fuzzed, check, epub};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| check(&epub(Fuzzed::Picture, bytes), "a.epub"));
