//! What is measured with but is no part of the project: where `../shared` is absent, a test that asks
//! for it says so and passes.

use std::path::{Path, PathBuf};

use fangtan::interview::Interview;
use fangtan::source;

/// A folder of it, if it is there.
pub fn shared(name: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("skipped: there is no {}", path.display());
    None
}

/// A file of it, read as an interview.
pub fn read(path: &Path) -> Interview {
    let source = source::open(path, None).expect("the file is read");
    fangtan::interview::read(fangtan::format::read(
        &source.text,
        path.extension().and_then(|e| e.to_str()),
    ))
}
