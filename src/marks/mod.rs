//! Bookmarks, corrections and reading positions on disk: append-only logs, one file per device, so that no two
//! writers share one. The only room that writes files; reading alone writes nothing.

mod corrections;
mod document;
mod log;
mod places;
mod record;

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;
use ulid::Ulid;

pub use document::{DocumentKeys, Likeness};
pub use places::{keep_place, place};

use crate::interview::passage::Selector;
use record::{Line, Op, Record};

/// Where the files stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// The data directory: `marks/` is in it, and may be synchronised between devices.
    pub data: PathBuf,
    /// The local data directory: the device's id and `pos/` are in it.
    pub local: PathBuf,
}

/// A bookmark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its id, a ULID.
    pub id: String,
    /// The article it is of.
    pub article: Article,
    /// Its passage.
    pub selector: Selector,
    /// The reader's note.
    pub note: String,
    /// The reader's tags.
    pub tags: Vec<String>,
    /// When it was made, in ms since 1970.
    pub created: i64,
    /// When it was last changed, in ms since 1970.
    pub edited: Option<i64>,
}

/// An article, as a bookmark knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// Its title.
    pub title: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// What it is recognised by.
    pub keys: DocumentKeys,
}

/// A line whose check sum is wrong. It is kept where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The file.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
}

/// All bookmarks of all devices.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// The bookmarks that are not removed, oldest first.
    pub all: Vec<Mark>,
    /// What is damaged.
    pub damage: Vec<Damage>,
    /// The logs that cannot be read, and why.
    pub unread: Vec<(PathBuf, String)>,
    /// What was said of speakers, oldest first.
    said: Vec<corrections::Said>,
    /// The highest Lamport counter in the logs.
    counter: u64,
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

    fn marks(&self) -> PathBuf {
        self.data.join("marks")
    }

    /// This device's log of bookmarks.
    fn log(&self) -> io::Result<PathBuf> {
        Ok(self.marks().join(format!("{}.jsonl", self.device()?)))
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
        let made = log::whole(&draft, id.as_bytes()).and_then(|()| fs::hard_link(&draft, &path));
        let _ = fs::remove_file(&draft);
        match made {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
            _ => Ok(read_id(&path)?.unwrap_or(id)),
        }
    }
}

fn read_id(path: &Path) -> io::Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => {
            let id = text.trim();
            let plain = !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric());
            Ok(plain.then(|| id.to_owned()))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

impl Marks {
    /// Reads every log in the directory, also the copies that a synchronising program made of
    /// one. Lines of a later version and of unknown operations are passed over.
    ///
    /// # Errors
    /// A directory that is there and cannot be read.
    pub fn load(home: &Home) -> io::Result<Self> {
        let mut marks = Self::default();
        let mut latest: HashMap<String, (u64, i64, String, Record)> = HashMap::new();
        let mut first: HashMap<String, Record> = HashMap::new();
        for path in logs(&home.marks())? {
            let device = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let bytes = match fs::read(&path) {
                Ok(bytes) => bytes,
                // One bad file, perhaps a copy made by a synchronising program, hides no other.
                Err(error) => {
                    marks.unread.push((path, error.to_string()));
                    continue;
                }
            };
            for (number, line) in record::lines(&bytes).enumerate() {
                let record = match line {
                    Line::Record(record) => *record,
                    Line::Damaged => {
                        marks.damage.push(Damage { file: path.clone(), line: number + 1 });
                        continue;
                    }
                    Line::Correction(record) => {
                        marks.counter = marks.counter.max(record.n);
                        marks.said.push(corrections::Said::new(*record, device.clone()));
                        continue;
                    }
                    Line::Other => continue,
                };
                marks.counter = marks.counter.max(record.n);
                if record.op == Op::Add {
                    first.entry(record.id.clone()).or_insert_with(|| record.clone());
                }
                let stamp = (record.n, record.t, device.clone());
                let newer = latest
                    .get(&record.id)
                    .is_none_or(|(n, t, device, _)| stamp > (*n, *t, device.clone()));
                if newer {
                    latest.insert(record.id.clone(), (stamp.0, stamp.1, stamp.2, record));
                }
            }
        }
        for (id, (.., last)) in latest {
            if last.op == Op::Del {
                continue;
            }
            let Some(made) = first.get(&id) else { continue };
            marks.all.push(mark(made, &last));
        }
        marks.said.sort_by(|a, b| a.stamp.cmp(&b.stamp));
        marks.all.sort_by(|a, b| (a.created, &a.id).cmp(&(b.created, &b.id)));
        Ok(marks)
    }

    /// The bookmarks of an article.
    pub fn of(&self, keys: &DocumentKeys) -> Vec<&Mark> {
        let same = |mark: &&Mark| mark.article.keys.likeness(keys) == Likeness::Same;
        self.all.iter().filter(same).collect()
    }

    /// Adds a bookmark at `now` (ms since 1970); it is safe on disk when this returns.
    ///
    /// # Errors
    /// Why it is not; then nothing of it is in the log.
    pub fn add(&mut self, home: &Home, now: i64, draft: Draft) -> io::Result<Mark> {
        let record = Record {
            v: record::VERSION,
            id: Ulid::generate().to_string(),
            t: now,
            n: self.counter.saturating_add(1),
            op: Op::Add,
            doc: Some(draft.article.into()),
            sel: Some(draft.selector),
            note: Some(draft.note),
            tags: Some(draft.tags),
        };
        log::append(&home.log()?, &record::line(&record), log::Sync::Disk)?;
        self.counter = self.counter.saturating_add(1);
        let mark = mark(&record, &record);
        self.all.push(mark.clone());
        Ok(mark)
    }

    /// Removes a bookmark; that is safe on disk when this returns. What was removed stays in the
    /// log, with a record behind it that says so.
    ///
    /// # Errors
    /// Why it is not.
    pub fn remove(&mut self, home: &Home, now: i64, id: &str) -> io::Result<()> {
        let record = Record {
            v: record::VERSION,
            id: id.to_owned(),
            t: now,
            n: self.counter.saturating_add(1),
            op: Op::Del,
            doc: None,
            sel: None,
            note: None,
            tags: None,
        };
        log::append(&home.log()?, &record::line(&record), log::Sync::Disk)?;
        self.counter = self.counter.saturating_add(1);
        self.all.retain(|mark| mark.id != id);
        Ok(())
    }
}

/// A bookmark that is not kept yet.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The article it is of.
    pub article: Article,
    /// Its passage.
    pub selector: Selector,
    /// The reader's note.
    pub note: String,
    /// The reader's tags.
    pub tags: Vec<String>,
}

fn mark(made: &Record, last: &Record) -> Mark {
    let doc = last.doc.clone().or_else(|| made.doc.clone()).unwrap_or_default();
    Mark {
        id: made.id.clone(),
        article: doc.into(),
        selector: last.sel.clone().or_else(|| made.sel.clone()).unwrap_or_default(),
        note: last.note.clone().or_else(|| made.note.clone()).unwrap_or_default(),
        tags: last.tags.clone().or_else(|| made.tags.clone()).unwrap_or_default(),
        created: made.t,
        edited: (last.op == Op::Edit).then_some(last.t),
    }
}

/// The logs of a directory, by name; none where there is no directory.
fn logs(directory: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(directory) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.to_string_lossy().contains(".jsonl") && path.is_file() {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}
