//! Any bytes as the navigation of an otherwise sound EPUB.
#![no_main]

use fuzz::{Fuzzed, check, epub};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| check(&epub(Fuzzed::Navigation, bytes), "a.epub"));
