//! Appends to a log so that what was acknowledged is never lost.
//!
//! Open for appending → lock → the path still names this file → a new log's directory is on the
//! disk → an unfinished line is ended → one write → the disk has it. Only then it is said to be
//! kept; what fails on the way leaves the log as long as it was.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, FileExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use rustix::io::Errno;

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sync {
    /// Until the disk has it.
    Disk,
    /// Until the system has it.
    System,
}

/// How often another file may be put in the place of the one that was opened.
const TRIES: u32 = 1000;

/// Adds to the log at `path` what `lines` makes of the locked file and its length in bytes, each
/// line with its end; makes file and directory where there are none. Waits for another program
/// that is adding. Gives the length that the log has now.
///
/// # Errors
/// Why it could not; then the log is as long as it was.
pub fn append(
    path: &Path,
    sync: Sync,
    lines: impl FnOnce(&File, u64) -> io::Result<String>,
) -> io::Result<u64> {
    if let Some(parent) = path.parent() {
        directory(parent)?;
    }
    let file = open(path)?;
    let before = file.metadata()?.len();
    let text = lines(&file, before)?;
    if sync == Sync::Disk && before == 0 {
        // A log that has lines has its names on the disk.
        sync_names(path)?;
    }
    let mut bytes = Vec::with_capacity(text.len() + 1);
    if before > 0 {
        let mut last = [0];
        let read = file.read_exact_at(&mut last, before - 1);
        // A line that was cut off stays by itself.
        if read.is_err() || last != *b"\n" {
            bytes.push(b'\n');
        }
    }
    bytes.extend_from_slice(text.as_bytes());
    let after = before + bytes.len() as u64;
    let written = (&file).write_all(&bytes).and_then(|()| match sync {
        Sync::Disk => file.sync_data(),
        Sync::System => Ok(()),
    });
    if let Err(error) = written {
        cut(&file, before, after);
        return Err(error);
    }
    Ok(after)
}

/// The log at `path`, locked.
fn open(path: &Path) -> io::Result<File> {
    for _ in 0..TRIES {
        let file =
            OpenOptions::new().read(true).append(true).create(true).mode(0o600).open(path)?;
        lock(&file)?;
        // Who rewrote the log meanwhile put another file in its place.
        if is_at(&file, path) {
            return Ok(file);
        }
    }
    Err(io::Error::new(io::ErrorKind::ResourceBusy, "the file is replaced again and again"))
}

/// Takes back what was written in part; not what another program added, where there are no locks.
fn cut(file: &File, before: u64, after: u64) {
    if file.metadata().is_ok_and(|now| (before + 1..=after).contains(&now.len())) {
        // What cannot be cut off is an unfinished line, which the next one ends.
        let _ = file.set_len(before);
    }
}

/// Whether a file is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// It is.
    Held,
    /// The file system has no locks.
    Unknown,
}

/// Waits for the lock of a file, which ends with the file.
pub fn lock(file: &File) -> io::Result<Lock> {
    let Err(error) = patiently(|| file.lock()) else { return Ok(Lock::Held) };
    // File systems without locks have one writer per device all the same.
    let without = [Errno::NOLCK, Errno::NOTSUP, Errno::OPNOTSUPP, Errno::NOSYS];
    match Errno::from_io_error(&error) {
        Some(errno) if without.contains(&errno) => Ok(Lock::Unknown),
        _ => Err(error),
    }
}

/// Does what a signal may interrupt.
pub fn patiently<T>(mut work: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match work() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            done => return done,
        }
    }
}

/// Whether a file is the one that stands at `path`.
pub fn is_at(file: &File, path: &Path) -> bool {
    identity(file)
        .is_ok_and(|here| fs::metadata(path).is_ok_and(|there| here == (there.dev(), there.ino())))
}

/// What tells a file from all others: device and inode.
pub fn identity(file: &File) -> io::Result<(u64, u64)> {
    file.metadata().map(|here| (here.dev(), here.ino()))
}

/// Makes a directory for the user alone, where there is none, and has it on the disk.
pub fn directory(path: &Path) -> io::Result<()> {
    let missing: Vec<&Path> = path.ancestors().take_while(|path| !path.is_dir()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    DirBuilder::new().recursive(true).mode(0o700).create(path)?;
    missing.iter().filter_map(|made| made.parent()).try_for_each(sync_directory)
}

/// Writes a new file for the user alone, to the disk.
pub fn whole(path: &Path, bytes: &[u8]) -> io::Result<File> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(file)
}

/// Has the names of a file and of the directory it is in on the disk; of a link, those of the file
/// that it leads to.
fn sync_names(path: &Path) -> io::Result<()> {
    let real: PathBuf = fs::canonicalize(path)?;
    real.ancestors().skip(1).take(2).try_for_each(sync_directory)
}

/// Has the names in a directory on the disk.
pub fn sync_directory(path: &Path) -> io::Result<()> {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    let synced = match File::open(path) {
        Ok(directory) => directory.sync_all(),
        Err(error) => Err(error),
    };
    synced.or_else(|error| match Errno::from_io_error(&error) {
        // Directories that may be entered and not listed, and file systems that sync no directory.
        Some(Errno::ACCESS | Errno::INVAL | Errno::NOTSUP) => Ok(()),
        _ => Err(error),
    })
}
