//! Devices that write at once and meet later: whatever order their logs come in, and however often,
//! the outcome is one, and what was removed does not return.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[path = "support/shelf.rs"]
mod shelf;

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use fangtan::interview::correct::Correction;
use fangtan::marks::{Change, Highlight, Home, Mark, Marks, Preferences};
use proptest::prelude::*;
use shelf::{article, draft, keys};

/// What a device does, with one of the bookmarks that it knows.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Add,
    Note,
    Highlight,
    Remove,
    Restore,
    Name,
    Prefer,
    Decide,
    /// Gets the logs of another device as they are now.
    Meet(usize),
    /// Gets them as a conflict copy, which stays.
    Conflict(usize),
    /// All that it has is set back to an hour ago, or ahead.
    Clock(i64),
}

fn deed() -> impl Strategy<Value = (usize, Deed, usize)> {
    let what = prop_oneof![
        3 => Just(Deed::Add),
        3 => Just(Deed::Note),
        1 => Just(Deed::Highlight),
        3 => Just(Deed::Remove),
        1 => Just(Deed::Restore),
        1 => Just(Deed::Name),
        1 => Just(Deed::Prefer),
        1 => Just(Deed::Decide),
        3 => (0..3_usize).prop_map(Deed::Meet),
        1 => (0..3_usize).prop_map(Deed::Conflict),
        1 => (-31_536_000_000..31_536_000_000_i64).prop_map(Deed::Clock),
    ];
    (0..3_usize, what, 0..99_usize)
}

struct Devices {
    homes: Vec<Home>,
    clocks: [i64; 3],
    removed: HashSet<String>,
    restored: HashSet<String>,
}

impl Devices {
    fn new(dir: &Path) -> Self {
        let home = |at: usize| Home {
            data: dir.join(format!("data{at}")),
            local: dir.join(format!("local{at}")),
        };
        Self {
            homes: (0..3).map(home).collect(),
            clocks: [1_764_000_000_000; 3],
            removed: HashSet::new(),
            restored: HashSet::new(),
        }
    }

    /// The logs in the data directory of a device, by name.
    fn logs(&self, at: usize) -> Vec<(String, Vec<u8>)> {
        let Ok(entries) = fs::read_dir(self.homes[at].data.join("marks")) else {
            return Vec::new();
        };
        entries
            .map(|entry| {
                let entry = entry.unwrap();
                let name = entry.file_name().into_string().unwrap();
                (name, fs::read(entry.path()).unwrap())
            })
            .collect()
    }

    fn own(&self, at: usize) -> String {
        let id = fs::read_to_string(self.homes[at].local.join("device"));
        id.map(|id| format!("{id}.jsonl")).unwrap_or_default()
    }

    fn act(&mut self, at: usize, deed: Deed, which: usize) {
        let home = self.homes[at].clone();
        self.clocks[at] += 1;
        let now = self.clocks[at];
        let mut marks = Marks::load(&home).unwrap();
        let pick = |marks: &[Mark]| {
            let ids: Vec<_> = marks.iter().map(|mark| mark.id.clone()).collect();
            ids.get(which % ids.len().max(1)).cloned()
        };
        let word = format!("{at} {which} {now}");
        match deed {
            Deed::Add => drop(marks.add(&home, now, draft(which as u32 % 3, &word)).unwrap()),
            Deed::Note | Deed::Highlight => {
                let Some(id) = pick(&marks.all) else { return };
                let change = match deed {
                    Deed::Note => Change { note: Some(word), ..Change::default() },
                    _ => Change { highlight: Some(Highlight::ALL[which % 4]), ..Change::default() },
                };
                marks.edit(&home, now, &id, change).unwrap();
            }
            Deed::Remove => {
                let Some(id) = pick(&marks.all) else { return };
                marks.remove(&home, now, &id).unwrap();
                self.removed.insert(id);
            }
            Deed::Restore => {
                let removed: Vec<_> = self.removed.iter().cloned().collect();
                for id in removed {
                    if marks.restore(&home, now, &id).is_ok() {
                        self.restored.insert(id);
                        return;
                    }
                }
            }
            Deed::Name => {
                let name = Correction::Name { speaker: "守灯人".into(), name: word };
                marks.correct(&home, now, article(1), name).unwrap();
            }
            Deed::Prefer => {
                let measure = Some(which as u16);
                let want = Preferences { measure, ..marks.preferences(&keys(1)) };
                marks.prefer(&home, now, article(1), &want).unwrap();
            }
            Deed::Decide => {
                marks.decide(&home, now, article(1), &keys(2), which.is_multiple_of(2)).unwrap();
            }
            Deed::Meet(other) | Deed::Conflict(other) => {
                let own = self.own(at);
                fs::create_dir_all(home.data.join("marks")).unwrap();
                for (name, bytes) in self.logs(other) {
                    let name = match deed {
                        Deed::Conflict(_) => format!("{which}-{name}.sync-conflict-{other}.jsonl"),
                        _ if name == own => continue,
                        _ => name,
                    };
                    fs::write(home.data.join("marks").join(name), bytes).unwrap();
                }
            }
            Deed::Clock(by) => self.clocks[at] += by,
        }
    }
}

/// All that is known.
fn state(home: &Home) -> impl PartialEq + std::fmt::Debug + use<> {
    let marks = Marks::load(home).unwrap();
    assert!(marks.damage.is_empty());
    let one: Vec<String> = marks.of(&keys(1)).iter().map(|mark| mark.id.clone()).collect();
    let said = format!("{:?} {:?}", marks.corrections(&keys(1)), marks.preferences(&keys(1)));
    (shelf::state(home), one, said)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: if shelf::is_long() { 500 } else { 24 },
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_order_in_which_logs_meet_does_not_matter(
        deeds in proptest::collection::vec(deed(), 1..40),
        seed in 0_u64..1000,
    ) {
        let dir = tempfile::tempdir().unwrap();
        let mut devices = Devices::new(dir.path());
        for (at, deed, which) in deeds {
            devices.act(at, deed, which);
        }
        let mut dice = shelf::Dice::new(seed);
        let logs: Vec<_> = (0..3).flat_map(|at| devices.logs(at)).collect();
        let gather = |name: &str, of: &dyn Fn(usize) -> String, twice: bool| {
            let home = Home { data: dir.path().join(name), local: dir.path().join("nobody") };
            fs::create_dir_all(home.data.join("marks")).unwrap();
            for (at, (_, bytes)) in logs.iter().enumerate() {
                fs::write(home.data.join("marks").join(of(at)), bytes).unwrap();
                if twice {
                    let copy = format!("{}.sync-conflict-{at}.jsonl", of(at));
                    fs::write(home.data.join("marks").join(copy), bytes).unwrap();
                }
            }
            home
        };
        let first = gather("first", &|at| format!("{at:03}.jsonl"), false);
        let last = gather("last", &|at| format!("{:03}.jsonl", 900 - at), false);
        let salt = dice.below(97) + 1;
        let mixed = gather("mixed", &|at| format!("{:03}-{at}.jsonl", at * salt % 101), true);
        let want = state(&first);
        prop_assert_eq!(&want, &state(&last));
        prop_assert_eq!(&want, &state(&mixed));
        // git's union merge: the lines of all, in one file, in any order.
        let mut lines: Vec<Vec<u8>> = logs
            .iter()
            .flat_map(|(_, bytes)| bytes.split_inclusive(|&b| b == b'\n').map(<[u8]>::to_vec))
            .collect();
        for at in (1..lines.len()).rev() {
            lines.swap(at, dice.below(at + 1));
        }
        let union = Home { data: dir.path().join("union"), local: dir.path().join("nobody") };
        fs::create_dir_all(union.data.join("marks")).unwrap();
        fs::write(union.data.join("marks/all.jsonl"), lines.concat()).unwrap();
        prop_assert_eq!(&want, &state(&union));
        for mark in Marks::load(&first).unwrap().all {
            let gone = devices.removed.contains(&mark.id) && !devices.restored.contains(&mark.id);
            prop_assert!(!gone, "{} came back", mark.id);
        }
    }
}
