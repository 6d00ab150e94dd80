//! Takes bookmarks that an export brought, each once, however often it is brought.

use std::collections::HashMap;
use std::io;

use super::change::{Change, whole};
use super::record::{Op, Record};
use super::{Home, Mark, Marks};

/// What became of the bookmarks of an import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// How many were not there, or were removed.
    pub added: usize,
    /// How many were there and older.
    pub changed: usize,
    /// How many were there already, or newer than the imported ones.
    pub same: usize,
}

impl Marks {
    /// Takes bookmarks at `now` (ms since 1970), with their ids and times. One that is not there,
    /// or was removed, is added; one that is there is changed (note, tags, highlight, passage)
    /// where the imported one was changed or made later. All are safe on disk when this returns, in
    /// one piece.
    ///
    /// # Errors
    /// Why they are not; then nothing of them is in the log. `InvalidInput` for one without an id.
    pub fn import(&mut self, home: &Home, now: i64, marks: Vec<Mark>) -> io::Result<Imported> {
        if marks.iter().any(|mark| mark.id.is_empty()) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "a bookmark without an id"));
        }
        let by_id = |marks: &[Mark]| -> HashMap<String, Mark> {
            marks.iter().map(|mark| (mark.id.clone(), mark.clone())).collect()
        };
        let (mut all, mut removed) = (by_id(&self.all), by_id(&self.removed));
        let mut count = Imported::default();
        let mut records = Vec::new();
        for mut mark in marks {
            if let Some(here) = all.get_mut(&mark.id) {
                let t = mark.edited.unwrap_or(mark.created);
                let change = here.towards(mark);
                if change == Change::default() || t <= here.edited.unwrap_or(here.created) {
                    count.same += 1;
                    continue;
                }
                count.changed += 1;
                let record = change.record(&here.id, t);
                here.take(record.clone());
                records.push(record);
                continue;
            }
            count.added += 1;
            let before = removed.remove(&mark.id);
            records.push(whole(&mark, if before.is_some() { now } else { mark.created }));
            if let Some(edited) = mark.edited {
                records.push(Record::new(&mark.id, edited, Op::Edit));
            }
            if let Some(before) = before {
                // It was made when it was first made, and so it will be read.
                mark.created = before.created;
                mark.edited = mark.edited.or(before.edited);
            }
            self.articles.complete(&mut mark.article.keys);
            all.insert(mark.id.clone(), mark);
        }
        if records.is_empty() {
            return Ok(count);
        }
        self.write(home, records)?;
        self.removed.retain(|mark| removed.contains_key(&mark.id));
        self.all = all.into_values().collect();
        self.all.sort_by(|a, b| (a.created, &a.id).cmp(&(b.created, &b.id)));
        for mark in &self.all {
            self.articles.index(&mark.article.keys);
        }
        Ok(count)
    }
}

impl Mark {
    /// What makes it say what another does.
    fn towards(&self, other: Self) -> Change {
        Change {
            note: (self.note != other.note).then_some(other.note),
            tags: (self.tags != other.tags).then_some(other.tags),
            highlight: (self.highlight != other.highlight).then_some(other.highlight),
            selector: (self.selector != other.selector).then_some(other.selector),
        }
    }
}
