//! Homes with bookmarks in them, as the tests of the logs need them.
#![allow(dead_code, reason = "each test needs some of it")]

use std::fs;
use std::path::{Path, PathBuf};

use fangtan::interview::passage::Selector;
use fangtan::marks::{Article, Change, DocumentKeys, Draft, Highlight, Home, Mark, Marks};

/// The directories that the program uses with `XDG_DATA_HOME` at `dir`.
pub fn home(dir: &Path) -> Home {
    Home { data: dir.join("fangtan"), local: dir.join("fangtan") }
}

/// Whether the long form of a test is wanted.
pub fn is_long() -> bool {
    std::env::var_os("FANGTAN_LONG").is_some()
}

/// The keys of one of many articles that have nothing in common.
pub fn keys(article: u32) -> DocumentKeys {
    DocumentKeys {
        url: Some(format!("example.org/{article}")),
        hash: format!("{article:064x}"),
        sketch: (0..128).map(|at| article.wrapping_mul(1000) + at).collect(),
    }
}

/// One of many articles.
pub fn article(number: u32) -> Article {
    let title = Some(format!("第 {number} 篇访谈"));
    let url = Some(format!("https://example.org/{number}"));
    Article { title, url, keys: keys(number) }
}

/// A bookmark of such an article.
pub fn draft(number: u32, note: &str) -> Draft {
    let context = "他想了想，又说：那一年的潮水比往常来得早，我们都没有准备好。";
    let selector = Selector {
        exact: format!("第 {number} 句：灯塔守到天亮，船才一只一只回来。"),
        prefix: context.to_owned(),
        suffix: context.to_owned(),
        start: 7,
        end: 29,
        turn: Some(3),
        speaker: Some("守灯人".to_owned()),
    };
    let tags = vec!["海".to_owned()];
    Draft {
        article: article(number),
        selector,
        note: note.into(),
        tags,
        highlight: Highlight::Second,
    }
}

/// The one log of a home.
pub fn log(home: &Home) -> PathBuf {
    let id = fs::read_to_string(home.local.join("device")).unwrap();
    home.data.join("marks").join(format!("{}.jsonl", id.trim()))
}

/// The bookmarks by id, without what the order in which they are listed says.
pub fn state(home: &Home) -> Vec<Mark> {
    let mut all = Marks::load(home).unwrap().all;
    all.sort_by(|a, b| a.id.cmp(&b.id));
    all
}

/// Changes a bookmark's note until the log is made shorter.
pub fn churn(home: &Home, marks: &mut Marks, id: &str) {
    let path = log(home);
    let mut before = 0;
    for round in 0..200 {
        let note = Some(format!("{round} {}", "话".repeat(9000)));
        marks.edit(home, 5, id, Change { note, ..Change::default() }).unwrap();
        let length = fs::metadata(&path).unwrap().len();
        if length < before {
            return;
        }
        before = length;
    }
    panic!("{} is {before} bytes long", path.display());
}

/// Numbers that look random, the same in each run.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// Below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end.max(1)
    }
}
