//! A line of a log: JSON with a check sum.
//!
//! The last member of a line is `"crc"`: the CRC-32 (ISO-HDLC) of the line's bytes without that
//! member and the comma before it, in eight hexadecimal digits. A line without one was edited by
//! hand and is accepted. Lines are only ever added: what an older program does not know stays.
//! `docs/format.md` has every member.

use std::thread;

use serde::{Deserialize, Deserializer, Serialize};

use super::document::DocumentKeys;
use super::{Article, Highlight};
use crate::interview::correct::Correction;
use crate::interview::passage::Selector;

/// The version of the records that are written.
pub const VERSION: u32 = 1;

/// What a record does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Op {
    /// Adds a bookmark.
    #[default]
    Add,
    /// Changes one.
    Edit,
    /// Removes one.
    Del,
    /// Names a speaker.
    Name,
    /// Says that two speakers are one.
    Merge,
    /// Says whether two articles are one.
    Same,
    /// Says how an article is to be read.
    Set,
    /// Says where the reader is.
    Place,
    /// Says which file an article was last read from.
    File,
}

/// A record: its head, and the members that its operation has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The version.
    pub v: u32,
    /// The bookmark it is about, or its own.
    pub id: String,
    /// When, in ms since 1970.
    pub t: i64,
    /// The Lamport counter.
    pub n: u64,
    /// What it does.
    pub op: Op,
    /// The article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc: Option<Doc>,
    /// The passage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sel: Option<Selector>,
    /// The note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The tags.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// How it is highlighted, 1 to 4.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub highlight: Option<Highlight>,
    /// The speaker that is named or merged, by the name in the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// What they are called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whom they are one with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub into: Option<String>,
    /// The other article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<Box<DocumentKeys>>,
    /// Whether they are one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same: Option<bool>,
    /// How the article is to be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set: Option<Box<Wishes>>,
    /// The file, an absolute path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
}

/// How an article is to be read: each member absent (not spoken of), null (as the settings say),
/// or a value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wishes {
    /// The widest line, in cells.
    #[serde(default, deserialize_with = "spoken", skip_serializing_if = "Option::is_none")]
    pub measure: Option<Option<u16>>,
    /// The theme's name.
    #[serde(default, deserialize_with = "spoken", skip_serializing_if = "Option::is_none")]
    pub theme: Option<Option<String>>,
    /// Whether the speakers are listed beside the page.
    #[serde(default, deserialize_with = "spoken", skip_serializing_if = "Option::is_none")]
    pub speakers: Option<Option<bool>>,
}

/// A member that is there, null or not.
fn spoken<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(from).map(Some)
}

/// An article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doc {
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    url: Option<String>,
    /// What it is recognised by.
    #[serde(default)]
    pub keys: DocumentKeys,
}

impl From<Doc> for Article {
    fn from(doc: Doc) -> Self {
        Self { title: doc.title, url: doc.url, keys: doc.keys }
    }
}

impl From<Article> for Doc {
    fn from(article: Article) -> Self {
        Self { title: article.title, url: article.url, keys: article.keys }
    }
}

impl Record {
    /// A record that says nothing yet; its counter is given when it is written.
    pub fn new(id: &str, t: i64, op: Op) -> Self {
        Self { v: VERSION, id: id.to_owned(), t, op, ..Self::default() }
    }

    /// What it says of a speaker.
    pub fn correction(&self) -> Option<Correction> {
        let speaker = self.speaker.clone()?;
        match self.op {
            Op::Name => Some(Correction::Name { speaker, name: self.name.clone()? }),
            Op::Merge => Some(Correction::Merge { speaker, into: self.into.clone()? }),
            _ => None,
        }
    }

    /// Whether it has what its operation cannot do without.
    fn is_whole(&self) -> bool {
        match self.op {
            Op::Add | Op::Edit | Op::Del | Op::Place => true,
            Op::Name | Op::Merge => self.doc.is_some() && self.correction().is_some(),
            Op::Same => self.doc.is_some() && self.other.is_some() && self.same.is_some(),
            Op::Set => self.doc.is_some() && self.set.is_some(),
            Op::File => self.doc.is_some() && self.file.is_some(),
        }
    }

    /// What decides between two records: the higher is the later one.
    pub fn stamp(&self, sum: Sum) -> Stamp {
        (self.n, self.t, sum)
    }
}

/// What decides between two records: Lamport counter, time in ms since 1970, check sum. It depends
/// on nothing but the line, so a copy of a log changes nothing.
pub type Stamp = (u64, i64, Sum);

/// The check sum of a line; of one without, which was edited by hand, it is above all others, so
/// that it comes behind the line it was made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sum(u64);

/// What a line is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A record that we know, and the line's check sum.
    Record(Box<Record>, Sum),
    /// One whose check sum is wrong, or that is no JSON.
    Damaged,
    /// Of a later version, or of an unknown operation, with this Lamport counter.
    Other(u64),
    /// Empty.
    Blank,
}

/// At most so many threads read a log.
const MOST: usize = 4;
/// A thread is worth so many bytes.
const WORTH: usize = 512 * 1024;

const MEMBER: &str = ",\"crc\":\"";

/// A record as a line, with its end.
pub fn line(record: &Record) -> String {
    // Strings and numbers always have a JSON form.
    let text = serde_json::to_string(record).unwrap_or_default();
    let crc = crc32fast::hash(text.as_bytes());
    let open = text.strip_suffix('}').unwrap_or(&text);
    format!("{open}{MEMBER}{crc:08x}\"}}\n")
}

/// The lines of a log.
pub fn lines(bytes: &[u8]) -> impl Iterator<Item = Line> {
    split(bytes).map(read)
}

/// The bytes of the lines of a log, without their ends.
pub fn split(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let ends = memchr::memchr_iter(b'\n', bytes).chain([bytes.len()]);
    ends.scan(0, |start, end| Some(&bytes[std::mem::replace(start, end + 1)..end]))
}

/// The lines of a log, read by as many threads as are worth it: start-up waits for them.
pub fn all_lines(bytes: &[u8]) -> Vec<Line> {
    let threads = thread::available_parallelism().map_or(1, |n| n.get().min(MOST));
    let share = (bytes.len() / threads).max(WORTH);
    let mut parts = Vec::new();
    let mut rest = bytes;
    // A part ends with a line, and its end is the one between two parts.
    while let Some(end) = rest.get(share..).and_then(|rest| memchr::memchr(b'\n', rest)) {
        parts.push(&rest[..share + end]);
        rest = &rest[share + end + 1..];
    }
    thread::scope(|scope| {
        let spawned: Vec<_> = parts
            .iter()
            .map(|&part| scope.spawn(move || lines(part).collect::<Vec<Line>>()))
            .collect();
        let last: Vec<Line> = lines(rest).collect();
        let mut all = Vec::with_capacity(last.len() * (parts.len() + 1));
        for (thread, part) in spawned.into_iter().zip(&parts) {
            // A thread that could not do it leaves it to this one.
            all.extend(thread.join().unwrap_or_else(|_| lines(part).collect()));
        }
        all.extend(last);
        all
    })
}

/// What one line is, with its end or without.
pub fn read(bytes: &[u8]) -> Line {
    // Some editors put a byte order mark before what was edited by hand.
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes).trim_ascii();
    if bytes.is_empty() {
        return Line::Blank;
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return Line::Damaged };
    let Some(sum) = sum(text) else { return Line::Damaged };
    match serde_json::from_str::<Record>(text) {
        Ok(record) if record.v == VERSION && record.is_whole() => {
            Line::Record(Box::new(record), sum)
        }
        Ok(record) => Line::Other(record.n),
        Err(_) => match serde_json::from_str::<serde_json::Value>(text) {
            Ok(value) => Line::Other(value.get("n").and_then(|n| n.as_u64()).unwrap_or(0)),
            Err(_) => Line::Damaged,
        },
    }
}

/// The check sum of a line; `None` when the line has another.
fn sum(text: &str) -> Option<Sum> {
    if let Some((before, crc)) = text.rsplit_once(MEMBER)
        && let Some(crc) = crc.strip_suffix("\"}")
    {
        let mut hasher = crc32fast::Hasher::new();
        hasher.update(before.as_bytes());
        hasher.update(b"}");
        let right = hasher.finalize();
        let plain = crc.len() == 8 && crc.bytes().all(|digit| digit.is_ascii_hexdigit());
        let given = u32::from_str_radix(crc, 16).ok().filter(|_| plain);
        return (given == Some(right)).then_some(Sum(right.into()));
    }
    Some(Sum(1 << 32 | u64::from(crc32fast::hash(text.as_bytes()))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Record {
        Record {
            n: 2,
            sel: Some(Selector { exact: "一\"句\n".into(), ..Selector::default() }),
            note: Some(String::new()),
            ..Record::new("A", 5, Op::Add)
        }
    }

    fn known(text: &str) -> Record {
        match read(text.as_bytes()) {
            Line::Record(record, _) => *record,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn there_and_back() {
        let text = line(&record());
        assert_eq!(known(&text), record());
        assert_eq!(text.matches('\n').count(), 1);
    }

    #[test]
    fn every_flipped_bit_is_seen_or_harmless() {
        let text = line(&record());
        let good = text.trim_end().as_bytes();
        for at in 0..good.len() {
            for bit in 0..8 {
                let mut bytes = good.to_vec();
                bytes[at] ^= 1 << bit;
                if bytes.contains(&b'\n') {
                    continue;
                }
                match read(&bytes) {
                    Line::Record(read, _) => assert_eq!(*read, record(), "byte {at} bit {bit}"),
                    Line::Damaged | Line::Other(_) => {}
                    Line::Blank => panic!("byte {at} bit {bit}"),
                }
            }
        }
    }

    #[test]
    fn the_lines_of_a_long_log_are_those_of_its_parts() {
        let text = line(&record()).repeat(40_000);
        for text in [&*text, text.trim_end(), &text.replace('\n', "\n\n"), "", "\n"] {
            let one: Vec<Line> = lines(text.as_bytes()).collect();
            assert!(all_lines(text.as_bytes()) == one);
        }
    }

    #[test]
    fn what_was_said_of_a_speaker() {
        for (what, end) in [
            (
                Correction::Name { speaker: "嘉宾".into(), name: "周砚".into() },
                r#""op":"name","doc":{},"speaker":"嘉宾","name":"周砚"}"#,
            ),
            (
                Correction::Merge { speaker: "周".into(), into: String::new() },
                r#""doc":{},"op":"merge","speaker":"周","into":""}"#,
            ),
        ] {
            let record = known(&format!(r#"{{"v":1,"id":"A","t":5,"n":2,{end}"#));
            assert_eq!(record.correction(), Some(what));
        }
    }

    #[test]
    fn a_wish_is_not_spoken_of_or_taken_back_or_made() {
        let text = r#"{"v":1,"id":"A","t":5,"n":2,"op":"set","doc":{},"set":{"measure":null,"theme":"夜","later":1}}"#;
        let set = known(text).set.unwrap();
        assert_eq!((set.measure, set.theme), (Some(None), Some(Some("夜".into()))));
        assert_eq!(set.speakers, None);
    }

    #[test]
    fn a_line_edited_by_hand_comes_behind_the_one_it_was() {
        let text = line(&record());
        let Line::Record(old, before) = read(text.as_bytes()) else { panic!() };
        let (open, _) = text.rsplit_once(MEMBER).unwrap();
        let Line::Record(new, after) = read(format!("{open}}}").as_bytes()) else { panic!() };
        assert!(old.stamp(before) < new.stamp(after));
    }

    #[test]
    fn what_is_not_known_is_passed_over() {
        for (text, n) in [
            (r#"{"v":99,"id":"A","op":"add","t":1,"n":7}"#, 7),
            (r#"{"v":1,"id":"A","op":"fold","t":1,"n":8}"#, 8),
            (r#"{"v":1,"id":"A","op":"name","t":1,"n":9,"speaker":"x"}"#, 9),
            (r#"{"v":2,"id":["A"],"op":{"add":1}}"#, 0),
        ] {
            assert_eq!(read(text.as_bytes()), Line::Other(n), "{text}");
        }
        known(r#"{"v":1,"id":"A","op":"del","t":1,"n":1,"colour":3}"#);
        assert_eq!(read(b"{\"v\":1,\"id\""), Line::Damaged);
        assert_eq!(read(b" "), Line::Blank);
    }
}
