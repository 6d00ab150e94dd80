//! Plain text → an interview.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fangtan_fuzz::forced(
    bytes,
    fangtan::format::plain::read
));
