//! The records of all devices → the bookmarks as they are now, and all else that was said.
//!
//! Records are put in one order, that of the Lamport counter, then the time, then the check sum of
//! the line; whatever order the logs are read in, and however often a record stands in them, the
//! outcome is one. Each part of a bookmark is what the last record says that speaks of it, so two
//! devices may change a note and a tag at once. Adding makes it be, removing makes it not be; a
//! change to what is removed brings nothing back.

use super::record::{Op, Record, Stamp};
use super::{Mark, Marks};

/// A record that was read.
pub(super) struct Entry {
    /// What decides between two.
    pub stamp: Stamp,
    /// How many bytes of the own log it is; of another log, none.
    pub own: u64,
    pub record: Box<Record>,
}

impl Marks {
    /// Takes the records of all logs.
    pub(super) fn fold(&mut self, mut entries: Vec<Entry>) {
        entries.sort_by_key(|entry| entry.stamp);
        for entry in &mut entries {
            self.writer.heard(entry.record.n);
            if let Some(doc) = &mut entry.record.doc {
                self.articles.learn(&mut doc.keys);
            }
            if let Some(keys) = &mut entry.record.other {
                self.articles.learn(keys);
            }
        }
        let is_of_bookmark =
            |entry: &Entry| matches!(entry.record.op, Op::Add | Op::Edit | Op::Del);
        let (mut changes, others): (Vec<Entry>, Vec<Entry>) =
            entries.into_iter().partition(is_of_bookmark);
        for Entry { own, record, .. } in others {
            match record.op {
                Op::Name | Op::Merge => self.heed_correction(*record),
                Op::Same => self.heed_decision(*record),
                Op::Set => self.heed_wishes(*record),
                _ => continue,
            }
            self.writer.may_be_dead(own);
        }
        // The changes of one bookmark stand together then, still in their order. That is half the
        // memory of a table by id, and so half the time.
        changes.sort_by(|a, b| a.record.id.cmp(&b.record.id));
        self.all.reserve(changes.len());
        let mut changes = changes.into_iter().peekable();
        while let Some(Entry { own, record, .. }) = changes.next() {
            let mut known = Known::default();
            if record.op != Op::Add {
                self.writer.may_be_dead(own);
            }
            let id = record.id.clone();
            known.take(*record);
            while let Some(Entry { own, record, .. }) =
                changes.next_if(|entry| entry.record.id == id)
            {
                if record.op != Op::Add || known.mark.is_some() {
                    self.writer.may_be_dead(own);
                }
                known.take(*record);
            }
            // Of one without, its adding has not come from the other device yet.
            let Some(mut mark) = known.mark else { continue };
            self.articles.complete(&mut mark.article.keys);
            self.articles.index(&mark.article.keys);
            let marks = if known.is_kept { &mut self.all } else { &mut self.removed };
            marks.push(mark);
        }
        for marks in [&mut self.all, &mut self.removed] {
            marks.sort_by(|a, b| (a.created, &a.id).cmp(&(b.created, &b.id)));
        }
    }
}

/// What is known of one bookmark.
#[derive(Default)]
struct Known {
    mark: Option<Mark>,
    is_kept: bool,
}

impl Known {
    fn take(&mut self, record: Record) {
        match (record.op, &mut self.mark) {
            (Op::Add, mark) => {
                self.is_kept = true;
                let (id, created) = (record.id.clone(), record.t);
                let new = || Mark { id, created, ..Mark::default() };
                mark.get_or_insert_with(new).take(record);
            }
            (Op::Edit, Some(mark)) => mark.take(record),
            (Op::Del, _) => self.is_kept = false,
            // What is changed before it is there cannot be shown, and its adding says it all.
            _ => {}
        }
    }
}
