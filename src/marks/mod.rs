//! Bookmarks, corrections and reading positions on disk: append-only logs, one file per device, so that no two
//! writers share one. The only room that writes files; reading alone writes nothing.

mod corrections;
mod document;
mod fold;
mod import;
mod log;
mod places;
mod record;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;
use serde::{Deserialize, Serialize};
use ulid::Ulid;

pub use document::{DocumentKeys, Likeness};
pub use import::Imported;
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
    /// How it is highlighted.
    pub highlight: Highlight,
    /// When it was made, in ms since 1970.
    pub created: i64,
    /// When it was last changed, in ms since 1970.
    pub edited: Option<i64>,
}

/// How a passage is highlighted: one of four kinds, which the reader's theme colours.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(into = "u8", from = "u8")]
pub enum Highlight {
    /// The first; that of a bookmark without more.
    #[default]
    First,
    /// The second.
    Second,
    /// The third.
    Third,
    /// The fourth.
    Fourth,
}

impl Highlight {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::First, Self::Second, Self::Third, Self::Fourth];

    /// That of a number from 1 to 4.
    pub fn numbered(number: u32) -> Option<Self> {
        Self::ALL.get((number as usize).checked_sub(1)?).copied()
    }

    /// Its number, from 1.
    pub fn number(self) -> u8 {
        self as u8 + 1
    }
}

impl From<Highlight> for u8 {
    fn from(highlight: Highlight) -> Self {
        highlight.number()
    }
}

/// A number of a later program is the first.
impl From<u8> for Highlight {
    fn from(number: u8) -> Self {
        Self::numbered(number.into()).unwrap_or_default()
    }
}

/// What changes of a bookmark; `None` stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The note.
    pub note: Option<String>,
    /// All tags.
    pub tags: Option<Vec<String>>,
    /// How it is highlighted.
    pub highlight: Option<Highlight>,
    /// Its passage, placed anew by hand.
    pub selector: Option<Selector>,
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
    /// The bookmarks that were removed.
    removed: Vec<Mark>,
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
        let mut records = Vec::new();
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
                records.push(((record.n, record.t, device.clone()), record));
            }
        }
        (marks.all, marks.removed) = fold::fold(records);
        marks.said.sort_by(|a, b| a.stamp.cmp(&b.stamp));
        Ok(marks)
    }

    /// The bookmarks of an article.
    pub fn of(&self, keys: &DocumentKeys) -> Vec<&Mark> {
        let same = |mark: &&Mark| mark.article.keys.is_same(keys);
        self.all.iter().filter(same).collect()
    }

    /// Adds a bookmark at `now` (ms since 1970); it is safe on disk when this returns.
    ///
    /// # Errors
    /// Why it is not; then nothing of it is in the log.
    pub fn add(&mut self, home: &Home, now: i64, draft: Draft) -> io::Result<Mark> {
        let mark = Mark {
            id: Ulid::generate().to_string(),
            article: draft.article,
            selector: draft.selector,
            note: draft.note,
            tags: draft.tags,
            highlight: draft.highlight,
            created: now,
            edited: None,
        };
        self.write(home, whole(&mark, now))?;
        self.all.push(mark.clone());
        Ok(mark)
    }

    /// Changes a bookmark; the change is safe on disk when this returns the bookmark as it is now.
    ///
    /// # Errors
    /// Why it is not; `NotFound` when there is no such bookmark.
    pub fn edit(&mut self, home: &Home, now: i64, id: &str, change: Change) -> io::Result<Mark> {
        let at = self.all.iter().position(|mark| mark.id == id);
        let at = at.ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "no such bookmark"))?;
        let Change { note, tags, highlight, selector } = change;
        let record = Record { sel: selector, note, tags, highlight, ..empty(id, now, Op::Edit) };
        self.write(home, record.clone())?;
        let mark = &mut self.all[at];
        if let Some(selector) = record.sel {
            mark.selector = selector;
        }
        if let Some(note) = record.note {
            mark.note = note;
        }
        if let Some(tags) = record.tags {
            mark.tags = tags;
        }
        if let Some(highlight) = record.highlight {
            mark.highlight = highlight;
        }
        mark.edited = Some(now);
        Ok(mark.clone())
    }

    /// Removes a bookmark; that is safe on disk when this returns. What was removed stays in the
    /// log, with a record behind it that says so.
    ///
    /// # Errors
    /// Why it is not.
    pub fn remove(&mut self, home: &Home, now: i64, id: &str) -> io::Result<()> {
        self.write(home, empty(id, now, Op::Del))?;
        if let Some(at) = self.all.iter().position(|mark| mark.id == id) {
            self.removed.push(self.all.remove(at));
        }
        Ok(())
    }

    /// Brings a removed bookmark back as it was; that is safe on disk when this returns.
    ///
    /// # Errors
    /// Why it is not; `NotFound` when no such bookmark was removed.
    pub fn restore(&mut self, home: &Home, now: i64, id: &str) -> io::Result<Mark> {
        let at = self.removed.iter().position(|mark| mark.id == id);
        let at = at.ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "no such bookmark"))?;
        self.write(home, whole(&self.removed[at], now))?;
        let mark = self.removed.remove(at);
        self.all.push(mark.clone());
        Ok(mark)
    }

    fn write(&mut self, home: &Home, mut record: Record) -> io::Result<()> {
        record.n = self.counter.saturating_add(1);
        log::append(&home.log()?, &record::line(&record), log::Sync::Disk)?;
        self.counter = record.n;
        Ok(())
    }
}

/// A record that says nothing yet.
fn empty(id: &str, now: i64, op: Op) -> Record {
    Record {
        v: record::VERSION,
        id: id.to_owned(),
        t: now,
        n: 0,
        op,
        doc: None,
        sel: None,
        note: None,
        tags: None,
        highlight: None,
    }
}

/// A record that adds all of a bookmark.
fn whole(mark: &Mark, now: i64) -> Record {
    Record {
        doc: Some(mark.article.clone().into()),
        sel: Some(mark.selector.clone()),
        note: Some(mark.note.clone()),
        tags: Some(mark.tags.clone()),
        highlight: Some(mark.highlight),
        ..empty(&mark.id, now, Op::Add)
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
    /// How it is highlighted.
    pub highlight: Highlight,
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
