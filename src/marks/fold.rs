//! The records of all devices → the bookmarks as they are now.
//!
//! Records are put in one order, that of the Lamport counter, then the time, then the log's name;
//! whatever order the logs are read in, the outcome is one. Each part of a bookmark is what the
//! last record says that speaks of it, so two devices may change a note and a tag at once. Adding
//! makes it be, removing makes it not be; a change to what is removed brings nothing back.

use std::collections::HashMap;

use super::Mark;
use super::record::{Op, Record};

/// What decides between two records: Lamport counter, time in ms since 1970, name of the log.
pub(super) type Stamp = (u64, i64, String);

/// The bookmarks of these records, first those that are and then those that were removed, each
/// oldest first.
pub(super) fn fold(mut records: Vec<(Stamp, Record)>) -> (Vec<Mark>, Vec<Mark>) {
    records.sort_by(|a, b| a.0.cmp(&b.0));
    let mut known: HashMap<String, Known> = HashMap::new();
    for (_, record) in records {
        if record.op != Op::Place {
            known.entry(record.id.clone()).or_default().take(record);
        }
    }
    let (mut kept, mut removed) = (Vec::new(), Vec::new());
    for known in known.into_values() {
        match known.mark {
            Some(mark) if known.is_kept => kept.push(mark),
            Some(mark) => removed.push(mark),
            // Its adding has not come from the other device yet.
            None => {}
        }
    }
    for marks in [&mut kept, &mut removed] {
        marks.sort_by(|a, b| (a.created, &a.id).cmp(&(b.created, &b.id)));
    }
    (kept, removed)
}

/// What is known of one bookmark.
#[derive(Default)]
struct Known {
    mark: Option<Mark>,
    is_kept: bool,
}

impl Known {
    fn take(&mut self, record: Record) {
        match record.op {
            Op::Del => {
                self.is_kept = false;
                return;
            }
            Op::Add => self.is_kept = true,
            Op::Edit | Op::Place => {}
        }
        let mark = match (&mut self.mark, record.op) {
            (Some(mark), Op::Edit) => {
                mark.edited = Some(record.t);
                mark
            }
            (Some(mark), _) => mark,
            (unknown, Op::Add) => unknown.insert(blank(&record)),
            // What is changed before it is there cannot be shown, and its adding says it all.
            (None, _) => return,
        };
        if let Some(doc) = record.doc {
            mark.article = doc.into();
        }
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
    }
}

fn blank(record: &Record) -> Mark {
    Mark {
        id: record.id.clone(),
        article: Default::default(),
        selector: Default::default(),
        note: String::new(),
        tags: Vec::new(),
        highlight: Default::default(),
        created: record.t,
        edited: None,
    }
}
