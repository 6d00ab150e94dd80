//! Bookmarks from elsewhere → records of the own log, each under the id it came with.
//!
//! All of them are one write: after a failure none is in the log.

use std::collections::HashMap;
use std::io;

use super::record::{self, Op, Record};
use super::{Home, Mark, Marks, empty, log, whole};

/// What became of imported bookmarks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// How many are new, or came back after they had been removed.
    pub added: usize,
    /// How many are otherwise now.
    pub changed: usize,
    /// How many were there already, as they came or in a later state.
    pub same: usize,
}

impl Marks {
    /// Takes bookmarks with the ids they have, at `now` (ms since 1970); they are safe on disk when
    /// this returns. Of one that is here already the state that was changed last stays, that which is
    /// here if both are of one time.
    ///
    /// # Errors
    /// Why they are not; then none of them is in the log.
    pub fn import(&mut self, home: &Home, now: i64, marks: Vec<Mark>) -> io::Result<Imported> {
        let mut here: HashMap<String, usize> =
            self.all.iter().enumerate().map(|(at, mark)| (mark.id.clone(), at)).collect();
        let mut all = self.all.clone();
        let (mut records, mut done) = (Vec::new(), Imported::default());
        for mark in marks {
            let Some(&at) = here.get(&mark.id) else {
                let was_removed = self.removed.iter().any(|removed| removed.id == mark.id);
                records.push(whole(&mark, if was_removed { now } else { mark.created }));
                if let Some(edited) = mark.edited {
                    let note = Some(mark.note.clone());
                    records.push(Record { note, ..empty(&mark.id, edited, Op::Edit) });
                }
                here.insert(mark.id.clone(), all.len());
                all.push(mark);
                done.added += 1;
                continue;
            };
            let old = &mut all[at];
            if is_as_late(old, &mark) || says_no_more(old, &mark) {
                done.same += 1;
                continue;
            }
            let time = mark.edited.unwrap_or(mark.created);
            let article = match mark.article.keys.hash.is_empty() {
                true => old.article.clone(),
                false => mark.article,
            };
            *old = Mark { article, created: old.created, edited: Some(time), ..mark };
            records.push(Record { op: Op::Edit, ..whole(old, time) });
            done.changed += 1;
        }
        if records.is_empty() {
            return Ok(done);
        }
        let mut lines = String::new();
        let mut counter = self.counter;
        for record in &mut records {
            counter = counter.saturating_add(1);
            record.n = counter;
            lines.push_str(&record::line(record));
        }
        log::append(&home.log()?, &lines, log::Sync::Disk)?;
        self.counter = counter;
        self.removed.retain(|mark| !here.contains_key(&mark.id));
        all.sort_by(|a, b| (a.created, &a.id).cmp(&(b.created, &b.id)));
        self.all = all;
        Ok(done)
    }
}

/// Whether what is here was changed when what comes was, or after it.
fn is_as_late(here: &Mark, new: &Mark) -> bool {
    here.edited.unwrap_or(here.created) >= new.edited.unwrap_or(new.created)
}

/// Whether all that comes is here. Keys of an address alone say nothing that better ones do not,
/// nor does a passage whose turn is not known.
fn says_no_more(here: &Mark, new: &Mark) -> bool {
    let mut passage = here.selector.clone();
    if new.selector.turn.is_none() && new.selector.speaker.is_none() {
        (passage.turn, passage.speaker) = (None, None);
    }
    (&here.note, &here.tags, here.highlight) == (&new.note, &new.tags, new.highlight)
        && passage == new.selector
        && (new.article.keys.hash.is_empty() || here.article == new.article)
}
