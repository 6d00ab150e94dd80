//! Where the files stand, and which of them are logs.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;
use ulid::Ulid;

use super::log::{self, patiently};

/// Where the files stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// The data directory: `marks/` is in it, and may be synchronised between devices.
    pub data: PathBuf,
    /// The local data directory: the device's id and `pos/` are in it.
    pub local: PathBuf,
}

impl Home {
    /// The user's; `None` without a home directory.
    pub fn of_user() -> Option<Self> {
        let dirs = ProjectDirs::from("", "", "fangtan")?;
        Some(Self {
            data: dirs.data_dir().to_path_buf(),
            local: dirs.data_local_dir().to_path_buf(),
        })
    }

    pub(super) fn marks(&self) -> PathBuf {
        self.data.join("marks")
    }

    pub(super) fn places(&self) -> PathBuf {
        self.local.join("pos")
    }

    /// This device's log in a directory; `None` before its first write.
    pub(super) fn known_log(&self, directory: &Path) -> Option<PathBuf> {
        let id = read_id(&self.local.join("device")).ok()??;
        Some(directory.join(format!("{id}.jsonl")))
    }

    /// This device's log in a directory.
    pub(super) fn log(&self, directory: &Path) -> io::Result<PathBuf> {
        Ok(directory.join(format!("{}.jsonl", self.device()?)))
    }

    /// This device's id; made at the first write.
    fn device(&self) -> io::Result<String> {
        let path = self.local.join("device");
        if let Some(id) = read_id(&path)? {
            return Ok(id);
        }
        log::directory(&self.local)?;
        // Of two that begin at once one makes the file, by linking what it wrote to the end.
        let id = Ulid::generate().to_string();
        let draft = self.local.join(format!("device.{id}"));
        let made = log::whole(&draft, id.as_bytes())
            .and_then(|_| patiently(|| fs::hard_link(&draft, &path)));
        let made = match made {
            Err(_) if read_id(&path).is_ok_and(|id| id.is_some()) => Ok(()),
            // A file without an id, or a file system without links.
            Err(_) if draft.exists() => patiently(|| fs::rename(&draft, &path)),
            made => made,
        };
        let _ = fs::remove_file(&draft);
        made?;
        Ok(read_id(&path)?.unwrap_or(id))
    }
}

fn read_id(path: &Path) -> io::Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => {
            let id = text.trim();
            let plain = !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric());
            Ok(plain.then(|| id.to_owned()))
        }
        // Neither one that is not there nor one that holds no text has an id.
        Err(error)
            if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::InvalidData) =>
        {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// The logs of a directory, by name, the copies that synchronising programs made of one among
/// them; none where there is no directory.
pub(super) fn logs(directory: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(directory) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut paths = Vec::new();
    for entry in entries {
        let entry = entry?;
        let path = entry.path();
        let kind = entry.file_type()?;
        // What a link leads to and cannot be seen is told when it is read.
        let file = kind.is_file()
            || kind.is_symlink() && fs::metadata(&path).map_or(true, |there| there.is_file());
        if file && is_log(&entry.file_name().to_string_lossy()) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Whether a file of that name is a log or a copy of one, and not a draft or what was replaced.
fn is_log(name: &str) -> bool {
    let Some((before, behind)) = name.rsplit_once(".jsonl") else { return false };
    let spare = [".bak", ".tmp", ".swp", ".swx", ".part", ".partial", ".old", ".orig", ".gz"];
    !before.starts_with(['.', '#'])
        && !before.is_empty()
        && !behind.ends_with(['~', '#'])
        && !spare.iter().any(|spare| behind.starts_with(spare) || behind.ends_with(spare))
}

#[cfg(test)]
mod tests {
    use super::is_log;

    #[test]
    fn copies_are_logs_and_drafts_are_not() {
        for name in [
            "01K.jsonl",
            "01K.sync-conflict-20260101-120000-ABCDEFG.jsonl",
            "01K (conflicted copy 2026-01-01).jsonl",
            "01K (周砚的 MacBook 的冲突副本).jsonl",
            "01K.jsonl.sync-conflict-20260101",
            "01K.jsonl (1)",
            "01K 2.jsonl",
        ] {
            assert!(is_log(name), "{name}");
        }
        for name in [
            "01K.bak",
            "01K.jsonl.bak",
            "01K.tmp",
            "01K.jsonl.tmp123",
            "01K.jsonl~",
            "#01K.jsonl#",
            ".01K.jsonl.swp",
            ".syncthing.01K.jsonl.tmp",
            ".#01K.jsonl",
            ".jsonl",
            "01K.json",
        ] {
            assert!(!is_log(name), "{name}");
        }
    }
}
