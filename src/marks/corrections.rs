//! What readers said of an article's speakers: records of the same logs as the bookmarks.
//!
//! `{"v":1,"id":…,"t":…,"n":…,"doc":{…},"op":"name","speaker":"嘉宾1","name":"周砚"}` and
//! `"op":"merge","speaker":"周","into":"周砚"`. The last writer wins, by the Lamport counter; an
//! empty name or `into` takes back what was said before. Programs that do not know the operation
//! pass the line over and keep it.

use std::io;

use serde::{Deserialize, Serialize};
use ulid::Ulid;

use super::document::{DocumentKeys, Likeness};
use super::record::{self, Doc};
use super::{Article, Home, Marks, log};
use crate::interview::correct::{Correction, Corrections};

/// A correction on disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The version.
    pub v: u32,
    /// Its id, a ULID.
    pub id: String,
    /// When, in ms since 1970.
    pub t: i64,
    /// The Lamport counter.
    pub n: u64,
    /// The article.
    pub doc: Doc,
    /// What was said.
    #[serde(flatten)]
    pub what: Correction,
}

/// A correction that was read, with what decides between two of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Lamport counter, time, log.
    pub(super) stamp: (u64, i64, String),
    /// The article.
    keys: DocumentKeys,
    what: Correction,
}

impl Said {
    /// A record of the log with that name.
    pub(super) fn new(record: Record, log: String) -> Self {
        let stamp = (record.n, record.t, log);
        Self { stamp, keys: Article::from(record.doc).keys, what: record.what }
    }
}

impl Marks {
    /// Whether anything was said of any article's speakers.
    pub fn has_corrections(&self) -> bool {
        !self.said.is_empty()
    }

    /// What was said of an article's speakers.
    pub fn corrections(&self, keys: &DocumentKeys) -> Corrections {
        let mut all = Corrections::default();
        for said in &self.said {
            if said.keys.likeness(keys) == Likeness::Same {
                all.add(&said.what);
            }
        }
        all
    }

    /// Writes down at `now` (ms since 1970) what was said of an article's speakers; it is safe on
    /// disk when this returns.
    ///
    /// # Errors
    /// Why it is not; then nothing of it is in the log.
    pub fn correct(
        &mut self,
        home: &Home,
        now: i64,
        article: Article,
        what: Correction,
    ) -> io::Result<()> {
        let n = self.counter.saturating_add(1);
        let id = Ulid::generate().to_string();
        let record = Record { v: record::VERSION, id, t: now, n, doc: article.into(), what };
        log::append(&home.log()?, &record::line(&record), log::Sync::Disk)?;
        self.counter = n;
        self.said.push(Said::new(record, String::new()));
        Ok(())
    }
}
