//! Appends to a log so that what was acknowledged is never lost.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::Path;

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sync {
    /// Until the disk has it.
    Disk,
    /// Until the system has it.
    System,
}

/// Adds a line, which brings its own end, behind the log at `path`; makes file and directory where
/// there are none. Waits for another program that is adding.
///
/// # Errors
/// Why it could not; then the log is as long as it was.
pub fn append(path: &Path, line: &str, sync: Sync) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        directory(parent)?;
    }
    loop {
        let existed = path.exists();
        let mut file =
            OpenOptions::new().read(true).append(true).create(true).mode(0o600).open(path)?;
        // File systems without locks have one writer per device all the same.
        let _ = file.lock();
        // Who rewrote the log meanwhile put another file in its place.
        if !is_at(&file, path) {
            continue;
        }
        let before = file.metadata()?.len();
        return add(&mut file, before, line, sync)
            .and_then(|()| if existed || sync == Sync::System { Ok(()) } else { sync_parent(path) })
            .inspect_err(|_| {
                let _ = file.set_len(before);
            });
    }
}

fn add(file: &mut File, before: u64, line: &str, sync: Sync) -> io::Result<()> {
    let mut bytes = Vec::with_capacity(line.len() + 1);
    if before > 0 {
        let mut last = [0];
        file.seek(SeekFrom::Start(before - 1))?;
        file.read_exact(&mut last)?;
        // A line that was cut off stays by itself.
        if last != *b"\n" {
            bytes.push(b'\n');
        }
    }
    bytes.extend_from_slice(line.as_bytes());
    file.write_all(&bytes)?;
    match sync {
        Sync::Disk => file.sync_data(),
        Sync::System => Ok(()),
    }
}

/// Makes a directory for the user alone, where there is none.
pub fn directory(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// Writes a new file, to the disk.
pub fn whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_data()
}

/// Puts what `shorter` makes of a log in its place; `None` leaves it as it is. Nobody adds to it
/// meanwhile.
pub fn rewrite(path: &Path, shorter: impl Fn(&[u8]) -> Option<Vec<u8>>) -> io::Result<()> {
    let path = fs::canonicalize(path)?;
    let mut file = File::open(&path)?;
    file.lock()?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    // Another program may have put its own in the place of the one that was opened.
    if !is_at(&file, &path) {
        return Ok(());
    }
    let Some(bytes) = shorter(&bytes) else { return Ok(()) };
    let draft = path.with_extension(format!("tmp{}", std::process::id()));
    let _ = fs::remove_file(&draft);
    whole(&draft, &bytes).and_then(|()| fs::rename(&draft, &path)).inspect_err(|_| {
        let _ = fs::remove_file(&draft);
    })
}

/// Whether a file is the one that stands at `path`.
fn is_at(file: &File, path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|there| {
        file.metadata().is_ok_and(|here| (here.ino(), here.dev()) == (there.ino(), there.dev()))
    })
}

fn sync_parent(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(parent) => File::open(parent)?.sync_all(),
        None => Ok(()),
    }
}
