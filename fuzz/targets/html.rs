//! Web pages and parts of them → an interview.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fangtan_fuzz::named(bytes, "html"));
