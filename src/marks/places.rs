//! Where readers stopped: a log of its own, local to the device. It changes often and may be lost,
//! so it is apart from the bookmarks and is not waited for.

use std::fs;
use std::io;

use super::document::{DocumentKeys, Likeness};
use super::record::{self, Line, Op, Record};
use super::{Article, Home, log};
use crate::interview::passage::Selector;

/// From this length on a log that repeats itself is written anew, in bytes.
const LONG: u64 = 256 * 1024;

/// Where the reader of an article stopped.
///
/// # Errors
/// A log that is there and cannot be read.
pub fn place(home: &Home, keys: &DocumentKeys) -> io::Result<Option<Selector>> {
    let mut last: Option<Record> = None;
    for path in super::logs(&home.local.join("pos"))? {
        for line in record::lines(&fs::read(path)?) {
            let Line::Record(record) = line else { continue };
            let newer = last.as_ref().is_none_or(|last| last.t <= record.t);
            let article: Article = record.doc.clone().unwrap_or_default().into();
            if record.op == Op::Place && newer && article.keys.likeness(keys) == Likeness::Same {
                last = Some(*record);
            }
        }
    }
    Ok(last.and_then(|record| record.sel))
}

/// Writes down at `now` (ms since 1970) where the reader of an article is.
///
/// # Errors
/// Why it could not.
pub fn keep_place(home: &Home, now: i64, keys: &DocumentKeys, at: Selector) -> io::Result<()> {
    let article = Article { keys: keys.clone(), ..Article::default() };
    let record = Record {
        v: record::VERSION,
        id: keys.hash.clone(),
        t: now,
        n: 0,
        op: Op::Place,
        doc: Some(article.into()),
        sel: Some(at),
        note: None,
        tags: None,
        highlight: None,
    };
    let path = home.local.join("pos").join(format!("{}.jsonl", home.device()?));
    log::append(&path, &record::line(&record), log::Sync::System)?;
    if fs::metadata(&path)?.len() <= LONG {
        return Ok(());
    }
    log::rewrite(&path, |bytes| {
        let kept = newest(bytes);
        (kept.len() * 2 < bytes.len()).then(|| kept.into_bytes())
    })
}

/// The last record of each article.
fn newest(bytes: &[u8]) -> String {
    let mut kept: Vec<Record> = Vec::new();
    for line in record::lines(bytes) {
        if let Line::Record(record) = line {
            kept.retain(|old| old.id != record.id);
            kept.push(*record);
        }
    }
    kept.iter().map(record::line).collect()
}
