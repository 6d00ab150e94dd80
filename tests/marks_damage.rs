//! Logs that bad luck or another version wrote: what is undamaged is read, what is damaged is told,
//! what is not known stays, and reading changes no byte.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[path = "support/shelf.rs"]
mod shelf;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

use fangtan::interview::correct::Correction;
use fangtan::marks::{Change, Highlight, Home, Mark, Marks, Preferences};
use shelf::{Dice, article, churn, draft, home, is_long, keys, log};

/// What stands in a directory: names, bytes and times of the last change.
fn contents(dir: &Path) -> Vec<(std::ffi::OsString, Vec<u8>, std::time::SystemTime)> {
    let mut all: Vec<_> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let changed = entry.metadata().unwrap().modified().unwrap();
            (entry.file_name(), fs::read(entry.path()).unwrap(), changed)
        })
        .collect();
    all.sort();
    all
}

/// Reads everything that can be read of marks.
fn read(home: &Home) -> Marks {
    let before = contents(&home.data.join("marks"));
    let marks = Marks::load(home).unwrap();
    marks.of(&keys(1));
    marks.corrections(&keys(1));
    marks.preferences(&keys(1));
    marks.doubtful(&keys(1));
    assert!(contents(&home.data.join("marks")) == before, "reading alone wrote something");
    marks
}

#[test]
fn undamaged_lines_are_read_whatever_happened_to_the_others() {
    let dir = tempfile::tempdir().unwrap();
    let home = home(dir.path());
    let mut marks = Marks::default();
    for number in 0..40 {
        marks.add(&home, 1, draft(number % 7, &"记".repeat(number as usize * 3))).unwrap();
    }
    let path = log(&home);
    let good = fs::read(&path).unwrap();
    let other = {
        let dir = tempfile::tempdir().unwrap();
        let home = shelf::home(dir.path());
        Marks::default().add(&home, 1, draft(9, "别的")).unwrap();
        fs::read(log(&home)).unwrap()
    };
    let lines: Vec<&[u8]> = good.split(|&b| b == b'\n').filter(|line| !line.is_empty()).collect();
    let by_line: HashMap<&[u8], &Mark> = lines.iter().copied().zip(&marks.all).collect();
    let by_id: HashMap<&str, &Mark> = marks.all.iter().map(|mark| (&*mark.id, mark)).collect();
    let mut dice = Dice::new(23);
    let (mut flips, mut caught) = (0, 0);
    for round in 0..if is_long() { 1000 } else { 60 } {
        let mut bytes = good.clone();
        let at = dice.below(bytes.len());
        match round % 5 {
            0 => bytes[at] ^= 1 << dice.below(8),
            1 => bytes.truncate(at),
            2 => {
                let from = at / 4096 * 4096;
                let to = bytes.len().min(from + 4096);
                bytes[from..to].fill(0);
            }
            3 => {
                let length = if is_long() { 1 << 20 } else { 1 << 14 };
                let junk: Vec<u8> = (0..length).map(|_| dice.below(256) as u8).collect();
                bytes.splice(at..at, junk);
            }
            _ => bytes.extend_from_slice(&other),
        }
        fs::write(&path, &bytes).unwrap();
        let read = read(&home);
        let here: HashMap<&str, &Mark> = read.all.iter().map(|mark| (&*mark.id, mark)).collect();
        let there: Vec<&[u8]> = bytes.split(|&b| b == b'\n').collect();
        for line in &there {
            if let Some(mark) = by_line.get(line) {
                let found = here.get(&*mark.id).unwrap_or_else(|| panic!("round {round}"));
                assert_eq!(
                    (&found.note, &found.selector, found.highlight),
                    (&mark.note, &mark.selector, mark.highlight),
                    "round {round}"
                );
            }
        }
        for (id, mark) in &here {
            if let Some(made) = by_id.get(id) {
                assert_eq!((&mark.note, &mark.selector), (&made.note, &made.selector));
            }
        }
        // What flipped is either told, or stands where nothing that is said stands.
        if round % 5 == 0 {
            flips += 1;
            let told = !read.damage.is_empty();
            caught += usize::from(told || here.len() == 40);
        }
    }
    assert_eq!(flips, caught);
}

/// A home whose own log has these bytes.
fn with_log(dir: &Path, text: &str) -> Home {
    let home = home(dir);
    fs::create_dir_all(home.data.join("marks")).unwrap();
    fs::write(home.local.join("device"), "01KAV1DEVICE0000000000000A").unwrap();
    fs::write(log(&home), text).unwrap();
    home
}

/// Adds, changes, removes and makes shorter; all lines that were there are still there, in order, but
/// for so many that are dead.
fn uses_keep(text: &str, dead: usize) {
    let dir = tempfile::tempdir().unwrap();
    let home = with_log(dir.path(), text);
    let before = read(&home);
    let mut marks = read(&home);
    let new = marks.add(&home, 1, draft(5, "")).unwrap();
    let gone = marks.add(&home, 1, draft(5, "")).unwrap();
    if let Some(old) = before.all.first() {
        let change = Change { note: Some("后来".into()), ..Change::default() };
        marks.edit(&home, 2, &old.id, change).unwrap();
    }
    marks.remove(&home, 3, &gone.id).unwrap();
    let bytes = fs::read(log(&home)).unwrap();
    assert!(bytes.starts_with(text.as_bytes()), "a log is only added to");
    churn(&home, &mut marks, &new.id);
    let after = fs::read_to_string(log(&home)).unwrap();
    let there: HashSet<&str> = after.lines().collect();
    let lost: Vec<&str> = text.lines().filter(|line| !there.contains(line)).collect();
    assert_eq!(lost.len(), dead, "{lost:?}");
    let kept: Vec<&str> = text.lines().filter(|line| there.contains(line)).collect();
    let of_old = after.lines().filter(|line| kept.contains(line));
    assert!(of_old.eq(kept.iter().copied()), "the order is another");
    let read = read(&home);
    marks.all.sort_by(|a, b| (a.created, &a.id).cmp(&(b.created, &b.id)));
    assert!(read.all == marks.all);
    assert_eq!(read.damage.len(), before.damage.len());
    assert!(read.all.iter().any(|mark| mark.id == new.id));
    assert!(!read.all.iter().any(|mark| mark.id == gone.id));
}

const V1: &str = include_str!("marks/v1.jsonl");
const V1_MORE: &str = include_str!("marks/v1-more.jsonl");
const V99: &str = include_str!("marks/v99.jsonl");

#[test]
fn the_first_version_s_log_says_what_it_said() {
    let dir = tempfile::tempdir().unwrap();
    let read = read(&with_log(dir.path(), V1));
    assert!(read.damage.is_empty() && read.unread.is_empty());
    let notes: Vec<_> = read.all.iter().map(|mark| (&*mark.note, mark.highlight)).collect();
    assert_eq!(notes, [("改过", Highlight::Fourth), ("丙", Highlight::Second)]);
    let first = &read.all[0];
    assert_eq!((first.created, first.edited), (1_764_000_000_000, Some(1_764_000_004_000)));
    assert_eq!(first.tags, ["读"]);
    assert_eq!(first.article.keys.sketch.len(), 128);
    let said = read.corrections(&first.article.keys);
    assert_eq!((said.called("周砚"), said.called("迈克·陈")), ("砚台", "砚台"));
    // What was removed and came back; a note that is another now.
    uses_keep(V1, 2);
}

#[test]
fn the_later_operations_of_the_first_version() {
    let dir = tempfile::tempdir().unwrap();
    let read = read(&with_log(dir.path(), V1_MORE));
    assert!(read.damage.is_empty());
    assert_eq!(read.all.len(), 2);
    let want = Preferences { measure: Some(60), theme: None, speakers: Some(false) };
    assert_eq!(read.preferences(&keys(1)), want);
    assert_eq!(read.of(&keys(2)).len(), 2, "it was said that they are one");
    assert_eq!(read.corrections(&keys(1)).called("守灯人"), "老周");
    uses_keep(V1_MORE, 1);
}

#[test]
fn a_later_version_s_log_is_kept_to_the_byte() {
    let dir = tempfile::tempdir().unwrap();
    let read = read(&with_log(dir.path(), V99));
    assert_eq!(read.all.len(), 1, "what is of this version is read");
    assert_eq!(read.all[0].note, "认得");
    assert!(read.damage.is_empty(), "what is not known is not damaged");
    uses_keep(V99, 0);
    // What is written comes behind what the later version wrote.
    let home = with_log(dir.path(), V99);
    Marks::load(&home).unwrap().add(&home, 1, draft(1, "")).unwrap();
    let text = fs::read_to_string(log(&home)).unwrap();
    assert!(text.lines().last().unwrap().contains("\"n\":901,"), "{text}");
}

/// Writes the golden file of the later operations; `UPDATE_MARKS=1`, when there is a new one.
#[test]
fn golden_of_the_later_operations() {
    if std::env::var_os("UPDATE_MARKS").is_none() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let home = with_log(dir.path(), "");
    let mut marks = Marks::default();
    let t = 1_764_100_000_000;
    let one = marks.add(&home, t, draft(1, "一")).unwrap();
    marks.add(&home, t + 1, draft(1, "二")).unwrap();
    marks
        .import(&home, t + 2, vec![Mark { edited: Some(t + 2), note: "入".into(), ..one }])
        .unwrap();
    let mut want = Preferences { measure: Some(60), theme: Some("纸".into()), speakers: None };
    marks.prefer(&home, t + 3, article(1), &want).unwrap();
    (want.theme, want.speakers) = (None, Some(false));
    marks.prefer(&home, t + 4, article(1), &want).unwrap();
    marks.decide(&home, t + 5, article(1), &keys(2), false).unwrap();
    marks.decide(&home, t + 6, article(1), &keys(2), true).unwrap();
    let name = Correction::Name { speaker: "守灯人".into(), name: "老周".into() };
    marks.correct(&home, t + 7, article(1), name).unwrap();
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/marks/v1-more.jsonl");
    fs::copy(log(&home), golden).unwrap();
}
