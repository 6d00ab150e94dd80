//! Which lines of a log say nothing any more.
//!
//! Only a line that this program would write byte for byte the same may go, and only when each part
//! of what it says is said anew by a later record of the same log, so that it could never have the
//! last word, whatever the logs of other devices hold. The first adding of a bookmark, every
//! removal that is the last word, damaged lines, those edited by hand, and all that is not known
//! stay as they are, in their order.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::Path;

use super::document::DocumentKeys;
use super::record::{self, Line, Op, Record, Stamp};
use super::{log::Sync, rewrite};

/// Up to this length a log is left as it is, in bytes.
pub const LONG: u64 = 1 << 20;

/// Makes a log shorter that is long and more than half dead; what was replaced stays beside it.
///
/// # Errors
/// Why it could not; then the log is as it was.
pub fn compact(path: &Path) -> io::Result<bool> {
    rewrite::rewrite(path, Sync::Disk, |bytes| {
        let shorter = compacted(bytes);
        let long = bytes.len() as u64 > LONG && shorter.len() * 2 < bytes.len();
        long.then_some(shorter)
    })
}

/// The log without its dead lines.
fn compacted(bytes: &[u8]) -> Vec<u8> {
    let lines: Vec<&[u8]> = bytes.split_inclusive(|&b| b == b'\n').collect();
    let mut last: HashMap<Part, (Stamp, usize)> = HashMap::new();
    let mut first: HashMap<String, (Stamp, usize)> = HashMap::new();
    let mut ours: HashMap<usize, ((Stamp, usize), Vec<Part>)> = HashMap::new();
    let mut seen: HashSet<&[u8]> = HashSet::new();
    let mut repeated: HashSet<usize> = HashSet::new();
    for (at, &line) in lines.iter().enumerate() {
        let Line::Record(record, sum) = record::read(line) else { continue };
        let is_ours = record::line(&record).as_bytes() == line;
        if is_ours && !seen.insert(line) {
            repeated.insert(at);
            continue;
        }
        let stamp = (record.stamp(sum), at);
        let parts = parts(&record);
        for part in &parts {
            let latest = last.entry(part.clone()).or_insert(stamp);
            *latest = stamp.max(*latest);
        }
        if record.op == Op::Add {
            let earliest = first.entry(record.id.clone()).or_insert(stamp);
            *earliest = stamp.min(*earliest);
        }
        if is_ours && !parts.is_empty() {
            ours.insert(at, (stamp, parts));
        }
    }
    let opens: HashSet<usize> = first.into_values().map(|(_, at)| at).collect();
    let is_dead = |at: usize| {
        repeated.contains(&at)
            || !opens.contains(&at)
                && ours.get(&at).is_some_and(|(stamp, parts)| {
                    parts.iter().all(|part| last.get(part).is_some_and(|last| last > stamp))
                })
    };
    let mut kept = Vec::with_capacity(bytes.len());
    for (at, line) in lines.iter().enumerate() {
        if !is_dead(at) {
            kept.extend_from_slice(line);
        }
    }
    kept
}

/// A part of what a record says: of what, and which.
type Part = (String, &'static str);

/// All that a record says; nothing for one that stays whatever comes.
fn parts(record: &Record) -> Vec<Part> {
    let doc = record.doc.as_ref().map(|doc| &doc.keys);
    let of = |name: &'static str, what: &str| {
        (format!("{}\n{what}", doc.map(article).unwrap_or_default()), name)
    };
    let said = |is: bool, name: &'static str| is.then_some(name);
    let members = || {
        let names = [
            said(record.doc.is_some(), "doc"),
            said(record.sel.is_some(), "sel"),
            said(record.note.is_some(), "note"),
            said(record.tags.is_some(), "tags"),
            said(record.highlight.is_some(), "highlight"),
        ];
        names.into_iter().flatten().map(|name| (record.id.clone(), name))
    };
    let mut parts: Vec<Part> = match record.op {
        Op::Add => members().chain([(record.id.clone(), "is")]).collect(),
        Op::Edit => members().chain([(record.id.clone(), "edited")]).collect(),
        Op::Del => vec![(record.id.clone(), "is")],
        Op::Name => vec![of("name", record.speaker.as_deref().unwrap_or_default())],
        Op::Merge => vec![of("merge", record.speaker.as_deref().unwrap_or_default())],
        Op::Same => vec![of("same", &record.other.as_deref().map(article).unwrap_or_default())],
        Op::Set => {
            let set = record.set.clone().unwrap_or_default();
            let names = [
                said(set.measure.is_some(), "measure"),
                said(set.theme.is_some(), "theme"),
                said(set.speakers.is_some(), "speakers"),
            ];
            names.into_iter().flatten().map(|name| of(name, "")).collect()
        }
        Op::Place | Op::File => return Vec::new(),
    };
    for keys in doc.into_iter().chain(record.other.as_deref()) {
        if !keys.sketch.is_empty() {
            parts.push((keys.hash.clone(), "sketch"));
        }
    }
    parts
}

/// An article's keys as text, without the sketch.
fn article(keys: &DocumentKeys) -> String {
    let keys = DocumentKeys { sketch: Vec::new(), ..keys.clone() };
    // Strings always have a JSON form.
    serde_json::to_string(&keys).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(n: u64, id: &str, op: Op, note: Option<&str>) -> String {
        let note = note.map(str::to_owned);
        record::line(&Record { n, note, ..Record::new(id, 9, op) })
    }

    #[test]
    fn only_what_cannot_have_the_last_word_goes() {
        let strange = "{\"v\":9,\"op\":\"fold\"}\n";
        let by_hand = line(3, "A", Op::Edit, Some("手")).replace(",\"crc\"", ",\"was\"");
        let more = line(4, "A", Op::Edit, Some("多")).replace(",\"n\":", ",\"colour\":1,\"n\":");
        let keep = [
            line(1, "A", Op::Add, Some("一")),
            strange.to_owned(),
            by_hand,
            more,
            "damaged\n".to_owned(),
            line(6, "A", Op::Edit, Some("三")),
            line(7, "B", Op::Add, None),
            line(8, "B", Op::Del, None),
            line(9, "C", Op::Del, None),
            "unfinished".to_owned(),
        ];
        let text = [
            &*keep[..5].concat(),
            &line(5, "A", Op::Edit, Some("二")),
            &keep[5..8].concat(),
            &line(2, "C", Op::Del, None),
            &keep[0],
            &keep[8..].concat(),
        ]
        .concat();
        let kept = String::from_utf8(compacted(text.as_bytes())).unwrap();
        assert_eq!(kept, keep.concat());
    }

    #[test]
    fn each_part_is_by_itself() {
        let both = Record {
            n: 2,
            note: Some("一".into()),
            tags: Some(Vec::new()),
            ..Record::new("A", 9, Op::Edit)
        };
        let text = [line(1, "A", Op::Add, Some("")), record::line(&both)].concat();
        let note = line(3, "A", Op::Edit, Some("二"));
        let text = format!("{text}{note}");
        assert_eq!(compacted(text.as_bytes()), text.as_bytes());
        let tags = Record { n: 4, tags: Some(Vec::new()), ..Record::new("A", 9, Op::Edit) };
        let text = format!("{text}{}", record::line(&tags));
        let kept = text.replace(&record::line(&both), "");
        assert_eq!(compacted(text.as_bytes()), kept.as_bytes());
    }

    mod law {
        use proptest::prelude::*;

        use super::super::*;
        use crate::marks::fold::Entry;
        use crate::marks::record::{Doc, Wishes};
        use crate::marks::{Article, Highlight, Marks};

        fn keys(article: u32) -> DocumentKeys {
            let hash = format!("{article:064x}");
            DocumentKeys { hash, sketch: vec![article; 3], ..DocumentKeys::default() }
        }

        /// A record of one of few bookmarks, speakers and articles.
        fn record() -> impl Strategy<Value = Record> {
            let says = (0..4_u8, 0..3_u32, "[a-c]?", proptest::bits::u8::ANY, any::<bool>());
            (0..9_u8, 0..4_u8, 0..30_u64, 0..3_i64, says).prop_map(|(op, id, n, t, says)| {
                let (number, article, word, which, sketch) = says;
                let ops = [
                    Op::Add,
                    Op::Add,
                    Op::Edit,
                    Op::Edit,
                    Op::Del,
                    Op::Name,
                    Op::Merge,
                    Op::Same,
                    Op::Set,
                ];
                let op = ops[usize::from(op)];
                let mut keys = [keys(article), keys(article + 1)];
                if !sketch {
                    keys.iter_mut().for_each(|keys| keys.sketch.clear());
                }
                let [one, other] = keys;
                let is = |bit: u8| which & 1 << bit != 0;
                let bookmark = matches!(op, Op::Add | Op::Edit);
                let speaker = matches!(op, Op::Name | Op::Merge);
                let doc = || Doc::from(Article { keys: one.clone(), ..Article::default() });
                let set = Wishes {
                    measure: is(0).then_some(is(1).then_some(article as u16)),
                    theme: is(2).then_some(is(3).then(|| word.clone())),
                    speakers: is(4).then_some(is(5).then_some(is(6))),
                };
                Record {
                    n,
                    doc: (!bookmark && op != Op::Del || bookmark && is(0)).then(doc),
                    sel: (bookmark && is(1)).then(Default::default),
                    note: (bookmark && is(2)).then(|| word.clone()),
                    tags: (bookmark && is(3)).then(|| vec![word.clone()]),
                    highlight: (bookmark && is(4)).then(|| Highlight::ALL[usize::from(number)]),
                    speaker: speaker.then(|| number.to_string()),
                    name: (op == Op::Name).then(|| word.clone()),
                    into: (op == Op::Merge).then(|| word.clone()),
                    other: (op == Op::Same).then(|| Box::new(other)),
                    same: (op == Op::Same).then_some(is(7)),
                    set: (op == Op::Set).then(|| Box::new(set)),
                    ..Record::new(&id.to_string(), t, op)
                }
            })
        }

        /// All that a program knows that reads these logs.
        fn state(logs: [&[u8]; 2]) -> String {
            let mut entries = Vec::new();
            for line in logs.iter().flat_map(|log| record::lines(log)) {
                if let Line::Record(record, sum) = line {
                    entries.push(Entry { stamp: record.stamp(sum), own: 0, record });
                }
            }
            let mut marks = Marks::default();
            marks.fold(entries);
            let of = |article: u32| {
                let keys = keys(article);
                let ids: Vec<_> = marks.of(&keys).into_iter().map(|mark| &mark.id).collect();
                let said = marks.corrections(&keys);
                let called: Vec<_> =
                    ["0", "1", "2", "3"].iter().map(|name| said.called(name).to_owned()).collect();
                format!("{ids:?} {called:?} {:?}", marks.preferences(&keys))
            };
            let articles: Vec<_> = (0..4).map(of).collect();
            format!("{:?} {:?} {articles:?}", marks.all, marks.removed)
        }

        proptest! {
            #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

            #[test]
            fn a_shorter_log_says_the_same_beside_any_other(
                own in proptest::collection::vec(record(), 0..40),
                other in proptest::collection::vec(record(), 0..20),
            ) {
                let text = |records: &[Record]| -> String {
                    records.iter().map(record::line).collect()
                };
                let (own, other) = (text(&own), text(&other));
                let shorter = compacted(own.as_bytes());
                prop_assert!(shorter.len() <= own.len());
                prop_assert_eq!(
                    state([own.as_bytes(), other.as_bytes()]),
                    state([&shorter, other.as_bytes()])
                );
                prop_assert_eq!(&compacted(&shorter), &shorter);
            }
        }
    }
}
