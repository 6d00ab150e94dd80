//! What a reader does with bookmarks: each change is one line behind the own log.

use std::io;

use ulid::Ulid;

use super::record::{Op, Record};
use super::{Article, Highlight, Home, Mark, Marks};
use crate::interview::passage::Selector;

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

impl Change {
    /// As a record.
    pub(super) fn record(self, id: &str, t: i64) -> Record {
        let Self { note, tags, highlight, selector } = self;
        Record { sel: selector, note, tags, highlight, ..Record::new(id, t, Op::Edit) }
    }
}

impl Marks {
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
        self.write(home, vec![whole(&mark, now)])?;
        self.articles.index(&mark.article.keys);
        self.all.push(mark.clone());
        Ok(mark)
    }

    /// Changes a bookmark; the change is safe on disk when this returns the bookmark as it is now.
    ///
    /// # Errors
    /// Why it is not; `NotFound` when there is no such bookmark.
    pub fn edit(&mut self, home: &Home, now: i64, id: &str, change: Change) -> io::Result<Mark> {
        let at = self.all.iter().position(|mark| mark.id == id).ok_or_else(missing)?;
        let record = change.record(id, now);
        self.write(home, vec![record.clone()])?;
        let mark = &mut self.all[at];
        mark.take(record);
        Ok(mark.clone())
    }

    /// Removes a bookmark; that is safe on disk when this returns. What was removed stays in the
    /// log, with a record behind it that says so.
    ///
    /// # Errors
    /// Why it is not.
    pub fn remove(&mut self, home: &Home, now: i64, id: &str) -> io::Result<()> {
        self.write(home, vec![Record::new(id, now, Op::Del)])?;
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
        let at = self.removed.iter().position(|mark| mark.id == id).ok_or_else(missing)?;
        self.write(home, vec![whole(&self.removed[at], now)])?;
        let mark = self.removed.remove(at);
        self.all.push(mark.clone());
        Ok(mark)
    }
}

impl Marks {
    /// Adds records to the own log.
    pub(super) fn write(&mut self, home: &Home, records: Vec<Record>) -> io::Result<()> {
        // What was changed by others before this is still to be read.
        let is_fresh = super::lengths(home).is_ok_and(|now| now == self.seen);
        self.writer.write(home, records)?;
        if is_fresh {
            self.seen = super::lengths(home)?;
        }
        Ok(())
    }
}

impl Mark {
    /// Takes what a record that adds or changes it says.
    pub(super) fn take(&mut self, record: Record) {
        if record.op == Op::Edit {
            self.edited = Some(record.t);
        }
        if let Some(doc) = record.doc {
            self.article = doc.into();
        }
        if let Some(selector) = record.sel {
            self.selector = selector;
        }
        if let Some(note) = record.note {
            self.note = note;
        }
        if let Some(tags) = record.tags {
            self.tags = tags;
        }
        if let Some(highlight) = record.highlight {
            self.highlight = highlight;
        }
    }
}

/// A record that adds all of a bookmark.
pub(super) fn whole(mark: &Mark, t: i64) -> Record {
    Record {
        doc: Some(mark.article.clone().into()),
        sel: Some(mark.selector.clone()),
        note: Some(mark.note.clone()),
        tags: Some(mark.tags.clone()),
        highlight: Some(mark.highlight),
        ..Record::new(&mark.id, t, Op::Add)
    }
}

fn missing() -> io::Error {
    io::Error::new(io::ErrorKind::NotFound, "no such bookmark")
}
