//! Any bytes as a file called `a.fb2`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::check(bytes, "a.fb2"));
