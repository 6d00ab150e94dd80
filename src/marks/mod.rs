//! Bookmarks, corrections and reading positions on disk: append-only logs, one file per device, so
//! that no two writers share one. The only room that writes files; reading alone writes nothing.
//!
//! [`Marks::load`] reads all logs (`home`, `record`) and folds their records (`fold`); a change is
//! one line behind the own log (`writer`, `log`), which is made shorter when most of it is dead
//! (`compact`, `rewrite`). `docs/format.md` is for other programs.

mod articles;
mod change;
mod compact;
mod corrections;
mod decisions;
mod document;
mod files;
mod fold;
mod highlight;
mod home;
mod import;
mod log;
mod places;
mod preferences;
mod record;
mod rewrite;
mod writer;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

pub use change::{Change, Draft};
pub use corrections::may_have_corrections;
pub use document::{DocumentKeys, Likeness};
pub use files::{file_of, files_of, keep_file};
pub use highlight::Highlight;
pub use home::Home;
pub use import::Imported;
pub use places::{keep_place, place};
pub use preferences::Preferences;

use crate::interview::passage::Selector;
use articles::Articles;
use fold::Entry;
use record::Line;
use writer::Writer;

/// A bookmark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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

/// All bookmarks of all devices, and what else was said of articles.
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
    /// The articles that anything was said of.
    articles: Articles,
    /// What was said of speakers, oldest first.
    said: Vec<corrections::Said>,
    /// What was said of how an article is to be read, oldest first.
    wished: Vec<preferences::Wished>,
    /// What was said of two articles, oldest first.
    decided: Vec<decisions::Decided>,
    /// What is known of the own log.
    writer: Writer,
    /// The logs as they were when they were read, or last written: their lengths in bytes.
    seen: Vec<(PathBuf, u64)>,
}

impl Marks {
    /// Reads every log in the directory, also the copies that a synchronising program made of
    /// one. Lines of a later version and of unknown operations are passed over.
    ///
    /// # Errors
    /// A directory that is there and cannot be read.
    pub fn load(home: &Home) -> io::Result<Self> {
        let mut marks = Self { seen: lengths(home)?, ..Self::default() };
        let mut entries = Vec::new();
        let directory = home.marks();
        let own = home.known_log(&directory);
        for path in home::logs(&directory)? {
            let (file, bytes) = match read(&path) {
                Ok(read) => read,
                // One bad file, perhaps a copy made by a synchronising program, hides no other.
                Err(error) => {
                    marks.unread.push((path, error.to_string()));
                    continue;
                }
            };
            let is_own = own.as_ref() == Some(&path);
            for (at, (line, read)) in
                record::split(&bytes).zip(record::all_lines(&bytes)).enumerate()
            {
                match read {
                    Line::Record(record, sum) => {
                        let stamp = record.stamp(sum);
                        let own = if is_own { line.len() as u64 } else { 0 };
                        if is_own {
                            marks.writer.notice(&record);
                        }
                        entries.push(Entry { stamp, own, record });
                    }
                    Line::Damaged => {
                        marks.damage.push(Damage { file: path.clone(), line: at + 1 });
                    }
                    Line::Other(n) => marks.writer.heard(n),
                    Line::Blank => {}
                }
            }
            if is_own {
                marks.writer.has_read(&file, bytes.len() as u64);
            }
        }
        marks.fold(entries);
        Ok(marks)
    }

    /// Reads the logs again if another program changed any since they were read.
    ///
    /// # Errors
    /// As [`load`](Self::load).
    pub fn refresh(&mut self, home: &Home) -> io::Result<()> {
        if lengths(home)? != self.seen {
            *self = Self::load(home)?;
        }
        Ok(())
    }

    /// The bookmarks of an article.
    pub fn of(&self, keys: &DocumentKeys) -> Vec<&Mark> {
        let mut same = self.same(keys);
        self.all.iter().filter(|mark| same.has(&mark.article.keys)).collect()
    }
}

/// The lengths of all logs, in bytes.
fn lengths(home: &Home) -> io::Result<Vec<(PathBuf, u64)>> {
    let length = |path: PathBuf| {
        let length = std::fs::metadata(&path).map_or(0, |there| there.len());
        (path, length)
    };
    Ok(home::logs(&home.marks())?.into_iter().map(length).collect())
}

/// An open file and all that is in it.
fn read(path: &Path) -> io::Result<(File, Vec<u8>)> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1);
    file.read_to_end(&mut bytes)?;
    Ok((file, bytes))
}
