//! YAML, as a file and as the front matter of a page → an interview.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    fangtan_fuzz::named(bytes, "yaml");
    fangtan_fuzz::named(bytes, "md");
});
