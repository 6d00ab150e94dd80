//! A line of a log: JSON with a check sum.
//!
//! The last member of a line is `"crc"`: the CRC-32 (ISO-HDLC) of the line's bytes without that
//! member and the comma before it, in eight hexadecimal digits. A line without one was edited by
//! hand and is accepted. Lines are only ever added: what an older program does not know stays.

use serde::{Deserialize, Serialize};

use super::document::DocumentKeys;
use super::{Article, Highlight, corrections};
use crate::interview::passage::Selector;

/// The version of the records that are written.
pub const VERSION: u32 = 1;

/// What a record does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Op {
    /// Adds a bookmark.
    Add,
    /// Changes one.
    Edit,
    /// Removes one.
    Del,
    /// Says where the reader is.
    Place,
}

/// A record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The version.
    pub v: u32,
    /// What it is about.
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
}

/// An article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doc {
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    keys: DocumentKeys,
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

/// What a line is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A record that we know.
    Record(Box<Record>),
    /// What was said of a speaker.
    Correction(Box<corrections::Record>),
    /// One whose check sum is wrong, or that is no JSON.
    Damaged,
    /// Empty, or of a later version, or of an unknown operation.
    Other,
}

const MEMBER: &str = ",\"crc\":\"";

/// A record as a line, with its end.
pub fn line(record: &impl Serialize) -> String {
    // Strings and numbers always have a JSON form.
    let text = serde_json::to_string(record).unwrap_or_default();
    let crc = crc32fast::hash(text.as_bytes());
    let open = text.strip_suffix('}').unwrap_or(&text);
    format!("{open}{MEMBER}{crc:08x}\"}}\n")
}

/// The lines of a log.
pub fn lines(bytes: &[u8]) -> impl Iterator<Item = Line> {
    bytes.split(|&b| b == b'\n').map(read)
}

fn read(bytes: &[u8]) -> Line {
    if bytes.trim_ascii().is_empty() {
        return Line::Other;
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return Line::Damaged };
    let text = text.trim();
    if let Some((before, crc)) = text.rsplit_once(MEMBER)
        && let Some(crc) = crc.strip_suffix("\"}")
    {
        let whole = format!("{before}}}");
        let sum = format!("{:08x}", crc32fast::hash(whole.as_bytes()));
        if !sum.eq_ignore_ascii_case(crc) {
            return Line::Damaged;
        }
    }
    let Ok(value) = serde_json::from_str::<serde_json::Value>(text) else { return Line::Damaged };
    if value.get("v").and_then(serde_json::Value::as_u64) != Some(u64::from(VERSION)) {
        return Line::Other;
    }
    match value.get("op").and_then(serde_json::Value::as_str) {
        Some("name" | "merge") => serde_json::from_value(value)
            .map_or(Line::Other, |record| Line::Correction(Box::new(record))),
        _ => serde_json::from_value(value)
            .map_or(Line::Other, |record| Line::Record(Box::new(record))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Record {
        Record {
            v: 1,
            id: "A".into(),
            t: 5,
            n: 2,
            op: Op::Add,
            doc: None,
            sel: Some(Selector { exact: "一\"句\n".into(), ..Selector::default() }),
            note: Some(String::new()),
            tags: None,
            highlight: None,
        }
    }

    #[test]
    fn there_and_back() {
        let text = line(&record());
        assert_eq!(read(text.trim_end().as_bytes()), Line::Record(Box::new(record())));
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
                    Line::Record(read) => assert_eq!(*read, record(), "byte {at} bit {bit}"),
                    Line::Damaged | Line::Other => {}
                    Line::Correction(_) => panic!("byte {at} bit {bit}"),
                }
            }
        }
    }

    #[test]
    fn what_was_said_of_a_speaker() {
        use crate::interview::correct::Correction;
        for (what, end) in [
            (
                Correction::Name { speaker: "嘉宾".into(), name: "周砚".into() },
                r#""op":"name","speaker":"嘉宾","name":"周砚""#,
            ),
            (
                Correction::Merge { speaker: "周".into(), into: String::new() },
                r#""op":"merge","speaker":"周","into":"""#,
            ),
        ] {
            let doc = Doc::default();
            let record = corrections::Record { v: 1, id: "A".into(), t: 5, n: 2, doc, what };
            let text = line(&record);
            assert!(text.contains(end), "{text}");
            let read = read(text.trim_end().as_bytes());
            assert_eq!(read, Line::Correction(Box::new(record)));
        }
    }

    #[test]
    fn what_is_not_known_is_passed_over() {
        for text in [
            r#"{"v":99,"id":"A","op":"add","t":1,"n":1}"#,
            r#"{"v":1,"id":"A","op":"fold","t":1,"n":1}"#,
            r#"{"v":1,"id":"A","op":"name","t":1,"n":1,"speaker":"x"}"#,
            " ",
        ] {
            assert_eq!(read(text.as_bytes()), Line::Other, "{text}");
        }
        let more = r#"{"v":1,"id":"A","op":"del","t":1,"n":1,"colour":3}"#;
        assert!(matches!(read(more.as_bytes()), Line::Record(_)));
        assert_eq!(read(b"{\"v\":1,\"id\""), Line::Damaged);
    }
}
