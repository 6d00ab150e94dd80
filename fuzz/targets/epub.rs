//! Files: archives and encodings → an interview.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fangtan_fuzz::file(bytes));
