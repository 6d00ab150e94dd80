//! Puts a shorter log in the place of a log, so that a sudden end at any moment leaves one of them
//! whole, and nobody adds to the one that goes.

use std::fs::{self, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use super::log::{self, Lock, Sync, patiently};

/// Puts what `shorter` makes of a log in its place; `None` leaves it as it is. With
/// [`Sync::Disk`] what was replaced is kept beside it, with the extension `bak`. Gives whether it
/// was replaced.
///
/// # Errors
/// Why it was not; then the log is as it was.
pub fn rewrite(
    path: &Path,
    sync: Sync,
    shorter: impl FnOnce(&[u8]) -> Option<Vec<u8>>,
) -> io::Result<bool> {
    // Behind a link is the file that is replaced, not the link.
    let path = fs::canonicalize(path)?;
    let mut file = OpenOptions::new().read(true).append(true).open(&path)?;
    // Without locks another program may be adding.
    if log::lock(&file)? == Lock::Unknown || !log::is_at(&file, &path) {
        return Ok(false);
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let Some(bytes) = shorter(&bytes) else { return Ok(false) };
    let draft = path.with_extension("tmp");
    // One that a sudden end left.
    let _ = fs::remove_file(&draft);
    let mut new = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    let replaced = (|| {
        // Until its name is on the disk nobody adds to the new one either.
        log::lock(&new)?;
        new.set_permissions(file.metadata()?.permissions())?;
        new.write_all(&bytes)?;
        if sync == Sync::Disk {
            new.sync_all()?;
            keep(&path)?;
        }
        patiently(|| fs::rename(&draft, &path))
    })();
    if let Err(error) = replaced {
        let _ = fs::remove_file(&draft);
        return Err(error);
    }
    if let (Sync::Disk, Some(parent)) = (sync, path.parent()) {
        log::sync_directory(parent)?;
    }
    Ok(true)
}

/// Gives a file a second name.
fn keep(path: &Path) -> io::Result<()> {
    let kept = path.with_extension("bak");
    match fs::remove_file(&kept) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    patiently(|| fs::hard_link(path, &kept))
}
