//! What readers said of an article's speakers: records of the same logs as the bookmarks.
//!
//! `{"op":"name","doc":{…},"speaker":"嘉宾1","name":"周砚"}` and `{"op":"merge","doc":{…},
//! "speaker":"周","into":"周砚"}`. The last one holds; an empty name or `into` takes back what was
//! said before.

use std::io;

use ulid::Ulid;

use super::document::DocumentKeys;
use super::record::{Op, Record};
use super::{Article, Home, Marks, home};
use crate::interview::correct::{Correction, Corrections};

/// What was said of the speakers of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The article's number.
    article: usize,
    what: Correction,
}

/// Whether anything may have been said of any article's speakers: told by a look over the bytes of
/// the logs, which takes a fraction of reading them.
pub fn may_have_corrections(home: &Home) -> bool {
    let says = |bytes: &[u8]| {
        ["\"name\"", "\"merge\""]
            .iter()
            .any(|word| memchr::memmem::find(bytes, word.as_bytes()).is_some())
    };
    let logs = home::logs(&home.marks()).unwrap_or_default();
    logs.iter().any(|path| std::fs::read(path).is_ok_and(|bytes| says(&bytes)))
}

impl Marks {
    /// Whether anything was said of any article's speakers.
    pub fn has_corrections(&self) -> bool {
        !self.said.is_empty()
    }

    /// What was said of an article's speakers.
    pub fn corrections(&self, keys: &DocumentKeys) -> Corrections {
        let mut all = Corrections::default();
        let mut same = self.same(keys);
        self.said.iter().filter(|said| same.is(said.article)).for_each(|said| all.add(&said.what));
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
        let id = Ulid::generate().to_string();
        let head = |op| Record { doc: Some(article.into()), ..Record::new(&id, now, op) };
        let record = match what {
            Correction::Name { speaker, name } => {
                Record { speaker: Some(speaker), name: Some(name), ..head(Op::Name) }
            }
            Correction::Merge { speaker, into } => {
                Record { speaker: Some(speaker), into: Some(into), ..head(Op::Merge) }
            }
        };
        self.write(home, vec![record.clone()])?;
        self.heed_correction(record);
        Ok(())
    }

    pub(super) fn heed_correction(&mut self, record: Record) {
        let what = record.correction();
        let (Some(doc), Some(what)) = (record.doc, what) else { return };
        let article = self.number(doc.keys);
        self.said.push(Said { article, what });
    }

    /// The number of the article that a record speaks of.
    pub(super) fn number(&mut self, mut keys: DocumentKeys) -> usize {
        self.articles.complete(&mut keys);
        self.articles.index(&keys)
    }
}
