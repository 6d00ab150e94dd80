//! Where readers stopped: a log of its own, local to the device. It changes often and may be lost,
//! so it is apart from the bookmarks and is not waited for.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io;

use super::document::{DocumentKeys, Likeness};
use super::record::{self, Line, Op, Record};
use super::{Article, Home, home, log, rewrite};
use crate::interview::passage::Selector;

/// Whenever the log outgrows another multiple of this it is looked through for what is dead, in
/// bytes.
const LONG: u64 = 256 * 1024;

/// Where the reader of an article stopped.
///
/// # Errors
/// A log that is there and cannot be read.
pub fn place(home: &Home, keys: &DocumentKeys) -> io::Result<Option<Selector>> {
    let same = |record: &Record| {
        record.doc.as_ref().is_some_and(|doc| doc.keys.likeness(keys) == Likeness::Same)
    };
    Ok(newest(home, Op::Place)?
        .into_values()
        .filter(same)
        .max_by_key(|record| record.t)
        .and_then(|record| record.sel))
}

/// Writes down at `now` (ms since 1970) where the reader of an article is.
///
/// # Errors
/// Why it could not.
pub fn keep_place(home: &Home, now: i64, keys: &DocumentKeys, at: Selector) -> io::Result<()> {
    let article = Article { keys: keys.clone(), ..Article::default() };
    let head = Record::new(&keys.hash, now, Op::Place);
    keep(home, &Record { doc: Some(article.into()), sel: Some(at), ..head })
}

/// The last record of that operation of each article, by the article's hash, from all logs.
pub(super) fn newest(home: &Home, op: Op) -> io::Result<HashMap<String, Record>> {
    let mut newest: HashMap<String, Record> = HashMap::new();
    for path in home::logs(&home.places())? {
        for line in record::all_lines(&fs::read(path)?) {
            let Line::Record(record, _) = line else { continue };
            let newer = newest.get(&record.id).is_none_or(|last| last.t <= record.t);
            if record.op == op && newer {
                newest.insert(record.id.clone(), *record);
            }
        }
    }
    Ok(newest)
}

/// Adds a record to the own log of places.
pub(super) fn keep(home: &Home, record: &Record) -> io::Result<()> {
    let path = home.log(&home.places())?;
    let line = record::line(record);
    let length = log::append(&path, log::Sync::System, |_, _| Ok(line.clone()))?;
    if length / LONG > (length - line.len() as u64) / LONG {
        rewrite::rewrite(&path, log::Sync::System, |bytes| {
            let kept = alive(bytes);
            (kept.len() * 2 < bytes.len()).then_some(kept)
        })?;
    }
    Ok(())
}

/// The log without damaged lines, and without those that another of the same operation and article
/// follows.
fn alive(bytes: &[u8]) -> Vec<u8> {
    let mut followed = HashSet::new();
    let mut kept: Vec<&[u8]> = Vec::new();
    let lines: Vec<&[u8]> = bytes.split_inclusive(|&b| b == b'\n').collect();
    for line in lines.into_iter().rev() {
        let keeps = match record::read(line) {
            Line::Record(record, _) => followed.insert((record.op as u8, record.id)),
            Line::Other(_) => true,
            Line::Damaged | Line::Blank => false,
        };
        if keeps {
            kept.push(line);
        }
    }
    kept.reverse();
    kept.concat()
}
