//! What this program knows of the own log, so that a line need not repeat what the log has: it
//! catches up with what others added, under the lock, and gives each record its place behind them.

use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;

use super::document::DocumentKeys;
use super::record::{self, Line, Op, Record};
use super::{Home, compact, log};

/// What is known of the own log, and the clock of all of them.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    /// The highest Lamport counter in any log.
    counter: u64,
    /// Device and inode of the own log, as it was last read.
    file: Option<(u64, u64)>,
    /// How many bytes of it were read.
    length: u64,
    /// The sketches that it has, by the hash of the article's text, as check sums.
    sketches: HashMap<String, u32>,
    /// At most how many bytes of it are dead.
    loose: u64,
    /// From which length on it is worth looking for dead lines again.
    patience: u64,
}

impl Writer {
    /// Reads a Lamport counter.
    pub fn heard(&mut self, n: u64) {
        self.counter = self.counter.max(n);
    }

    /// Reads a record of the own log.
    pub fn notice(&mut self, record: &Record) {
        self.heard(record.n);
        for keys in keys(record) {
            if !keys.sketch.is_empty() && self.sketches.get(&keys.hash) != Some(&sum(keys)) {
                self.sketches.insert(keys.hash.clone(), sum(keys));
            }
        }
    }

    /// So many bytes of the own log, which is this file, were read.
    pub fn has_read(&mut self, file: &File, length: u64) {
        self.file = log::identity(file).ok();
        self.length = length;
    }

    /// So many bytes of the own log may be dead.
    pub fn may_be_dead(&mut self, bytes: u64) {
        self.loose += bytes;
    }

    /// Adds records to the own log in one piece, each behind all that were read; they are safe on
    /// disk when this returns.
    ///
    /// # Errors
    /// Why they are not; then nothing of them is in the log.
    pub fn write(&mut self, home: &Home, mut records: Vec<Record>) -> io::Result<()> {
        let path = home.log(&home.marks())?;
        let length = log::append(&path, log::Sync::Disk, |file, length| {
            // Of a log that can be added to and not be read nothing is taken for granted.
            if self.catch_up(file, length).is_err() {
                self.forget();
            }
            Ok(self.lines(&mut records))
        })?;
        for record in &records {
            self.notice(record);
            if record.op != Op::Add {
                self.may_be_dead(record::line(record).len() as u64);
            }
        }
        self.length = length;
        if length > compact::LONG && self.loose > length / 2 && length >= self.patience {
            self.patience = length + length / 8;
            // What was written is safe; a log that stays long is none the worse for it.
            let _ = compact::compact(&path);
        }
        Ok(())
    }

    /// Reads what the log got since it was last read.
    fn catch_up(&mut self, file: &File, length: u64) -> io::Result<()> {
        let here = log::identity(file)?;
        if self.file != Some(here) || self.length > length {
            self.forget();
        }
        let new = usize::try_from(length - self.length).map_err(io::Error::other)?;
        let mut bytes = vec![0; new];
        file.read_exact_at(&mut bytes, self.length)?;
        for line in bytes.split(|&b| b == b'\n') {
            match record::read(line) {
                Line::Record(record, _) => {
                    self.notice(&record);
                    if record.op != Op::Add {
                        self.may_be_dead(line.len() as u64);
                    }
                }
                Line::Other(n) => self.heard(n),
                Line::Damaged | Line::Blank => {}
            }
        }
        (self.file, self.length) = (Some(here), length);
        Ok(())
    }

    /// Forgets what the log has, and keeps its clock.
    fn forget(&mut self) {
        *self = Self { counter: self.counter, patience: self.patience, ..Self::default() };
    }

    /// The records as lines, with their counters, and without the sketches that the log has or an
    /// earlier one of them brings.
    fn lines(&self, records: &mut [Record]) -> String {
        let mut text = String::new();
        let mut brought: HashMap<String, u32> = HashMap::new();
        for (record, n) in records.iter_mut().zip(self.counter.saturating_add(1)..) {
            record.n = n;
            let mut line = record.clone();
            for keys in keys_mut(&mut line) {
                if keys.sketch.is_empty() {
                    continue;
                }
                let known = brought.get(&keys.hash).or_else(|| self.sketches.get(&keys.hash));
                if known == Some(&sum(keys)) {
                    keys.sketch.clear();
                } else {
                    brought.insert(keys.hash.clone(), sum(keys));
                }
            }
            text.push_str(&record::line(&line));
        }
        text
    }
}

fn keys(record: &Record) -> impl Iterator<Item = &DocumentKeys> {
    record.doc.iter().map(|doc| &doc.keys).chain(record.other.as_deref())
}

fn keys_mut(record: &mut Record) -> impl Iterator<Item = &mut DocumentKeys> {
    record.doc.iter_mut().map(|doc| &mut doc.keys).chain(record.other.as_deref_mut())
}

/// A check sum of a sketch.
fn sum(keys: &DocumentKeys) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    for hash in &keys.sketch {
        hasher.update(&hash.to_le_bytes());
    }
    hasher.finalize()
}
